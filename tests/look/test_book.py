"""Workbooks in our look."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.look.book import LANDSCAPE, Book, pixels_to_units


def made(text: str = "One") -> bytes:
    book = Book("A title", properties={"version": "1"})
    page = book.sheet("First", [200, 300, LANDSCAPE - 500], keyed=True)
    page.open_with("Title", "What it is", "The answer.")
    page.headings(3, ["A", "B", "C"], figures=(2,))
    page.text(4, 1, text, "row")
    page.pounds(4, 3, 123456, "row-figure")
    page.formula(5, 3, "=SUM(D5:D5)", 1234.56, "row-total-figure", "pounds")
    page.printed(6, "Case K7 & others")
    page.locked()
    return book.done()


def test_the_same_content_is_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize("text", ["=1+1", "+44", "@you", "-3", "http://x.example", "12"])
def test_text_stays_text(text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(made(text)))["First"]["B5"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_characters_nobody_can_see_are_left_out() -> None:
    assert openpyxl.load_workbook(io.BytesIO(made("a\u200bb\x07c")))["First"]["B5"].value == "abc"


def test_a_formula_carries_its_value() -> None:
    values = openpyxl.load_workbook(io.BytesIO(made()), data_only=True)["First"]
    assert values["D6"].value == 1234.56


def test_the_key_column_is_hidden_and_a_short_sheet_prints_on_one_a4_page_landscape() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made()))["First"]
    assert sheet.column_dimensions["A"].hidden
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
    assert sheet.page_setup.useFirstPageNumber
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.oddFooter is not None
    assert "Case K7 && others" in str(sheet.oddFooter.left.text)


def long(kept: set[int] | None) -> Worksheet:
    """A sheet of 100 rows of 30 points, 16 to a page."""
    book = Book("A title")
    page = book.sheet("First", [LANDSCAPE])
    for row in range(100):
        page.sheet.set_row(row, 30)
        page.text(row, 0, "One", "row")
    page.printed(100, "", kept=kept)
    return openpyxl.load_workbook(io.BytesIO(book.done()))["First"]


def test_a_long_sheet_prints_on_as_many_pages_as_it_needs_one_page_wide() -> None:
    sheet = long(None)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.row_breaks.brk == []


def test_rows_kept_with_the_next_are_never_the_last_of_a_page() -> None:
    sheet = long({15})
    assert sheet.page_setup.scale in (None, 100)
    assert [each.id for each in sheet.row_breaks.brk][:2] == [15, 30]


def test_nothing_of_an_author_is_inside_and_it_says_its_language() -> None:
    archive = zipfile.ZipFile(io.BytesIO(made()))
    core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "2025-09-01" in core
    assert "<dc:language>en-GB</dc:language>" in core


def test_widths_come_out_in_whole_pixels() -> None:
    assert pixels_to_units(205) == 25.0
