"""A statement with everything in it that can be wide, long or amiss; every amount is an EXAMPLE."""

from dataclasses import replace
from datetime import date
from typing import Any

from cluster_sheets.money.control import Control, controls
from cluster_sheets.money.position import FundPosition, Position, position
from cluster_sheets.money.statement_view import (
    ACTUAL,
    CARRIED,
    FORECAST,
    UNDECIDED,
    ApplicationLine,
    AwardLine,
    Pace,
    Step,
    View,
)
from tests.money.made import CONTINGENCY, MAIN, books, granted, posted

WIDE = Position(
    "CEN",
    "2026-27",
    {
        "MAIN": FundPosition(17_600_000, 400_000, 0, 0, -35_670_000, 0, 0, -17_670_000),
        "CONTINGENCY": FundPosition(2_000_000, 0, 0, 0, -740_000, 0, 0, 1_260_000),
    },
)
PACE = (
    Pace(date(2026, 10, 15), 6_840_000, 317),
    Pace(date(2026, 12, 3), 35_670_000, 483),
    Pace(date(2027, 2, 4), None, 650),
)
RUNWAY = (
    Step(date(2026, 6, 25), 200_000, ACTUAL),
    Step(date(2026, 11, 26), 540_000, ACTUAL),
    Step(date(2027, 3, 11), 370_000, FORECAST),
    Step(date(2027, 6, 24), 370_000, CARRIED),
    Step(date(2027, 11, 25), 370_000, CARRIED),
)
LINES = (
    ApplicationLine(
        "CEN-2627-0001", "Main fund", 17_670_000, 10_000_000, "Agreed with conditions", 17_670_000, 9_000_000, 0
    ),
    ApplicationLine("CEN-2627-0002", "Contingency", 300_000, None, UNDECIDED, 0, 0, 0),
    ApplicationLine("CEN-2627-0003", "", 0, None, "Advice only", 0, 0, 0),
    ApplicationLine("CEN-2526-0044", "Main fund", None, None, "Agreed", 1_200_000, 600_000, 0),
)
AWARDS = (
    AwardLine(
        "CEN-2627-0001",
        17_670_000,
        9_000_000,
        {"2025/26": 1, "2026/27": 8_999_999},
        lead=12_670_000,
        partners=5_000_000,
    ),
    AwardLine("CEN-2526-0044", 1_200_000, 600_000, {"2025/26": 600_000}),
)


def tied() -> tuple[Control, ...]:
    """Control totals that all tie."""
    return controls(books(posted(MAIN, CONTINGENCY), granted(MAIN), granted(CONTINGENCY)))


def amiss() -> tuple[Control, ...]:
    """Control totals of which some do not tie, with the widest figures."""
    why = ("CEN-2627-0001: £176,700.00 decided, £0.00 promised in the ledger.",)
    good = {each.rule: each for each in tied()}
    good["R4"] = Control("R4", good["R4"].what, -17_670_000, 0, why=why)
    good["R17"] = Control("R17", good["R17"].what, 5, 5, why=("Lines of the ledger are not those of last night.",))
    return tuple(good.values())


def view(told: tuple[Control, ...] = (), at: Position | None = None, **given: Any) -> View:
    """What a statement shows."""
    found = at or position(posted(MAIN, CONTINGENCY), "CEN", "2026-27")
    shown = View(
        "Central cluster", "CEN", "2026-27", date(2026, 12, 7), True, told or tied(), found, PACE, 6, RUNWAY, 0,
        "31 January", ("31 March", "31 August"), LINES, AWARDS,
    )  # fmt: skip
    return replace(shown, **given)
