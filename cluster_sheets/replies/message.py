"""The message to a school: its subject, and what it says as blocks, of one submission or of several of one mail. Pure.

Never: what was typed, a child's data, another school's doing, or a word of the sender's: reference, sheet and cell,
rule, what to do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cluster_sheets.replies import wording
from cluster_sheets.replies.marked import shown
from cluster_sheets.replies.told import Item
from cluster_sheets.verdict import decided

RECEIPT, LATE, MEND, HELD, REFUSED, NOTE = "receipt", "late", "mend", "held", "refused", "note"
_FRESH = "version-not-taken"
_KINDS = tuple(wording.OF_SEVERAL)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one submission; moments and meetings in words already."""

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
    copy: str = ""
    """Name of the workbook that goes back; empty where none does."""
    stands: str = ""
    """When the earlier version came that counts until this one is mended; empty where none does."""

    @property
    def about(self) -> str:
        """What it is called in a subject: its reference or its form; empty where neither is known."""
        return self.reference or (self.form[:1].upper() + self.form[1:])


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentences that say it all, before anything else."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """Where what is told of one of several submissions begins."""

    title: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A few names with what they are."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a list: where it is, what was found and what to do, an example. No part need be there."""

    where: str
    label: str
    said: str
    example: str


@dataclass(frozen=True, slots=True)
class Things:
    """A list under its heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What is said at the end, of all that stands before."""

    text: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who writes, and from where; each on a line of its own."""

    lines: tuple[str, ...]


Block = Lead | Section | Facts | Paragraph | Things | Closing | Signed


def subject(told: Sequence[Told]) -> str:
    """What the message is about, by reference."""
    if len(told) > 1:
        return wording.SUBJECT_OF_SEVERAL.format(count=len(told), kinds=_counted(told))
    (only,) = told
    things = wording.things(_to_mend(only))
    return wording.SUBJECTS[only.kind].format(about=only.about or "Cluster funding", things=things)


def blocks(told: Sequence[Told]) -> tuple[Block, ...]:
    """The whole message."""
    if len(told) > 1:
        said = [*_several(told)]
    else:
        said = [Lead(_opening(told[0]), told[0].kind), *_of_one(told[0], alone=True)]
    return (
        *said,
        Closing(wording.CLOSING),
        Signed(tuple(part for part in (told[0].signed, told[0].mailbox) if part)),
    )


def _several(told: Sequence[Told]) -> Iterator[Block]:
    first = min((each.kind for each in told), key=_KINDS.index)
    yield Lead(wording.OPENING_OF_SEVERAL.format(count=len(told), kinds=_counted(told)), first)
    for number, each in enumerate(told, start=1):
        about = each.about or wording.WITHOUT_A_FORM
        yield Section(wording.SECTION.format(number=number, count=len(told), about=about))
        yield Paragraph(_opening(each))
        yield from _of_one(each, alone=False)


def _counted(told: Sequence[Told]) -> str:
    """``1 to mend and 2 complete``."""
    kinds = sorted((each.kind for each in told), key=_KINDS.index)
    return wording.listed([f"{len(list(group))} {wording.OF_SEVERAL[kind]}" for kind, group in groupby(kinds)])


def _to_mend(told: Told) -> int:
    return sum(each.to_mend for each in told.items)


def _opening(told: Told) -> str:
    opening = wording.OPENING_BESIDE if told.kind == MEND and told.stands else wording.OPENINGS[told.kind]
    return opening.format(things_are=wording.things_are(_to_mend(told)), stands=told.stands)


def _of_one(told: Told, *, alone: bool) -> Iterator[Block]:
    facts = (
        ("Reference", told.reference),
        ("Form", f"{told.form.removeprefix('form ')} ({told.number})" if told.number else told.form[5:]),
        ("Received", told.received),
        ("Next meeting" if told.kind == REFUSED else "Meeting", told.meeting),
    )
    yield Facts(tuple((name, fact) for name, fact in facts if fact))
    match told.kind:
        case "receipt" | "late":
            yield Paragraph(wording.CHANGES.format(deadline=told.deadline) if told.deadline else wording.CHANGES_OVER)
            yield from _things(wording.TO_TELL, told.items)
        case "mend":
            yield from _mend(told, alone=alone)
        case "held":
            yield from _held(told)
        case "refused":
            yield from _things(wording.WHAT_HAPPENED, told.items)
            yield Paragraph(_by(told, wording.AGAIN_BY))
        case _:
            yield from _things(wording.WHAT_HAPPENED, told.items)


def _held(told: Told) -> Iterator[Block]:
    about = [replace(each, mend="", example="") for each in told.items]
    yield from _things(wording.LOOKED_AT, [each for each in about if each.to_mend])
    yield Paragraph(wording.HELD)
    yield from _things(wording.TO_TELL, [each for each in about if not each.to_mend])


def _mend(told: Told, *, alone: bool) -> Iterator[Block]:
    yield Paragraph(_copy(told, alone=alone))
    anew = any(each.code == decided.REFUSED for each in told.items)
    yield Paragraph(_by(told, wording.BACK_ANEW if anew else wording.BACK_BY))
    first, more = shown(told.items)
    yield from _things(wording.TO_DO, [each for each in first if each.to_mend])
    if more:
        yield Paragraph(wording.MORE.format(are=f"is {more}" if more == 1 else f"are {more}"))
    yield from _things(wording.TO_TELL, [each for each in first if not each.to_mend])


def _copy(told: Told, *, alone: bool) -> str:
    if not told.copy:
        return wording.NO_COPY
    which = wording.ONLY_WORKBOOK if alone else wording.NAMED_WORKBOOK.format(name=told.copy)
    if not told.form:
        return wording.UNMARKED.format(workbook=which)
    fresh = any(each.code == _FRESH for each in told.items)
    return (wording.FRESH if fresh else wording.COPY).format(workbook=which)


def _by(told: Told, sentence: str) -> str:
    if not told.deadline:
        return wording.NO_DATE
    return sentence.format(deadline=told.deadline, meeting=told.meeting)


def _things(heading: str, items: Sequence[Item]) -> Iterator[Block]:
    if items:
        yield Things(heading, tuple(_line(each) for each in items))


def _line(item: Item) -> Line:
    said = " ".join(part for part in (item.found_in_mail, item.mend) if part)
    where = item.where if item.where or item.label or said else wording.WHOLE
    return Line(where, item.label, said, item.example)
