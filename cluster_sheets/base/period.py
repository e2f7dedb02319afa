"""Periods: an award's time cut where years end, and its money with it (R12 of the scheme's control totals)."""

from dataclasses import dataclass
from datetime import date

from cluster_sheets.base import columns
from cluster_sheets.base.date import financial_year, next_year_start, school_year, year_start
from cluster_sheets.base.money import in_parts
from cluster_sheets.base.record import Record

DayMonth = tuple[int, int]


def council_year_on(la_fy: str, years: int) -> str:
    """The council year so many years after one such as 2026-27; before it where there are fewer than none."""
    first = int(la_fy[:4]) + years
    return f"{first}-{(first + 1) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def cut(self, starts: DayMonth) -> "tuple[Period, ...]":
        """The same time in pieces, none of them across the (day, month) on which a year starts."""
        pieces, first = [], self.first
        while first <= self.last:
            new_year = next_year_start(first, starts)
            last = min(self.last, date.fromordinal(new_year.toordinal() - 1))
            pieces.append(Period(first, last))
            first = new_year
        return tuple(pieces)

    def not_before(self, day: date) -> "Period":
        """The part of it from ``day`` on; the day alone where all of it is over by then."""
        return Period(max(self.first, day), max(self.last, day))


@dataclass(frozen=True, slots=True)
class Part:
    """Money that belongs to one council year and one school year."""

    la_fy: str
    academic_year: str
    pence: int


@dataclass(frozen=True, slots=True)
class Years:
    """When the council's and the schools' years start, as (day, month)."""

    council: DayMonth
    school: DayMonth

    def of_award(self, asked_for: Period, decided_on: date) -> Period:
        """The time an award is spread over: nothing is promised from a council year over when it was decided."""
        return asked_for.not_before(year_start(decided_on, self.council))

    def days(self, period: Period) -> tuple[tuple[str, int], ...]:
        """Days of a period in each council year, in order."""
        return tuple((financial_year(each.first, self.council), each.days) for each in period.cut(self.council))

    def parts(self, pence: int, period: Period) -> tuple[Part, ...]:
        """``pence`` over a period by days: first by council year, then each part by school year.

        The odd pence of a cut go to its last piece. The parts always add up to ``pence``.
        """
        pieces = period.cut(self.council)
        shares = in_parts(pence, [each.days for each in pieces])
        parts: list[Part] = []
        for piece, share in zip(pieces, shares, strict=True):
            smaller = piece.cut(self.school)
            la_fy = financial_year(piece.first, self.council)
            for each, amount in zip(smaller, in_parts(share, [part.days for part in smaller]), strict=True):
                parts.append(Part(la_fy, school_year(each.first, self.school), amount))
        return tuple(parts)


def asked_for(record: Record | None, otherwise: date) -> Period:
    """The time a request is for; the day ``otherwise`` where its answers are gone."""
    start, end = (record.form.get(name) if record else None for name in (columns.START, columns.END))
    if isinstance(start, date) and isinstance(end, date) and start <= end:
        return Period(start, end)
    return Period(otherwise, otherwise)
