from cluster_sheets.money.control import controls as worked_out
from cluster_sheets.money.position import position
from cluster_sheets.money.reckon import Account
from cluster_sheets.report.control import controls, left_apart
from tests.money.made import MAIN, books, granted, posted
from tests.report.made import APART, TIES


def account(*, promised: bool) -> Account:
    """The books of a year with one award that was decided, in the ledger or not."""
    ledger = posted(MAIN) if promised else posted()
    kept = books(ledger, granted(MAIN))
    return Account(worked_out(kept), position(ledger, "CEN", "2026-27"), kept)


def test_each_total_is_told_with_both_figures_and_the_verdict_in_words() -> None:
    told = tuple(controls([account(promised=True)]))
    assert [each.rule for each in told] == ["R1", "R2", "R3", "R4", "R5", "R11", "R12", "R13", "R17", "L1", "L2"]
    assert {(each.difference, each.ties, each.words) for each in told} == {(0, True, "Ties.")}
    assert {(each.cluster, each.la_fy) for each in told} == {("CEN", "2026-27")}
    assert [each.rule for each in told if not each.in_pence] == ["R3", "R13", "L1", "L2"]
    assert left_apart(told) == ""


def test_one_that_does_not_tie_says_why() -> None:
    told = tuple(controls([account(promised=False)]))
    (apart,) = (each for each in told if not each.ties)
    assert apart == APART
    assert left_apart(told) == "R4 of CEN 2026-27"
    assert left_apart([APART, TIES, APART]) == "R4 and R4 of CEN 2026-27"
