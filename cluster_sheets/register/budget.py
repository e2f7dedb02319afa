"""Budget: what the register's lines should have brought into each fund, and which figures of the ledger they say.

In: budget lines, the ledger. Out: sums by fund, council year and kind. What the ledger lacks of them is posted, and
what is left for a meeting counts them whether they are posted yet or not. Never: touches the store or a file.
"""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from cluster_sheets.base.period import council_year_on
from cluster_sheets.register.model import BudgetLine
from cluster_sheets.store.account import BUDGET, CARRY_IN, CARRY_OUT, OF_BUDGET, UPLIFT
from cluster_sheets.store.entries import Entry

GivenKey = tuple[str, str, str, str]
"""(cluster, council year, fund, kind)."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What the register says of budget."""

    pence: Counter[GivenKey]
    """What should have come into each fund, or have left it, by kind."""
    listed: Set[tuple[str, str]]
    """Cluster and council year of each of its lines."""

    def says(self, key: GivenKey) -> bool:
        """Whether the register says a figure; where it lists the year no longer, what was posted stands.

        Of what a year carries out it is the next year's line that says it.
        """
        cluster, la_fy, _, kind = key
        return (cluster, council_year_on(la_fy, 1) if kind == CARRY_OUT else la_fy) in self.listed


def brought(budget: Iterable[BudgetLine], ledger: Iterable[Entry]) -> Brought:
    """What the budget should have brought. What a year carries in leaves the year before.

    That holds where the register or the ledger knows the year before.
    """
    lines = tuple(budget)
    listed = {(line.cluster, line.la_fy) for line in lines}
    known = listed | {(entry.cluster, entry.la_fy) for entry in ledger if entry.type in OF_BUDGET}
    pence: Counter[GivenKey] = Counter()
    for line in lines:
        for kind, amount in (
            (BUDGET, line.opening_pence),
            (UPLIFT, line.uplift_pence),
            (CARRY_IN, line.carried_in_pence),
        ):
            pence[line.cluster, line.la_fy, line.pot, kind] += amount
        before = line.cluster, council_year_on(line.la_fy, -1)
        if line.carried_in_pence and before in known:
            pence[*before, line.pot, CARRY_OUT] -= line.carried_in_pence
    return Brought(pence, listed)


def key_of(entry: Entry) -> GivenKey:
    """Of which figure a line of the ledger is."""
    return entry.cluster, entry.la_fy, entry.pot, entry.type
