"""Rules: what they are about, what they compare, and what their sentences hold."""

import pytest

from cluster_sheets.form.load import load
from tests.form.small import SMALL, refused

CAP = '"asked <= setting:project_cap"\nlimit'
SUM = '"sum(things.each where weeks>1) = asked"'


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (
            "asked <= setting:projectcap",
            "there is no setting called projectcap; the settings stand in schemas/central-2025/settings.csv",
        ),
        ("askd <= setting:project_cap", "the rule too-much names askd, which is no field"),
        ("asked <= setting:weeks_max", "a money and a whole-number cannot be compared"),
        ("asked <= 5", "a money and a whole-number cannot be compared"),
        ("asked <= received_on", "a money and a date cannot be compared"),
        ("purpose != ADVISE", "ADVISE is no code of purpose; it may be: PROJECT, ADVICE"),
        ("asked != ADVICE", "a money and a choice cannot be compared"),
        ("purpose <= PROJECT", "a choice is neither more nor less than another; write = or !="),
        ("purpose in setting:project_cap", "in wants a setting that is a list after it"),
        ("purpose in PROJECT", "in wants a setting that is a list after it"),
        ("rows(thing) <= 3", "rows(thing) counts a table, and there is none of that name"),
        ("characters(why, thing) <= 3", "characters() counts boxes and tables, and thing is neither"),
        ("things.weeks <= 3", "things.weeks is a column of another table; sum() or rows() look at one as a whole"),
        ("days(asked, received_on) <= 3", "asked is not a date of the form"),
        ("days(starts_on, round.date) <= 3", "round.date is not a date of the form"),
        ("starts_on <= school_year_end(asked)", "asked is not a date of the form"),
        ("unique(asked)", "unique() looks down a column of a table, and asked is none"),
        ("unique(things.ech)", "the rule too-much names things.ech, which is no field"),
        ("PROJECT = PROJECT", "PROJECT is compared with no answer, and so is no code of a list"),
    ],
)
def test_a_test_that_could_not_be_asked_is_refused_at_its_line(test: str, said: str) -> None:
    assert refused(CAP, f'"{test}"\nlimit', f'test = "{test}"') == said


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("sum(asked) = asked", "sum() adds up a column of a table, and asked is none"),
        ("sum(things.each where week>1) = asked", "the rule apart names things.week, which is no field"),
        ("sum(things.weeks) = asked", "a whole-number and a money cannot be compared"),
        (
            "sum(things.each where weeks=MANY) = asked",
            "things.weeks has no list of codes; ask given(weeks) or blank(weeks)",
        ),
    ],
)
def test_a_sum_adds_up_a_column_of_figures(test: str, said: str) -> None:
    assert refused(SUM, f'"{test}"', f'test = "{test}"') == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'about = "asked"', 'about = "amount_requestd"',
            "the rule too-much is about amount_requestd, which is no field and no table",
        ),
        ('about = "asked"', 'about = "any"', "the rule too-much is about any, which is no field and no table"),
        ('needs = ["asked"]', 'needs = ["askd"]', "the rule too-much names askd, which is no field"),
        ('needs = ["asked"]', 'fields = ["askd"]', "the rule too-much names askd, which is no field"),
        (
            'silent_where = ["too-much"]', 'silent_where = ["to-much"]',
            "silent_where names to-much, which is no other rule",
        ),
        ('silent_where = ["too-much"]', 'silent_where = ["apart"]', "silent_where names apart, which is no other rule"),
        ('when = "purpose=PROJECT"', 'when = "purpose=PROJ"', "PROJ is no code of purpose; it may be: PROJECT, ADVICE"),
        ('when = "purpose=PROJECT"', 'when = "purpos=PROJECT"', "the condition names purpos, which is no field"),
        (
            'limit = "setting:project_cap"', 'limit = "setting:projectcap"',
            "there is no setting called projectcap; the settings stand in schemas/central-2025/settings.csv",
        ),
        (
            'limit = "setting:project_cap"', 'limit = "asked"',
            "limit is a number, a setting, a day of the scheme or school_year_end(date)",
        ),
        (
            'what = "The lines come to {other}."', 'what = "More than {limit}."',
            "what holds {limit}, and the rule has no limit",
        ),
        (
            'mend = "Ask for less in {cell}."', 'mend = "Ask for {typed} in {cell}."',
            "mend may not hold {typed}",
        ),
        (
            'what = "More than {limit}."', 'what = "More than {other}."',
            "what holds {other}, and the test does not begin with a sum",
        ),
        (
            'limit = "setting:project_cap"', 'total = "The cap"',
            "what holds {limit}, and the rule has no limit",
        ),
        (
            'when = "purpose=PROJECT"', 'total = "The cap"',
            "total names the sum of a test that says a sum is an answer",
        ),
    ],
)  # fmt: skip
def test_what_a_rule_speaks_of_is_there(old: str, new: str, said: str) -> None:
    word = 'what = "More than {limit}."' if "no limit" in said else new
    assert refused(old, new, word) == said


@pytest.mark.parametrize(
    "test",
    [
        "starts_on >= round.date",
        "days(starts_on, received_on) <= setting:known_within_days",
        "1 <= rows(things) <= 3",
        "sum(things.line_total) <= asked",
        "characters(why, things) <= 500",
        "purpose = PROJECT",
    ],
)
def test_a_rule_that_can_be_asked_is_taken(test: str) -> None:
    assert load(SMALL.replace(CAP, f'"{test}"\nlimit'), "small.toml").rule("too-much").test is not None


def test_a_rule_about_a_line_compares_what_stands_on_it() -> None:
    text = SMALL.replace(CAP, '"things.each <= asked"\nlimit').replace('about = "asked"', 'about = "things.each"', 1)
    assert load(text, "small.toml").rule("too-much").about == "things.each"
