"""Span: stretches of the boxes of an application that are taken out, and what stands for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_sheets.anonymise.kinds import FACTS, KINDS, letters


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a box, in the text as typed."""

    box: str
    start: int
    stop: int
    kind: str
    key: str = ""
    """Whose it is, where each one of a case has its own letter."""
    sure: bool = True


def apart(spans: Sequence[Span]) -> list[Span]:
    """Spans that do not meet: of those that do, one over all of them, named after the surest and longest.

    A fact gives its own name even to what is sure within it: the sentence is gone, not only the school in it.
    """
    order: dict[str, int] = {}
    for span in spans:
        order.setdefault(span.box, len(order))
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.box, each.start, -each.stop)):
        last = merged[-1] if merged else None
        if last is None or last.box != span.box or span.start >= last.stop:
            merged.append(span)
            continue
        named = max(last, span, key=lambda each: (each.kind in FACTS, each.sure, each.stop - each.start))
        stop = max(last.stop, span.stop)
        merged[-1] = Span(last.box, last.start, stop, named.kind, named.key, last.sure or span.sure)
    return sorted(merged, key=lambda each: (order[each.box], each.start))


def placeholders(spans: Sequence[Span]) -> dict[Span, str]:
    """What stands for each span: letters in the order in which a reader meets them, stable within the application."""
    given: dict[str, dict[str, str]] = {}
    told: dict[Span, str] = {}
    for span in spans:
        kind = KINDS[span.kind]
        if kind.lettered:
            letter_of = given.setdefault(kind.stands, {})
            letter = letter_of.setdefault(span.key, letters(len(letter_of)))
            told[span] = f"[{kind.stands} {letter}]"
        else:
            told[span] = f"[{kind.stands}]"
    return told


def applied(text: str, spans: Sequence[tuple[Span, str]]) -> str:
    """The text with what stands for each span in its place."""
    pieces, place = [], 0
    for span, placeholder in spans:
        pieces += [text[place : span.start], placeholder]
        place = span.stop
    return "".join((*pieces, text[place:]))
