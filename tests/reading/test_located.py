"""Where each answer stands, by key or by label, in plain rows."""

import pytest

from cluster_sheets.form.keys import column_names
from cluster_sheets.form.kind import Raw
from cluster_sheets.reading.located import Located, Locator
from cluster_sheets.reading.plan import Rows
from tests.checks.batch import FORM

LOCATOR = Locator(FORM)
COSTS = ["table:costs", "category", "description"]


def located(*sheets: tuple[str, list[list[Raw]]]) -> Located:
    """What is found in sheets given as rows."""
    given: list[tuple[str, Rows]] = [(name, rows) for name, rows in sheets]
    return LOCATOR.located(given)


def test_an_answer_is_found_beside_its_key_on_any_sheet_and_row() -> None:
    found = located(("Ours now", [["sheet:2 Request"], [], ["purpose", "Whatever", "Project"]]))
    assert found.answers["purpose"] == ["Ours now", "C3", "Project"]
    assert found.sheets["2 Request"] == "Ours now"


def test_an_answer_without_its_key_is_found_by_its_label() -> None:
    label = FORM.field("request_title").label
    found = located(("2 Request", [["sheet:2 Request"], ["", label, "Daily groups"]]))
    assert found.answers["request_title"][2] == "Daily groups"
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
    assert [line["description"][2] for line in found.lines["costs"] if "description" in line] == ["A course", "Cards"]
    assert found.first_line["costs"][1] == "B4"
    assert found.below == []


def test_what_is_written_in_the_end_and_below_it_is_told_row_by_row() -> None:
    rows: list[list[Raw]] = [
        ["sheet:5 Costs"],
        [*COSTS],
        ["end:costs", "", "A taxi"],
        ["", "Training"],
        ["total:costs", "Sum"],
        ["", 0.0],
    ]
    found = located(("5 Costs", rows))
    assert found.below == [["5 Costs", "C3", "A taxi"], ["5 Costs", "B4", "Training"], ["5 Costs", "B6", 0.0]]


def test_so_much_below_a_table_is_told_and_no_more() -> None:
    more: list[list[Raw]] = [["", "More"]] * 80
    rows: list[list[Raw]] = [["sheet:5 Costs"], [*COSTS], ["end:costs"], *more]
    assert len(located(("5 Costs", rows)).below) == 50


def test_so_many_lines_are_read_and_what_is_behind_them_is_told() -> None:
    line: list[Raw] = ["", "STAFF", "x"]
    rows: list[list[Raw]] = [[*COSTS], *[line] * 60_000, ["end:costs"]]
    found = located(("5 Costs", rows))
    assert len(found.lines["costs"]) == 500
    assert [spot[:2] for spot in found.below[:1]] == [["5 Costs", "B502"]]
    assert len(found.below) == 50


def test_the_same_question_on_two_sheets_is_two_requests() -> None:
    rows: list[list[Raw]] = [["sheet:2 Request"], ["purpose", "x", "Project"]]
    other: list[list[Raw]] = [["sheet:8 Declaration"], ["purpose", "x", "Advice, no money"]]
    assert located(("2 Request", rows), ("8 Declaration", other)).apart == ["purpose"]


@pytest.mark.parametrize("names", [("5 Costs", "5 Costs Copy"), ("Backup", "5 Costs"), ("Ours", "Ours too")])
def test_of_a_sheet_that_stands_twice_one_is_read_the_one_with_its_name_or_the_first(names: tuple[str, str]) -> None:
    def sheet(what: str) -> list[list[Raw]]:
        return [["sheet:5 Costs"], [*COSTS], ["headings:costs"], ["", "Training", what], ["end:costs"]]

    found = located(*((name, sheet(name)) for name in names))
    kept = "5 Costs" if "5 Costs" in names else names[0]
    assert [line["description"][2] for line in found.lines["costs"]] == [kept]
    assert found.copies == [("5 Costs", next(name for name in names if name != kept))]
    assert found.apart == []


def test_a_table_that_stands_twice_on_a_sheet_is_read_once_and_the_rest_told() -> None:
    table: list[list[Raw]] = [[*COSTS], ["", "Training", "A course"], ["end:costs"]]
    found = located(("5 Costs", [["sheet:5 Costs"], *table, *table]))
    assert (len(found.lines["costs"]), found.apart, found.below) == (1, ["costs"], [["5 Costs", "B6", "Training"]])


def test_a_column_that_has_gone_is_told_once_where_the_table_has_lines() -> None:
    def gone(*lines: list[Raw]) -> list[str]:
        return located(("5 Costs", [["sheet:5 Costs"], [*COSTS], *lines, ["end:costs"]])).gone

    inputs = [column.key for column in FORM.table("costs").columns]
    assert gone(["", "Training", "A course"], ["", "Other", "B"]) == [key for key in inputs if key[6:] not in COSTS]
    assert gone(["", "", ""]) == []


def _bare(table: str, *lines: list[Raw]) -> list[list[Raw]]:
    """A table whose column of keys has gone."""
    told = FORM.table(table)
    return [["", ""], [*column_names(told)], [column.label for column in told.columns], *lines]


