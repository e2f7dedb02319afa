"""Blocks and keys: each is one there is, and holds what it should."""

import pytest

from tests.form.small import refused


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lines = 3", 'lines = "three"', "lines is a whole number"),
        ("lines = 3", "lines = true", "lines is a whole number"),
        ("width = 80", "width = -1", "width is a whole number"),
        ('title = "Things"', "title = 3", "title is a text, in quotes"),
        ('hint = "Choose."', "hint = 7", "hint is a text, in quotes"),
        ('title = "Things"', 'title = "Things"\nsums = "yes"', "sums is true or false"),
        ('needs = ["asked"]', 'needs = "asked"', 'needs is a list of names, such as ["purpose"]'),
        ('needs = ["asked"]', "needs = [5]", 'needs is a list of names, such as ["purpose"]'),
        (
            "lines = 3", "rows = 3",
            "a table has no setting called rows; it may have: name, sheet, title, lead, lines, sums",
        ),
        (
            'after = "each"', 'behind = "each"',
            "a computed has no setting called behind; it may have: name, table, label, after, width, total",
        ),
        (
            'title = "Small"', 'heading = "Small"',
            "a declaration has no setting called heading; it may have: name, title, version, sheet, table, computed,"
            " field, rule",
        ),
        ("[[sheet]]", "[sheet]", "each sheet begins with [[sheet]]"),
    ],
)  # fmt: skip
def test_a_block_of_another_shape_is_refused_at_its_line(old: str, new: str, said: str) -> None:
    assert refused(old, new, new.splitlines()[-1]) == said
