"""What a setting may be: every one has it declared, and nothing else is let in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.form.shipped import workbook as shipped
from cluster_sheets.intake.limits import limits
from cluster_sheets.intake.pool import Pool, Refused
from cluster_sheets.register.allowed import Allowed, Told, allowed, apart, codes, together, told_of
from cluster_sheets.register.defaults import settings
from cluster_sheets.register.settings import Setting, Settings
from tests.reading.workbooks import workbook
from tests.register.made import REGISTER
from tests.requests import KINDS

LINES = REGISTER.settings.lines
FIGURES = [name for name, line in LINES.items() if line.type in ("money", "decimal", "percent", "whole-number")]


def told(name: str, value: str) -> Told | None:
    """What is said of another value of a setting."""
    return told_of(replace(LINES[name], value=value))


def changed(**values: str) -> Settings:
    """The settings that ship, some with other values."""
    return Settings({name: replace(line, value=values.get(name, line.value)) for name, line in LINES.items()})


def test_every_setting_is_declared_and_no_other() -> None:
    assert list(allowed()) == [each.name for each in settings()]


def test_every_figure_has_a_least_and_a_most() -> None:
    assert [name for name in FIGURES if not (allowed()[name].min and allowed()[name].max)] == []


def test_every_text_says_how_it_is_written() -> None:
    texts = [name for name, line in LINES.items() if line.type == "text"]
    assert [name for name in texts if not (allowed()[name].like or allowed()[name].holds)] == []


def test_every_default_may_stand() -> None:
    assert [name for name, line in LINES.items() if told_of(line)] == []
    assert list(apart(REGISTER.settings, LINES)) == []


@pytest.mark.parametrize("name", [name for name, each in allowed().items() if each.example])
def test_an_example_is_written_as_it_must_be(name: str) -> None:
    assert told(name, allowed()[name].example) is None


@pytest.mark.parametrize("name", FIGURES)
def test_the_least_and_the_most_may_stand_and_no_more(name: str) -> None:
    may = allowed()[name]
    assert told(name, may.min) is told(name, may.max) is None
    step = 0.01 if LINES[name].type in ("money", "decimal") else 1
    for value in (float(may.min) - step, float(may.max) + step):
        said = told(name, f"{value:.2f}" if step < 1 else f"{value:.0f}")
        assert said is not None
        assert said.code in ("register-out-of-range", "register-not-a-percentage")


@given(st.integers(-(10**9), 10**9))
def test_a_figure_stands_where_it_lies_between_least_and_most(figure: int) -> None:
    may = allowed()["meetings_a_year"]
    assert (told("meetings_a_year", str(figure)) is None) == (int(may.min) <= figure <= int(may.max))


@pytest.mark.parametrize(
    ("name", "value", "code", "typed", "limit"),
    [
        ("timezone", "Mars/Base", "register-not-a-time-zone", "Mars/Base", ""),
        ("timezone", "../etc/passwd", "register-not-a-time-zone", "../etc/passwd", ""),
        ("timezone", "Europe", "register-not-a-time-zone", "Europe", ""),
        ("timezone", "", "register-blank", "", ""),
        ("la_code", "", "register-blank", "", ""),
        ("la_code", "86", "register-written-otherwise", "86", "861"),
        ("template_version", "", "register-blank", "", ""),
        ("template_version", "../2026", "register-written-otherwise", "../2026", "CS-APP 2026.1"),
        ("template_versions_accepted", "|", "register-blank", "", ""),
        ("cluster_codes", "CEN|north", "register-written-otherwise", "north", "CEN|N|S|E"),
        ("years_accepted", "", "register-blank", "", ""),
        ("years_accepted", "R|Q", "register-no-such-code", "Q", "N1, N2, R, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13"),
        (
            "rare_needs", "XX", "register-no-such-code", "XX",
            "SPLD, MLD, SLD, PMLD, SEMH, SLCN, HI, VI, MSI, PD, ASD, DS, OTH, NSA",
        ),
        ("large_majority", "two thirds", "register-not-a-share", "two thirds", "from 1/2 to 1/1"),
        ("large_majority", "1/0", "register-not-a-share", "1/0", "from 1/2 to 1/1"),
        ("large_majority", "1/3", "register-not-a-share", "1/3", "from 1/2 to 1/1"),
        ("large_majority", "3/2", "register-not-a-share", "3/2", "from 1/2 to 1/1"),
        ("project_cap", "-5", "register-out-of-range", "-5", "from £0.01 to £10,000,000.00"),
        ("meetings_a_year", "0", "register-out-of-range", "0", "from 1 to 52"),
        ("review_chase_days", "5|soon", "register-not-a-number", "soon", ""),
        ("review_chase_days", "5|0", "register-out-of-range", "0", "from 1 to 250"),
        ("mail_authserv_name", "mx one", "register-written-otherwise", "mx one", "mx.council.example"),
        ("trust_conflict", "maybe", "register-not-a-choice", "maybe", "declare or bar"),
    ],
)  # fmt: skip
def test_what_may_not_stand_is_told_with_what_may(name: str, value: str, code: str, typed: str, limit: str) -> None:
    assert told(name, value) == Told(code, typed, limit)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rare_needs", ""), ("bank_holidays", ""), ("review_chase_days", ""), ("mail_authserv_name", ""),
        ("mail_authserv_name", "microsoft-365"), ("timezone", "Europe/Belfast"), ("large_majority", "3/4"),
        ("years_accepted", "N2|R|1"), ("template_version", "CS-APP 2027.1"), ("review_chase_days", "10"),
    ],
)  # fmt: skip
def test_what_may_stand_is_not_spoken_of(name: str, value: str) -> None:
    assert told(name, value) is None


def test_codes_are_those_of_the_form() -> None:
    assert codes(Allowed(codes="application:purpose")) == ("PROJECT", "UNFORESEEN", "ADVICE")


def test_settings_that_go_together_are_settings() -> None:
    assert {term.name for test in together() for term in test.terms} <= set(LINES)


@pytest.mark.parametrize(
    ("name", "value", "limit"),
    [
        (
            "template_version", "CS-APP 2027.1",
            "one of template_versions_accepted, which is CS-APP 2026.1",
        ),
        ("size_band_small_max", "400", "less than size_band_medium_max, which is 400"),
        ("project_min", "8500.01", "no more than pupil_cap, which is £8,500.00"),
        ("closes_days", "-7", "no more than faults_days, which is -8"),
    ],
)  # fmt: skip
def test_two_that_do_not_go_together_are_told_at_the_first(name: str, value: str, limit: str) -> None:
    found = dict(apart(changed(**{name: value}), LINES))
    assert found[name] == Told("register-settings-apart", changed(**{name: value}).words(name), limit)


def test_one_that_is_faulty_by_itself_is_not_compared() -> None:
    assert list(apart(changed(size_band_small_max="many"), set(LINES) - {"size_band_small_max"})) == []


def test_a_list_of_a_type_of_its_own_is_never_asked_for_a_figure() -> None:
    assert told_of(Setting("bank_holidays", "list", "25/12/2026", "dates")) is None


def test_forms_are_read_under_the_least_limits() -> None:
    forms = {"blank": shipped("application-CS-APP-2026.1.xlsx"), "full": workbook(KINDS["project"], ())}
    with Pool(limits(lambda name: int(allowed()[name].min))) as pool:
        read = pool.read(list(forms.items()))
    assert {name: each for name, each in read.items() if isinstance(each, Refused)} == {}
    assert set(read) == set(forms)
