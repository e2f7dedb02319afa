"""The replies that are due, written into private/outbox/: one .eml for each, to the school's registered address only.

The files come first, then one transaction notes that they are there: a kill in between writes the same bytes again.
A reply that cannot be addressed (the register no longer holds an address of the school, or of the cluster) stays due:
the night's report says so, and the first run after the register is mended writes it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import Register
from cluster_sheets.replies.eml import is_address
from cluster_sheets.replies.message import MEND
from cluster_sheets.replies.writer import Due, Writer, cluster_of
from cluster_sheets.store import findings, forms, permission, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import PRIVATE, write_many
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState
from cluster_sheets.store.units import ReplyState, Unit

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm

RawOf = Callable[[Collection[str]], Mapping[str, "RawForm"]]
"""Raw answers of units by id, read again from the bytes we kept; asked only of what is sent back to be mended."""
_AT_ONCE = 25
"""Workbooks whose raw answers are held in memory together."""


def write_due(
    store: Store,
    places: Places,
    register: Register,
    form: Form,
    raw_of: RawOf,
    as_of: datetime,
    progress: Progress = silent,
) -> None:
    """Writes every reply that is due and can be addressed; a second call finds none.

    It goes to whoever the school has on the day of ``as_of``. It bears the moment of its verdict, not ``as_of``: told
    again after a kill, it is still the same.
    """
    due = gathered(store, register, as_of)
    if not due:
        return
    permission.make_folder(places.outbox)
    writer = Writer(store, register, form)
    write_many(places.outbox, _files(writer, due, raw_of, progress), PRIVATE)
    with store.transaction():
        replies.move_many(store, [each.reply.message_id for each in due], OutboxState.WRITTEN)
        told = {each.unit.unit_id: replace(each.unit, reply=ReplyState.WRITTEN) for each in due}
        units.save_many(store, told.values())


def gathered(store: Store, register: Register, as_of: datetime) -> list[Due]:
    """Every reply that is due and can be addressed, with what it is about."""
    waiting = replies.in_state(store, OutboxState.DUE)
    if not waiting:
        return []
    ids = {each.unit_id for each in waiting}
    known, origins = units.get_many(store, ids), provenance.get_many(store, ids)
    issued = forms.get_many(store, {each.form_id for each in origins.values() if each.form_id})
    found = findings.of_units(store, [unit_id for unit_id, unit in known.items() if _has_findings(unit)])
    same = units.of_forms(store, {unit.form_ref for unit in known.values() if unit.form_ref})
    first = {form_ref: min(each.received_at for each in of_form) for form_ref, of_form in same.items()}
    due, today = [], register.day_of(as_of)
    for reply in waiting:
        unit, origin = known[reply.unit_id], origins[reply.unit_id]
        about = issued.get(origin.form_id or "")
        to = address(register, origin.urn, today)
        sender = register.mailbox(cluster_of(register, about, origin.urn, unit.received_at))
        if to and is_address(sender):
            since = first.get(unit.form_ref or "", unit.received_at)
            due.append(Due(reply, unit, origin, about, found.get(unit.unit_id, ()), since, to, sender))
    return due


def without_address(store: Store, register: Register, as_of: datetime) -> int:
    """How many replies are due that cannot be addressed."""
    return len(replies.in_state(store, OutboxState.DUE)) - len(gathered(store, register, as_of))


def _has_findings(unit: Unit) -> bool:
    return bool(unit.returns or unit.queries or unit.notes)


def address(register: Register, urn: str | None, day: date) -> str:
    """Where a school is answered on a day: its first registered address; empty where it has none."""
    known = register.reply_addresses(urn, day) if urn else ()
    return known[0] if known and is_address(known[0]) else ""


def _files(writer: Writer, due: Sequence[Due], raw_of: RawOf, progress: Progress) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(due), _AT_ONCE):
        some = due[start : start + _AT_ONCE]
        to_mend = [each.unit.unit_id for each in some if each.reply.kind == MEND]
        raw = raw_of(to_mend) if to_mend else {}
        for each in some:
            yield PurePosixPath(each.reply.path).name, writer.written(each, raw.get(each.unit.unit_id))
        progress("replies", min(start + _AT_ONCE, len(due)), len(due))
