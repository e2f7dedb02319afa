import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from cluster_sheets.money.position import FundPosition, Position
from cluster_sheets.money.statement import made
from cluster_sheets.money.statement_view import View
from tests.money.statements import PACE, WIDE, view


def _rows(shown: View) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(made(shown)), data_only=True)
    return [tuple(row) for row in book["Budget monitoring"].values]


def test_each_fund_goes_from_its_allocation_to_what_is_left_and_still_to_pay() -> None:
    rows = _rows(view())
    assert rows[2][0] == "£198,413.94 of £200,500.00 is left to promise: 99 per cent."
    assert [row[:4] for row in rows[4:15]] == [
        ("Opening allocation", 176000, 20000, 196000),
        ("Uplift", 4000, 0, 4000),
        ("Carried in from 2025-26", 0, 500, 500),
        ("Moved between main and contingency", 0, 0, 0),
        ("Budget for the year", 180000, 20500, 200500),
        ("Promised to schools", -1299.86, -786.2, -2086.06),
        ("Released back", 0, 0, 0),
        ("Left to promise", 178700.14, 19713.8, 198413.94),
        ("Promised, less released", 1299.86, 786.2, 2086.06),
        ("Paid to schools", 0, 0, 0),
        ("Promised, still to pay", 1299.86, 786.2, 2086.06),
    ]


def test_what_the_next_year_carries_in_is_shown_as_leaving_this_one() -> None:
    funds = dict(view().position.funds)
    funds["MAIN"] = replace(funds["MAIN"], moved=-17_870_014, carried_out=-17_870_014, left=0)
    row = _rows(view(at=Position("CEN", "2026-27", funds)))[7]
    assert row[:4] == ("Moved, and carried into 2027-28", -178700.14, 0, -178700.14)


def test_what_the_next_year_carries_in_leaves_the_pace_of_this_one_as_it_was() -> None:
    funds = dict(view().position.funds)
    funds["MAIN"] = replace(funds["MAIN"], moved=-17_870_014, carried_out=-17_870_014, left=0)
    rows = _rows(view(at=Position("CEN", "2026-27", funds)))
    assert rows[16:21] == _rows(view())[16:21]


def test_the_pace_is_told_meeting_by_meeting_and_above_the_guard_in_words() -> None:
    rows = _rows(view())
    assert rows[16][0] == "198 per cent is promised after meeting 2 of 6. More than 48 needs a recorded vote."
    assert [row[:4] for row in rows[18:21]] == [
        ("15 October 2026", 0.38, 0.317, "Above"),
        ("3 December 2026", 1.9817, 0.483, "Above"),
        ("4 February 2027", None, 0.65, None),
    ]


def test_within_the_guard_is_said_as_quietly() -> None:
    slow = (PACE[0].__class__(PACE[0].day, 5_706_000, 317), *PACE[2:])
    rows = _rows(view(pace=slow))
    assert rows[16][0] == "32 per cent is promised after meeting 1 of 6. The guard is 32."
    assert rows[18][:4] == ("15 October 2026", 0.317, 0.317, "Within")


def test_more_promised_than_there_is_is_said_in_words() -> None:
    assert _rows(view(at=WIDE))[2][0] == "£164,100.00 more than the £200,000.00 there is has been promised."


def test_a_year_without_budget_or_meetings_still_makes_a_statement() -> None:
    nothing = Position("CEN", "2026-27", {"MAIN": FundPosition(), "CONTINGENCY": FundPosition()})
    rows = _rows(view(at=nothing, pace=(), runway=(), applications=(), awards=()))
    assert rows[2][0] == "£0.00 of £0.00 is left to promise."
    assert rows[16][0] == "The register has no cluster meeting in this year."
    assert _rows(view(at=nothing))[16][0] == "No cluster meeting of this year has been held yet."


def _chart(shown: View) -> str:
    """The chart of the pace, as it is written."""
    parts = zipfile.ZipFile(io.BytesIO(made(shown)))
    charts = (parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart"))
    return next(chart for chart in charts if "<a:t>Main fund" in chart)


def _title(shown: View) -> str:
    found = re.search(r"<a:t>(Main fund[^<]*)", _chart(shown))
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("per_cent", "top"), [(0, 1), (5, 1), (19, 1), (50, 1), (95, 1), (100, 1), (101, 1.5), (130, 1.5), (198, 2)]
)
def test_what_is_promised_is_told_at_the_foot_of_its_column_and_never_below_the_guard(
    per_cent: int, top: float
) -> None:
    """The guard runs a third of the way up, at the least; a label above a column would come to lie under it."""
    chart = _chart(view(pace=(PACE[0].__class__(PACE[0].day, per_cent * 180_000, 317), *PACE[2:])))
    (labels,) = re.findall(r"<c:dLbls>.*?</c:dLbls>", chart)
    assert '<c:dLblPos val="inBase"/>' in labels
    assert '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>' in labels
    assert f'<c:max val="{float(top)}"/><c:min val="0"/>' in chart


def test_a_chart_finds_nothing_where_no_meeting_has_promised_anything() -> None:
    nothing = "Main fund: no meeting of this year has promised anything yet"
    still = (PACE[0].__class__(PACE[0].day, 0, 317), *PACE[2:])
    assert [_title(view(pace=pace)) for pace in (PACE[2:], still, PACE[:1], PACE)] == [
        nothing,
        nothing,
        "Main fund: promised so far is above the pace guard",
        "Main fund: promised so far is above the pace guard",
    ]


def test_what_earlier_meetings_promised_of_the_year_is_told_before_its_first_meeting() -> None:
    assert _rows(view(pace=PACE[2:]))[16][0] == (
        "No cluster meeting of this year has been held yet; earlier ones promised £1,299.86 of it."
    )
