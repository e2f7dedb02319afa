"""The replies that are due, written into private/outbox/: one .eml for each, to the school's registered address only.

There they lie for a person to send or, where a mail server is set up, for the sending (``replies.send``).

The files come first, then one transaction notes that they are there: a kill in between writes the same bytes again.
A reply that cannot be addressed (the register no longer holds an address of the school, or of the cluster) stays due:
the night's report says so, and the first run after the register is mended writes it. So does one that our program
breaks on, where the caller gives an ``attempt`` that goes on: nobody waits for another's reply.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.base.mail_address import is_address
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import Register
from cluster_sheets.replies.message import HELD, NOTE
from cluster_sheets.replies.writer import Due, Part, Writer, cluster_of
from cluster_sheets.store import applications, findings, forms, marks, permission, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import PRIVATE, write_many
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import About, OutboxState
from cluster_sheets.store.units import State, Unit

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm

RawOf = Callable[[Collection[str]], Mapping[str, "RawForm"]]
"""Raw answers of units by id, read again from the bytes we kept; asked only of what is sent back to be mended."""
_OVERTAKEN = "newer-version-here"
_TOGETHER = 1_000
"""Replies that are gathered, written and noted together: ten times as many ask for no more memory."""
_AT_ONCE = 25
"""Workbooks whose raw answers are held in memory together."""
T = TypeVar("T")


class Attempt(Protocol):
    """Makes something for these units; may note a fault of ours and give None instead of letting it end the stage."""

    def __call__(self, unit_ids: Sequence[str], make: Callable[[], T], /) -> T | None:
        """What ``make`` gives."""


def outright(_: Sequence[str], make: Callable[[], T], /) -> T | None:
    """The attempt that lets a fault through."""
    return make()


def write_due(
    store: Store,
    places: Places,
    register: Register,
    form: Form,
    raw_of: RawOf,
    as_of: datetime,
    progress: Progress = silent,
    attempt: Attempt = outright,
    *,
    queued: bool = False,
) -> None:
    """Writes every reply that is due and can be addressed; a second call finds none but those ``attempt`` gave up.

    It goes to whoever the school has on the day of ``as_of``. It bears the moment of its verdict, not ``as_of``: told
    again after a kill, it is still the same. ``queued``: a mail server is set up, and is to have it.
    """
    state = OutboxState.QUEUED if queued else OutboxState.WRITTEN
    _drop_overtaken(store)
    waiting = replies.in_state(store, OutboxState.DUE)
    writer = Writer(store, register, form)
    for start in range(0, len(waiting), _TOGETHER):
        due = gathered(store, register, as_of, waiting[start : start + _TOGETHER])
        if due:
            _write(store, places, due, state, writer, partial(_files, writer, raw_of, attempt, progress))


def _drop_overtaken(store: Store) -> None:
    """Cancels what would say that somebody looks at a form, where another has taken its place before it was written.

    A form that came from a stranger, then from its school: the receipt says it all.
    """
    about = replies.told_of(store, [each.message_id for each in replies.in_state(store, OutboxState.DUE)])
    looked_at = {id_: told for id_, told in about.items() if all(each.kind == HELD for each in told)}
    known = units.get_many(store, {each.unit_id for told in looked_at.values() for each in told})
    gone = [id_ for id_, told in looked_at.items() if all(_is_overtaken(known[each.unit_id]) for each in told)]
    if gone:
        with store.transaction():
            replies.move_many(store, gone, OutboxState.CANCELLED)


def _is_overtaken(unit: Unit) -> bool:
    return unit.state is State.SET_ASIDE and unit.superseded_by is not None


def _write(
    store: Store,
    places: Places,
    due: Sequence[Due],
    state: OutboxState,
    writer: Writer,
    files: Callable[[Sequence[Due], list[Due]], Iterator[tuple[str, bytes]]],
) -> None:
    """Writes some replies, then notes in one transaction those that were made, and which copies went with them."""
    permission.make_folder(places.outbox)
    made: list[Due] = []
    write_many(places.outbox, files(due, made), PRIVATE)
    with store.transaction():
        replies.move_many(store, [each.reply.message_id for each in made], state)
        told = {part.unit.unit_id for each in made for part in each.parts}
        units.note_written(store, told)
        copies = ((unit_id, (sha256,)) for unit_id, sha256 in writer.copies.items() if unit_id in told)
        marks.replace_many(store, marks.COPY, copies)
        writer.copies.clear()


def gathered(
    store: Store, register: Register, as_of: datetime, waiting: Sequence[replies.Reply] | None = None
) -> list[Due]:
    """Every reply that is due, or of those ``waiting``, that can be addressed, with what it is about."""
    waiting = replies.in_state(store, OutboxState.DUE) if waiting is None else waiting
    if not waiting:
        return []
    told = replies.told_of(store, [each.message_id for each in waiting])
    parts = _parts(store, [about for many in told.values() for about in many])
    due, today = [], register.day_of(as_of)
    for reply in waiting:
        mine = _of_message([parts[about.verdict] for about in told[reply.message_id]])
        origin, unit = mine[0].origin, mine[0].unit
        to = address(register, origin.urn, today)
        sender = register.mailbox(cluster_of(register, mine[0].issued, origin.urn, unit.received_at))
        if to and is_address(sender):
            due.append(Due(reply, mine, to, sender))
    return due


def _parts(store: Store, about: Sequence[About]) -> dict[tuple[str, str, int, int], Part]:
    """What the store knows of each verdict that is told."""
    ids = {each.unit_id for each in about}
    known, origins = units.get_many(store, ids), provenance.get_many(store, ids)
    issued = forms.get_many(store, {each.form_id for each in origins.values() if each.form_id})
    found = findings.of_units(store, [unit_id for unit_id, unit in known.items() if _has_findings(unit)])
    first = units.first_of_forms(store, {unit.form_ref for unit in known.values() if unit.form_ref})
    accepted = _accepted(store, {unit.form_ref for unit in known.values() if unit.form_ref})
    made = {}
    for each in about:
        unit, origin = known[each.unit_id], origins[each.unit_id]
        since = first.get(unit.form_ref or "", unit.received_at)
        of_form = issued.get(origin.form_id or "")
        other = accepted.get(unit.form_ref or "")
        stands = other.received_at if other and other.place < unit.place else None
        made[each.verdict] = Part(each.kind, unit, origin, of_form, found.get(unit.unit_id, ()), since, stands)
    return made


def _accepted(store: Store, form_refs: Collection[str]) -> dict[str, Unit]:
    """The submission that stands for each of these forms' requests; those that wait for no meeting are left out."""
    asked = {
        ref: each for ref, each in applications.of_forms(store, form_refs).items() if each.state == applications.VALID
    }
    known = units.get_many(store, [each.current_unit for each in asked.values()])
    return {form_ref: known[each.current_unit] for form_ref, each in asked.items()}


