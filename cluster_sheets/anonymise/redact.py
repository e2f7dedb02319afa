"""Redact: one pass over all boxes of an application together; what is known goes, what is doubtful is asked about.

In: the form, one record, a finder, the answers given so far. Out: each box as the panel may read it, what was taken out
and why, and what is still to be asked. Pure: no file, no clock, no store.
Never: lets a doubt through that nobody has answered: until then its words are covered too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cluster_sheets.anonymise.doubt import doubts, whole_name
from cluster_sheets.anonymise.kinds import KEEP, KINDS, LOWER_CASE, NAME_WORD, UNKNOWN, letters
from cluster_sheets.anonymise.known import Finder, Hit
from cluster_sheets.anonymise.normal import Clean, clean, words_of
from cluster_sheets.anonymise.pattern import Facts, found
from cluster_sheets.anonymise.words import is_ordinary
from cluster_sheets.base import columns
from cluster_sheets.base.record import Record, Value, box
from cluster_sheets.form.declared import Form

_SENTENCE = 220
_ENDS = ".!?\n"
_ONE_PUPIL = "PUPIL"
_NAMED_KINDS = ("text", "email", "upn")


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


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question for the admin: some words, wherever in the application they stand."""

    kind: str
    box: str
    """Where they stand first."""
    start: int
    stop: int
    words: str
    sentence: str
    spans: tuple[Span, ...] = field(compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What an answer is kept by: an unchanged sentence keeps it."""
        return self.box, self.words, self.sentence

    @property
    def placeholder(self) -> str:
        """What stands for the words if they are taken out, without its letter."""
        return f"[{KINDS[self.kind].stands}]"


@dataclass(frozen=True, slots=True)
class Redacted:
    """An application's free text as the panel may read it."""

    texts: Mapping[str, str]
    """By box."""
    spans: tuple[Span, ...]
    """What was taken out, in order."""
    doubts: tuple[Doubt, ...]
    """All of them, answered or not."""


def texts_of(form: Form, record: Record) -> dict[str, str]:
    """Every box of free text that holds something, in the order a school meets them."""
    found_texts: dict[str, str] = {}
    for each in form.fields:
        if each.privacy != "free-text":
            continue
        if each.table:
            rows = enumerate(record.rows(each.table), start=1)
            values = [(box(each.table, each.name, number), row.get(each.name)) for number, row in rows]
        else:
            values = [(each.name, record.form.get(each.name))]
        found_texts |= {key: value for key, value in values if isinstance(value, str) and value}
    return found_texts


def own_values(form: Form, record: Record) -> frozenset[str]:
    """What the form itself says of people: names, addresses and pupils' numbers of its identity fields."""
    named: set[Value] = set()
    for each in form.fields:
        if each.privacy == "identity" and each.kind in _NAMED_KINDS:
            rows = record.rows(each.table) if each.table else (record.form,)
            named |= {row.get(each.name) for row in rows}
    return frozenset(value for value in named if isinstance(value, str) and value)


def redacted(
    form: Form, record: Record, finder: Finder, answers: Mapping[tuple[str, str, str], str] | None = None
) -> Redacted:
    """The record's free text with what tells who it is taken out; ``answers`` (take-out, keep) by a doubt's key."""
    texts = texts_of(form, record)
    search = _Search(texts, finder, own_values(form, record), record)
    asked = search.asked()
    kept = {doubt for doubt in asked if (answers or {}).get(doubt.key) == KEEP}
    doubtful = [span for doubt in asked if doubt not in kept for span in doubt.spans]
    spans = _apart([*search.sure, *doubtful])
    told = _placeholders(spans)
    shown = {
        name: _applied(text, [(span, told[span]) for span in spans if span.box == name]) for name, text in texts.items()
    }
    return Redacted(shown, tuple(spans), tuple(asked))


class _Search:
    """All that was found in the boxes of one application."""

    def __init__(self, texts: Mapping[str, str], finder: Finder, own: frozenset[str], record: Record) -> None:
        self.texts = texts
        self.cleaned = {name: clean(text) for name, text in texts.items()}
        self.order = {name: number for number, name in enumerate(texts)}
        self.sure: list[Span] = []
        self.unsure: list[Span] = []
        facts = Facts(finder.la_code, _year(record))
        one_pupil = record.form.get(columns.BENEFICIARY) == _ONE_PUPIL
        for name, text in self.cleaned.items():
            self._known(name, text, finder.hits(text, own), facts)
            covered = [(span.start, span.stop) for span in self.sure if span.box == name]
            covered_clean = covered if text.places is None else list(_cleaned(text, covered))
            for each in doubts(text, covered_clean, finder.threshold, one_pupil=one_pupil):
                self._add(name, text, each.start, each.stop, each.kind, sure=each.sure)

    def _known(self, name: str, text: Clean, hits: Sequence[Hit], facts: Facts) -> None:
        sure = [(hit.start, hit.stop) for hit in hits if hit.sure]
        for hit in _chosen(hits):
            start, stop, key = hit.start, hit.stop, hit.known.key
            if hit.sure and hit.known.kind == "person":
                start, stop = whole_name(text, start, stop, key, sure)
                # Half of it is another name, so it is another person.
                key = key if (start, stop) == (hit.start, hit.stop) else ""
            self._add(name, text, start, stop, hit.known.kind, key, sure=hit.sure)
        for each in found(text, facts):
            self._add(name, text, each.start, each.stop, each.kind, sure=each.sure)

    def _add(self, name: str, text: Clean, start: int, stop: int, kind: str, key: str = "", *, sure: bool) -> None:
        key = key or " ".join(words_of(text.text[start:stop]))
        span = Span(name, *text.original(start, stop), kind, key, sure)
        (self.sure if sure else self.unsure).append(span)

    def asked(self) -> list[Doubt]:
        """One doubt for the same words, wherever they stand; parts of a longer name go with it."""
        open_spans = [span for span in self.unsure if not any(_holds(sure, span) for sure in self.sure)]
        groups: dict[tuple[str, str], list[Span]] = {}
        for span in sorted(open_spans, key=lambda each: -len(each.key)):
            group = next((each for each in groups if _is_part(span, each)), (span.kind, span.key))
            groups.setdefault(group, []).append(span)
        for (kind, key), spans in groups.items():
            if kind == UNKNOWN:
                spans.extend(self._elsewhere(key, spans))
        return sorted(
            (self._doubt(*each) for each in groups.items()), key=lambda each: (self.order[each.box], each.start)
        )

    def _elsewhere(self, key: str, spans: Sequence[Span]) -> Iterator[Span]:
        """The same unknown words, and each of them that is no ordinary one, in any case."""
        have = {(span.box, span.start) for span in spans}
        ways = dict.fromkeys((key, *(word for word in key.split() if len(word) > 2 and not is_ordinary(word))))
        for name, text in self.cleaned.items():
            for way in (each for plain in ways for each in (plain, f"{plain}s")):
                place = text.line.find(f" {way} ")
                while place >= 0:
                    first, last = text.token_at(place + 1), text.token_at(place + len(way))
                    start, stop = text.original(text.tokens[first].start, text.tokens[last].stop)
                    if (name, start) not in have:
                        yield Span(name, start, stop, UNKNOWN, key, sure=False)
                    place = text.line.find(f" {way} ", place + 1)

    def _doubt(self, group: tuple[str, str], spans: list[Span]) -> Doubt:
        kind, key = group
        same = tuple(Span(each.box, each.start, each.stop, kind, key, sure=False) for each in spans)
        first = min(same, key=lambda each: (self.order[each.box], each.start))
        text = self.texts[first.box]
        sentence = _sentence(text, first.start, first.stop) if kind != LOWER_CASE else text
        return Doubt(kind, first.box, first.start, first.stop, text[first.start : first.stop], sentence, same)


def _year(record: Record) -> int:
    """The year the form was filled in, as far as its own dates tell."""
    days = [value for value in record.form.values() if isinstance(value, date)]
    return max(days).year if days else 0


def _chosen(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Of those that mean the same stretch the one most likely meant: the form's own, then whoever was named in full."""
    in_full = {hit.known.key for hit in hits if hit.sure and len(hit.known.key.split()) > 1 and _is_full(hit)}
    best: dict[tuple[int, int, bool], Hit] = {}
    for hit in hits:
        at = (hit.start, hit.stop, hit.sure)
        if at not in best or _likelihood(hit, in_full) > _likelihood(best[at], in_full):
            best[at] = hit
    yield from best.values()


def _is_full(hit: Hit) -> bool:
    return hit.stop - hit.start >= len(hit.known.key)


def _likelihood(hit: Hit, in_full: set[str]) -> tuple[bool, bool]:
    return hit.known.key in in_full, hit.known.own


def _cleaned(text: Clean, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of what was typed, as places in the cleaned text."""
    places = text.places or ()
    for start, stop in covered:
        within = [number for number, place in enumerate(places[:-1]) if start <= place < stop]
        if within:
            yield within[0], within[-1] + 1


def _holds(outer: Span, inner: Span) -> bool:
    return outer.box == inner.box and outer.start <= inner.start and inner.stop <= outer.stop


def _is_part(span: Span, group: tuple[str, str]) -> bool:
    names = (UNKNOWN, NAME_WORD)
    if span.kind not in names or group[0] not in names:
        return (span.kind, span.key) == group
    return set(span.key.split()) <= set(group[1].split())


def _sentence(text: str, start: int, stop: int) -> str:
    """The sentence about a stretch, cut where it is very long."""
    before = max((text.rfind(end, 0, start) for end in _ENDS), default=-1) + 1
    ends = [place for end in _ENDS if (place := text.find(end, stop)) >= 0]
    after = min(ends) + 1 if ends else len(text)
    before, after = max(before, start - _SENTENCE), min(after, stop + _SENTENCE)
    return text[before:after].strip()


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Spans that do not meet: of those that do, one over all of them, named after the surest and longest."""
    order: dict[str, int] = {}
    for span in spans:
        order.setdefault(span.box, len(order))
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.box, each.start, -each.stop)):
        last = merged[-1] if merged else None
        if last is None or last.box != span.box or span.start >= last.stop:
            merged.append(span)
            continue
        named = max(last, span, key=lambda each: (each.sure, each.stop - each.start))
        stop = max(last.stop, span.stop)
        merged[-1] = Span(last.box, last.start, stop, named.kind, named.key, last.sure or span.sure)
    return sorted(merged, key=lambda each: (order[each.box], each.start))


def _placeholders(spans: Sequence[Span]) -> dict[Span, str]:
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


def _applied(text: str, spans: Sequence[tuple[Span, str]]) -> str:
    pieces, place = [], 0
    for span, placeholder in spans:
        pieces += [text[place : span.start], placeholder]
        place = span.stop
    return "".join((*pieces, text[place:]))
