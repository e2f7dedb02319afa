"""Rules that are data: at which level they are asked, and what makes them silent."""

import pytest

from cluster_sheets.checks.declared import level_of
from tests.checks.batch import FORM, codes, judged
from tests.requests import KINDS, OWN, counts, pupil

PROJECT, GROUP = KINDS["project"], KINDS["group"]


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("ends-before-it-starts", ""),
        ("needs-the-same", "pupils"),
        ("upn-twice", "pupils"),
        ("costs-lines", ""),
        ("costs-apart-from-amount", ""),
        ("shares-over-amount", ""),
        ("partner-is-yourself", "partners"),
        ("narrative-too-long", ""),
    ],
)
def test_a_rule_is_asked_of_the_form_or_of_each_line(code: str, level: str) -> None:
    assert level_of(FORM, FORM.rule(code)) == level


def test_nothing_else_is_told_of_a_table_that_must_be_empty() -> None:
    spoilt = [pupil(1) | {"upn": "R99", "year_group": "Year 44"}, pupil(2) | {"attendance_pct": "most"}]
    assert codes(KINDS["whole school"].but_lines("pupils", spoilt)) == [("pupils-not-wanted", "pupils")]


def test_an_answer_that_must_be_blank_is_told_once_whatever_it_holds() -> None:
    assert codes(PROJECT.but(urgency_reason="x")) == [("must-be-blank", "urgency_reason")]


def test_an_answer_that_hangs_on_one_that_did_not_parse_is_not_missed() -> None:
    request = PROJECT.but(purpose="Something", sustain=None)
    assert codes(request) == [("not-on-list", "purpose")]


def test_a_sum_with_a_line_that_did_not_parse_is_not_compared() -> None:
    assert codes(PROJECT.but_line("costs", 0, rate="a lot")) == [("not-money", "costs.rate")]


def test_of_two_alike_the_later_line_is_told() -> None:
    request = KINDS["whole school"].but_lines("pupil_counts", [counts(), counts("Years 3 to 6"), counts()])
    found = judged(request)[0]
    assert [(each.code, each.place.cell) for each in found] == [("year-band-twice", "B203")]


def test_a_finding_names_the_limit_and_the_figure_it_should_agree_with() -> None:
    apart = judged(PROJECT.but(amount_requested=3275.61))[0][0]
    assert dict(apart.detail)["other"] == "£3,275.60"
    late = judged(PROJECT.but(end_date="01/09/2027"))[0][0]
    assert dict(late.detail)["limit"] == "31 August 2027"


def test_a_partner_is_not_the_lead_whichever_way_the_lead_is_written() -> None:
    same = GROUP.but_line("partners", 0, partner_school=GROUP.form["school_name"])
    assert codes(same.but(school_urn=float(OWN))) == [("partner-is-yourself", "partners.partner_school")]
