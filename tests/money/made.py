"""Books of a made-up cluster, for the tests of the money: every amount is an EXAMPLE."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from cluster_sheets.base.period import Period, Years
from cluster_sheets.money.books import Books, Closing, Granted
from cluster_sheets.money.entries import Movement, award_movements, budget_movements
from cluster_sheets.register.model import BudgetLine
from cluster_sheets.store.awards import Award
from cluster_sheets.store.entries import Entry

AT = datetime(2027, 2, 6, 2, 0, tzinfo=UTC)
YEARS = Years((1, 4), (1, 9))
BUDGET = (
    BudgetLine("CEN", "2026-27", "MAIN", 17_600_000, 400_000, 0),
    BudgetLine("CEN", "2026-27", "CONTINGENCY", 2_000_000, 0, 50_000),
    BudgetLine("CEN", "2027-28", "MAIN", 18_000_000),
    BudgetLine("CEN", "2027-28", "CONTINGENCY", 2_000_000),
)
SPRING = Period(date(2027, 2, 22), date(2027, 7, 16))
"""38 days before 1 April, 107 after."""
DAY = date(2027, 2, 4)
MAIN = Award("SP1", "CEN-2627-0001", "CEN", "MAIN", 496_000, DAY, SPRING)
CONTINGENCY = Award("CITY", "CEN-2627-0002", "CEN", "CONTINGENCY", 300_000, DAY, SPRING)


def kept(movements: Iterable[Movement], ledger: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """A ledger with movements added, numbered as the store numbers them."""
    lines = list(ledger)
    last = max((entry.movement for entry in ledger), default=0)
    for number, movement in enumerate(movements, start=last + 1):
        for line in movement:
            lines.append(replace(line, entry_no=len(lines) + 1, movement=number))
    return tuple(lines)


def posted(*awards: Award, budget: Sequence[BudgetLine] = BUDGET, ledger: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """The ledger once budget and awards are in it."""
    opened = kept(budget_movements(budget, ledger, AT), ledger)
    return kept(award_movements(awards, opened, YEARS, AT), opened)


def granted(award: Award, **given: object) -> Granted:
    """An award as decided, quorate and as asked."""
    facts = Granted(
        award.meeting, award.application_ref, award.cluster, award.pot, award.pence,
        asked=award.pence, least=0, quorate=True, at_city=award.pot == "CONTINGENCY",
        by_year=by_year(award),
    )  # fmt: skip
    return replace(facts, **given)  # type: ignore[arg-type]


def by_year(award: Award) -> dict[str, int]:
    """An award's part of each council year, by days."""
    found: Counter[str] = Counter()
    for part in award.parts(YEARS):
        found[part.la_fy] += part.pence
    return dict(found)


def books(
    ledger: Sequence[Entry],
    *awards: Granted,
    signed: int | None = 19_600_000,
    last: Closing | None = None,
    la_fy: str = "2026-27",
) -> Books:
    """The books of the Central cluster for a council year."""
    first = int(la_fy[:4])
    return Books("CEN", la_fy, ledger, awards, signed, last, b"key", Period(date(first, 4, 1), date(first + 1, 3, 31)))
