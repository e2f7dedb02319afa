"""Settings as they read."""

import pytest

from cluster_sheets.register.settings import Setting, fault
from cluster_sheets.register.sheet import declared
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
    assert [name for name, line in SETTINGS.lines.items() if fault(line)] == []


@pytest.mark.parametrize("type_", ["money", "time", "day-month", "yes-no", "choice:a|b", "whole-number", "percent"])
def test_a_figure_may_not_be_blank(type_: str) -> None:
    assert fault(Setting("x", type_, "")) == "register-blank"


@pytest.mark.parametrize(
    ("type_", "value", "code"),
    [
        ("percent", "40", ""),
        ("percent", "0", ""),
        ("percent", "1", ""),
        ("percent", "100", ""),
        ("percent", "0.4", "register-part-for-a-percentage"),
        ("percent", "0.01", "register-part-for-a-percentage"),
        ("percent", "40%", "register-not-a-percentage"),
        ("percent", "100.1", "register-not-a-percentage"),
        ("percent", "-1", "register-not-a-percentage"),
        ("percent", "nan", "register-not-a-percentage"),
        ("percent", "inf", "register-not-a-percentage"),
        ("time", "17:00", ""),
        ("time", "5pm", "register-not-a-time"),
        ("time", "24:00", "register-not-a-time"),
        ("day-month", "28-02", ""),
        ("day-month", "29-02", "register-not-a-day-of-the-year"),
        ("day-month", "31/01", "register-not-a-day-of-the-year"),
        ("day-month", "31-02", "register-not-a-day-of-the-year"),
        ("yes-no", "yes", ""),
        ("yes-no", "true", "register-not-yes-or-no"),
        ("choice:a|b", "b", ""),
        ("choice:a|b", "c", "register-not-a-choice"),
        ("list", "", ""),
        ("list", "5|10|20", ""),
        ("list", "5", ""),
        ("list", "5,10,20", "register-not-parted"),
        ("list", "5; 10", "register-not-parted"),
        ("money", "£1,250.50", ""),
        ("money", "a lot", "register-not-money"),
        ("decimal", "half", "register-not-a-figure"),
        ("whole-number", "-10", ""),
        ("whole-number", "ten", "register-not-a-number"),
        ("whole-number", "1_0", "register-not-a-number"),
        ("whole-number", "٣", "register-not-a-number"),
        ("text", "anything, at all", ""),
    ],
)
def test_what_does_not_fit_is_told_by_its_type(type_: str, value: str, code: str) -> None:
    assert fault(Setting("x", type_, value)) == code


@pytest.mark.parametrize(
    ("unit", "value", "code"),
    [
        ("dates", "25/12/2026|28/12/2026", ""),
        ("date ranges", "21/12/2026 to 01/01/2027", ""),
        ("dates", "Christmas", "register-not-dates"),
        ("date ranges", "01/01/2027 to 21/12/2026", "register-not-dates"),
        ("date ranges", "21/12/2026 to 01/01/2072", "register-not-dates"),
        ("dates", "25/12/2026, 28/12/2026", "register-not-parted"),
    ],
)
def test_a_list_of_days_holds_days(unit: str, value: str, code: str) -> None:
    assert fault(Setting("x", "list", value, unit)) == code


def test_every_fault_of_a_setting_has_a_mend_with_an_example_or_the_choices() -> None:
    wordings = declared()[1]
    for code in {
        "percentage", "time", "day-of-the-year", "choice", "figure", "number",
    }:  # fmt: skip
        mend = wordings[f"register-not-a-{code}"].mend
        assert "For example: " in mend or "{limit}" in mend
