"""What people wrote without sending a form: a question, or a withdrawal. No program answers it; a person must read it.

Never: tells who wrote it or a word of it. Both may name a child.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.store import marks, nights, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.nights import Span
from cluster_sheets.store.units import NO_FORM, SEALED, SIGNED, ReplyState, Unit
from cluster_sheets.verdict.sender import sender

_EACH, _MINUTES = 12, 3
"""So many are told one by one, the rest are counted; minutes that reading and answering one takes."""
_MAY_BE = "it may be a question, or take a form back. No program has read it."
_WHAT = f"Somebody wrote without sending a form: {_MAY_BE}"
_WITH_ANOTHER_FILE = f"Somebody wrote, and what came with it is no form that we can take: {_MAY_BE}"
_SEALED = f"Somebody sent a message that is encrypted or sealed: {_MAY_BE}"
_SIGNED = f"Somebody sent a message that is wrapped in a digital signature: {_MAY_BE}"


def of_letters(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """The mails of a night that a person wrote and that hold no form; those of schools we know first."""
    night = nights.span(store, as_of)
    letters = [*units.marked(store, marks.LETTER, night), *_from_schools(store, register, as_of, night)]
    letters.sort(key=lambda unit: unit.reply is ReplyState.NONE)
    today = register.day_of(as_of)
    for unit in letters[:_EACH]:
        what, do = _told(unit)
        yield Need(When.TODAY, f"Unit {unit.unit_id}", what, do, _MINUTES, today)
    more = len(letters) - _EACH
    if more > 0:
        what = f"{plural(more, 'more message')} without a form."
        do = "Read them: cluster-sheets quarantine list --letters"
        yield Need(When.TODAY, "Messages", what, do, more * _MINUTES, today)


def _from_schools(store: Store, register: Register, as_of: datetime, night: Span) -> Sequence[Unit]:
    """Those in mail that a program must not answer, such as through a list: of somebody we know they may be meant."""
    found = units.marked(store, marks.QUIET_LETTER, night)
    origins = provenance.get_many(store, [unit.unit_id for unit in found])
    day = register.day_of(as_of)
    return [unit for unit in found if sender(register, origins[unit.unit_id].sender, day, verified=False).schools]


def _told(unit: Unit) -> tuple[str, str]:
    """What it is, and what to do."""
    show = f"cluster-sheets quarantine show {unit.unit_id}"
    if unit.reason in (SEALED, SIGNED):
        what = _SIGNED if unit.reason == SIGNED else _SEALED
        return what, f"Find it in the mailbox, open it with a mail program that can, and answer. Who sent it: {show}"
    return _WHAT if unit.reason == NO_FORM else _WITH_ANOTHER_FILE, f"Read it and answer: {show}"
