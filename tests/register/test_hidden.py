"""Cells that a reader of values shows as blank, though something stands there."""

import io

import openpyxl
import pytest
import xlsxwriter

from cluster_sheets.register.hidden import Hidden, hidden
from cluster_sheets.register.make import made
from tests.intake.files import zipped


def test_faults_and_formulas_without_a_result_are_found_and_nothing_else() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Second & last")
    for cell, value in (("A1", "#REF!"), ("B2", "=1+1"), ("C3", "text"), ("D4", 5), ("E5", "=1/0")):
        sheet[cell] = value
    saved = io.BytesIO()
    book.save(saved)
    assert hidden(saved.getvalue()) == {
        "Sheet": {},
        "Second & last": {"A1": Hidden("#REF!"), "B2": Hidden(), "E5": Hidden()},
    }


def test_a_formula_with_a_result_is_none_of_them() -> None:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved) as book:
        sheet = book.add_worksheet("Sums")
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    assert hidden(saved.getvalue()) == {"Sums": {"A2": Hidden("#DIV/0!")}}


def test_the_register_that_ships_hides_nothing() -> None:
    found = hidden(made())
    assert len(found) == 6
    assert not any(found.values())


@pytest.mark.parametrize("data", [b"", b"no workbook", zipped({}), zipped({"xl/workbook.xml": b"<workbook/>"})])
def test_what_is_no_workbook_hides_nothing(data: bytes) -> None:
    assert hidden(data) == {}
