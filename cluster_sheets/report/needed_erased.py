"""What waited for a verdict or for the admin, and lost its file with another request's form of the same message."""

from collections.abc import Iterator
from datetime import datetime

from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When
from cluster_sheets.store import audit, nights, replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.erasure import ERASED_WITH

_MINUTES = 5
_WHAT = "It waited, and was set aside: its file is gone with another form of the same message, which was erased."


def of_erased(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """Each unit that was set aside so since the last night that was done; whose it is stands in what was answered."""
    lost = audit.told_in(store, nights.span(store, as_of), ERASED_WITH)
    written = {each.unit_id: each.message_id for each in replies.verdicts_of(store, lost)} if lost else {}
    known = replies.get_many(store, written.values())
    for unit_id in lost:
        do = "Ask whoever sent it for that form once more."
        if told := known.get(written.get(unit_id, "")):
            do = f"{do} Whose it is: cluster-sheets outbox show {told.name}"
        yield Need(When.TODAY, f"Unit {unit_id}", _WHAT, do, _MINUTES, register.day_of(as_of))
