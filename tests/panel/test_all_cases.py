"""All cases: the table, the boxes, and what is left."""

import io
from dataclasses import replace

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.panel.book import workbook
from cluster_sheets.panel.position import Position
from cluster_sheets.panel.view import CaseView, PackView, Short
from tests import requests
from tests.panel.made import collated, pack, varied


def sheet(view: PackView, *, values: bool = True) -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(workbook(view)), data_only=values)["All cases"]
    assert isinstance(found, Worksheet)
    return found


def row(page: Worksheet, number: int) -> list[object]:
    return [cell.value for cell in page[number]]


def few() -> tuple[CaseView, ...]:
    advice = collated(requests.advice(), "B3")
    return (
        advice,
        collated(requests.project(), "K7"),
        collated(requests.unforeseen().but(pot_asked="Contingency"), "C5"),
    )


def test_one_line_a_case_and_advice_under_its_own_kind_last() -> None:
    page = sheet(pack(few()))
    area = "Communication and interaction"
    assert row(page, 4)[0:4] == ["Case", "What they want to do", "Kind", "Fund"]
    assert [row(page, number) for number in (5, 6, 7)] == [
        ["K7", "Daily language groups", "Project", "Main", "A group of pupils", area, "c", 3275.6, 2000, 3275.6],
        ["C5", "Daily language groups", "Unforeseen need", "Contingency", "One pupil", area, 1, 3275.6, None, 3275.6],
        ["B3", "Daily language groups", "Advice, no money", "z", "One pupil", area, 1, "z", "z", "z"],
    ]


def test_it_is_a_table_that_can_be_filtered() -> None:
    page = sheet(pack(few()))
    (table,) = page.tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A4:J7", "A4:J7")
    assert not page.protection.autoFilter


def test_a_box_takes_nought_to_what_is_asked() -> None:
    rules = {
        str(each.sqref): (each.formula1, each.formula2) for each in sheet(pack(few())).data_validations.dataValidation
    }
    assert rules == {"J5:J7": ("0", "$H5")}


def test_row_3_and_the_last_rows_say_what_would_be_left() -> None:
    page = sheet(pack(few()))
    assert page["A3"].value == "At the amounts in the boxes: main £38,924.40 left, contingency £16,724.40 left."
    assert [(each[1], each[5], *each[7:10]) for each in (row(page, number) for number in (10, 11, 12))] == [
        ("Main", 42200, 3275.6, 3275.6, 38924.4),
        ("Contingency", 20000, 3275.6, 3275.6, 16724.4),
        ("Both", 62200, 6551.2, 6551.2, 55648.8),
    ]
    live = sheet(pack(few()), values=False)
    assert live["I10"].value == '=SUMIF($D$5:$D$7,"Main",$J$5:$J$7)'
    assert live["J10"].value == "=F10-I10"


def test_what_is_short_is_said_so() -> None:
    view = pack(few())
    poor = replace(view, funds=(replace(view.funds[0], position=Position(1000_00)), view.funds[1]))
    assert sheet(poor)["A3"].value == (
        "At the amounts in the boxes: main £2,275.60 short, contingency £16,724.40 left."
    )


def test_each_case_links_to_its_sheet_and_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack(varied()))))
    for number in range(5, 14):
        cell = book["All cases"].cell(number, 1)
        assert cell.hyperlink is not None
        assert cell.hyperlink.location == f"'Case {cell.value}'!A1"
        back = book[f"Case {cell.value}"]["A2"].hyperlink
        assert back is not None
        assert back.location == f"'All cases'!A{number}"


def test_a_pack_without_cases_says_so() -> None:
    page = sheet(pack([]))
    assert (page["A1"].value, page["B5"].value) == ("All cases: none", "No case is in this pack.")


def test_what_is_asked_of_later_years_is_beside_what_is_left_and_said() -> None:
    view = pack(few())
    main, other = view.funds
    later = replace(main, later_pence=1000_00, short=(Short("", "2027-28", 1000_00, 0),))
    page = sheet(replace(view, funds=(later, other)))
    told = [[cell for cell in row(page, number) if cell is not None] for number in range(9, page.max_row + 1)]
    assert ["Main", 43200, 3275.6, 3275.6, 39924.4] in told
    assert told[-2:] == [
        ["Left now is £1,000.00 more than in Budget position: as much is asked of later years."],
        ["A fund lacks money in one year or one cluster: the sheet Budget position says which."],
    ]
    assert str(page["A3"].value).startswith("At the amounts in the boxes: main £39,924.40 left")
