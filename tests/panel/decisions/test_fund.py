from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from cluster_sheets.base.period import Part
from cluster_sheets.money.stage import post
from cluster_sheets.panel.decisions.fund import left, left_before
from cluster_sheets.register.model import BudgetLine
from cluster_sheets.store.entries import Entry
from tests.decided import AT, PROJECT, SP1, Bid, Desk, desk, lay, with_budget

BUDGET = [BudgetLine("CEN", "2026-27", "MAIN", 1000, 100, 10)]


def _line(pence: int, meeting: str, account: str = "main:CEN", kind: str = "COMMIT") -> Entry:
    at: datetime = AT
    return Entry(account, pence, "CEN", "2026-27", "2026/27", "MAIN", kind, at, "CEN-2627-0001", meeting)


def test_what_others_promised_is_not_left_and_what_this_meeting_promised_is() -> None:
    ledger = [
        _line(1110, "", kind="BUDGET"),
        _line(-300, "A1"),
        _line(300, "A1", "award:CEN-2627-0001"),
        _line(50, "A1", kind="RELEASE"),
        _line(-200, "A2"),
    ]
    assert left(BUDGET, ledger, "A2", {}) == {("CEN", "MAIN", "2026-27"): 860}
    assert left(BUDGET, ledger, "A1", {}) == {("CEN", "MAIN", "2026-27"): 910}


def test_a_year_that_the_register_no_longer_lists_is_left_as_the_ledger_says() -> None:
    ledger = [
        _line(5000, "", kind="BUDGET"),
        _line(-5000, "", "allocation:CEN", "BUDGET"),
        _line(70, "", kind="CARRY_IN"),
        _line(-300, "A1"),
    ]
    assert left([], ledger, "A2", {}) == {("CEN", "MAIN", "2026-27"): 4770}
    assert left(BUDGET, ledger, "A2", {}) == {("CEN", "MAIN", "2026-27"): 810}, "a year it lists is as it says"
    elsewhere = [BudgetLine("CEN", "2027-28", "MAIN", 9)]
    assert left(elsewhere, ledger, "A1", {}) == {("CEN", "MAIN", "2026-27"): 5070, ("CEN", "MAIN", "2027-28"): 9}


def test_what_the_next_year_carries_in_is_not_left_in_the_year_before_posted_or_not() -> None:
    budget = [*BUDGET, BudgetLine("CEN", "2027-28", "MAIN", 9, 0, 100)]
    ledger = [_line(1110, "", kind="BUDGET")]
    told = {("CEN", "MAIN", "2026-27"): 1010, ("CEN", "MAIN", "2027-28"): 109}
    assert left(budget, ledger, "A1", {}) == told
    posted = [*ledger, _line(-100, "", kind="CARRY_OUT")]
    assert left(budget, posted, "A1", {}) == told
    assert left(budget[1:], posted, "A1", {}) == told, "the year before is no longer listed"
    assert left(BUDGET, posted, "A1", {}) == {("CEN", "MAIN", "2026-27"): 1010}, "the next year is no longer listed"


def test_a_decision_that_the_ledger_does_not_say_yet_counts_in_its_place() -> None:
    waiting = {
        ("A1", "CEN-2627-0001"): (("CEN", "MAIN"), (Part("2026-27", "2026/27", 250), Part("2027-28", "2027/28", 7)))
    }
    told = left(BUDGET, [_line(-300, "A1")], "A2", waiting)
    assert told == {("CEN", "MAIN", "2026-27"): 860, ("CEN", "MAIN", "2027-28"): -7}


def test_a_correction_is_held_against_the_ledger_where_the_year_is_gone_from_the_register(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960})
        assert at.read() == ()
        post(at.store, at.register, at.at)
        at.register = replace(at.register, budget=(), signed={})
        at.at += timedelta(days=1)
        at.fill(K7={"outcome": "Agreed for less", "award": 4000})
        assert at.read() == ()


def test_posted_or_not_the_same_is_left_for_the_next_meeting(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960})
        assert at.read() == ()
        before = left_before(at.store, at.register, "CEN-2627-Sp2")
        post(at.store, at.register, at.at + timedelta(hours=1))
        assert left_before(at.store, at.register, "CEN-2627-Sp2") == before
        assert before[("CEN", "MAIN", "2026-27")] == 36_000_000 - 129_986
        assert left_before(at.store, at.register, SP1)[("CEN", "MAIN", "2026-27")] == 36_000_000


SP2 = "CEN-2627-Sp2"
SUMMER = {"start_date": date(2027, 4, 12), "end_date": date(2027, 7, 16)}
"""All of it after the council year that the meeting decides in."""


def test_an_award_is_split_by_the_dates_that_its_meeting_read_posted_or_not(tmp_path: Path) -> None:
    with desk(tmp_path, replace(PROJECT, asked=400_000)) as at:
        at.newer(400_000, **SUMMER)
        at.fill(K7={"outcome": "Agreed", "award": 4000})
        assert at.read() == ()
        before = left_before(at.store, at.register, SP2)
        post(at.store, at.register, at.at)
        assert left_before(at.store, at.register, SP2) == before
        assert before[("CEN", "MAIN", "2026-27")] == 36_000_000 - 104_827


def test_two_workbooks_read_in_one_night_cannot_promise_the_same_money(tmp_path: Path) -> None:
    """The newer version of the first one's request, which no panel has read, asks for the next year."""
    first = Bid("K7", asked=400_000, least=None, end=date(2027, 3, 26))
    with desk(tmp_path, first, register=with_budget(400_000, 0)) as at:
        at.newer(400_000, **SUMMER)
        later = at.register.meeting(SP2)
        assert later is not None
        lay(at.store, later, (replace(first, case_ref="D2", start=date(2027, 3, 19)),), first=2)
        at.fill(K7={"outcome": "Agreed", "award": 4000})
        second = Desk(at.store, at.places, at.register, later, at.at.replace(month=3, day=20))
        second.write()
        second.fill(D2={"outcome": "Agreed", "award": 4000})
        assert second.codes() == ["more-than-is-left"]
