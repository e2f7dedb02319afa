from datetime import date, timedelta
from random import Random

from cluster_sheets.demo.days import days
from tests.demo.made import register

SENT = date(2026, 9, 24)


def test_dates_come_in_the_order_that_the_rules_ask_for() -> None:
    for meeting in register().cluster_meetings("CEN"):
        for seed in range(30):
            made = days(SENT, meeting.day, (1, 9), Random(seed))
            assert made.known < SENT < made.start < made.end
            assert made.parents_agreed < made.declared <= SENT
            assert made.start.weekday() == 0
            assert meeting.day <= made.start
            assert made.weeks * 7 - 3 == (made.end - made.start).days
            school_year_ends = date(made.start.year + (made.start.month >= 9), 8, 31)
            assert made.end <= school_year_ends
            assert made.weeks >= 8


def test_support_so_far_ended_before_the_form_was_sent() -> None:
    rounds = days(SENT, date(2026, 10, 15), (1, 9), Random(1)).rounds
    assert rounds == (
        (date(2025, 9, 7), date(2025, 12, 11)),
        (date(2026, 1, 7), date(2026, 3, 26)),
        (date(2026, 4, 13), date(2026, 7, 10)),
    )
    assert days(SENT, date(2026, 10, 15), (1, 9), Random(1)).month == "July"


def test_a_need_became_known_a_few_weeks_before() -> None:
    known = {days(SENT, date(2026, 10, 15), (1, 9), Random(seed)).known for seed in range(60)}
    assert all(timedelta(days=8) <= SENT - each <= timedelta(days=25) for each in known)
