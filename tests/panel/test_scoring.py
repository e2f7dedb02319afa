"""Scoring: weights from the register, and a score worked out."""

import io

import openpyxl
import pytest

from cluster_sheets.panel.book import workbook
from tests.office import needs_office, recalculated
from tests.panel.made import pack


def test_the_weights_are_the_registers_and_come_to_a_hundred() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook(pack([]))), data_only=True)["Scoring"]
    assert [[cell.value for cell in page[row][:3]] for row in range(5, 13)] == [
        ["Need and evidence", 25, 25],
        ["Difference to children", 25, 25],
        ["Quality of the plan", 15, 10],
        ["Cost and value", 15, 20],
        ["Reach across schools", 10, "z"],
        ["After the money stops", 10, "z"],
        ["Could not be foreseen, cannot wait", "z", 20],
        ["Together", 100, 100],
    ]


@pytest.mark.real
@needs_office
@pytest.mark.parametrize(
    ("scores", "project", "unforeseen"),
    [
        ((4, 4, 4, 4, 4, 4, 4), 100, 100),
        ((3, 2, 1, 0, 4, 4, None), 55, None),
        ((3, 2, 1, 0, None, None, 4), None, 53.75),
        ((None,) * 7, None, None),
    ],
)
def test_a_score_is_the_weighted_mean_once_all_that_counts_is_typed(
    scores: tuple[int | None, ...], project: float | None, unforeseen: float | None
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack([]))))
    for row, score in enumerate(scores, start=19):
        book["Scoring"][f"B{row}"] = score
    saved = io.BytesIO()
    book.save(saved)
    page = openpyxl.load_workbook(io.BytesIO(recalculated(saved.getvalue())), data_only=True)["Scoring"]
    assert page["A26"].value == "Out of 100"
    assert [page[cell].value or None for cell in ("C26", "D26")] == [project, unforeseen]


def test_a_box_takes_a_whole_score() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook(pack([]))))["Scoring"]
    (rule,) = page.data_validations.dataValidation
    assert (str(rule.sqref), rule.type, rule.formula1, rule.formula2) == ("B19:B25", "whole", "0", "4")
