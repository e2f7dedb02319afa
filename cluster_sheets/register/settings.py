"""Settings: every figure of policy, with its type and a note (design §3.11)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cluster_sheets.base.date import MONTHS, uk_date
from cluster_sheets.base.money import pounds, rounded_pence

_A_YEAR = 365
_WHOLE = re.compile(r"-?[0-9]{1,12}")


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
        """A list of dates, or of ranges of dates written ``21/12/2026 to 01/01/2027``. Raises ValueError."""
        found: set[date] = set()
        for each in self.listed(name):
            first, _, last = (part.strip() for part in each.partition(" to "))
            start, end = uk_date(first), uk_date(last or first)
            # No holidays last for a year: such a range is a slip in one of its dates.
            if start is None or end is None or not 0 <= (end - start).days < _A_YEAR:
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


def _in_time(line: Setting) -> str:
    hour, minute = Settings({line.name: line}).time(line.name)
    return "" if 0 <= hour < 24 and 0 <= minute < 60 else "not-a-time"


def _in_year(line: Setting) -> str:
    day, month = Settings({line.name: line}).day_month(line.name)
    # 2023 has no 29 February: a year that began on it would begin in leap years only.
    return "" if date(2023, month, day).day == day else "not-a-day-of-the-year"


def _in_figures(line: Setting) -> str:
    if line.type == "whole-number" and not _WHOLE.fullmatch(line.value):
        return "not-a-number"
    Settings({line.name: line}).number(line.name)
    return ""


def _in_percent(line: Setting) -> str:
    tenths = Settings({line.name: line}).number(line.name)
    if not 0 <= tenths <= 1000:
        return "not-a-percentage"
    # Excel keeps 40% as 0.4: taken as it stands it would let four in a thousand decide.
    return "part-for-a-percentage" if 0 < float(line.value) < 1 else ""


def _in_list(line: Setting) -> str:
    if "|" not in line.value and any(mark in line.value for mark in ",;"):
        return "not-parted"
    if line.unit in ("dates", "date ranges"):
        Settings({line.name: line}).days(line.name)
    return ""


_KINDS: Mapping[str, tuple[Callable[[Setting], str], str]] = {
    "choice": (
        lambda line: "" if line.value in line.type.partition(":")[2].split("|") else "not-a-choice",
        "not-a-choice",
    ),
    "yes-no": (
        lambda line: "" if line.value.casefold() in ("yes", "no", "y", "n") else "not-yes-or-no",
        "not-yes-or-no",
    ),
    "time": (_in_time, "not-a-time"),
    "day-month": (_in_year, "not-a-day-of-the-year"),
    "list": (_in_list, "not-dates"),
    "money": (_in_figures, "not-money"),
    "decimal": (_in_figures, "not-a-figure"),
    "percent": (_in_percent, "not-a-percentage"),
    "whole-number": (_in_figures, "not-a-number"),
    "text": (lambda _: "", ""),
}
"""How each type is read, and what is said where it cannot be: codes of the register's wordings, without their room."""


def fault(setting: Setting) -> str:
    """What is wrong with a value, as a code of the register's wordings; empty where it fits its type.

    What it may be beside that stands in ``register.allowed``. A blank fits a text or a list.
    """
    kind = setting.type.partition(":")[0]
    if not setting.value:
        return "" if kind in ("text", "list") else "register-blank"
    read, otherwise = _KINDS[kind]
    try:
        code = read(setting)
    except (ValueError, ArithmeticError):
        code = otherwise
    return code and f"register-{code}"
