import io

import openpyxl

from cluster_sheets.look.measure import height, lines, width
from cluster_sheets.panel.decisions import declared
from cluster_sheets.panel.decisions_book import made
from tests.panel.papers import TITLE, TYPED, view

BOOK = openpyxl.load_workbook(io.BytesIO(made(declared(), view(), "mark", TYPED)))


def test_a_box_is_as_tall_as_the_longest_text_it_may_hold() -> None:
    sheet = BOOK["Conditions and feedback"]
    for field in declared().table("words").columns[1:]:
        assert field.maximum is not None
        longest = ("abcdefghi " * 100)[: field.maximum.literal or 0]
        assert sheet.row_dimensions[6].height >= height(lines(longest, field.width))


def test_a_long_title_is_shown_whole() -> None:
    assert BOOK["Decisions"].row_dimensions[6].height >= height(lines(TITLE, 222))


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
