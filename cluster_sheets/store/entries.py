"""Entries: the ledger's lines. Added, never changed; the lines of one movement come to nought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.table import Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: one side of a movement."""

    account: str
    amount_pence: int
    """Signed."""
    cluster: str
    la_fy: str
    academic_year: str
    pot: str
    type: str
    """Such as BUDGET, SET_ASIDE, COMMIT."""
    at: datetime
    application_ref: str | None = None
    meeting: str | None = None
    note: str = ""
    reverses: int | None = None
    """Number of the line that this one takes back; a line is taken back once."""
    entry_no: int = 0
    """Given when it is kept."""
    movement: int = 0
    """Given when it is kept."""


_TABLE = Table("cluster.entry", Entry, ("entry_no",), {"at": (moment.told, moment.read)})


def append_many(store: Store, movements: Iterable[Sequence[Entry]]) -> tuple[Entry, ...]:
    """Adds movements, each a list of lines that come to nought; gives the lines back with their numbers.

    A movement that does not come to nought stops the transaction at its end with StoreError.
    """
    ((number, movement),) = store.ask(
        "SELECT COALESCE(MAX(entry_no), 0), COALESCE(MAX(movement), 0) FROM cluster.entry"
    )
    kept = []
    for movement_no, lines in enumerate(movements, start=movement + 1):
        for line in lines:
            number += 1
            kept.append(replace(line, entry_no=number, movement=movement_no))
    store.write(_TABLE.insert, _TABLE.written(kept))
    return tuple(kept)


def everything(store: Store) -> tuple[Entry, ...]:
    """The whole ledger, in the order it was written."""
    return _TABLE.read(store.ask(f"{_TABLE.select} ORDER BY entry_no"))
