"""Where each answer stands, by key or by label, in plain rows."""

import pytest

from cluster_sheets.form.kind import Raw
from cluster_sheets.reading.located import Located, Locator, Rows
from tests.checks.batch import FORM

LOCATOR = Locator(FORM)
COSTS = ["table:costs", "category", "description"]


def located(*sheets: tuple[str, list[list[Raw]]]) -> Located:
    """What is found in sheets given as rows."""
    given: list[tuple[str, Rows]] = [(name, rows) for name, rows in sheets]
    return LOCATOR.located(given)


def test_an_answer_is_found_beside_its_key_on_any_sheet_and_row() -> None:
    found = located(("Ours now", [["sheet:2 Request"], [], ["purpose", "Whatever", "Project"]]))
    spot = found.answers["purpose"]
    assert (spot.sheet, spot.cell, spot.raw) == ("Ours now", "C3", "Project")
    assert found.sheets["2 Request"] == "Ours now"


def test_an_answer_without_its_key_is_found_by_its_label() -> None:
    label = FORM.field("request_title").label
    found = located(("2 Request", [["sheet:2 Request"], ["", label, "Daily groups"]]))
    assert found.answers["request_title"].raw == "Daily groups"
    assert found.by_label == ["request_title"]


def test_a_question_without_key_and_label_is_missing() -> None:
    found = located(("2 Request", [["sheet:2 Request"], ["purpose", "x", "Project"]]))
    assert "request_title" in found.missing
    assert "purpose" not in found.missing


def test_a_sheet_that_is_not_there_is_told_and_not_each_of_its_questions() -> None:
    found = located(("2 Request", [["sheet:2 Request"], ["purpose", "x", "Project"]]))
    assert "1 School" in found.missing_sheets
    assert "school_urn" not in found.missing


def test_lines_are_all_rows_between_the_headings_and_the_end() -> None:
    rows: list[list[Raw]] = [
        ["sheet:5 Costs"],
        [*COSTS],
        ["headings:costs", "What kind of cost", "What it is"],
        ["", "Training", "A course"],
        ["", "", ""],
        ["", "Resources", "Cards"],
        ["end:costs"],
    ]
    found = located(("5 Costs", rows))
    assert [line["description"].raw for line in found.lines["costs"] if "description" in line] == ["A course", "Cards"]
    assert found.first_line["costs"].cell == "B4"
    assert found.below == []


def test_what_is_written_below_the_end_is_told_once() -> None:
    rows: list[list[Raw]] = [["sheet:5 Costs"], [*COSTS], ["end:costs"], ["", "Training", "A course"], ["", "Other"]]
    found = located(("5 Costs", rows))
    assert [(spot.sheet, spot.cell) for spot in found.below] == [("5 Costs", "B4")]


def test_the_same_question_on_two_sheets_is_two_requests() -> None:
    rows: list[list[Raw]] = [["sheet:2 Request"], ["purpose", "x", "Project"]]
    other: list[list[Raw]] = [["sheet:2 Request"], ["purpose", "x", "Advice, no money"]]
    assert located(("2 Request", rows), ("2 Request (2)", other)).apart


@pytest.mark.parametrize(("rows", "ours"), [([["sheet:2 Request"], ["purpose", "", ""]], True), ([["Hello"]], False)])
def test_a_workbook_is_ours_by_its_keys(rows: list[list[Raw]], ours: bool) -> None:
    assert LOCATOR.is_ours(located(("Sheet1", rows))) is ours
