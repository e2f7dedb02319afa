"""A small declaration with a table, and what is said of it after a change."""

import pytest

from cluster_sheets.form.error import DeclarationError
from cluster_sheets.form.load import load

SMALL = """name = "small"
title = "Small"
version = "template_version"

[[sheet]]
name = "1 One"

[[table]]
name = "things"
sheet = "1 One"
title = "Things"
lines = 3

[[computed]]
name = "line_total"
table = "things"
label = "Total"
after = "each"
width = 80

[[field]]
name = "purpose"
sheet = "1 One"
label = "What for?"
hint = "Choose."
kind = "choice"
choices = { PROJECT = "Project", ADVICE = "Advice" }
required = "always"
privacy = "safe"
panel = "as-is"

[[field]]
name = "asked"
sheet = "1 One"
label = "How much?"
hint = "Pounds."
kind = "money"
min = 0.01
required = "purpose!=ADVICE"
forbidden = "purpose=ADVICE"
privacy = "safe"
panel = "as-is"

[[field]]
name = "starts_on"
sheet = "1 One"
label = "From?"
hint = "A day."
kind = "date"
required = "given(asked)"
privacy = "safe"
panel = "broad"

[[field]]
name = "why"
sheet = "1 One"
label = "Why?"
hint = "Some words."
kind = "long-text"
min = 10
max = 80
required = "always"
privacy = "free-text"
panel = "redacted"

[[field]]
name = "each"
table = "things"
sheet = "1 One"
label = "Each"
hint = "Pounds."
kind = "money"
required = "always"
privacy = "safe"
panel = "as-is"

[[field]]
name = "weeks"
table = "things"
sheet = "1 One"
label = "Weeks"
hint = "A number."
kind = "whole-number"
min = 1
max = "setting:weeks_max"
required = "each>0"
privacy = "small-number"
panel = "broad"

[[rule]]
code = "too-much"
about = "asked"
needs = ["asked"]
severity = "RETURN"
when = "purpose=PROJECT"
test = "asked <= setting:project_cap"
limit = "setting:project_cap"
says = "asked <= setting:project_cap"
what = "More than {limit}."
mend = "Ask for less in {cell}."

[[rule]]
code = "apart"
about = "asked"
needs = ["asked"]
severity = "RETURN"
silent_where = ["too-much"]
test = "sum(things.each where weeks>1) = asked"
total = "The whole"
says = "the sum is what is asked"
what = "The lines come to {other}."
mend = "Change {cell}."
"""


def refused(old: str, new: str, word: str) -> str:
    """What is said of SMALL with ``new`` for the first ``old``, but its line: that is the first where ``word`` is."""
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    with pytest.raises(DeclarationError) as told:
        load(text, "small.toml")
    place, _, said = str(told.value).partition(": ")
    file, _, number = place.partition(":")
    assert (file, word in text.splitlines()[int(number) - 1]) == ("small.toml", True), told.value
    return said
