"""What stands in a decisions workbook and is not read is told, and nothing is taken past it that may be meant."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.panel.decisions.workbook import path_of
from cluster_sheets.store import decisions
from tests.decided import NEED, PROJECT, SP1, Desk, desk, with_budget
from tests.office import needs_office, recalculated

FILE = f"decisions-{SP1}.xlsx"
Change = Callable[[Workbook], object]


def cells(sheet: str, **told: Any) -> Change:
    """Types into cells."""

    def change(book: Workbook) -> None:
        for cell, value in told.items():
            book[sheet][cell] = value

    return change


def worked_in_a_copy(book: Workbook) -> None:
    """What is decided stands in a copy of the sheet, and the sheet itself is hidden."""
    copy = book.copy_worksheet(book["Decisions"])
    copy.title = "Decisions (2)"
    copy["H6"] = 4000
    book["Decisions"].sheet_state = "hidden"


def renamed_copy(book: Workbook) -> None:
    """A copy that no longer says which sheet it is."""
    copy = book.copy_worksheet(book["Decisions"])
    copy.title, copy["A1"] = "October", None


def hidden(name: str) -> Change:
    """Hides a sheet, or adds a hidden one."""

    def change(book: Workbook) -> None:
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.sheet_state = "veryHidden"

    return change


def noted(book: Workbook) -> None:
    """A note on an award."""
    book["Decisions"]["H6"].comment = Comment("EXAMPLE: only 4,000, see minutes", "EXAMPLE chair")


def charted(book: Workbook) -> None:
    """A drawing over the boxes."""
    book.worksheets[1].add_chart(BarChart(), "H6")


def one_more(book: Workbook) -> None:
    """A case below the totals."""
    book["Decisions"]["B14"], book["Decisions"]["G14"], book["Decisions"]["H14"] = "Z9", "Agreed", 500


def swapped_references(book: Workbook) -> None:
    """Two references have changed places, and nothing else of their lines has."""
    sheet = book["Decisions"]
    sheet["B6"].value, sheet["B7"].value = sheet["B7"].value, sheet["B6"].value


def another_line(book: Workbook) -> None:
    """What the second case wants stands on the line of the first one too."""
    sheet = book["Decisions"]
    for column in "CDEF":
        sheet[f"{column}6"].value = sheet[f"{column}7"].value


STOPS: dict[str, tuple[Change, list[tuple[str, str, str]]]] = {
    "a copy": (
        worked_in_a_copy,
        [("decisions-sheet-twice", "Decisions (2)", ""), ("decisions-sheet-hidden", "Decisions", "")],
    ),
    "a copy by another name": (renamed_copy, [("decisions-boxes-twice", "", "")]),
    "a box twice": (cells("Meeting", A20="present", C20=12), [("decisions-boxes-twice", "", "")]),
    "a sheet of ours that is hidden": (
        hidden("Conditions and feedback"),
        [("decisions-sheet-hidden", "Conditions and feedback", "")],
    ),
    "a hidden sheet": (hidden("Minutes"), [("decisions-hidden-sheet", "Minutes", "")]),
    "a hidden sheet called Lists": (hidden("Lists"), [("decisions-hidden-sheet", "Lists", "")]),
    "a note": (noted, [("decisions-note", "Decisions", "H6")]),
    "a drawing": (charted, [("decisions-picture", "", "")]),
    "words beside an award": (cells("Decisions", K6="EXAMPLE: only 4,000"), [("decisions-beside", "Decisions", "K6")]),
    "a figure beside an award": (cells("Decisions", M7=4000), [("decisions-beside", "Decisions", "M7")]),
    "a formula beside an award": (cells("Decisions", L3="=H6/2"), [("decisions-beside", "Decisions", "L3")]),
    "words over a result": (
        cells("Decisions", J6="Agreed, subject to seeing the quote"),
        [("decisions-beside", "Decisions", "J6")],
    ),
    "a figure over a balance": (cells("Decisions", I7=4000), [("decisions-beside", "Decisions", "I7")]),
    "words over a title": (cells("Decisions", C6="EXAMPLE: half of it"), [("decisions-beside", "Decisions", "C6")]),
    "a title over another's": (cells("Decisions", C6="EXAMPLE request 2"), [("decisions-beside", "Decisions", "C6")]),
    "another sum asked": (cells("Decisions", E6=9999), [("decisions-beside", "Decisions", "E6")]),
    "a formula over the sum asked": (cells("Decisions", E6="=4960/2"), [("decisions-beside", "Decisions", "E6")]),
    "words where no least is said": (cells("Decisions", F7="EXAMPLE"), [("decisions-beside", "Decisions", "F7")]),
    "words over what is wanted": (
        cells("Conditions and feedback", G6="EXAMPLE: see minutes"),
        [("decisions-beside", "Conditions and feedback", "G6")],
    ),
    "references that changed places": (
        swapped_references,
        # What was decided is held against the case that its line names.
        [
            ("decisions-line-of-another", "Decisions", "B6"),
            ("decisions-line-of-another", "Decisions", "B7"),
            ("award-above-asked", "Decisions", "H6"),
        ],
    ),
    "another case's line": (another_line, [("decisions-line-of-another", "Decisions", "B6")]),
    "references of the words that changed places": (
        cells("Conditions and feedback", B6="H3", B7="K7"),
        [("decisions-line-of-another", "Conditions and feedback", cell) for cell in ("B6", "B7")],
    ),
    "a case below the totals": (one_more, [("decisions-beside", "Decisions", cell) for cell in ("B14", "G14", "H14")]),
    "words below the words": (
        cells("Conditions and feedback", E12="EXAMPLE"),
        [("decisions-beside", "Conditions and feedback", "E12")],
    ),
    "words on the last sheet": (cells("What is left", C20="EXAMPLE"), [("decisions-beside", "What is left", "C20")]),
    "words for the quorum": (cells("Meeting", E12="EXAMPLE: 9 came"), [("decisions-beside", "Meeting", "E12")]),
    "a column that is gone": (
        cells("Conditions and feedback", E4=None, E5=None),
        [("decisions-lost", "", "")],
    ),
}


def decided(at: Desk) -> None:
    at.fill(K7={"outcome": "Agreed", "award": 4960}, H3={"outcome": "Withdrawn"})


@pytest.mark.parametrize(("change", "told"), STOPS.values(), ids=STOPS)
def test_what_may_be_meant_and_is_not_read_stops_the_workbook(
    tmp_path: Path, change: Change, told: list[tuple[str, str, str]]
) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        at.change(change)
        found = at.read()
        assert [(each.code, each.place.sheet, each.place.cell) for each in found] == told
        assert {each.severity for each in found} == {Severity.RETURN}
        assert decisions.of_meeting(at.store, SP1) == ()


@pytest.mark.parametrize("change", [worked_in_a_copy, hidden("Minutes")], ids=["a copy", "a hidden sheet"])
def test_a_workbook_that_was_filled_in_elsewhere_is_told_before_its_last_box_says_yes(
    tmp_path: Path, change: Change
) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.change(change)
        assert [each.severity for each in at.read()]
        assert "decisions-not-confirmed" not in at.codes()


def test_a_sheet_of_notes_is_told_and_what_was_decided_is_taken(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        at.change(lambda book: cells("Minutes", A1="EXAMPLE minutes")(book) if book.create_sheet("Minutes") else None)
        assert at.read() == (Finding(Place(FILE, "Minutes"), "decisions-sheet-added", Severity.NOTE),)
        assert len(decisions.of_meeting(at.store, SP1)) == 2


def test_our_own_words_are_no_words_of_the_chairs_wherever_they_have_come_to(tmp_path: Path) -> None:
    def sorted_otherwise(book: Workbook) -> None:
        sheet = book["Decisions"]
        for column in "BCDEFGH":
            upper, lower = sheet[f"{column}6"], sheet[f"{column}7"]
            upper.value, lower.value = lower.value, upper.value
        book["Meeting"].insert_rows(3)
        book["What is left"].title = "Left"

    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        at.change(sorted_otherwise)
        # Sums on the last sheet are of the day it was made.
        at.register = with_budget(12345600, 5)
        assert at.read() == ()
        assert len(decisions.of_meeting(at.store, SP1)) == 2


def test_saved_by_google_sheets_it_holds_no_picture(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        with zipfile.ZipFile(path_of(at.places, SP1), "a") as archive:
            # Google puts a drawing with nothing in it behind every sheet.
            archive.writestr("xl/drawings/drawing1.xml", '<xdr:wsDr xmlns:xdr="http://example.test/drawing"/>')
        assert at.read() == ()
        assert len(decisions.of_meeting(at.store, SP1)) == 2


@pytest.mark.real
@needs_office
def test_saved_by_libreoffice_it_holds_nothing_that_is_not_read(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        path = path_of(at.places, SP1)
        path.write_bytes(recalculated(path.read_bytes()))
        assert openpyxl.load_workbook(path).sheetnames[0] == "Meeting"
        assert at.read() == ()
