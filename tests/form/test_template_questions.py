"""Sheets of questions: what is marked where something is to be mended, and where the cursor waits."""

import io

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.look.measure import height, lines
from tests.form.made import FORM, PROJECT, book, fault, row_of, shown, status
from tests.reading.workbooks import workbook
from tests.requests import prose

DATE, SUMMARY, AMOUNT = fault("start_date"), fault("summary"), fault("amount_requested")


def request_sheet(sheet: str = "2 Request", **changes: object) -> Worksheet:
    return book(PROJECT.but(**changes), (DATE, SUMMARY, AMOUNT))[sheet]  # type: ignore[arg-type]


def test_a_fault_stands_in_bold_above_the_help_and_is_numbered() -> None:
    sheet = request_sheet()
    row = row_of(sheet, "start_date")
    whole = workbook(PROJECT, (DATE, SUMMARY, AMOUNT))
    told = openpyxl.load_workbook(io.BytesIO(whole), rich_text=True)["2 Request"].cell(row, 4).value
    assert isinstance(told, CellRichText)
    assert [(part.text, part.font.b) for part in told if isinstance(part, TextBlock)] == [
        ("It does not fit. Change it.", True),
        ("\nDay/month/year. A project: not before the meeting.", False),
    ]
    needed = lines("It does not fit. Change it.", 227, bold=True) + lines(FORM.field("start_date").hint, 227)
    assert (sheet.row_dimensions[row].height or 0) >= height(needed, pad=10) - 0.5
    assert sheet.cell(row, 5).value == "TO MEND 1"
    assert sheet.cell(row, 3).border.left.style == "thick"


def test_what_is_counted_or_added_up_goes_on_being_so_while_it_is_mended() -> None:
    assert shown("summary", PROJECT.but(summary=prose(20)), (DATE, SUMMARY)) == "TO MEND 2\n20 of 80: 60 short"
    assert shown("amount_requested", PROJECT.but(amount_requested=1.0), (AMOUNT,)) == (
        "TO MEND 1\nDOES NOT TIE: £3,274.60 apart"
    )


def test_what_is_to_be_mended_is_never_called_done() -> None:
    words = PROJECT.but(amount_requested="about £400")
    assert shown("amount_requested", words, (AMOUNT,)) == "TO MEND 1"
    sheet = book(words, (AMOUNT,))["2 Request"]
    formula = str(sheet.cell(row_of(sheet, "amount_requested"), 5).value)
    assert formula.startswith('=SUBSTITUTE("TO MEND 1"&CHAR(10)&IF(')
    assert formula.endswith(',CHAR(10)&"Done","")')


def test_a_sheet_with_something_to_mend_says_so_in_its_third_row() -> None:
    assert status("2 Request", PROJECT, (DATE, SUMMARY)) == (
        "2 answers to mend on this sheet. Look for TO MEND in the last column."
    )
    assert status("2 Request", PROJECT, (DATE,)).startswith("1 answer to mend")
    assert status("1 School", PROJECT, (DATE,)) == "All that is required is answered."


def test_a_sheet_counts_what_is_still_required_and_what_is_to_be_looked_at() -> None:
    assert status("2 Request", PROJECT.but(summary=None, plan="x" * 2000)) == "1 still required, 1 to look at."


def test_the_cursor_waits_at_the_first_answer_that_is_wanted() -> None:
    sheet = book(PROJECT.but(end_date=None))["2 Request"]
    assert sheet.sheet_view.selection[0].activeCell == f"C{row_of(sheet, 'end_date')}"


def test_a_box_is_as_tall_as_its_longest_answer() -> None:
    sheet = book()["2 Request"]
    tall = {key: sheet.row_dimensions[row_of(sheet, key)].height for key in ("need", "summary", "start_date")}
    assert tall["need"] > tall["summary"] > 3 * tall["start_date"] > 0


def test_no_heading_of_a_group_is_the_last_of_a_page() -> None:
    sheet = book()["2 Request"]
    sections = {row[1].row for row in sheet.iter_rows(min_row=5) if row[0].value is None and row[1].value}
    assert len(sections) == 7
    assert not sections & {each.id for each in sheet.row_breaks.brk}
    assert len(sheet.row_breaks.brk) >= 3
