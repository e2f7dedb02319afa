"""Nights: each run by its moment, and how it ended."""

from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.table import Table


@dataclass(frozen=True, slots=True)
class Night:
    """One run."""

    as_of: datetime
    register_sha256: str
    exit_code: int | None = None
    """None while it runs, or where it was cut short."""
    note: str = ""


_TABLE = Table("cluster.night", Night, ("as_of",), {"as_of": (moment.told, moment.read)})


def save(store: Store, night: Night) -> None:
    """Keeps a night as it now stands; the same moment again is the same night."""
    store.write(_TABLE.put, _TABLE.written([night]))


def last(store: Store) -> Night | None:
    """The latest night."""
    found = _TABLE.read(store.ask(f"{_TABLE.select} ORDER BY as_of DESC LIMIT 1"))
    return found[0] if found else None
