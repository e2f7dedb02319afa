"""Deadlines of a meeting, worked out from its date by working days where the register leaves them blank."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cluster_sheets.base.date import local_moment, moved_by_working_days, next_year_start
from cluster_sheets.register.model import CITY, holidays
from cluster_sheets.register.settings import Settings

if TYPE_CHECKING:
    from cluster_sheets.base.period import Period, Years


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Of one meeting; moments in UTC."""

    closes_at: datetime
    fix_by: datetime
    pack_out: date
    letters_by: date
    pay_by: date


def deadlines(day: date, kind: str, settings: Settings) -> Deadlines:
    """What the settings say for a meeting on ``day``. Source: domain.md (e)."""
    off = holidays(settings)
    zone, time = settings.text("timezone"), settings.time("closes_time")

    def by(name: str) -> date:
        return moved_by_working_days(day, settings.whole(name), off)

    closes = by("city_closes_days" if kind == CITY else "closes_days")
    fix_by = closes if kind == CITY else by("fix_by_days")
    return Deadlines(
        closes_at=local_moment(closes, time, zone),
        fix_by=local_moment(fix_by, time, zone),
        pack_out=by("city_pack_days" if kind == CITY else "pack_days"),
        letters_by=by("letters_days"),
        pay_by=by("pay_days"),
    )


def years(settings: Settings) -> "Years":
    """When the council's and the schools' years start."""
    from cluster_sheets.base.period import Years

    return Years(settings.day_month("la_financial_year_start"), settings.day_month("academic_year_start"))


def council_year(la_fy: str, settings: Settings) -> "Period":
    """First and last day of a council year such as 2026-27."""
    from cluster_sheets.base.period import Period

    starts = settings.day_month("la_financial_year_start")
    first = date(int(la_fy[:4]), starts[1], starts[0])
    return Period(first, date.fromordinal(next_year_start(first, starts).toordinal() - 1))
