"""Colours: each pair that carries words can be read."""

import pytest

from cluster_sheets.look import palette


def lightness(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21."""
    lighter, darker = sorted((lightness(one), lightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        (palette.INK, palette.WHITE),
        (palette.INK, palette.TINT),
        (palette.MUTED, palette.WHITE),
        (palette.MUTED, palette.GROUND),
        (palette.MUTED, palette.TINT),
        (palette.ACCENT, palette.WHITE),
        (palette.WHITE, palette.ACCENT),
        (palette.CAUTION, palette.CAUTION_TINT),
        (palette.ALARM, palette.ALARM_TINT),
    ],
)
def test_words_stand_out_from_what_is_behind_them(words: str, ground: str) -> None:
    assert contrast(words, ground) >= 6


@pytest.mark.parametrize("ground", [palette.WHITE, palette.GROUND])
def test_the_edge_of_a_box_can_be_seen(ground: str) -> None:
    assert contrast(palette.BOX, ground) >= 3


def test_the_three_fills_of_a_chart_stay_apart_in_grey() -> None:
    greys = sorted(lightness(each) for each in (palette.ACCENT, palette.CHART_2, palette.CHART_3))
    assert greys[0] * 2 < greys[1] < greys[2] / 2
