"""Cell styles."""

from cluster_sheets.look.palette import ACCENT
from cluster_sheets.look.style import ROLES, style


def test_a_later_role_stands_over_an_earlier() -> None:
    look = style("row", "link")
    assert (look["font_color"], look["bottom"]) == (ACCENT, 1)


def test_figures_have_no_indent() -> None:
    assert "indent" not in style("row", "pounds")


def test_every_role_is_arial_with_our_ink_unless_it_says_otherwise() -> None:
    assert {style(role)["font_name"] for role in ROLES} == {"Arial"}
    assert all(style(role)["font_size"] >= 9 for role in ROLES)


def test_only_boxes_are_open() -> None:
    unlocked = {role for role in ROLES if style(role).get("locked") is False}
    assert unlocked == {
        "answer",
        "answer-figure",
        "faulty",
        "faulty-figure",
        "tick",
        "box",
        "box-figure",
        "notes",
        "unlocked",
    }
