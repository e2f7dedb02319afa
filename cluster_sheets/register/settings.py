"""Settings: every figure of policy, with its type and a note (design §3.11)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cluster_sheets.base.date import MONTHS, uk_date
from cluster_sheets.base.money import pounds, rounded_pence


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the Settings sheet."""

    name: str
    type: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Settings:
    """The settings of a scheme, by name. Asking for one that is not there raises KeyError."""

    lines: Mapping[str, Setting]

    def text(self, name: str) -> str:
        """A setting as it stands."""
        return self.lines[name].value

    def whole(self, name: str) -> int:
        """A whole number. Raises ValueError where there is none."""
        return int(self.lines[name].value)

    def pence(self, name: str) -> int:
        """An amount in pence."""
        return rounded_pence(self.lines[name].value.replace(",", "").lstrip("£"))

    def number(self, name: str) -> int:
        """The figure in the units answers are kept in: pence, hundredths, tenths, or whole."""
        line = self.lines[name]
        match line.type:
            case "money" | "decimal":
                return self.pence(name)
            case "percent":
                return round(float(line.value) * 10)
            case _:
                return int(line.value)

    def percent(self, name: str) -> float:
        """A percentage as a figure from 0 to 100."""
        return self.number(name) / 10

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return self.lines[name].value.casefold() in ("yes", "y")

    def listed(self, name: str) -> tuple[str, ...]:
        """A list, in its order."""
        return tuple(each.strip() for each in self.lines[name].value.split("|") if each.strip())

    def day_month(self, name: str) -> tuple[int, int]:
        """(day, month)."""
        day, month = self.lines[name].value.split("-")
        return int(day), int(month)

    def time(self, name: str) -> tuple[int, int]:
        """(hour, minute)."""
        hour, minute = self.lines[name].value.split(":")
        return int(hour), int(minute)

    def days(self, name: str) -> frozenset[date]:
        """A list of dates, or of ranges of dates written ``21/12/2026 to 01/01/2027``."""
        found: set[date] = set()
        for each in self.listed(name):
            first, _, last = (part.strip() for part in each.partition(" to "))
            start, end = uk_date(first), uk_date(last or first)
            if start is None or end is None:
                raise ValueError(each)
            found |= {date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1)}
        return frozenset(found)

    def words(self, name: str) -> str:
        """How a setting reads in a sentence: ``£20,000.00``, ``39``, ``1 September``."""
        line = self.lines[name]
        match line.type:
            case "money":
                return pounds(self.pence(name))
            case "list":
                return ", ".join(self.listed(name))
            case "day-month":
                day, month = self.day_month(name)
                return f"{day} {MONTHS[month - 1]}"
            case _:
                return line.value


def _in_time(line: Setting) -> bool:
    hour, minute = Settings({line.name: line}).time(line.name)
    return 0 <= hour < 24 and 0 <= minute < 60


def _in_year(line: Setting) -> bool:
    day, month = Settings({line.name: line}).day_month(line.name)
    return date(2024, month, day).day == day


def _in_figures(line: Setting) -> bool:
    return Settings({line.name: line}).number(line.name) is not None


def _in_days(line: Setting) -> bool:
    return line.unit not in ("dates", "date ranges") or Settings({line.name: line}).days(line.name) is not None


_FITS: Mapping[str, Callable[[Setting], bool]] = {
    "choice": lambda line: line.value in line.type.partition(":")[2].split("|"),
    "yes-no": lambda line: line.value.casefold() in ("yes", "no", "y", "n"),
    "time": _in_time,
    "day-month": _in_year,
    "list": _in_days,
    "money": _in_figures,
    "decimal": _in_figures,
    "percent": _in_figures,
    "whole-number": _in_figures,
    "text": lambda _: True,
}


def fits(setting: Setting) -> bool:
    """True where a value fits its type; a blank fits where a blank means none."""
    kind = setting.type.partition(":")[0]
    if not setting.value:
        return kind in ("text", "list")
    try:
        return _FITS[kind](setting)
    except (ValueError, ArithmeticError):
        return False
