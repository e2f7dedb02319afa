"""What is written on a sheet of the form where it has no box, and what the template has written itself."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from cluster_sheets.form.kind import Raw
from cluster_sheets.reading.beside import beside
from cluster_sheets.reading.plan import Block, Plan
from cluster_sheets.reading.raw import read
from cluster_sheets.reading.typed_over import Columns
from tests.reading.workbooks import workbook
from tests.requests import KINDS

REQUEST, PUPILS, COSTS, PARTNERS = "2 Request", "3 Pupils", "5 Costs", "7 Partners"
WHERE = Columns(1, 2, 3, 4)


def told(change: Callable[[Workbook], None]) -> list[list[str]]:
    """Places that are told of a good request's workbook after somebody has had it open."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"])))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return read(saved.getvalue())["beside"]  # type: ignore[no-any-return]


def row_of(book: Workbook, sheet: str, key: str) -> int:
    return next(row for row in range(1, 99) if book[sheet].cell(row, 1).value == key)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_template_itself_has_written_is_never_told(kind: str) -> None:
    assert read(workbook(KINDS[kind]))["beside"] == []


WRITTEN: dict[tuple[str, str], str | float] = {
    (REQUEST, "F24"): "plus £500 for travel",
    (REQUEST, "Z1"): "Seen by the office",
    (REQUEST, "C14"): "between two questions",
    (REQUEST, "B44"): "One thing more",
    (COSTS, "M8"): "and 2 laptops 900",
    (COSTS, "L33"): 12.5,
    (PUPILS, "F41"): "beside the smaller of two tables",
    (PARTNERS, "H6"): "beside a line",
}


@pytest.mark.parametrize(("sheet", "cell"), WRITTEN)
def test_what_is_written_where_there_is_no_box_is_told_at_its_cell(sheet: str, cell: str) -> None:
    def change(book: Workbook) -> None:
        book[sheet][cell] = WRITTEN[sheet, cell]

    assert told(change) == [[sheet, cell]]


def test_of_each_row_the_first_cell_is_told_and_a_blank_is_nothing() -> None:
    def change(book: Workbook) -> None:
        for cell in ("G24", "H24", "F30"):
            book[REQUEST][cell] = "EXAMPLE"
        book[REQUEST]["F25"] = "  "

    assert told(change) == [[REQUEST, "G24"], [REQUEST, "F30"]]


def test_a_note_in_the_column_of_keys_and_what_the_other_sheets_hold_is_not_told() -> None:
    def change(book: Workbook) -> None:
        book[REQUEST]["A5"] = book[COSTS]["A8"] = "office: done"
        book["Start here"]["H3"] = book.create_sheet("Ours")["K9"] = "EXAMPLE"

    assert told(change) == []


def test_what_is_below_a_table_is_told_with_the_table_and_not_twice() -> None:
    def change(book: Workbook) -> None:
        book["6 Outcomes"]["J12"] = "EXAMPLE"

    assert told(change) == []


def test_a_question_that_has_lost_its_key_is_told_as_that() -> None:
    def change(book: Workbook) -> None:
        for key in ("sustain", "urgency_reason"):
            book[REQUEST].cell(row_of(book, REQUEST, key), 1).value = None

    assert told(change) == []


def test_a_column_that_was_put_in_moves_the_template_s_own_and_only_what_is_typed_in_it_is_told() -> None:
    costs, request = 0, 1
    rows: list[list[list[Raw]]] = [
        [
            ["table:costs", "category", "", "paid_by"],
            ["", "Training", "ask Jo", "Cluster"],
            ["", "Books", "", "School"],
        ],
        [["purpose", "What", "Project", "", "Help", "Done"], ["need", "Why", "So", "", "Help", "Required"]],
    ]
    block = Block("costs", 0, (1, 2), ())
    assert beside(rows[costs], Plan((), (), (), (block,), ()), [(block, [1, 3])], WHERE) == [(1, 2)]
    assert beside(rows[request], Plan((), (), (("purpose", 0), ("need", 1)), (), ()), [], WHERE) == []


def test_a_sheet_without_keys_is_left_to_its_wording() -> None:
    assert beside([["What", "Project", "", "", "", "", "x"]], Plan((), (), (), (), ()), [], WHERE) == []
