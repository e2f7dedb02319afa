"""Reading a declaration, and refusing a faulty one at its line."""

import pytest

from cluster_sheets.form.error import DeclarationError
from cluster_sheets.form.load import load
from cluster_sheets.form.shipped import schema_text

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
test = "asked <= setting:most"
says = "asked <= setting:most"
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
        ("max = 5", "most = 5", "small.toml:12: a field has no setting called most"),
        ('asked <= setting:most"\nsays', 'asked less"\nsays', "small.toml:30: cannot read the test"),
        ('needs = ["asked"]', 'needs = ["askd"]', "small.toml:25: the rule too-much names askd, which is no field"),
        ("{cell}.", "{typed}.", "small.toml:33: mend may not hold {typed}"),
        ('severity = "RETURN"', 'severity = "LOUD"', "small.toml:29: severity is LOUD; it may be: RETURN, QUERY, NOTE"),
        ('title = "Small"\n', "", "small.toml:1: the declaration has no title"),
        ("[[sheet]]", "[[sheet]", "small.toml:4: "),
        ('kind = "text"', 'kind = "choice"', "small.toml:21: a choice, and nothing else, has choices"),
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
