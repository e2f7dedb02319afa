"""Answers, typed cell by cell: each that does not parse is told at its place."""

from datetime import date

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.form.kind import Raw
from tests.checks.batch import raw, typed
from tests.requests import KINDS

PROJECT = KINDS["project"]


def test_answers_are_kept_in_their_own_units() -> None:
    own = typed(PROJECT).own.answers
    assert own["amount_requested"] == 327_560
    assert own["start_date"] == date(2027, 2, 22)
    assert own["purpose"] == "PROJECT"
    assert own["contact_phone"] == "01632 960123"
    assert typed(PROJECT).lines["pupils"][0].answers["attendance_pct"] == 940


def test_what_does_not_parse_is_a_finding_at_its_cell_and_no_value() -> None:
    form = typed(PROJECT.but_line("costs", 0, rate="1.2k"))
    line = form.lines["costs"][0]
    assert form.findings == [
        Finding(
            Place("request.xlsx", "5 Costs", line.row["rate"][1]),
            "not-money",
            Severity.RETURN,
            "costs.rate",
            (("typed", "‘1.2k’"),),
        )
    ]
    assert line.answers["rate"] is None
    assert line.faulty == {"rate"}
    assert line.typed["rate"] == "‘1.2k’"


@pytest.mark.parametrize(
    ("typed_in", "code"), [("\x00error", "cell-error"), ("\x00unworked", "formula-not-worked-out")]
)
def test_what_excel_could_not_show_is_told_whatever_the_kind(typed_in: Raw, code: str) -> None:
    for name in ("summary", "amount_requested", "start_date"):
        assert [each.code for each in typed(PROJECT.but(**{name: typed_in})).findings] == [code]


def test_a_formula_with_a_stored_value_is_read_and_asked_about() -> None:
    found = raw(PROJECT)
    sheet, cell, _ = found.answers["minimum_viable"]
    found.formulas = [[sheet, cell]]
    form = typed(found)
    assert [(each.code, each.severity) for each in form.findings] == [("formula-given", Severity.QUERY)]
    assert form.own.answers["minimum_viable"] == 200_000


def test_a_figure_in_a_percentage_format_counts_a_hundred_times() -> None:
    found = raw(PROJECT.but_line("pupils", 0, attendance_pct=0.94))
    sheet, cell, _ = found.lines["pupils"][0]["attendance_pct"]
    assert [each.code for each in typed(found).findings] == ["percent-below-one"]
    found.percents = [[sheet, cell]]
    assert typed(found).findings == []
    assert typed(found).lines["pupils"][0].answers["attendance_pct"] == 940


def test_a_question_that_is_missing_counts_as_not_parsed() -> None:
    found = raw(PROJECT)
    del found.answers["summary"]
    found.missing = ["summary"]
    form = typed(found)
    assert "summary" in form.own.faulty
    assert form.findings == []


def test_a_table_without_its_headings_is_lost() -> None:
    found = raw(PROJECT)
    found.headless = ["pupils"]
    assert typed(found).lost == {"pupils"}


def test_letters_are_counted_of_what_was_typed_over_its_limit_too() -> None:
    assert typed(PROJECT.but(summary="x" * 700)).own.lengths["summary"] == 700
