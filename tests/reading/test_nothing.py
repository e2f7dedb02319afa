"""A box that says there is nothing to say is blank where the request need not have it, and else is what it was."""

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.base.record import Value
from cluster_sheets.form.condition import Faulty
from cluster_sheets.form.kind import Raw
from cluster_sheets.reading.nothing import is_left_aside, says_nothing
from tests.checks.batch import FORM, raw, typed
from tests.requests import KINDS, Request

PROJECT, ADVICE = KINDS["project"], KINDS["advice"]
MONEY, WORDS = FORM.field("minimum_viable"), FORM.field("contact_phone")


@pytest.mark.parametrize(
    "told", ["-", " \u2013 ", "--", "n/a", "N/A", "NA", "n.a.", "None", "nil", "Not applicable", "."]
)
def test_these_say_that_there_is_nothing_to_say(told: str) -> None:
    assert says_nothing(MONEY, told)
    assert says_nothing(WORDS, told)


@pytest.mark.parametrize("told", [0, 0.0, "0", "0.00", "\u00a30"])
def test_a_nought_says_so_where_a_figure_is_wanted(told: Raw) -> None:
    assert says_nothing(MONEY, told)
    assert not says_nothing(WORDS, told)


@pytest.mark.parametrize("told", [None, "", " ", "no", "none of these as yet", 1, 0.5, "10", False, "-5", "?", "tbc"])
def test_these_do_not(told: Raw) -> None:
    assert not says_nothing(MONEY, told)


def test_what_it_hangs_on_decides_and_what_is_not_known_does_not() -> None:
    field = FORM.field("other_funding_source")
    told: dict[str, Value | Faulty] = {"purpose": "PROJECT", "other_funding": 0}
    more = told | {"other_funding": 5}
    assert is_left_aside(field, told.__getitem__, reads=True)
    assert is_left_aside(field, told.__getitem__, reads=False)
    assert not is_left_aside(field, more.__getitem__, reads=True)
    assert not is_left_aside(field, more.__getitem__, reads=False)
    assert not is_left_aside(field, lambda _: Faulty(), reads=True)
    assert not is_left_aside(field, lambda _: Faulty(), reads=False)


def test_it_is_blank_and_told_once() -> None:
    form = typed(PROJECT.but(area_second="N/A"))
    place = form.own.place("area_second")
    assert place is not None
    assert form.findings == [Finding(Place("request.xlsx", *place), "nothing-said", Severity.NOTE, "area_second")]
    assert form.value("area_second") is None
    assert (form.own.faulty, form.own.typed) == (set(), {})


def test_words_that_read_as_an_answer_are_left_aside_where_there_may_be_none() -> None:
    form = typed(PROJECT.but(other_funding=0.0, other_funding_source="None"))
    assert [each.code for each in form.findings] == ["nothing-said"]
    assert form.value("other_funding_source") is None
    assert "other_funding_source" not in form.own.lengths
    named = typed(PROJECT.but(other_funding=10.0, other_funding_source="None"))
    assert (named.findings, named.value("other_funding_source")) == ([], "None")


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        (PROJECT.but(purpose="n/a"), ["not-on-list"]),
        (PROJECT.but(start_date="-"), ["not-a-date"]),
        (PROJECT.but(minimum_viable=0.0), ["money-out-of-range"]),
        (PROJECT.but(purpose="Something", minimum_viable="-"), ["not-on-list", "not-money"]),
        (PROJECT.but_line("pupils", 0, upn="n/a"), ["not-a-upn"]),
    ],
)
def test_a_box_that_must_be_filled_in_or_may_have_to_be_asks_for_its_answer(
    request_: Request, codes: list[str]
) -> None:
    assert [each.code for each in typed(request_).findings] == codes


def test_a_line_has_its_own_answers_to_hang_on() -> None:
    lone = typed(PROJECT.but_line("pupils", 0, school_urn="n/a"))
    assert [each.code for each in lone.findings] == ["nothing-said"]
    none = typed(PROJECT.but_line("pupils", 0, sen_provision="N", primary_need="n/a"))
    assert [each.code for each in none.findings] == ["nothing-said"]


def test_a_formula_is_no_way_to_say_nothing() -> None:
    found = raw(ADVICE.but(amount_requested=0.0))
    sheet, cell, _ = found.answers["amount_requested"]
    found.formulas = [[sheet, cell]]
    assert "nothing-said" not in [each.code for each in typed(found).findings]
