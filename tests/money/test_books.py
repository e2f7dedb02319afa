"""What a promise comes to in a council year and whole, and how a year stood when a night closed."""

from dataclasses import replace

from cluster_sheets.money.books import NOTHING, Closing, Promise, closing
from tests.money.made import CONTINGENCY, MAIN, books, granted, posted

LEDGER = posted(MAIN, CONTINGENCY)
KEY = (MAIN.meeting, MAIN.application_ref)


def test_a_promise_is_told_of_its_year_and_whole_on_both_sides() -> None:
    assert books(LEDGER).promises()[KEY] == Promise(129_986, 496_000, 129_986, 496_000)
    assert books(LEDGER, la_fy="2027-28").promises()[KEY] == Promise(366_014, 496_000, 366_014, 496_000)
    assert books(LEDGER, la_fy="2025-26").promises() == {}
    assert list(books(LEDGER).promises()) == [KEY, (CONTINGENCY.meeting, CONTINGENCY.application_ref)]


def test_a_promise_of_another_cluster_is_not_ours() -> None:
    theirs = replace(MAIN, cluster="N", application_ref="N-2627-0001")
    assert list(books(posted(MAIN, theirs)).promises()) == [KEY]


def test_a_part_is_what_left_the_fund_where_all_of_the_award_did_and_else_goes_by_days() -> None:
    award = granted(MAIN)
    assert award.part_of("2026-27", Promise(1, 2, 129_980, 496_000)) == 129_980
    assert award.part_of("2026-27", Promise(129_981, 496_000, 1, 2)) == 129_981
    assert [award.part_of(year, NOTHING) for year in ("2026-27", "2027-28", "2028-29")] == [129_986, 366_014, 0]


def test_a_promise_taken_back_no_longer_stands() -> None:
    ledger = posted(replace(MAIN, pence=4, version=2), ledger=posted(MAIN))
    assert books(ledger).movements() == {(*KEY, "MAIN"): 1}
    assert books(posted(replace(MAIN, pence=0, version=3), ledger=ledger)).movements() == {}


def test_a_closing_depends_on_the_workspaces_key() -> None:
    mine = books(LEDGER)
    assert closing(mine).hash != closing(replace(mine, key=b"other")).hash
    assert closing(mine) == Closing(len(LEDGER), 19_841_394, closing(mine).hash)
