from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.date import (
    days_told,
    financial_year,
    in_figures,
    in_short,
    in_words,
    local_day,
    local_moment,
    month_in_words,
    moved_by_working_days,
    next_year_start,
    school_year,
    uk_date,
    without_year,
    year_end,
    year_start,
    years_on,
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/11/2026", "November has 30 days"),
        ("31 Sept 2026", "September has 30 days"),
        ("29/02/2027", "February 2027 has 28 days"),
        ("30.2.2028", "February 2028 has 29 days"),
        ("29/02/2028", ""),
        ("12/13/2026", ""),
        ("31/11/0000", ""),
        ("31/11/26", ""),
        ("soon", ""),
    ],
)
def test_of_a_day_that_its_month_does_not_have_it_is_told_how_many_it_has(typed: str, told: str) -> None:
    assert days_told(typed) == told


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("03/04/2026", date(2026, 4, 3)),
        (" 3/4/2026 ", date(2026, 4, 3)),
        ("22 February 2027", date(2027, 2, 22)),
        ("1st Sept 2026", date(2026, 9, 1)),
        ("12/13/2026", None),
        ("31/02/2026", None),
        ("3/4/26", None),
        ("2026-04-03", None),
        ("4 Smarch 2026", None),
        ("soon", None),
    ],
)
def test_dates_are_read_day_first_with_a_whole_year(typed: str, day: date | None) -> None:
    assert uk_date(typed) == day


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_date_we_write_is_read_back(day: date) -> None:
    assert uk_date(in_figures(day)) == uk_date(in_words(day)) == uk_date(in_short(day)) == day


def test_years_turn_on_their_first_day() -> None:
    assert [school_year(date(2026, 8, 31)), school_year(date(2026, 9, 1))] == ["2025/26", "2026/27"]
    assert [financial_year(date(2027, 3, 31)), financial_year(date(2027, 4, 1))] == ["2026-27", "2027-28"]
    assert year_start(date(2026, 8, 31), (1, 9)) == date(2025, 9, 1)
    assert next_year_start(date(2026, 9, 1), (1, 9)) == date(2027, 9, 1)
    assert month_in_words(date(2027, 2, 1)) == "February 2027"


def test_a_moment_belongs_to_the_local_day() -> None:
    assert local_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "Europe/London") == date(2026, 7, 1)


def test_five_in_the_afternoon_is_four_by_utc_in_summer_only() -> None:
    assert local_moment(date(2026, 7, 1), (17, 0), "Europe/London").hour == 16
    assert local_moment(date(2026, 12, 1), (17, 0), "Europe/London").hour == 17


def test_working_days_skip_weekends_and_holidays() -> None:
    thursday = date(2026, 10, 15)
    assert moved_by_working_days(thursday, -10, frozenset()) == date(2026, 10, 1)
    assert moved_by_working_days(thursday, 2, frozenset({date(2026, 10, 16)})) == date(2026, 10, 20)
    assert moved_by_working_days(thursday, 0, frozenset()) == thursday


@pytest.mark.parametrize(
    ("starts", "told"),
    [((1, 4), "31 March"), ((1, 9), "31 August"), ((1, 1), "31 December"), ((1, 3), "the end of February")],
)
def test_the_last_day_of_a_year_is_the_one_before_it_starts(starts: tuple[int, int], told: str) -> None:
    assert year_end(starts) == told


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.sampled_from([(1, 4), (1, 9), (6, 4)]))
def test_a_year_ends_on_the_day_that_is_told(day: date, starts: tuple[int, int]) -> None:
    last = date.fromordinal(next_year_start(day, starts).toordinal() - 1)
    assert without_year(last) == year_end(starts)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 10, 1), -10, date(2016, 10, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
    ],
)
def test_so_many_years_on_is_the_same_day_or_the_28th(day: date, years: int, expected: date) -> None:
    assert years_on(day, years) == expected