def test_a_table_without_keys_ends_before_its_sums_and_what_is_below_them_is_told() -> None:
    sums: list[list[Raw]] = [["The cluster would pay", "", 5.0], ["The whole cost", "", 5.0]]
    rows = _bare("costs", ["Training", "A course"], ["", ""], *sums, ["", ""], ["Taxi", "Lost"])
    found = located(("5 Costs", rows))
    assert [line["category"][2] for line in found.lines["costs"]] == ["Training"]
    assert found.below == [["5 Costs", "A9", "Taxi"]]
    shared = _bare("partners", ["Own Primary School", 4.0], ["Lead school's share", 9.0])
    assert len(located(("7 Partners", shared)).lines["partners"]) == 1


def test_two_tables_without_keys_do_not_run_into_one_another() -> None:
    title = FORM.table("pupil_counts").title
    rows: list[list[Raw]] = [
        *_bare("pupils", ["R999000015001"], ["", ""]),
        [f"{title}. So many."],
        *_bare("pupil_counts", ["Years 1 and 2"]),
    ]
    found = located(("3 Pupils", rows))
    assert {table: len(lines) for table, lines in found.lines.items()} == {"pupils": 1, "pupil_counts": 1}
    assert (found.below, found.answers) == ([], {})


@pytest.mark.parametrize(("rows", "ours"), [([["sheet:2 Request"], ["purpose", "", ""]], True), ([["Hello"]], False)])
def test_a_workbook_is_ours_by_its_keys(rows: list[list[Raw]], ours: bool) -> None:
    assert LOCATOR.is_ours(located(("Sheet1", rows))) is ours


def test_the_first_line_of_a_table_is_its_first_whether_it_is_used_or_not() -> None:
    def first(*lines: list[Raw]) -> str:
        rows: list[list[Raw]] = [["sheet:5 Costs"], [*COSTS], ["headings:costs"], *lines, ["end:costs"]]
        return located(("5 Costs", rows)).first_line["costs"][1]

    assert first(["", "", ""], ["", " ", ""], ["", "", ""]) == "B4"
    assert first(["", "", ""], ["", "Training", ""]) == "B4"
    assert first() == "B4"


def test_a_line_is_used_where_an_answer_stands_and_not_where_only_a_sum_does() -> None:
    names = ["table:costs", "category", "line_total"]
    rows: list[list[Raw]] = [["sheet:5 Costs"], [*names], ["", "", 0.0], ["", "Training", 0.0], ["end:costs"]]
    found = located(("5 Costs", rows)).lines["costs"]
    assert found == [{"category": ["5 Costs", "B4", "Training"], "line_total": ["5 Costs", "C4", 0.0]}]


def test_two_answers_to_one_question_on_one_sheet_are_told_and_the_first_stands() -> None:
    rows: list[list[Raw]] = [["sheet:2 Request"], ["purpose", "x", "Project"], ["purpose", "x", "Advice"]]
    found = located(("2 Request", rows))
    assert (found.twice, found.answers["purpose"][1]) == (["purpose"], "C2")
    blank: list[list[Raw]] = [["sheet:2 Request"], ["purpose", "x", ""], ["purpose", "x", "Project"]]
    again = located(("2 Request", blank))
    assert (again.twice, again.answers["purpose"][1]) == ([], "C3")


def test_keys_are_found_where_somebody_put_columns_in_front_of_them() -> None:
    found = located(("2 Request", [["", "sheet:2 Request"], ["", "purpose", "x", "Project"]]))
    assert found.answers["purpose"] == ["2 Request", "D2", "Project"]


def test_a_table_without_its_names_is_read_by_its_headings_and_without_both_is_headless() -> None:
    labels: list[Raw] = [column.label for table in FORM.tables if table.name == "outcomes" for column in table.columns]
    lines: list[list[Raw]] = [["", "Better talk"], ["end:outcomes"]]
    found = located(("6 Outcomes", [["sheet:6 Outcomes"], ["", *labels], *lines]))
    assert [line["outcome"][1] for line in found.lines["outcomes"]] == ["B3"]
    assert found.headless == []
    assert located(("6 Outcomes", [["sheet:6 Outcomes"], *lines])).headless == ["outcomes"]


@pytest.mark.parametrize(
    ("raw", "kept"), [(float("nan"), "nan"), (float("-inf"), "-inf"), (1e308, "1e+308"), (9e9, 9e9)]
)
def test_a_figure_that_no_sum_can_be_done_with_becomes_its_text(raw: float, kept: Raw) -> None:
    found = located(("2 Request", [["sheet:2 Request"], ["amount_requested", "x", raw]]))
    assert found.answers["amount_requested"] == ["2 Request", "C2", kept]


def test_a_text_longer_than_any_label_is_not_compared_with_one() -> None:
    label = FORM.field("request_title").label
    found = located(("2 Request", [["sheet:2 Request"], ["", label + " " * 500, "Daily groups"]]))
    assert "request_title" in found.missing
