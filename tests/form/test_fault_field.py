"""Fields: who may see an answer follows from its privacy, and a limit is one that something can keep to."""

from itertools import product

import pytest

from cluster_sheets.form.declared import PANELS, PRIVACIES
from cluster_sheets.form.error import DeclarationError
from cluster_sheets.form.load import load
from tests.form.small import SMALL, refused

SEEN = {
    ("identity", "no"), ("withheld", "no"), ("free-text", "no"), ("small-number", "no"), ("safe", "no"),
    ("free-text", "redacted"), ("small-number", "broad"), ("safe", "broad"), ("safe", "as-is"),
}  # fmt: skip
"""What may be shown of a text, or else of a number."""


@pytest.mark.parametrize(("privacy", "panel"), [*product(PRIVACIES, PANELS)])
def test_what_the_panel_sees_follows_from_the_privacy(privacy: str, panel: str) -> None:
    field = "text" if privacy in ("identity", "withheld", "free-text") or panel == "redacted" else "whole-number"
    text = SMALL.replace(
        'kind = "money"\nrequired = "always"\nprivacy = "safe"\npanel = "as-is"',
        f'kind = "{field}"\nrequired = "always"\nprivacy = "{privacy}"\npanel = "{panel}"',
    ).partition("[[rule]]")[0].replace('"each>0"', '"always"')  # fmt: skip
    if (privacy, panel) in SEEN:
        assert load(text, "small.toml").field("things.each").panel == panel
    else:
        with pytest.raises(DeclarationError, match=r"small\.toml:\d+: panel "):
            load(text, "small.toml")


def test_the_refusal_says_what_panel_may_be() -> None:
    said = "panel is as-is, and privacy is free-text; panel may be: no, redacted"
    assert refused('panel = "redacted"', 'panel = "as-is"', 'panel = "as-is"') != ""
    assert refused('"free-text"\npanel = "redacted"', '"free-text"\npanel = "as-is" #', 'panel = "as-is" #') == said
    said = "panel is as-is, and privacy is identity; panel may be: no"
    assert refused('"free-text"\npanel = "redacted"', '"identity"\npanel = "as-is" #', 'panel = "as-is" #') == said


@pytest.mark.parametrize("kind", ["email", "upn", "urn", "school"])
def test_what_says_who_it_is_is_an_identity_or_withheld(kind: str) -> None:
    said = f"a field of kind {kind} says who it is; its privacy is identity or withheld"
    old = 'kind = "long-text"\nmin = 10\nmax = 80\nrequired = "always"\nprivacy = "free-text"\npanel = "redacted"'
    assert refused(old, f'kind = "{kind}"\nrequired = "always"\nprivacy = "safe" #\npanel = "no"', '"safe" #') == said


@pytest.mark.parametrize("privacy", ["safe", "small-number"])
def test_a_long_text_is_never_taken_for_safe(privacy: str) -> None:
    said = "a long-text may hold a name; its privacy is free-text, withheld or identity"
    assert refused('"free-text"\npanel = "redacted"', f'"{privacy}"\npanel = "no"', f'privacy = "{privacy}"') == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('panel = "broad"', 'panel = "key-stage"', "panel key-stage shows choice, and this is a date"),
        ("min = 10", "min = 90", "min is more than max, so that no answer would fit; change one of them"),
        ("min = 10", "min = -1", "min counts characters, and so is 0 or more"),
        (
            '"setting:weeks_max"', '"setting:weeksmax"',
            "there is no setting called weeksmax; the settings stand in schemas/central-2025/settings.csv",
        ),
        (
            '"setting:weeks_max"', '"setting:project_cap"',
            "the setting project_cap is a money, and max wants a whole-number",
        ),
        ("max = 80", 'max = "setting:pupil_cap"', "the setting pupil_cap is a money, and max wants a whole-number"),
        ('kind = "date"', 'min = 5\nkind = "date"', "a field of kind date has no min; take it out, or write a rule"),
        (
            'hint = "A day."', 'hint = "A day, {setting:weeksmax}."',
            "there is no setting called weeksmax; the settings stand in schemas/central-2025/settings.csv",
        ),
        (
            'hint = "A day."', 'hint = "A day, {settings:weeks_max}."',
            "hint holds {settings:weeks_max}; write {setting:NAME}",
        ),
        ('kind = "date"', 'list = "SCHOOLS"\nkind = "date"', "list may be SCHOOLS, of a field of kind school"),
    ],
)  # fmt: skip
def test_a_field_that_nothing_fits_is_refused_at_its_line(old: str, new: str, said: str) -> None:
    assert refused(old, new, new.partition("\n")[0]) == said
