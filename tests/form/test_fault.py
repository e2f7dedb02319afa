"""Conditions: the answers and codes they name are there."""

import pytest

from cluster_sheets.form.fault import Known, code_fault, codes_of
from cluster_sheets.form.load import load
from tests.form.small import SMALL, refused

FORM = load(SMALL, "small.toml")
KNOWN = Known(FORM, {})


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("purpose!=ADVICES", "ADVICES is no code of purpose; it may be: PROJECT, ADVICE"),
        ("purpose=PROJECT|ADVISE", "ADVISE is no code of purpose; it may be: PROJECT, ADVICE"),
        ("given(asked) or purpose=NO", "NO is no code of purpose; it may be: PROJECT, ADVICE"),
        ("porpose=ADVICE", "the condition names porpose, which is no field"),
        ("given(things.wekes)", "the condition names things.wekes, which is no field"),
        (
            "given(things.weeks)",
            "the condition names things.weeks, a column of another table: it has no one answer here",
        ),
        ("purpose>1", "purpose is no figure; compare it with a code, or ask given(name)"),
        ("starts_on>2026", "starts_on is no figure; compare it with a code, or ask given(name)"),
        ("why=GOOD", "why has no list of codes; ask given(why) or blank(why)"),
        ("asked=PLENTY", "asked has no list of codes; ask given(asked) or blank(asked)"),
    ],
)
def test_a_condition_that_could_never_be_told_is_refused_at_its_line(condition: str, said: str) -> None:
    assert refused('"purpose!=ADVICE"', f'"{condition}"', f'"{condition}"') == said


@pytest.mark.parametrize("condition", ["weeks>1", "each>0 and purpose=ADVICE", "given(weeks)", "asked>5", "asked=0"])
def test_a_column_asks_of_its_own_line_and_of_the_form(condition: str) -> None:
    form = load(SMALL.replace('"each>0"', f'"{condition}"'), "small.toml")
    assert form.field("things.weeks").required.text == condition


def test_a_name_is_a_column_of_its_own_table_before_it_is_one_of_the_form() -> None:
    assert KNOWN.resolved("each", "things") == "things.each"
    assert KNOWN.resolved("asked", "things") == "asked"
    assert KNOWN.resolved("each", "") == "each"


def test_computed_cells_are_names_too() -> None:
    assert KNOWN.names == {"purpose", "asked", "starts_on", "why", "things.each", "things.weeks", "things.line_total"}
    assert KNOWN.tables == ("things",)


def test_yes_and_no_are_the_codes_of_a_yes_or_no() -> None:
    asked = load(
        SMALL.replace('kind = "money"\nmin = 0.01', 'kind = "yes-no"', 1).partition("[[rule]]")[0], "small.toml"
    )
    assert codes_of(asked.field("asked")) == ("YES", "NO")
    assert code_fault(asked.field("asked"), ("YES",)) == ""
    assert code_fault(asked.field("asked"), ("Y",)) == "Y is no code of asked; it may be: YES, NO"
    assert codes_of(FORM.field("why")) == ()
