"""Meetings of the register: no deadline after the meeting's own day, and a city meeting is of no one cluster."""

from datetime import UTC, date, datetime

import pytest
from openpyxl.workbook import Workbook

from cluster_sheets.base.finding import Finding
from cluster_sheets.register.model import Register
from cluster_sheets.register.sheet import worded
from tests.register.made import REGISTER, spoilt

DAY = date(2026, 10, 15)
LATE = "register-corrections-late"
DEADLINES = "register-deadlines"


def with_deadlines(closes: str | None, fix_by: str | None) -> tuple[Register | None, tuple[Finding, ...]]:
    """What is read where the first meeting's deadlines are typed."""

    def change(book: Workbook) -> None:
        book["Meetings"]["E5"], book["Meetings"]["F5"] = closes, fix_by

    return spoilt(change)


def told(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.place.cell) for each in found]


def test_the_meeting_is_the_one_whose_deadlines_are_typed() -> None:
    assert (REGISTER.meetings[0].meeting_id, REGISTER.meetings[0].day) == ("CEN-2627-A1", DAY)


@pytest.mark.parametrize(
    ("closes", "fix_by", "expected"),
    [
        # Summer time: half past midnight on the 16th is the 15th by UTC, and the 16th on every clock of the scheme.
        (None, "16/10/2026 00:30", [(LATE, "F5")]),
        ("16/10/2026 00:30", "16/10/2026 00:30", [(DEADLINES, "E5"), (LATE, "F5")]),
        (None, "20/11/2026 17:00", [(LATE, "F5")]),
        (None, "16/10/2026", [(LATE, "F5")]),
        (None, "30/09/2026 17:00", [(DEADLINES, "E5")]),
    ],
)
def test_a_deadline_after_the_day_of_the_meeting_is_told_at_its_cell(
    closes: str | None, fix_by: str | None, expected: list[tuple[str, str]]
) -> None:
    register, found = with_deadlines(closes, fix_by)
    assert register is None
    assert told(found) == expected


def test_corrections_may_come_until_the_end_of_the_day_of_the_meeting() -> None:
    register, found = with_deadlines(None, "15/10/2026 23:59")
    assert found == ()
    assert register is not None
    assert register.meetings[0].fix_by == datetime(2026, 10, 15, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize("cluster", ["CEN", "WEST"])
def test_a_city_meeting_that_names_a_cluster_is_told_what_to_do(cluster: str) -> None:
    def change(book: Workbook) -> None:
        (line,) = (row for row in book["Meetings"].iter_rows() if row[0].value == "CITY-2627-A")
        line[2].value = cluster

    register, found = spoilt(change)
    assert register is None
    assert [worded(each) for each in found] == [
        f"register.xlsx Meetings C6: A city meeting is for all clusters, and this one names {cluster}."
        " Empty C6. If it is that cluster's own meeting, its type is CLUSTER."
    ]


def test_corrections_after_the_meeting_are_told_in_words() -> None:
    assert [worded(each) for each in with_deadlines(None, "07/11/2026 17:00")[1]] == [
        "register.xlsx Meetings F5: Corrections until is after the day of the meeting."
        " Put a time on that day or before it in F5, or leave it blank to have it worked out."
    ]


def test_a_city_meeting_of_the_register_that_ships_is_every_clusters() -> None:
    assert {each.cluster for each in REGISTER.meetings if each.kind == "CITY"} == {""}
