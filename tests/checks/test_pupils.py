"""Rules about pupils and the support they have had."""

from datetime import date

import pytest

from tests.checks.batch import codes, world
from tests.requests import KINDS, cycle, upn

PROJECT, UNFORESEEN = KINDS["project"], KINDS["unforeseen"]


@pytest.mark.parametrize(
    ("until", "told"),
    [("28/09/2026", []), ("29/09/2026", ["support-too-little", "support-still-running"])],
)
def test_a_round_counts_when_it_ended_by_the_day_of_receipt(until: str, told: list[str]) -> None:
    lines = [cycle("07/01/2026", "27/03/2026"), cycle("01/09/2026", until)]
    assert [code for code, _ in codes(PROJECT.but_lines("support", lines))] == told


def test_a_round_with_a_fault_of_its_own_counts_so_that_one_fault_is_told_once() -> None:
    assert codes(PROJECT.but_line("support", 1, assess="x")) == [("too-short", "support.assess")]


def test_a_new_arrival_may_have_had_no_round_of_support_and_the_admin_is_asked() -> None:
    assert codes(UNFORESEEN.but_lines("support", [])) == [("support-too-little-yet", "support")]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2027, 7, 16), date(2027, 12, 1), ["upn-in-a-live-award"]),
        (date(2027, 7, 17), date(2027, 12, 1), []),
        (date(2026, 1, 1), date(2027, 2, 22), ["upn-in-a-live-award"]),
        (date(2026, 1, 1), date(2027, 2, 21), []),
    ],
)
def test_an_award_counts_where_its_dates_touch_those_asked_for(first: date, last: date, told: list[str]) -> None:
    about = world(awards_of=lambda told_of: ((first, last),) if told_of == upn(2) else ())
    assert [code for code, _ in codes(PROJECT, about=about)] == told


def test_a_plan_is_looked_for_among_the_pupils_only_where_one_pupil_benefits() -> None:
    with_plan = UNFORESEEN.but_line("pupils", 0, sen_provision="EHC plan")
    assert codes(with_plan) == [("plan-answers-apart", "ehcna_status")]
    assert codes(with_plan.but(ehcna_status="Has a plan")) == []
