"""Dates as British schools type and read them, school years and financial years."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})")


def uk_date(text: str) -> date | None:
    """A date from ``dd/mm/yyyy`` (day first) or ``d Month yyyy``; None when it is no such date.

    A year of two figures is never guessed at.
    """
    squeezed = " ".join(text.split())
    if found := _NUMBERED.fullmatch(squeezed):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(squeezed):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    return None


def days_told(text: str) -> str:
    """``November has 30 days``, of a date as ``uk_date`` takes it on a day that its month does not have; else empty."""
    squeezed = " ".join(text.split())
    if found := _NUMBERED.fullmatch(squeezed):
        month = int(found[2])
    else:
        found = _NAMED.fullmatch(squeezed)
        month = _month(found[2]) if found else 0
    year = int(found[3]) if found else 0
    if not (found and year and 1 <= month <= 12):
        return ""
    last = monthrange(year, month)[1]
    when = f"{MONTHS[month - 1]} {year}" if month == 2 else MONTHS[month - 1]
    return f"{when} has {last} days" if int(found[1]) > last else ""


def _month(word: str) -> int:
    spelt = word.casefold()
    for number, name in enumerate(MONTHS, start=1):
        if spelt in (name.casefold(), name[:3].casefold()) or (spelt == "sept" and number == 9):
            return number
    return 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def in_figures(day: date) -> str:
    """``22/02/2027``: boxes and help."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def in_words(day: date) -> str:
    """``22 February 2027``: titles and sentences."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_short(day: date) -> str:
    """``22 Feb 2027``: narrow lists."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month_in_words(day: date) -> str:
    """``February 2027``: where the day is withheld."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def without_year(day: date) -> str:
    """``31 March``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def year_end(starts: tuple[int, int]) -> str:
    """``31 March``: the last day of the years that start on ``starts``, (day, month), in words."""
    if starts == (1, 3):
        return "the end of February"
    return without_year(date(2023, starts[1], starts[0]) - timedelta(days=1))


def year_start(day: date, starts: tuple[int, int]) -> date:
    """First day of the year that ``day`` lies in; ``starts`` is (day, month), such as (1, 9) for school years."""
    first = date(day.year, starts[1], starts[0])
    return first if day >= first else date(day.year - 1, starts[1], starts[0])


def next_year_start(day: date, starts: tuple[int, int]) -> date:
    """First day of the year after the one that ``day`` lies in."""
    first = year_start(day, starts)
    return date(first.year + 1, first.month, first.day)


def years_on(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def school_year(day: date, starts: tuple[int, int] = (1, 9)) -> str:
    """``2026/27``."""
    first = year_start(day, starts).year
    return f"{first}/{(first + 1) % 100:02d}"


def financial_year(day: date, starts: tuple[int, int] = (1, 4)) -> str:
    """``2026-27``, the council's."""
    first = year_start(day, starts).year
    return f"{first}-{(first + 1) % 100:02d}"


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of an aware ``moment`` in ``zone`` (the scheme's deadlines are all local)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_moment(day: date, time: tuple[int, int], zone: str) -> datetime:
    """The aware UTC moment at which the clock in ``zone`` shows ``time`` (hour, minute) on ``day``."""
    return datetime(day.year, day.month, day.day, *time, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def moved_by_working_days(day: date, by: int, holidays: frozenset[date]) -> date:
    """The day ``by`` working days after ``day`` (before, when negative); weekends and ``holidays`` do not count."""
    step = timedelta(days=1 if by > 0 else -1)
    left = abs(by)
    while left:
        day += step
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day
