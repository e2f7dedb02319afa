"""Remembered: addresses that the admin wanted remembered and has not put into the register yet."""

from collections.abc import Iterator
from datetime import date

from cluster_sheets.register.model import Register
from cluster_sheets.register.proposal import proposals
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places

_MINUTES = 2


def remembered(store: Store, register: Register, places: Places, today: date) -> Iterator[Need]:
    """One need for all of them; whose they are stands in the workbook it names, and nowhere here."""
    count = len(proposals(store, register))
    if count:
        waits = "waits" if count == 1 else "wait"
        what = f"{plural(count, 'address', 'addresses')} you wanted to remember {waits} to be put into the register."
        do = "Open it, fill in name and role, and copy each line into register.xlsx, sheet Members."
        yield Need(When.TODAY, places.told(places.proposal), what, do, count * _MINUTES, today)
