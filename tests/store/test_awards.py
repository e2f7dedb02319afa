from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cluster_sheets.base.period import Part, Period, Years
from cluster_sheets.store import decisions
from cluster_sheets.store.awards import Award, of_decisions
from cluster_sheets.store.decisions import Decision
from tests.decided import NEED, PROJECT, SP1, desk

YEARS = Years((1, 4), (1, 9))
DAY = date(2027, 2, 4)
SPRING = Period(date(2027, 2, 22), date(2027, 7, 16))
GIVEN = Award(SP1, "CEN-2627-0001", "CEN", "MAIN", 496_000, DAY, SPRING)


def day_of(at: datetime) -> date:
    """The day of a moment, where the clock is UTC."""
    return at.date()


def test_an_award_is_split_by_days_where_a_year_ends() -> None:
    assert GIVEN.parts(YEARS) == (Part("2026-27", "2026/27", 129_986), Part("2027-28", "2026/27", 366_014))
    late = replace(GIVEN, decided_on=date(2027, 4, 20))
    assert late.time(YEARS) == Period(date(2027, 4, 1), SPRING.last), "nothing comes from a year that was over"
    assert late.parts(YEARS) == (Part("2027-28", "2026/27", 496_000),)


def test_awards_are_of_the_version_that_the_meeting_read(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960})
        assert at.read() == ()
        at.newer(400_000, start_date=date(2027, 4, 12), end_date=date(2027, 7, 16))
        assert of_decisions(at.store, decisions.standing(at.store), day_of) == [GIVEN]


def test_an_outcome_without_money_gives_nothing_and_a_day_left_out_is_that_of_its_recording(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        recorded = datetime(2027, 2, 5, 2, 0, tzinfo=UTC)
        told = [
            Decision(SP1, f"CEN-2627-000{number}", outcome, pence, "MAIN", 25, 13, None, None, None, None, recorded)
            for number, outcome, pence in ((1, "AGREED", 496_000), (2, "WITHDRAWN", 0))
        ]
        given, none = of_decisions(at.store, told, day_of)
        assert (given, none.pence, none.asked_for) == (
            replace(GIVEN, decided_on=recorded.date(), version=told[0].version), 0, Period(*[recorded.date()] * 2),
        )  # fmt: skip
