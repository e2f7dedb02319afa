"""Funds: what each has, has promised and has left, by the ledger alone."""

from collections import Counter
from dataclasses import dataclass

from cluster_sheets.store import entries
from cluster_sheets.store.account import PROMISES, fund
from cluster_sheets.store.database import Store


@dataclass(frozen=True, slots=True, order=True)
class Fund:
    """One fund of one cluster in one council year, in pence."""

    cluster: str
    la_fy: str
    pot: str
    budget_pence: int
    promised_pence: int
    left_pence: int


def funds(store: Store) -> tuple[Fund, ...]:
    """Every fund the ledger knows, in order."""
    promised: Counter[tuple[str, str, str]] = Counter()
    left: Counter[tuple[str, str, str]] = Counter()
    for each in entries.everything(store):
        if each.account == fund(each.pot, each.cluster):
            key = (each.cluster, each.la_fy, each.pot)
            left[key] += each.amount_pence
            promised[key] -= each.amount_pence if each.type in PROMISES else 0
    return tuple(sorted(Fund(*key, amount + promised[key], promised[key], amount) for key, amount in left.items()))
