"""Deadlines worked out by working days."""

from datetime import UTC, date, datetime

from cluster_sheets.base.period import Period, Years
from cluster_sheets.register.calendar import council_year, deadlines, years
from cluster_sheets.register.make import made
from cluster_sheets.register.read import register_of
from tests.register.made import REGISTER


def test_a_cluster_meeting_closes_ten_working_days_before() -> None:
    found = deadlines(date(2026, 10, 15), "CLUSTER", REGISTER.settings)
    assert found.closes_at == datetime(2026, 10, 1, 16, 0, tzinfo=UTC)
    assert (found.pack_out, found.letters_by, found.pay_by) == (
        date(2026, 10, 8),
        date(2026, 10, 22),
        date(2026, 11, 12),
    )


def test_holidays_do_not_count() -> None:
    register, _ = register_of(made({"school_holidays": "05/10/2026 to 06/10/2026"}), "register.xlsx")
    assert register is not None
    assert deadlines(date(2026, 10, 15), "CLUSTER", register.settings).closes_at.date() == date(2026, 9, 29)


def test_a_city_meeting_has_one_deadline_of_its_own() -> None:
    found = deadlines(date(2026, 11, 26), "CITY", REGISTER.settings)
    assert found.closes_at == found.fix_by == datetime(2026, 11, 19, 17, 0, tzinfo=UTC)


def test_a_council_year_has_its_first_and_last_day() -> None:
    assert council_year("2026-27", REGISTER.settings) == Period(date(2026, 4, 1), date(2027, 3, 31))
    assert years(REGISTER.settings) == Years((1, 4), (1, 9))
