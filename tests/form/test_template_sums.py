"""Sums below the lines: to the penny, as the formulas have it."""

import pytest

from cluster_sheets.form.filled import Fault
from cluster_sheets.form.layout import layout
from cluster_sheets.form.template_sums import line_pence, tie_value, total_cell, total_pence
from tests.form.made import FORM, PROJECT, book, row_of
from tests.reading.workbooks import filled
from tests.requests import KINDS, Answers

PLACES = layout(FORM)
TOTALS = PLACES.tables["costs"].totals
TIME: Answers = {"hours_per_week": 10.0, "weeks": 19.0, "rate": 17.24, "group_size": 1.0}


@pytest.mark.parametrize(
    ("answers", "pence"),
    [
        (TIME, 327_560),
        (TIME | {"group_size": 4.0}, 81_890),
        (TIME | {"group_size": 0.0}, None),
        (TIME | {"rate": "a lot"}, None),
        (TIME | {"weeks": None}, None),
        ({"quantity": 3.0, "unit_cost": 310.0}, 93_000),
        ({"quantity": 0.5, "unit_cost": 0.01}, 1),
        ({"quantity": 1.0, "unit_cost": 1.005}, 101),
        ({"quantity": True, "unit_cost": 1.0}, None),
        ({}, None),
    ],
)
def test_a_line_comes_to_what_its_formula_shows(answers: Answers, pence: int | None) -> None:
    assert line_pence(answers) == pence


def test_each_payer_has_a_sum_and_the_whole_is_theirs_together() -> None:
    assert [total_pence(total, filled(PROJECT)) for total in TOTALS] == [327_560, 31_000, 0, 358_560]


def test_a_sum_is_named_by_its_cell() -> None:
    assert total_cell(PLACES, TOTALS[0]) == "'5 Costs'!$J$32"


@pytest.mark.parametrize(
    ("asked", "said"),
    [(3275.6, "Ties"), (3276.0, "DOES NOT TIE: £0.40 apart"), (99.0, "DOES NOT TIE: £3,176.60 apart"), ("£1", "")],
)
def test_a_sum_says_whether_it_ties(asked: float | str, said: str) -> None:
    rule = TOTALS[0].rule
    assert rule is not None
    assert tie_value(rule, filled(PROJECT.but(amount_requested=asked)), 327_560) == said


def test_what_the_lead_school_keeps_is_what_the_shares_leave() -> None:
    sheet = book(KINDS["group"], values=True)["7 Partners"]
    assert sheet.cell(row_of(sheet, "partners.lead_share"), 3).value == 1775.6


def test_counts_are_added_up() -> None:
    sheet = book(KINDS["whole school"], values=True)["3 Pupils"]
    total = next(row for row in sheet.iter_rows() if row[1].value == "All lines together")
    assert [cell.value for cell in total[2:5]] == [2, 24, 0]


def test_a_sum_is_in_words_beside_it_whatever_is_to_be_mended() -> None:
    note = Fault("", 0, "", "The file holds a comment.", "Nothing to do.", "", only_told=True)
    sheet = book(PROJECT.but(school_contribution=300.0), (note,), values=True)["5 Costs"]
    said = {row[1].value: row[10].value for row in sheet.iter_rows() if row[0].value == "total:costs"}
    assert said == {
        "The cluster would pay": "Ties",
        "The school pays": "DOES NOT TIE: £10.00 apart",
        "Others pay": "Ties",
        "The whole cost": None,
    }
