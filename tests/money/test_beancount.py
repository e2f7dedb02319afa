"""The ledger read by another double-entry program: it balances there too, and every account comes to the same."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from beancount import loader
from beancount.core.data import Transaction

from cluster_sheets.money.entries import award_movements
from cluster_sheets.store.account import allocation, award, fund
from cluster_sheets.store.entries import Entry
from tests.money.made import AT, CONTINGENCY, MAIN, YEARS, kept, posted


def named(account: str) -> str:
    """An account as that program names it."""
    kind, _, rest = account.partition(":")
    return f"{'Equity' if kind == 'allocation' else 'Assets'}:{kind.capitalize()}:{rest}"


def journal(ledger: Sequence[Entry]) -> str:
    """The ledger as that program's text."""
    lines = [f"2026-01-01 open {name} GBP" for name in sorted({named(each.account) for each in ledger})]
    movements: dict[int, list[Entry]] = defaultdict(list)
    for each in ledger:
        movements[each.movement].append(each)
    for number, sides in movements.items():
        lines.append(f'{sides[0].at:%Y-%m-%d} * "{sides[0].type}" "movement {number}"')
        lines += [f"  {named(each.account)}  {Decimal(each.amount_pence) / 100:.2f} GBP" for each in sides]
    return "\n".join(lines) + "\n"


def read(ledger: Sequence[Entry]) -> tuple[dict[str, Decimal], list[Any]]:
    """(balance of each account in pounds, what it complains of)."""
    entries, faults, _ = loader.load_string(journal(ledger))
    balances: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        for posting in entry.postings if isinstance(entry, Transaction) else ():
            assert posting.units is not None
            balances[posting.account] += posting.units.number or Decimal(0)
    return balances, faults


LEDGER = posted(MAIN, CONTINGENCY)


def test_another_program_finds_nothing_wrong_and_the_same_balances() -> None:
    balances, faults = read(LEDGER)
    ours: dict[str, Decimal] = defaultdict(Decimal)
    for each in LEDGER:
        ours[named(each.account)] += Decimal(each.amount_pence) / 100
    assert (dict(balances), faults) == (dict(ours), [])
    assert balances[named(award(MAIN.application_ref))] == Decimal("4960.00")
    assert balances[named(fund("CONTINGENCY", "CEN"))] == Decimal("37500.00")
    assert balances[named(allocation("CEN"))] == -(
        balances[named(fund("MAIN", "CEN"))]
        + balances[named(fund("CONTINGENCY", "CEN"))]
        + balances[named(award(MAIN.application_ref))]
        + balances[named(award(CONTINGENCY.application_ref))]
    )


def test_a_changed_award_still_balances_there() -> None:
    less = replace(MAIN, pence=310_000, version=2)
    changed = kept(award_movements([less, CONTINGENCY], LEDGER, YEARS, AT), LEDGER)
    balances, faults = read(changed)
    assert faults == []
    assert balances[named(award(MAIN.application_ref))] == Decimal("3100.00")


def test_a_penny_that_went_astray_is_seen_there() -> None:
    astray = (replace(LEDGER[0], amount_pence=LEDGER[0].amount_pence + 1), *LEDGER[1:])
    _, faults = read(astray)
    assert len(faults) == 1
