import io
from typing import Any

import openpyxl

from cluster_sheets.panel.decisions.book import made
from cluster_sheets.panel.decisions.place import AFTER, BEFORE, CASE_FUND, DECIDED, IN_WORDS, Places
from cluster_sheets.panel.decisions.workbook import declared
from tests.panel.papers import CASES, MAIN, TYPED, view

PLACES = Places(declared(), view())
BOOK = openpyxl.load_workbook(io.BytesIO(made(declared(), view(), "mark", TYPED)), data_only=True)


def _value(place: str) -> object:
    sheet, _, cell = place.rpartition("!")
    return BOOK[sheet.strip("'")][cell].value


def test_every_case_stands_where_the_formulas_look_for_it() -> None:
    for line, case in enumerate(CASES):
        assert _value(PLACES.cell(DECIDED, "case_ref", line)) == case.case_ref
        assert _value(PLACES.cell(IN_WORDS, "case_ref", line)) == case.case_ref
        assert BOOK["What is left"].cell(PLACES.cases_first + line + 1, 2).value == case.case_ref
        assert BOOK["What is left"].cell(PLACES.cases_first + line + 1, CASE_FUND + 1).value == PLACES.fund_words(
            case.fund
        )


def test_every_fund_stands_where_the_formulas_look_for_it() -> None:
    assert _value(PLACES.purse((*MAIN, "2026-27"), BEFORE)) == 3000
    assert _value(PLACES.purse((*MAIN, "2027-28"), AFTER)) == round(360000 - _later_awards(), 2)


def _later_awards() -> float:
    column = PLACES.year_column("2027-28") + 1
    rows = range(PLACES.cases_first + 1, PLACES.cases_first + PLACES.lines + 1)
    parts: list[Any] = [BOOK["What is left"].cell(row, column).value for row in rows]
    return float(sum(parts))
