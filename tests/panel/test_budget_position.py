"""Budget position: the table, its sums, and the charts."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from cluster_sheets.panel.book import workbook
from cluster_sheets.panel.budget_position import _finding, _said
from cluster_sheets.panel.position import Position
from cluster_sheets.panel.view import Fund, Short
from tests import requests
from tests.panel.made import collated, pack

CASES = (collated(requests.project()), collated(requests.unforeseen().but(pot_asked="Contingency"), "C5"))


def test_each_fund_and_both_with_their_share_of_the_budget() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook(pack(CASES))), data_only=True)["Budget position"]
    assert page["A1"].value == "Budget position at 8 October 2026"
    assert [[cell.value for cell in page[row]] for row in range(5, 11)] == [
        ["Budget for the year", 180000, 20000, 200000, 1],
        ["Paid to schools", 96300, 0, 96300, 0.4815],
        ["Promised, not yet paid", 41500, 0, 41500, 0.2075],
        ["Left to promise", 42200, 20000, 62200, 0.311],
        ["Asked for now", 3275.6, 3275.6, 6551.2, 0.032756],
        ["Left if every case were agreed in full", 38924.4, 16724.4, 55648.8, 0.278244],
    ]


def test_what_is_left_is_a_live_sum() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook(pack(CASES))))["Budget position"]
    assert [page[cell].value for cell in ("B8", "C10", "D5", "E9")] == [
        "=B5-B6-B7", "=C8-C9", "=B5+C5", "=IF($D$5=0,0,D9/$D$5)",
    ]  # fmt: skip


def fund(asked: int, left: int = 10_000_00, cases: int = 2) -> Fund:
    return Fund("MAIN", Position(left), asked, cases)


@pytest.mark.parametrize(
    ("given", "said", "title"),
    [
        (fund(0, cases=0), "Main: £10,000.00 left, and no case asks for it.", "Main: nothing is asked"),
        (
            fund(2_500_00, cases=1),
            "Main: enough for its one case, with £7,500.00 to spare.",
            "Main: a quarter of what is left, or less",
        ),
        (
            fund(3_300_00),
            "Main: enough for all two cases, with £6,700.00 to spare.",
            "Main: a third of what is left, or less",
        ),
        (
            fund(5_000_00),
            "Main: enough for all two cases, with £5,000.00 to spare.",
            "Main: half of what is left, or less",
        ),
        (
            fund(5_000_01),
            "Main: enough for all two cases, with £4,999.99 to spare.",
            "Main: more than half of what is left",
        ),
        (
            replace(fund(12_000_00), later_pence=9_000_00, short=(Short("", "2027-28", 9_000_00, 0),)),
            "Main: not enough for all two cases; see below.",
            "Main: more is asked than is left",
        ),
        (
            replace(fund(9_000_00, cases=1), later_pence=9_000_00),
            "Main: enough for its one case, with £10,000.00 to spare.",
            "Main: nothing is asked of this year",
        ),
        (fund(10_000_01), "Main: the cases ask for £0.01 more than is left.", "Main: more is asked than is left"),
    ],
)
def test_the_sentence_and_the_chart_say_how_a_fund_stands(given: Fund, said: str, title: str) -> None:
    assert (_said(given), _finding(given)) == (said, title)


def test_there_are_two_charts_and_they_say_their_figures_to_who_cannot_see_them() -> None:
    archive = zipfile.ZipFile(io.BytesIO(workbook(pack(CASES))))
    assert len([name for name in archive.namelist() if name.startswith("xl/charts/chart")]) == 2
    drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert "Main: budget for the year £180,000.00, paid to schools £96,300.00" in drawing


def test_a_balance_below_nought_stands_out() -> None:
    view = pack(CASES)
    poor = replace(view, funds=(replace(view.funds[0], position=Position(1_000_00)), view.funds[1]))
    page = openpyxl.load_workbook(io.BytesIO(workbook(poor)))["Budget position"]
    assert [page[cell].font.color.rgb for cell in ("B10", "C10")] == ["FF9B1C1C", "FF1F2A33"]


def test_what_the_sums_of_one_year_do_not_show_is_said_below_them() -> None:
    later = replace(fund(12_000_00), later_pence=9_000_00, short=(Short("", "2027-28", 9_000_00, 0),))
    city = replace(fund(9_000_00), short=(Short("North", "", 6_000_00, 33_40),))
    shown = replace(pack(CASES), funds=(later, replace(city, pot="CONTINGENCY")))
    page = openpyxl.load_workbook(io.BytesIO(workbook(shown)), data_only=True)["Budget position"]
    texts = [str(row[0].value) for row in page.iter_rows(min_row=12) if row[0].value]
    assert texts == [
        "Main: £9,000.00 of what is asked is for time after 2026-27, and not counted above.",
        "Main, 2027-28: £9,000.00 is asked, and £0.00 is left.",
        "Contingency of North, 2026-27: £6,000.00 is asked, and £33.40 is left.",
    ]
