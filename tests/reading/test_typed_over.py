"""What a school has typed where only the template's own words stand, and answers that a column put in has moved."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from cluster_sheets.form.filled import Fault
from cluster_sheets.reading.plan import Plan
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.reading.typed_over import Columns, on_what_to_mend, question_columns
from tests.checks.batch import codes
from tests.reading.workbooks import STAMP, workbook
from tests.requests import KINDS

REQUEST, START, MEND = "2 Request", "Start here", "What to mend"
FAULTS = (
    Fault("purpose", 0, REQUEST, "Found ‘this’.", "Mend it.", "Project"),
    Fault("costs.weeks", 0, "5 Costs", "Found that.", "Mend it too.", "3"),
    Fault("", 0, "", "The file is odd.", "Nothing to do.", "", only_told=True),
)


def changed(change: Callable[[Workbook], object], faults: tuple[Fault, ...] = ()) -> RawForm:
    book = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"], faults)))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return RawForm(**read(saved.getvalue()))


def typed(sheet: str, **told: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for cell, value in told.items():
            book[sheet][cell] = value

    return change


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("faults", [(), FAULTS], ids=["as issued", "sent back"])
def test_the_template_s_own_words_are_never_a_school_s(kind: str, faults: tuple[Fault, ...]) -> None:
    read_back = read(workbook(KINDS[kind], faults))
    assert (read_back["over"], read_back["beside"]) == ([], [])


def pasted_as_values(book: Workbook) -> None:
    """Formulas become what they show."""
    shows = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"], FAULTS)), data_only=True)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value = shows[sheet.title][cell.coordinate].value


def counted_in_another_language(book: Workbook) -> None:
    for row in range(5, 45):
        cell = book[REQUEST].cell(row, 5)
        cell.value = re.sub(" of .*", " von 1.200: 12 zu", "734 of 800") if cell.value else None


def worked_out_to_something_else(book: Workbook) -> None:
    book[REQUEST]["E24"] = '="Fertig"'
    book[START]["E6"] = '="Fertig"'


@pytest.mark.parametrize("change", [pasted_as_values, counted_in_another_language, worked_out_to_something_else])
def test_what_a_program_has_worked_out_is_nobody_s_word(change: Callable[[Workbook], None]) -> None:
    read_back = changed(change, FAULTS)
    assert (read_back.over, read_back.beside) == ([], [])


OVER: Mapping[str, tuple[str, dict[str, Any]]] = {
    "help and check": (REQUEST, {"D24": "per term, so £6,551.20 in all", "E24": "plus VAT"}),
    "behind the help": (REQUEST, {"D8": "Our own words"}),
    "a figure in a check": (REQUEST, {"E26": 500}),
    "a label": (REQUEST, {"B24": "How much do you ask the cluster for? per term"}),
    "the first sheet": (START, {"B30": "We also need £500 for books"}),
    "beside the steps": (START, {"G6": "Ring us", "D3": "Please ring"}),
    "the list": (MEND, {"C20": "Done all of these - Sam"}),
    "beside the list": (MEND, {"F6": "done", "A20": "Sam"}),
}


@pytest.mark.parametrize("name", OVER)
def test_what_is_typed_over_the_template_s_words_is_told_at_each_cell(name: str) -> None:
    sheet, told = OVER[name]
    read_back = changed(typed(sheet, **told), FAULTS)
    assert sorted(read_back.over) == sorted([sheet, cell] for cell in told)
    assert read_back.beside == []


def test_words_behind_the_help_are_told_and_before_it_they_are_a_mark_of_ours() -> None:
    def change(book: Workbook) -> None:
        book[REQUEST]["D24"] = f"{book[REQUEST]['D24'].value} plus VAT"
        book[REQUEST]["D25"] = f"Found that. Mend it.\n{book[REQUEST]['D25'].value}"

    assert changed(change).over == [[REQUEST, "D24"]]


def test_of_a_form_of_another_version_nothing_is_told() -> None:
    read_back = changed(typed(START, B30="More"))
    assert read_back.typed_over(STAMP.version) == [[START, "B30"]]
    assert (read_back.typed_over("CS-APP 2027.1"), read_back.typed_over("")) == ((), ())


@pytest.mark.parametrize("column", [2, 3, 4, 5])
def test_a_column_put_into_a_sheet_of_questions_loses_no_answer(column: int) -> None:
    read_back, whole = changed(lambda book: book[REQUEST].insert_cols(column)), changed(lambda _: None)
    assert {name: told[2] for name, told in read_back.answers.items()} == {
        name: told[2] for name, told in whole.answers.items()
    }
    assert (codes(read_back), read_back.beside, read_back.over) == ([], [], [])


def test_what_is_typed_in_a_column_put_in_is_told_at_its_cell() -> None:
    def change(book: Workbook) -> None:
        book[REQUEST].insert_cols(3)
        book[REQUEST]["C9"] = "Draft wording, see next column"

    read_back = changed(change)
    assert (read_back.beside, read_back.over) == ([[REQUEST, "C9"]], [])
    assert read_back.answers["purpose"] == [REQUEST, "D6", "Project"]


def test_a_column_put_into_the_first_sheet_loses_no_mark() -> None:
    read_back = changed(lambda book: book[START].insert_cols(3))
    assert (read_back.stamp["form_id"], read_back.over) == ([STAMP.form_id], [])


def test_without_its_headings_a_sheet_is_read_where_the_template_puts_it() -> None:
    plan = Plan((), (), (("purpose", 1),), (), ())
    assert question_columns([["", "", "", "", ""], ["purpose", "What", "Project", "", ""]], 0, plan) == (1, 2, 3, 4)
    moved = [["", "Question", "", "YOUR ANSWER", "", ""], ["purpose", "What", "", "Project", "", ""]]
    assert question_columns(moved, 0, plan) == Columns(1, 3, 4, 5)


def test_a_sheet_that_is_only_called_like_the_list_is_not_looked_at() -> None:
    assert on_what_to_mend(MEND, [["Our own notes", "x"]]) == []
