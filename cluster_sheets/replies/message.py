"""The message about one submission: its subject and its text. Pure.

Never: what was typed, a child's data, another school's doing, or a word of the sender's: reference, sheet and cell,
rule, what to do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cluster_sheets.replies import wording
from cluster_sheets.replies.marked import shown
from cluster_sheets.replies.told import Item

RECEIPT, LATE, MEND, HELD, REFUSED, NOTE = "receipt", "late", "mend", "held", "refused", "note"
_FRESH = "version-not-taken"


@dataclass(frozen=True, slots=True)
class Told:
    """All that a message is made of; moments and meetings in words already."""

    kind: str
    items: tuple[Item, ...]
    form: str = ""
    """``form F-K7A4-9XDR``; empty where no form is known."""
    number: str = ""
    """``form 2``."""
    reference: str = ""
    """Of the application, where it was accepted."""
    received: str = ""
    meeting: str = ""
    """The meeting it waits for."""
    deadline: str = ""
    """By when a change or a correction counts; empty where that is over or not known."""
    signed: str = ""
    """Who writes: the cluster's name."""
    mailbox: str = ""
    with_copy: bool = False


def subject(told: Told) -> str:
    """What the message is about, by reference."""
    about = told.reference or (told.form[:1].upper() + told.form[1:]) or "Cluster funding"
    things = wording.things(sum(each.to_mend for each in told.items))
    return wording.SUBJECTS[told.kind].format(about=about, things=things)


def text(told: Told) -> str:
    """The whole text, paragraphs parted by an empty line."""
    return "\n\n".join((*_opening(told), _facts(told), *_what(told), *_closing(told))) + "\n"


def _opening(told: Told) -> Iterator[str]:
    count = sum(each.to_mend for each in told.items)
    yield wording.OPENINGS[told.kind].format(things_are=wording.things_are(count))


def _facts(told: Told) -> str:
    facts = (
        ("Reference", told.reference),
        ("Form", f"{told.form.removeprefix('form ')} ({told.number})" if told.number else told.form[5:]),
        ("Received", told.received),
        ("Next meeting" if told.kind == REFUSED else "Meeting", told.meeting),
    )
    return "\n".join(f"{name + ':':<14}{fact}" for name, fact in facts if fact)


def _what(told: Told) -> Iterator[str]:
    match told.kind:
        case "receipt" | "late":
            yield wording.CHANGES.format(deadline=told.deadline) if told.deadline else wording.CHANGES_OVER
            yield from _list(wording.TO_TELL, told.items)
        case "mend":
            yield from _mend(told)
        case "held":
            about = [replace(each, mend="", example="") for each in told.items]
            yield from _list(wording.LOOKED_AT, [each for each in about if each.to_mend])
            yield wording.HELD
            yield from _list(wording.TO_TELL, [each for each in about if not each.to_mend])
        case "refused":
            yield from _list(wording.WHAT_HAPPENED, told.items)
            yield _by(told, wording.AGAIN_BY)
        case _:
            yield from _list(wording.WHAT_HAPPENED, told.items)


def _mend(told: Told) -> Iterator[str]:
    fresh = any(each.code == _FRESH for each in told.items)
    yield (wording.FRESH if fresh else wording.COPY) if told.with_copy else wording.NO_COPY
    yield _by(told, wording.BACK_BY)
    first, more = shown(told.items)
    yield from _list(wording.TO_DO, [each for each in first if each.to_mend])
    if more:
        yield wording.MORE.format(are=f"is {more}" if more == 1 else f"are {more}")
    yield from _list(wording.TO_TELL, [each for each in first if not each.to_mend])


def _by(told: Told, sentence: str) -> str:
    if not told.deadline:
        return wording.NO_DATE
    return sentence.format(deadline=told.deadline, meeting=told.meeting)


def _list(heading: str, items: Sequence[Item]) -> Iterator[str]:
    if items:
        yield "\n".join((heading, *(line for each in items for line in _lines(each))))


def _lines(item: Item) -> Iterator[str]:
    """Where and which question; what we found where that can be said, and what to do; an example of it."""
    where = f"{item.where} ({item.label})" if item.where and item.label else item.where or item.label
    said = " ".join(part for part in (item.found_in_mail, item.mend) if part)
    example = item.example and f"For example: {item.example}"
    first, *rest = [part for part in (where, said, example) if part] or [wording.WHOLE]
    yield f"- {first}"
    yield from (f"  {part}" for part in rest)


def _closing(told: Told) -> Iterator[str]:
    yield wording.CLOSING
    yield "\n".join(part for part in (told.signed, told.mailbox) if part)
