import io
from dataclasses import replace

import openpyxl
import pytest

from cluster_sheets.report.needs_you import WIDTHS, needs_you
from cluster_sheets.report.run import Exit
from tests.report.made import HELD, READY, RUN


def rows(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Needs you"]
    return [tuple(cell.value for cell in row[:5]) for row in sheet.iter_rows()]


def test_needs_are_grouped_by_how_soon_they_are_wanted() -> None:
    assert rows(needs_you(RUN)) == [
        ("Needs you: 3 things, about 22 minutes", None, None, None, None),
        (
            "Night of Tuesday 29 September 2026. 14 came: 9 accepted, 2 sent back to mend, 1 held for you,"
            " 1 set apart unread, 1 set aside.",
            None, None, None, None,
        ),
        ("Nothing was lost and the money ties. The pack of CEN-2627-A1 is DRAFT.", None, None, None, None),
        ("No.", "About", "What happened", "What to do", "By"),
        ("Today: 1", None, None, None, None),
        (1, f"{HELD.where}\n{HELD.about}", HELD.what, HELD.do, "29 Sep 2026"),
        ("Before the pack goes out: 1", None, None, None, None),
        (2, f"{READY.where}\n{READY.about}", READY.what, READY.do, None),
        ("When you can: 1", None, None, None, None),
        (3, "Unit 0123456789abcdef", "The file has macros.", "Nothing unless no new one comes.", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (Exit.FAILED, "The night was not finished, and nothing was released."),
        (Exit.INTEGRITY, "The night stopped to be safe, and nothing was released."),
    ],
)
def test_a_night_that_was_stopped_does_not_say_that_all_is_well(code: Exit, told: str) -> None:
    assert rows(needs_you(replace(RUN, exit_code=code)))[2][0] == told


def test_the_columns_fill_the_page_and_the_same_night_is_the_same_bytes() -> None:
    assert sum(WIDTHS) == 1009
    assert needs_you(RUN) == needs_you(RUN)


def test_the_box_for_a_tick_can_be_written_in_and_nothing_else_can() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(needs_you(RUN)))["Needs you"]
    assert sheet.protection.sheet
    assert (sheet["F6"].protection.locked, sheet["D6"].protection.locked) == (False, True)
