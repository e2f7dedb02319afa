"""Position: what each fund of a cluster and council year has, promised and has left, recomputed from the ledger.

In: lines of the ledger. Out: sums. Never: a figure that was kept from before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cluster_sheets.store.account import (
    BUDGET,
    CARRY_IN,
    CARRY_OUT,
    COMMIT,
    MOVED,
    PAID,
    POTS,
    RELEASE,
    UPLIFT,
    VARY,
    award,
    fund,
)
from cluster_sheets.store.entries import Entry


@dataclass(frozen=True, slots=True)
class FundPosition:
    """One fund of one cluster and council year, in pence."""

    opening: int = 0
    uplift: int = 0
    carried_in: int = 0
    moved: int = 0
    promised: int = 0
    """Nought or less: it leaves the fund."""
    released: int = 0
    paid: int = 0
    left: int = 0
    """What the fund's account comes to."""
    carried_out: int = 0
    """Of what was moved, what the next year carries in; nought or less: it leaves the fund."""

    @property
    def budget(self) -> int:
        """What there is to promise in the year."""
        return self.opening + self.uplift + self.carried_in + self.moved

    @property
    def still_to_pay(self) -> int:
        """Promised, and neither released nor paid."""
        return -self.promised - self.released - self.paid


@dataclass(frozen=True, slots=True)
class Position:
    """One cluster and council year."""

    cluster: str
    la_fy: str
    funds: Mapping[str, FundPosition] = field(default_factory=dict)
    """By code of the fund."""

    @property
    def left(self) -> int:
        """Left to promise, both funds together."""
        return sum(each.left for each in self.funds.values())


def years(ledger: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    """Every (cluster, council year) that the ledger speaks of, in order."""
    return tuple(sorted({(entry.cluster, entry.la_fy) for entry in ledger}))


def position(ledger: Iterable[Entry], cluster: str, la_fy: str) -> Position:
    """The position of a cluster and year."""
    mine = [entry for entry in ledger if (entry.cluster, entry.la_fy) == (cluster, la_fy)]
    return Position(cluster, la_fy, {pot: _fund(mine, pot, fund(pot, cluster)) for pot in POTS})


def _fund(mine: Iterable[Entry], pot: str, account: str) -> FundPosition:
    lines = [entry for entry in mine if entry.pot == pot]

    def of(*kinds: str) -> int:
        return sum(entry.amount_pence for entry in lines if entry.account == account and entry.type in kinds)

    paid = -sum(entry.amount_pence for entry in lines if entry.type in PAID and _is_award(entry))
    left = sum(entry.amount_pence for entry in mine if entry.account == account)
    return FundPosition(
        of(BUDGET), of(UPLIFT), of(CARRY_IN), of(*MOVED), of(COMMIT, VARY), of(RELEASE), paid, left, of(CARRY_OUT)
    )


def _is_award(entry: Entry) -> bool:
    return entry.account == award(entry.application_ref or "")
