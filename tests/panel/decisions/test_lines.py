import io
from dataclasses import replace
from typing import Any

import openpyxl

from cluster_sheets.look.measure import height, lines, width
from cluster_sheets.panel.decisions.book import made
from cluster_sheets.panel.decisions.view import Typed
from cluster_sheets.panel.decisions.workbook import declared
from tests.panel.papers import CASES, TITLE, TYPED, project, view

BOOK = openpyxl.load_workbook(io.BytesIO(made(declared(), view(), "mark", TYPED)))


def _of(name: str) -> float:
    made_ = declared().table("decided")
    return next(each.width for each in made_.computed if each.name == name)


def test_a_row_of_words_has_five_lines_and_as_many_as_what_is_typed_needs() -> None:
    case, text = project("K7"), "EXAMPLE feedback that is longer than most. " * 11
    for said, needed in (("EXAMPLE", 5), (text, lines(text, 370))):
        data = made(declared(), view(replace(case, want="EXAMPLE")), "mark", Typed({}, {"K7": {"feedback": said}}))
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Conditions and feedback"]
        assert abs(sheet.row_dimensions[6].height - height(needed, pad=4)) < 1
        assert not sheet.protection.formatRows, "the chair can make it taller"
    assert lines(text, 370) > 5


def test_a_long_title_is_shown_whole() -> None:
    assert BOOK["Decisions"].row_dimensions[6].height >= height(lines(TITLE, int(_of("want"))))


def test_the_balance_says_which_years_it_is_and_the_totals_add_up_over_the_years() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made(declared(), view(), "mark", TYPED)), data_only=True)["Decisions"]
    rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[4][8] == "Left of 2026-27 after it"
    below = [(row[2], row[7], row[8]) for row in rows[6 + len(CASES) :]]
    assert [words for words, *_ in below] == [
        "Main fund of 2026-27: £3,000.00 before",
        "Main fund of 2027-28: £360,000.00 before",
        "Main fund: all awards",
        "Contingency of 2026-27: £10,000.00 before",
        "Contingency of 2027-28: £0.00 before",
        "Contingency: all awards",
    ]
    for first in (0, 3):
        parts, whole = below[first : first + 2], below[first + 2]
        assert round(sum(part[1] for part in parts) - whole[1], 2) == 0
        for words, given, left in parts:
            before = float(str(words).rpartition("£")[2].removesuffix(" before").replace(",", ""))
            assert round(before - given - left, 2) == 0


def test_awards_by_year_keep_their_own_headings_on_the_next_page() -> None:
    sheet = BOOK["What is left"]
    row = int(str(sheet.print_title_rows).split(":")[0].strip("$"))
    assert [cell.value for cell in sheet[row]][1:4] == ["Case", "Fund", "Award"]


def test_where_an_award_is_split_is_the_councils_own_year_end() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(declared(), replace(view(), year_end="5 April"), "mark")))
    said = [str(cell) for sheet in book.worksheets for row in sheet.values for cell in row if "split" in str(cell)]
    assert [each.partition(" is split")[0].rpartition("An award that ")[2] for each in said] == [
        "runs past 5 April", "runs past 5 April",
    ]  # fmt: skip


def test_title_lead_and_status_fit_on_one_line() -> None:
    for sheet in BOOK.worksheets:
        room = sum(
            dimension.width * 8 + 5 for dimension in sheet.column_dimensions.values() if not dimension.hidden
            for _ in range((dimension.max or 1) - (dimension.min or 1) + 1)
        )  # fmt: skip
        for row, size, bold in ((1, 18, True), (2, 11, False), (3, 11, True)):
            text = str(sheet.cell(row, 2).value or "")
            if not text.startswith("="):
                assert width(text, size, bold=bold) < room, text
