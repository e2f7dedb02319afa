"""What a fund has: pure sums over the ledger's lines.

Every line of a fund that names no award changes the budget itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cluster_sheets.store.account import PAID, award, fund
from cluster_sheets.store.entries import Entry


@dataclass(frozen=True, slots=True)
class Position:
    """One fund of one council year, in pence."""

    budget_pence: int = 0
    paid_pence: int = 0
    promised_pence: int = 0
    """Promised and not yet paid."""

    @property
    def left_pence(self) -> int:
        """Left to promise."""
        return self.budget_pence - self.paid_pence - self.promised_pence


def position(entries: Iterable[Entry], pot: str, clusters: Collection[str], la_fy: str, before: str = "") -> Position:
    """The position of a fund of some clusters; lines of the meeting ``before`` are left out: it has yet to decide."""
    accounts = {fund(pot, cluster) for cluster in clusters}
    budget = left = paid = 0
    for entry in entries:
        if entry.la_fy != la_fy or (before and entry.meeting == before):
            continue
        if entry.account in accounts:
            left += entry.amount_pence
            budget += 0 if entry.application_ref else entry.amount_pence
        elif entry.pot == pot and entry.cluster in clusters and _is_payment(entry):
            paid -= entry.amount_pence
    return Position(budget, paid, budget - paid - left)


def _is_payment(entry: Entry) -> bool:
    return entry.type in PAID and entry.account == award(entry.application_ref or "")
