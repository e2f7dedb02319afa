"""Nights: each run by its moment, how it ended, and since when it has to tell what came."""

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


@dataclass(frozen=True, slots=True)
class Span:
    """What one night tells of: all since the last one before it that was done, which nobody else has told."""

    after: datetime | None
    """None where no night before it was done."""
    until: datetime

    @property
    def bounds(self) -> tuple[str, str]:
        """As the store keeps moments: later than the first, up to the second."""
        return moment.told_or_none(self.after) or "", moment.told(self.until)


DONE = (0, 3, 5)
"""Exit codes of a night that went through all its stages and has its report: what it told needs no other to tell it."""
_TABLE = Table("cluster.night", Night, ("as_of",), {"as_of": (moment.told, moment.read)})


def save(store: Store, night: Night) -> None:
    """Keeps a night as it now stands; the same moment again is the same night."""
    store.write(_TABLE.put, _TABLE.written([night]))


def last(store: Store) -> Night | None:
    """The latest night."""
    found = _TABLE.read(store.ask(f"{_TABLE.select} ORDER BY as_of DESC LIMIT 1"))
    return found[0] if found else None


def span(store: Store, as_of: datetime) -> Span:
    """What the night of ``as_of`` tells of; the same again where it is told again, whatever nights came after it.

    One that was cut short, or stopped, may have taken in what nobody has heard of: the next tells of it too.
    """
    done = ", ".join(str(code) for code in DONE)
    asked = f"SELECT MAX(as_of) FROM cluster.night WHERE as_of < ? AND exit_code IN ({done})"
    ((after,),) = store.ask(asked, (moment.told(as_of),))
    return Span(moment.read_or_none(after), as_of)
