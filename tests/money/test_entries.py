"""Every movement comes to nought, nothing is posted twice, and a correction takes back what it replaces."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.period import Period
from cluster_sheets.money.entries import award_movements, budget_movements
from cluster_sheets.money.position import position
from cluster_sheets.register.model import BudgetLine
from cluster_sheets.store.awards import Award
from cluster_sheets.store.entries import Entry
from tests.money.made import AT, BUDGET, CONTINGENCY, DAY, MAIN, SPRING, YEARS, kept, posted

AMOUNTS = st.integers(0, 10**9)
DAYS = st.dates(date(2026, 4, 1), date(2028, 3, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days)))
AWARDS = st.builds(
    Award,
    meeting=st.sampled_from(["A1", "A2"]),
    application_ref=st.sampled_from(["CEN-2627-0001", "CEN-2627-0002", "CEN-2627-0003"]),
    cluster=st.just("CEN"),
    pot=st.sampled_from(["MAIN", "CONTINGENCY"]),
    pence=AMOUNTS,
    decided_on=DAYS,
    asked_for=PERIODS,
)
DECISIONS = st.lists(AWARDS, max_size=5, unique_by=lambda each: (each.meeting, each.application_ref))
LINES = st.lists(
    st.builds(
        BudgetLine, st.just("CEN"), st.sampled_from(["2026-27", "2027-28"]), st.sampled_from(["MAIN", "CONTINGENCY"]),
        AMOUNTS, AMOUNTS, AMOUNTS,
    ),
    max_size=4,
    unique_by=lambda line: (line.la_fy, line.pot),
)  # fmt: skip


def _sums(ledger: tuple[Entry, ...]) -> set[int]:
    by_movement: Counter[int] = Counter()
    for entry in ledger:
        by_movement[entry.movement] += entry.amount_pence
    return set(by_movement.values())


@given(LINES, DECISIONS, LINES, DECISIONS)
def test_every_movement_comes_to_nought_whatever_is_posted_and_changed(
    budget: list[BudgetLine], first: list[Award], changed: list[BudgetLine], second: list[Award]
) -> None:
    ledger = posted(*first, budget=budget)
    later = [replace(each, version=2) for each in second]
    ledger = posted(*later, budget=changed, ledger=ledger)
    assert _sums(ledger) <= {0}


@given(LINES, DECISIONS)
def test_posted_again_nothing_is_added(budget: list[BudgetLine], awards: list[Award]) -> None:
    ledger = posted(*awards, budget=budget)
    assert budget_movements(budget, ledger, AT) == ()
    assert award_movements(awards, ledger, YEARS, AT) == ()


@given(LINES, DECISIONS)
def test_main_and_contingency_are_the_whole_and_an_awards_account_holds_the_award(
    budget: list[BudgetLine], awards: list[Award]
) -> None:
    ledger = posted(*awards, budget=budget)
    for la_fy in ("2026-27", "2027-28"):
        funds = position(ledger, "CEN", la_fy).funds
        whole = -sum(
            entry.amount_pence for entry in ledger if entry.account == "allocation:CEN" and entry.la_fy == la_fy
        )
        assert funds["MAIN"].budget + funds["CONTINGENCY"].budget == whole
    for ref in {each.application_ref for each in awards}:
        held = sum(entry.amount_pence for entry in ledger if entry.account == f"award:{ref}")
        assert held == sum(each.pence for each in awards if each.application_ref == ref)


def test_a_budget_line_is_three_movements_between_the_council_and_its_fund() -> None:
    told = [
        [(line.account, line.amount_pence, line.type, line.academic_year) for line in movement]
        for movement in budget_movements([BudgetLine("CEN", "2026-27", "MAIN", 100, 20, 3)], (), AT)
    ]
    assert told == [
        [("allocation:CEN", -100, "BUDGET", ""), ("main:CEN", 100, "BUDGET", "")],
        [("allocation:CEN", -20, "UPLIFT", ""), ("main:CEN", 20, "UPLIFT", "")],
        [("allocation:CEN", -3, "CARRY_IN", ""), ("main:CEN", 3, "CARRY_IN", "")],
    ]


def test_what_a_year_carries_in_leaves_the_year_before_and_a_change_of_it_does_too() -> None:
    before = posted()
    carrying = (*BUDGET[:2], replace(BUDGET[2], carried_in_pence=419_084), BUDGET[3])
    after = posted(budget=carrying, ledger=before)
    told = [(line.account, line.amount_pence, line.la_fy, line.type, line.note) for line in after[len(before) :]]
    assert told == [
        ("allocation:CEN", -419_084, "2027-28", "CARRY_IN", "Carried in"),
        ("main:CEN", 419_084, "2027-28", "CARRY_IN", "Carried in"),
        ("allocation:CEN", 419_084, "2026-27", "CARRY_OUT", "Carried into the next year"),
        ("main:CEN", -419_084, "2026-27", "CARRY_OUT", "Carried into the next year"),
    ]
    both = [position(ledger, "CEN", year).left for ledger in (before, after) for year in ("2026-27", "2027-28")]
    assert both[0] + both[1] == both[2] + both[3]
    assert position(after, "CEN", "2026-27").funds["MAIN"].carried_out == -419_084
    assert budget_movements(carrying, after, AT) == ()
    # The year before is gone from the register: it still gave what the next one carries in.
    gone = posted(budget=carrying[2:], ledger=before)
    assert position(gone, "CEN", "2026-27").funds["MAIN"].carried_out == -419_084
    assert position(posted(ledger=after), "CEN", "2026-27").funds["MAIN"].carried_out == 0
    # A year that carries in from one that nobody here knows: what it had is no fund of ours.
    assert {line.type for line in posted(budget=[BUDGET[1]])} == {"BUDGET", "CARRY_IN"}
    assert budget_movements((), after, AT) == ()


def test_a_changed_budget_posts_the_difference_and_a_year_no_longer_listed_stands() -> None:
    ledger = posted()
    lower = (replace(BUDGET[0], opening_pence=17_000_000), *BUDGET[1:2])
    ((council, fund),) = budget_movements(lower, ledger, AT)
    assert (council.amount_pence, fund.amount_pence, fund.account) == (600_000, -600_000, "main:CEN")
    assert fund.note == "Opening allocation, changed in the register by -£6,000.00"


def test_a_fund_taken_out_of_a_listed_year_goes_back() -> None:
    ((council, fund),) = budget_movements(
        BUDGET[:1], posted(budget=(BUDGET[0], replace(BUDGET[1], carried_in_pence=0))), AT
    )
    assert (council.amount_pence, fund.amount_pence, fund.account) == (2_000_000, -2_000_000, "contingency:CEN")


def test_an_award_leaves_its_fund_year_by_year() -> None:
    (movement,) = award_movements([MAIN], (), YEARS, AT)
    assert [(line.account, line.amount_pence, line.la_fy, line.academic_year, line.type) for line in movement] == [
        ("main:CEN", -129_986, "2026-27", "2026/27", "COMMIT"),
        ("award:CEN-2627-0001", 129_986, "2026-27", "2026/27", "COMMIT"),
        ("main:CEN", -366_014, "2027-28", "2026/27", "COMMIT"),
        ("award:CEN-2627-0001", 366_014, "2027-28", "2026/27", "COMMIT"),
    ]
    assert {(line.meeting, line.application_ref, line.note) for line in movement} == {
        ("SP1", "CEN-2627-0001", "Awarded at SP1, decision 1")
    }


def test_a_changed_decision_is_taken_back_line_by_line_and_posted_anew() -> None:
    ledger = posted(MAIN)
    back, anew = award_movements([replace(MAIN, pence=400_000, version=2)], ledger, YEARS, AT + timedelta(days=1))
    lines = [entry for entry in ledger if entry.application_ref]
    assert [(each.reverses, each.amount_pence) for each in back] == [
        (each.entry_no, -each.amount_pence) for each in lines
    ]
    assert sum(each.amount_pence for each in anew if each.account == "main:CEN") == -400_000
    again = kept([back, anew], ledger)
    assert award_movements([replace(MAIN, pence=400_000, version=2)], again, YEARS, AT) == ()


def test_an_award_that_is_taken_back_leaves_nothing() -> None:
    ledger = posted(MAIN, CONTINGENCY)
    (back,) = award_movements([replace(MAIN, pence=0, version=2), CONTINGENCY], ledger, YEARS, AT)
    held = kept([back], ledger)
    assert sum(entry.amount_pence for entry in held if entry.account == "award:CEN-2627-0001") == 0


def test_other_words_of_a_decision_move_no_money() -> None:
    assert award_movements([replace(MAIN, version=2, asked_for=Period(DAY, DAY))], posted(MAIN), YEARS, AT) == ()


def test_nothing_is_posted_over_a_line_that_was_altered() -> None:
    altered = [replace(entry, amount_pence=entry.amount_pence * 2) for entry in posted(MAIN)]
    assert award_movements([MAIN], altered, YEARS, AT) == ()


def test_nothing_is_promised_from_a_year_that_was_over() -> None:
    late = replace(MAIN, decided_on=date(2027, 5, 20), asked_for=SPRING)
    (movement,) = award_movements([late], (), YEARS, AT)
    assert {line.la_fy for line in movement} == {"2027-28"}
