"""Reading a declaration, and refusing a faulty one at its line."""

import pytest

from cluster_sheets.form.error import DeclarationError
from cluster_sheets.form.load import load
from cluster_sheets.form.shipped import schema_text
from tests.form.small import SMALL as WITH_TABLE
from tests.form.small import refused

SMALL = """name = "small"
title = "Small"
version = "template_version"
[[sheet]]
name = "1 One"
[[field]]
name = "asked"
sheet = "1 One"
label = "Asked?"
hint = "Yes or No."
kind = "money"
max = 5
required = "always"
privacy = "safe"
panel = "as-is"
[[field]]
name = "why"
sheet = "1 One"
label = "Why?"
hint = "A word."
kind = "text"
required = "asked>2"
privacy = "free-text"
panel = "redacted"
[[rule]]
code = "too-much"
about = "asked"
needs = ["asked"]
severity = "RETURN"
test = "asked <= setting:project_cap"
says = "asked <= setting:project_cap"
what = "Too much."
mend = "Ask for less in {cell}."
"""


def test_a_declaration_is_read_with_its_figures_in_kept_units() -> None:
    form = load(SMALL, "small.toml")
    assert [field.key for field in form.fields] == ["asked", "why"]
    maximum = form.field("asked").maximum
    assert maximum is not None
    assert maximum.literal == 500
    assert form.field("why").required.holds({"asked": 201}.__getitem__) is True
    assert form.field("why").required.holds({"asked": 200}.__getitem__) is False


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ('kind = "money"', 'kind = "sum"', "small.toml:11: kind is sum; it may be: "),
        ('privacy = "free-text"\n', "", "small.toml:16: field why has no privacy"),
        ('"asked>2"', '"asked greater 2"', "small.toml:22: cannot read the condition"),
        ('"asked>2"', '"asks>2"', "small.toml:22: the condition names asks, which is no field"),
        ('name = "why"', 'name = "asked"', "small.toml:16: the field asked is declared twice"),
        ('sheet = "1 One"\nlabel = "Why?"', 'sheet = "2"\nlabel = "Why?"', "small.toml:18: there is no sheet called 2"),
        ("max = 5", 'max = "many"', "small.toml:12: max is a number or the name of a setting"),
        ("max = 5", "max = true", "small.toml:12: max is a number or the name of a setting"),
        ("max = 5", "max = inf", "small.toml:12: max is a number or the name of a setting"),
        ("max = 5", "max = nan", "small.toml:12: max is a number or the name of a setting"),
        ('kind = "text"', 'kind = "choice"\nchoices = { A = "" }', "small.toml:22: choices are written { CODE = "),
        ("max = 5", "most = 5", "small.toml:12: a field has no setting called most"),
        ('asked <= setting:project_cap"\nsays', 'asked less"\nsays', "small.toml:30: cannot read the test"),
        ('needs = ["asked"]', 'needs = ["askd"]', "small.toml:28: the rule too-much names askd, which is no field"),
        ("{cell}.", "{typed}.", "small.toml:33: mend may not hold {typed}"),
        ('severity = "RETURN"', 'severity = "LOUD"', "small.toml:29: severity is LOUD; it may be: RETURN, QUERY, NOTE"),
        ('title = "Small"\n', "", "small.toml:1: the declaration has no title"),
        ("[[sheet]]", "[[sheet]", "small.toml:4: "),
        ('kind = "text"', 'kind = "choice"', "small.toml:21: a choice, and nothing else, has choices"),
        ('"template_version"', '"template"', "small.toml:3: there is no setting called template; "),
        (
            'name = "1 One"',
            'name = "1 One"\n[[sheet]]\nname = "1 One"',
            "small.toml:6: the sheet 1 One is declared twice",
        ),
        ('name = "1 One"', 'lead = "One"', "small.toml:4: sheet 1 has no name"),
    ],
)
def test_a_faulty_declaration_is_refused_at_its_line(old: str, new: str, refusal: str) -> None:
    assert old in SMALL
    with pytest.raises(DeclarationError) as refused:
        load(SMALL.replace(old, new, 1), "small.toml")
    assert str(refused.value).startswith(refusal)


def test_an_application_without_an_answer_that_the_code_speaks_of_is_refused() -> None:
    text = schema_text("application.toml")
    with pytest.raises(DeclarationError, match=r"schemas/application\.toml"):
        load(text.replace('name = "request_title"', 'name = "title"'), "schemas/application.toml")


@pytest.mark.parametrize(
    ("old", "new", "word", "said"),
    [
        ('sheet = "1 One"\ntitle', 'sheet = "2 Two"\ntitle', "2 Two", "there is no sheet called 2 Two"),
        ('table = "things"\nlabel', 'table = "thing"\nlabel', '"thing"', "there is no table called thing"),
        ('table = "things"\nsheet', 'table = "thing"\nsheet', '"thing"', "there is no table called thing"),
        ('after = "each"', 'after = "ech"', '"ech"', "the table things has no column called ech"),
        ('name = "line_total"', 'name = "each"', "[[computed]]", "the column things.each is declared twice"),
        ("lines = 3\n", "", "[[table]]", "table things has no lines"),
        ("width = 80\n", "", "[[computed]]", "computed line_total has no width"),
        ('ADVICE = "Advice"', 'ADVICE = "project"', "choices = ", "two choices read alike: Project"),
    ],
)
def test_tables_and_lists_hold_together(old: str, new: str, word: str, said: str) -> None:
    assert refused(old, new, word) == said


def test_a_column_stands_on_the_sheet_of_its_table() -> None:
    more = '[[sheet]]\nname = "2 Two"\n\n[[table]]'
    with pytest.raises(DeclarationError, match="the table things stands on the sheet 2 Two"):
        load(WITH_TABLE.replace("[[table]]", more, 1).replace('"1 One"\ntitle', '"2 Two"\ntitle', 1), "small.toml")
