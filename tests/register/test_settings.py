"""Settings as they read."""

import pytest

from cluster_sheets.register.settings import Setting, fits
from tests.register.made import REGISTER

SETTINGS = REGISTER.settings


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("project_cap", "£20,000.00"),
        ("weeks_max", "39"),
        ("academic_year_start", "1 September"),
        ("closes_time", "17:00"),
    ],
)
def test_a_setting_reads_in_a_sentence(name: str, words: str) -> None:
    assert SETTINGS.words(name) == words


def test_figures_come_in_the_units_answers_are_kept_in() -> None:
    assert SETTINGS.number("project_cap") == 2_000_000
    assert SETTINGS.number("contingency_share") == 100
    assert SETTINGS.percent("contingency_share") == 10
    assert SETTINGS.number("weeks_max") == 39


def test_every_shipped_setting_fits_its_type() -> None:
    assert [name for name, line in SETTINGS.lines.items() if not fits(line)] == []


@pytest.mark.parametrize("type_", ["money", "time", "day-month", "yes-no", "choice:a|b", "whole-number"])
def test_a_figure_may_not_be_blank(type_: str) -> None:
    assert not fits(Setting("x", type_, ""))
