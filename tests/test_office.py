"""The tests' own office: it must see a wrong sum, or no test that asks it proves anything."""

import io

import openpyxl
import pytest
import xlsxwriter

from tests.office import (
    all_differences,
    differences,
    needs_office,
    page_texts,
    pages,
    pictures,
    recalculated,
    typed,
)

pytestmark = [pytest.mark.real, needs_office]


def book(cached: float | str, formula: str = "=SUM(A1:A2)") -> bytes:
    """A workbook of two numbers and a formula, with a cached value."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet("Sums")
        sheet.write_number("A1", 1250.5)
        sheet.write_number("A2", 2)
        sheet.write_formula("A3", formula, None, cached)
    return target.getvalue()


def test_a_right_sum_is_no_difference() -> None:
    assert differences(book(1252.5)) == []


def test_a_sum_a_penny_out_is_told_at_its_cell() -> None:
    assert differences(book(1252.51)) == ["Sums!A3: we wrote 1252.51, LibreOffice has 1252.5"]


def test_a_nought_where_a_blank_was_written_is_told() -> None:
    assert differences(book("", "=A2-2")) == ["Sums!A3: we wrote None, LibreOffice has 0"]


def test_several_workbooks_are_told_apart_by_name() -> None:
    assert all_differences({"good": book(1252.5), "bad": book(0), "other": book(1252.5)}) == {
        "bad": ["Sums!A3: we wrote 0, LibreOffice has 1252.5"]
    }


def test_a_text_worked_out_is_compared_as_text() -> None:
    assert differences(book("Ties", '=IF(A2=2,"Ties","")')) == []


def test_an_error_value_is_told_though_we_wrote_the_same() -> None:
    assert differences(book("#DIV/0!", "=A1/0")) == [
        "Sums!A3: we wrote #DIV/0!",
        "Sums!A3: LibreOffice has #DIV/0!",
    ]


def test_a_workbook_comes_back_as_a_workbook() -> None:
    assert recalculated(book(0)).startswith(b"PK")


def test_a_sheet_prints_on_one_page_and_its_text_is_read() -> None:
    made = book(1252.5)
    assert pages(made) == 1
    assert page_texts(made)[0].split() == ["1250.5", "2", "1252.5"]
    assert [picture[:4] for picture in pictures(made)] == [b"\x89PNG"]


def test_keys_pressed_make_figures_dates_and_texts() -> None:
    made = typed(
        book(0),
        [
            ("type", "Sums", "A1", "£1,000.00"),
            ("type", "Sums", "B1", "22/02/2027"),
            ("type", "Sums", "B2", "'12"),
            ("paste", "Sums", "B3", "1,200"),
            ("insert-rows", "Sums", 1, 2),
            ("rename", "Sums", "Ours"),
        ],
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made), data_only=True)["Ours"]
    assert [sheet[cell].value for cell in ("A3", "A5", "B4", "B5")] == [1000, 1002, "12", "1,200"]
    assert str(sheet["B3"].value) == "2027-02-22 00:00:00"
