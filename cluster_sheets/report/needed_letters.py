"""What people wrote without sending a form: a question, or a withdrawal. No program answers it; a person must read it.

Never: tells who wrote it or a word of it. Both may name a child.
"""

from collections.abc import Iterator
from datetime import datetime

from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.store import marks, nights, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import NO_FORM, ReplyState

_EACH, _MINUTES = 12, 3
"""So many are told one by one, the rest are counted; minutes that reading and answering one takes."""
_WHAT = "Somebody wrote without sending a form: it may be a question, or take a form back. No program has read it."


def of_letters(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """The mails of a night that a person wrote and that hold no form; those of schools we know first."""
    found = units.with_reason(store, NO_FORM, nights.span(store, as_of))
    personal = marks.of_kind(store, marks.LETTER, [unit.unit_id for unit in found])
    letters = [unit for unit in found if unit.unit_id in personal]
    letters.sort(key=lambda unit: unit.reply is ReplyState.NONE)
    today = register.day_of(as_of)
    for unit in letters[:_EACH]:
        do = f"Read it and answer: cluster-sheets quarantine show {unit.unit_id}"
        yield Need(When.TODAY, f"Unit {unit.unit_id}", _WHAT, do, _MINUTES, today)
    more = len(letters) - _EACH
    if more > 0:
        what = f"{plural(more, 'more message')} without a form."
        do = "Read them: cluster-sheets quarantine list --letters"
        yield Need(When.TODAY, "Messages", what, do, more * _MINUTES, today)
