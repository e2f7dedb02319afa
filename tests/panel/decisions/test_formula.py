import re
from dataclasses import replace

import pytest

from cluster_sheets.form.declared import Form
from cluster_sheets.panel.decisions import formula
from cluster_sheets.panel.decisions.place import Places
from cluster_sheets.panel.decisions.workbook import declared
from tests.panel.papers import ADVICE, CONTINGENCY, MAIN, NEED, project, view, with_longer_words

PLACES = Places(declared(), view(project("K7"), NEED, ADVICE))
OUTCOME = declared().field("decided.outcome")


def test_text_inside_a_formula_keeps_its_quotes() -> None:
    assert formula.text('said "no"') == '"said ""no"""'


def test_outcomes_are_compared_as_the_list_shows_them() -> None:
    assert formula.chosen("G6", OUTCOME, ("AGREED",)) == 'TRIM(G6)="Agreed"'
    assert formula.chosen("G6", OUTCOME, ("AGREED", "DEFERRED")) == 'OR(TRIM(G6)="Agreed",TRIM(G6)="Deferred")'


def test_an_award_is_split_by_days_and_the_last_year_takes_the_rest() -> None:
    assert formula.parts(PLACES, 0) == {
        "2026-27": "=INT(ROUND('What is left'!D11*100,0)*38/145)/100",
        "2027-28": "=ROUND('What is left'!D11-E11,2)",
    }
    assert formula.parts(PLACES, 1) == {"2026-27": "=ROUND('What is left'!D12,2)"}
    assert formula.parts(PLACES, 2) == {}


def test_a_balance_counts_the_awards_of_its_own_fund_down_to_its_line() -> None:
    assert formula.left_after(PLACES, 1) == (
        "=ROUND('What is left'!D7-SUMIFS('What is left'!$E$11:E12,'What is left'!$C$11:C12,\"Contingency\"),2)"
    )
    assert formula.left_after(PLACES, 2) == '="z"'


@pytest.mark.parametrize(("form", "least"), [(declared(), [5, 20]), (with_longer_words(), [7, 30])])
def test_words_are_wanted_until_they_are_as_long_as_their_box_is_declared(form: Form, least: list[int]) -> None:
    told = formula.wanted(replace(PLACES, form=form), OUTCOME, 0)
    assert [int(each) for each in re.findall(r"LEN\(TRIM\([^)]*\)\)<([0-9]+)", told)] == least


def test_no_formula_is_longer_than_excel_takes_nor_deeper() -> None:
    made = [formula.stands(PLACES, OUTCOME, line) for line in range(3)]
    made += [formula.award(PLACES, line) for line in range(3)]
    made += [formula.wanted(PLACES, OUTCOME, 0), formula.progress(PLACES), formula.given(PLACES, (*MAIN, "2026-27"))]
    assert max(len(each) for each in made) < 2000
    assert max(each.count("IF(") for each in made) < 20
    assert CONTINGENCY in PLACES.view.funds
