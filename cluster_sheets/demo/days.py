"""Days: every date a request needs, in an order that the rules accept."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cluster_sheets.base.date import MONTHS, next_year_start

_WEEK = timedelta(weeks=1)
_TERMS = (((1, 7), (3, 26)), ((4, 13), (7, 10)), ((9, 7), (12, 11)))
"""(month, day) of the first and last day of the terms in which earlier support ran; EXAMPLE dates."""
_LATE_IN_THE_YEAR = 5
"""A start from this month on waits for the new school year."""


@dataclass(frozen=True, slots=True)
class Days:
    """Dates of one request."""

    sent: date
    start: date
    end: date
    weeks: int
    known: date
    parents_agreed: date
    declared: date
    rounds: tuple[tuple[date, date], ...]
    """From and to of support so far, the newest last."""

    @property
    def month(self) -> str:
        """Month in which the latest figures were taken, in words."""
        return MONTHS[self.rounds[-1][1].month - 1]


def days(sent: date, meeting: date, year_start: tuple[int, int], rng: Random) -> Days:
    """Dates for a request sent on one day for a meeting on another."""
    start = _monday(meeting + timedelta(days=rng.randrange(4, 25)))
    if _LATE_IN_THE_YEAR <= start.month < year_start[1]:
        start = _monday(next_year_start(start, year_start) + timedelta(days=rng.randrange(3, 10)))
    last = next_year_start(start, year_start) - timedelta(days=40)
    weeks = min(rng.randrange(8, 25), (last - start).days // 7)
    end = start + weeks * _WEEK - timedelta(days=3)
    declared = sent - timedelta(days=rng.randrange(0, 5))
    return Days(
        sent=sent,
        start=start,
        end=end,
        weeks=weeks,
        known=sent - timedelta(days=rng.randrange(8, 25)),
        parents_agreed=declared - timedelta(days=rng.randrange(1, 9)),
        declared=declared,
        rounds=_rounds(sent),
    )


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _rounds(sent: date) -> tuple[tuple[date, date], ...]:
    terms = [(date(year, *first), date(year, *last)) for year in (sent.year - 1, sent.year) for first, last in _TERMS]
    return tuple(term for term in terms if term[1] < sent)[-3:]
