"""Costs: lines that come to the penny to what a request asks for, by the same rounding as the form's own formula."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from cluster_sheets.demo.texts import Theme, common
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.template_sums import line_pence

Line = dict[str, Raw]
_RATES = {"TA_TIME": (1480, 1890), "TEACHER_TIME": (2950, 3640), "SPECIALIST_TIME": (4400, 6300)}
"""EXAMPLE pence an hour."""
_HOURS = {"TA_TIME": (8, 24), "TEACHER_TIME": (5, 12), "SPECIALIST_TIME": (3, 9)}
"""Half-hours a week."""
CLUSTER, SCHOOL, OTHER = "CLUSTER", "SCHOOL", "OTHER"
Label = Callable[[str, str], str]
"""The form's words for a code of one of a cost's columns."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Lines, and what each payer's come to in pence."""

    lines: tuple[Line, ...]
    asked: int
    school: int
    other: int
    hours: str
    """Hours a week of the first line, in figures."""
    source: str
    """Where other money comes from; empty where there is none."""


def costs(theme: Theme, weeks: int, most: int, label: Label, rng: Random) -> Costs:
    """Cost lines of a request over ``weeks`` that asks for ``most`` pence at most."""
    time = _time(theme.time, weeks, label, rng)
    asked = [time, *(_thing(each, CLUSTER, label, rng) for each in theme.things)]
    while _sum(asked) > most:
        if len(asked) > 1:
            asked.pop()
        else:
            hours = time["hours_per_week"]
            time["hours_per_week"] = max(0.5, float(hours) - 0.5) if isinstance(hours, float) else 0.5
    school = [_thing(rng.choice(common().own_part["school"]), SCHOOL, label, rng)] if rng.random() < 0.7 else []
    other = [_thing(rng.choice(common().own_part["other"]), OTHER, label, rng)] if rng.random() < 0.15 else []
    hours = f"{time['hours_per_week']:g}"
    source = rng.choice(common().sources) if other else ""
    return Costs((*asked, *school, *other), _sum(asked), _sum(school), _sum(other), hours, source)


def _sum(lines: Sequence[Line]) -> int:
    return sum(line_pence(line) or 0 for line in lines)


def _time(each: Mapping[str, str], weeks: int, label: Label, rng: Random) -> Line:
    category = each["category"]
    return {
        "category": label("costs.category", category),
        "description": each["description"],
        "hours_per_week": rng.randrange(*_HOURS[category]) / 2,
        "weeks": float(weeks - rng.randrange(0, 3)),
        "rate": rng.randrange(*_RATES[category]) / 100,
        "group_size": 1.0,
        "paid_by": label("costs.paid_by", CLUSTER),
    }


def _thing(each: Mapping[str, Any], paid_by: str, label: Label, rng: Random) -> Line:
    low, high = each["each"]
    fewest, most = each["many"]
    return {
        "category": label("costs.category", each["category"]),
        "description": each["description"],
        "quantity": float(rng.randrange(fewest, most + 1)),
        "unit_cost": rng.randrange(low * 100, high * 100, 5) / 100,
        "paid_by": label("costs.paid_by", paid_by),
    }
