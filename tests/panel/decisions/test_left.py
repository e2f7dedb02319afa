"""Nothing that is typed is ever lost: a workbook that holds more than a new one would is left, and the admin told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.form.kind import as_text
from cluster_sheets.panel.decisions.left import CODE, has_changed, left_as_they_are
from cluster_sheets.panel.decisions.workbook import path_of
from tests.decided import FEEDBACK, NEED, PROJECT, SP1, Desk, desk, with_budget
from tests.office import needs_office, recalculated

FILE = f"decisions-{SP1}.xlsx"
OTHER = with_budget(12345600, 5)
"""A budget that changes what every workbook shows."""
SAID: dict[str, Any] = {
    "K7": {"outcome": "Agreed", "award": 4960},
    "H3": {"outcome": "Not agreed", "feedback": FEEDBACK},
}
Change = Callable[[Workbook], None]


def _typed_over(sheet: str, **cells: Any) -> Change:
    def change(book: Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return change


def _line_twice(book: Workbook) -> None:
    sheet = book["Decisions"]
    for column in "BCDEFGH":
        sheet[f"{column}7"] = sheet[f"{column}6"].value


def _noted(book: Workbook) -> None:
    book["Decisions"]["H6"].comment = Comment("EXAMPLE: was 5,000", "EXAMPLE chair")


def _minutes(book: Workbook, state: str = "visible") -> None:
    sheet = book.create_sheet("Minutes")
    sheet["A1"] = "EXAMPLE minutes"
    sheet.sheet_state = state


def _lists(book: Workbook) -> None:
    book.create_sheet("Lists")["A1"] = "EXAMPLE"


def _inserted(book: Workbook) -> None:
    book["Decisions"].insert_rows(7)


def _renamed(book: Workbook) -> None:
    book["Decisions"].title = "October"


MORE: dict[str, tuple[Change, tuple[str, str]]] = {
    "a formula for an award": (_typed_over("Decisions", H6="=4000+960"), ("Decisions", "H6")),
    "a formula for the day": (_typed_over("Meeting", C5="=TODAY()"), ("Meeting", "C5")),
    "a fault of Excel": (_typed_over("Decisions", H6="#REF!"), ("Decisions", "H6")),
    "words that begin as a formula does": (
        _typed_over("Conditions and feedback", F7="=we said no"),
        ("Conditions and feedback", "F7"),
    ),
    "a case on two lines": (_line_twice, ("Decisions", "B7")),
    "words on two lines": (_typed_over("Conditions and feedback", B7="k7 "), ("Conditions and feedback", "B7")),
    "a case that is none": (_typed_over("Decisions", B7="P8"), ("Decisions", "")),
    "a note beside a line": (_typed_over("Decisions", K7="EXAMPLE: ring them"), ("Decisions", "")),
    "a note below the lines": (_typed_over("Conditions and feedback", C40="EXAMPLE"), ("Conditions and feedback", "")),
    "a sum of the chair's": (_typed_over("Decisions", L3="=H6/2"), ("Decisions", "")),
    "a computed cell typed over": (_typed_over("Decisions", J6="In full"), ("Decisions", "")),
    "a title typed over": (_typed_over("Decisions", C6="EXAMPLE of another"), ("Decisions", "")),
    "a comment": (_noted, ("Decisions", "H6")),
    "a sheet": (_minutes, ("Minutes", "")),
    "a hidden sheet": (lambda book: _minutes(book, "hidden"), ("Minutes", "")),
    "a sheet called Lists": (_lists, ("Lists", "")),
    "a row": (_inserted, ("Decisions", "")),
    "a tab's name": (_renamed, ("October", "")),
}


def _begun(at: Desk) -> None:
    at.fill({"confirmed": None}, **SAID)


@pytest.mark.parametrize(("change", "spot"), MORE.values(), ids=MORE)
def test_what_a_new_workbook_would_lose_keeps_the_old_one(
    tmp_path: Path, change: Change, spot: tuple[str, str]
) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        _begun(at)
        at.change(change)
        before, path = path_of(at.places, SP1).read_bytes(), path_of(at.places, SP1)
        assert at.write().read_bytes() == before
        assert left_as_they_are(at.store, at.places, at.register) == (), "it is up to date"
        at.register = OTHER
        assert at.write().read_bytes() == before
        told = (Finding(Place(FILE, *spot), CODE, Severity.QUERY),)
        assert left_as_they_are(at.store, at.places, at.register) == told
        assert [each.name for each in path.parent.iterdir()] == [FILE]


def test_it_is_told_until_it_is_mended_and_then_brought_up_to_date(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        _begun(at)
        at.change(_typed_over("Decisions", K7="EXAMPLE: ring them"))
        at.register = OTHER
        at.write()
        at.write()
        assert len(left_as_they_are(at.store, at.places, at.register)) == 1
        assert not has_changed(at.store, at.places, SP1)
        at.change(_typed_over("Decisions", K7=None))
        assert left_as_they_are(at.store, at.places, at.register) == ()
        assert has_changed(at.store, at.places, SP1), "so the night writes it again though nothing else has changed"
        at.write()
        assert not has_changed(at.store, at.places, SP1)
        book = openpyxl.load_workbook(path_of(at.places, SP1))
        assert "£123,456.00" in str(book["Meeting"]["B3"].value)
        assert [book["Decisions"][cell].value for cell in ("G6", "H6", "G7")] == ["Agreed", 4960, "Not agreed"]


def test_one_that_was_moved_away_or_is_up_to_date_after_all_is_told_of_no_more(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        as_it_was = at.register
        at.change(_minutes)
        at.register = OTHER
        at.write()
        at.register = as_it_was
        at.write()
        assert left_as_they_are(at.store, at.places, at.register) == ()
        at.register = OTHER
        path = at.write()
        path.rename(path.with_name("as typed.xlsx"))
        assert left_as_they_are(at.store, at.places, at.register) == ()
        assert has_changed(at.store, at.places, SP1)
        at.write()
        assert "Minutes" not in openpyxl.load_workbook(path).sheetnames


def test_once_the_meeting_is_taken_nobody_is_asked_to_mend_what_its_workbook_shows(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.change(_minutes)
        at.register = OTHER
        at.write()
        at.fill(**SAID)
        at.write()
        assert len(left_as_they_are(at.store, at.places, at.register)) == 1
        assert at.codes() == ["decisions-sheet-added"]
        assert left_as_they_are(at.store, at.places, at.register) == ()


def test_a_case_in_small_letters_is_that_case(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        _begun(at)
        at.change(_typed_over("Decisions", B6="k7 "))
        at.change(_typed_over("Conditions and feedback", B7=" h3"))
        at.register = OTHER
        at.write()
        assert left_as_they_are(at.store, at.places, at.register) == ()
        book = openpyxl.load_workbook(path_of(at.places, SP1))
        assert [book["Decisions"][cell].value for cell in ("B6", "G6", "H6", "B7")] == ["K7", "Agreed", 4960, "H3"]
        assert book["Conditions and feedback"]["F7"].value == FEEDBACK
        at.fill(**SAID)
        assert at.read() == ()


_TYPED = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40
    ),
    st.integers(-(10**12), 10**12),
    st.floats(-(10.0**9), 10.0**9),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(award=_TYPED, outcome=_TYPED, feedback=_TYPED, chair=_TYPED)
def test_whatever_is_typed_stands_there_afterwards(
    tmp_path_factory: pytest.TempPathFactory, award: Any, outcome: Any, feedback: Any, chair: Any
) -> None:
    with desk(tmp_path_factory.mktemp("typed"), PROJECT) as at:
        said = {"award": award, "outcome": outcome, "feedback": feedback}
        at.fill({"chair_name": chair, "confirmed": None}, K7=said)
        before = path_of(at.places, SP1).read_bytes()
        typed = _boxes(at)
        at.register = OTHER
        at.write()
        assert _boxes(at) == typed
        assert bool(left_as_they_are(at.store, at.places, at.register)) == (
            path_of(at.places, SP1).read_bytes() == before
        )


def _boxes(at: Desk) -> list[str]:
    book = openpyxl.load_workbook(path_of(at.places, SP1))
    cells = (("Meeting", "C7"), ("Decisions", "G6"), ("Decisions", "H6"), ("Conditions and feedback", "F6"))
    return [as_text(book[sheet][cell].value) for sheet, cell in cells]


@pytest.mark.real
@needs_office
def test_saved_by_libreoffice_it_is_brought_up_to_date_like_any_other(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        _begun(at)
        path = path_of(at.places, SP1)
        path.write_bytes(recalculated(path.read_bytes()))
        at.register = OTHER
        at.at += timedelta(days=1)
        at.write()
        assert left_as_they_are(at.store, at.places, at.register) == ()
        book = openpyxl.load_workbook(path)
        assert "£123,456.00" in str(book["Meeting"]["B3"].value)
        assert [book["Decisions"][cell].value for cell in ("G6", "H6", "G7")] == ["Agreed", 4960, "Not agreed"]


def test_a_workbook_of_before_that_carries_no_hashes_is_left(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        _begun(at)

        def without(book: Workbook) -> None:
            (row,) = (row for row in book["Meeting"].iter_rows() if row[0].value == "stamp:mark")
            row[2].value = str(row[2].value).split()[0]

        at.change(without)
        at.register = OTHER
        at.write()
        assert [each.code for each in left_as_they_are(at.store, at.places, at.register)] == [CODE]
