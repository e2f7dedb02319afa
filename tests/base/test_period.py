from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.period import Part, Period, Years, asked_for
from cluster_sheets.base.record import Record

YEARS = Years((1, 4), (1, 9))
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days)))


def test_a_period_is_cut_where_a_year_starts() -> None:
    spring_to_autumn = Period(date(2027, 2, 22), date(2027, 9, 10))
    assert spring_to_autumn.cut((1, 4)) == (
        Period(date(2027, 2, 22), date(2027, 3, 31)),
        Period(date(2027, 4, 1), date(2027, 9, 10)),
    )
    assert YEARS.days(spring_to_autumn) == (("2026-27", 38), ("2027-28", 163))


def test_an_award_is_split_at_31_march_by_days_and_each_side_by_school_year() -> None:
    # 10,000 pence over 38 + 153 + 10 days; 1,890.5 come before April and the odd penny goes to the last piece.
    assert YEARS.parts(10_000, Period(date(2027, 2, 22), date(2027, 9, 10))) == (
        Part("2026-27", "2026/27", 1_890),
        Part("2027-28", "2026/27", 7_612),
        Part("2027-28", "2027/28", 498),
    )


@pytest.mark.parametrize(
    ("asked_for", "spread"),
    [
        (Period(date(2027, 3, 1), date(2027, 5, 31)), Period(date(2027, 4, 1), date(2027, 5, 31))),
        (Period(date(2027, 3, 1), date(2027, 3, 20)), Period(date(2027, 4, 1), date(2027, 4, 1))),
        (Period(date(2027, 5, 1), date(2027, 5, 31)), Period(date(2027, 5, 1), date(2027, 5, 31))),
    ],
)
def test_nothing_is_promised_from_a_year_that_was_over_when_it_was_decided(asked_for: Period, spread: Period) -> None:
    assert YEARS.of_award(asked_for, date(2027, 4, 20)) == spread


@given(PERIODS)
def test_the_pieces_of_a_period_are_all_of_it_and_each_lies_in_one_year(period: Period) -> None:
    pieces = period.cut((1, 4))
    assert sum(each.days for each in pieces) == period.days
    assert len({year for year, _ in YEARS.days(period)}) == len(pieces)


@given(st.integers(0, 10**9), PERIODS)
def test_the_parts_of_an_award_add_up_to_it_and_none_is_below_nought(pence: int, period: Period) -> None:
    parts = YEARS.parts(pence, period)
    assert sum(part.pence for part in parts) == pence
    assert min(part.pence for part in parts) >= 0


def test_a_request_without_dates_is_for_one_day() -> None:
    first, last, day = date(2027, 2, 22), date(2027, 7, 16), date(2027, 2, 4)
    assert asked_for(Record({"start_date": first, "end_date": last}, {}), day) == Period(first, last)
    assert asked_for(Record({"start_date": last, "end_date": first}, {}), day) == Period(day, day)
    assert asked_for(None, day) == Period(day, day)
