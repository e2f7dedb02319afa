"""Reckon: the ledger held against itself, against what was decided, and against where the last night ended.

In: the ledger and the decisions of the store, the register. Out: the control totals of every cluster and council year,
and, of a night, its closing kept for the night after. Never: adds a line to the ledger, or makes a workbook.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from cluster_sheets.money import decided, source
from cluster_sheets.money.books import Books, Closing, closing
from cluster_sheets.money.control import Control, controls
from cluster_sheets.money.position import Position, position
from cluster_sheets.money.position import years as years_of
from cluster_sheets.register.calendar import council_year
from cluster_sheets.register.model import Register
from cluster_sheets.store import audit, decisions, entries, meta
from cluster_sheets.store.database import Store
from cluster_sheets.store.entries import Entry


@dataclass(frozen=True, slots=True)
class Account:
    """One cluster and council year, reconciled."""

    controls: tuple[Control, ...]
    position: Position
    books: Books

    def control(self, rule: str) -> Control:
        """One of them."""
        return next(each for each in self.controls if each.rule == rule)

    @property
    def ties(self) -> bool:
        """Whether every control total ties."""
        return all(each.ties for each in self.controls)


def reckoned(store: Store, register: Register, as_of: datetime) -> tuple[Account, ...]:
    """Works out the control totals of every cluster and year that the ledger knows, and keeps tonight's closing."""
    made, closings = stands(store, register, as_of), {}
    for account in made:
        # A night that does not begin where the last one ended is no closing: it stays amiss until it is put right.
        if account.control("R17").ties:
            books = account.books
            name = _closing_name(books.cluster, books.la_fy)
            closings[name] = _kept(closing(books), books.last, as_of)
    changed = [(name, value) for name, value in closings.items() if meta.get(store, name) != value]
    if changed:
        with store.transaction():
            for name, value in changed:
                meta.put(store, name, value)
    return made


def stands(store: Store, register: Register, as_of: datetime) -> tuple[Account, ...]:
    """The control totals of every cluster and year as the ledger stands; nothing is kept."""
    ledger, granted = entries.everything(store), decided.granted(store, register)
    without = _without_source(store, register, ledger)
    made = []
    for cluster, la_fy in years_of(ledger):
        books = Books(
            cluster,
            la_fy,
            ledger,
            granted,
            _signed(store, cluster, la_fy),
            _last(meta.get(store, _closing_name(cluster, la_fy)), as_of),
            store.key,
            council_year(la_fy, register.settings),
            without,
        )
        made.append(Account(controls(books), position(ledger, cluster, la_fy), books))
    return tuple(made)


def _without_source(store: Store, register: Register, ledger: Sequence[Entry]) -> Mapping[int, str]:
    """Lines of the ledger that nothing is behind."""
    gave = {
        (each.meeting, each.application_ref) for each in decisions.everything(store) if each.outcome in decisions.GIVES
    }
    listed = {(line.cluster, line.la_fy) for line in register.budget}
    listed |= {year for year in years_of(ledger) if _signed(store, *year) is not None}
    return source.without(ledger, audit.texts(store, source.POSTED), gave, listed)


def _closing_name(cluster: str, la_fy: str) -> str:
    """What the store calls the closing of a year."""
    return f"closing {cluster} {la_fy}"


def signed_name(cluster: str, la_fy: str) -> str:
    """What the store calls the figure that was signed for a year."""
    return f"signed {cluster} {la_fy}"


def _signed(store: Store, cluster: str, la_fy: str) -> int | None:
    """What was signed for a year, also once the register no longer lists it."""
    kept = meta.get(store, signed_name(cluster, la_fy))
    return None if kept is None else int(kept)


def _last(kept: str | None, as_of: datetime) -> Closing | None:
    """The closing that tonight's opening is held against: the one before this night, should it be told again."""
    if kept is None:
        return None
    told = json.loads(kept)
    which = told["before"] if told["night"] == as_of.isoformat() else told["now"]
    return None if which is None else Closing(**which)


def _kept(now: Closing, before: Closing | None, as_of: datetime) -> str:
    told = {"night": as_of.isoformat(), "now": asdict(now), "before": asdict(before) if before else None}
    return json.dumps(told, sort_keys=True)