def _of_message(parts: Sequence[Part]) -> tuple[Part, ...]:
    """What one message tells, in the order it stood in the school's mail.

    Of two versions of a form in one mail, the one whose place the other took is told as that, whatever its verdict was;
    so is one that was to be looked at, wherever the other came from.
    """
    ids = {part.unit.unit_id for part in parts}
    return tuple(
        replace(part, kind=NOTE, findings=(Finding(Place(part.origin.file_name), _OVERTAKEN, Severity.NOTE),))
        if part.unit.superseded_by in ids or (part.kind == HELD and _is_overtaken(part.unit))
        else part
        for part in sorted(parts, key=_in_mail)
    )


def _in_mail(part: Part) -> tuple[int, str]:
    return part.unit.ordinal, part.unit.unit_id


def without_address(store: Store, register: Register, as_of: datetime) -> int:
    """How many replies are due that cannot be addressed."""
    return len(replies.in_state(store, OutboxState.DUE)) - len(gathered(store, register, as_of))


def _has_findings(unit: Unit) -> bool:
    return bool(unit.returns or unit.queries or unit.notes)


def address(register: Register, urn: str | None, day: date) -> str:
    """Where a school is answered on a day: its first registered address; empty where it has none."""
    known = register.reply_addresses(urn, day) if urn else ()
    return known[0] if known and is_address(known[0]) else ""


def _files(
    writer: Writer, raw_of: RawOf, attempt: Attempt, progress: Progress, due: Sequence[Due], made: list[Due]
) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each that can be made; it is put into ``made`` as well."""
    for start in range(0, len(due), _AT_ONCE):
        some = due[start : start + _AT_ONCE]
        raw, unread = _answers([unit_id for each in some for unit_id in each.copied], raw_of, attempt)
        for each in some:
            if unread.intersection(each.copied):
                continue
            data = attempt([each.parts[0].unit.unit_id], partial(writer.written, each, raw))
            if data is not None:
                made.append(each)
                yield PurePosixPath(each.reply.path).name, data
        if len(raw) >= _AT_ONCE:
            # A workbook that was drawn is a ring of values: many go before the next ones want their room (__main__).
            gc.collect(0)
        progress("replies", min(start + _AT_ONCE, len(due)), len(due))


def _answers(
    unit_ids: Sequence[str], raw_of: RawOf, attempt: Attempt
) -> tuple[Mapping[str, "RawForm"], frozenset[str]]:
    """(raw answers of these units, units that our program broke on): together, or one by one where that breaks."""
    if not unit_ids:
        return {}, frozenset()
    together = attempt(unit_ids, partial(raw_of, unit_ids))
    if together is not None:
        return together, frozenset()
    if len(unit_ids) == 1:
        return {}, frozenset(unit_ids)
    alone = [_answers([unit_id], raw_of, attempt) for unit_id in unit_ids]
    read = {unit_id: raw for found, _ in alone for unit_id, raw in found.items()}
    return read, frozenset().union(*(unread for _, unread in alone))
