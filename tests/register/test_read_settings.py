"""What does not fit on the Settings sheet is told at its cell, with a mend that says what to type."""

import pytest

from cluster_sheets.register.make import made
from cluster_sheets.register.read import register_of
from cluster_sheets.register.sheet import declared

SETTINGS = [
    (
        "project_cap", "a lot", "register-not-money", "a lot in project_cap is not an amount.",
        "Type pounds in digits in C9. For example: 360000.00",
    ),
    (
        "closes_time", "25:00", "register-not-a-time", "25:00 in closes_time is not a time of day.",
        "Type hours and minutes in C9, as text. For example: 17:00",
    ),
    (
        "academic_year_start", "31-02", "register-not-a-day-of-the-year",
        "31-02 in academic_year_start is not a day of the year.",
        "Type the day and the month in C9, as text. For example: 31-01",
    ),
    (
        "trust_conflict", "maybe", "register-not-a-choice", "maybe in trust_conflict is not one of its choices.",
        "Type declare or bar in C9.",
    ),
    (
        "quorum_share", "0.4", "register-part-for-a-percentage",
        "0.4 in quorum_share is less than one per cent: Excel keeps 40% as 0.4.",
        "Type the figure alone in C9, as text, without the sign. For example: 40",
    ),
    (
        "quorum_share", "40%", "register-not-a-percentage", "40% in quorum_share is not a percentage from 0 to 100.",
        "Type the figure alone in C9, without the sign. For example: 40",
    ),
    (
        "review_chase_days", "5, 10", "register-not-parted",
        "5, 10 in review_chase_days is one entry, with commas in it.",
        "Part the entries by | in C9. For example: 5|10|20",
    ),
    (
        "folder_trusted", "perhaps", "register-not-yes-or-no", "perhaps in folder_trusted is not Yes or No.",
        "Type Yes or No in C9.",
    ),
    (
        "bank_holidays", "Christmas", "register-not-dates", "Christmas in bank_holidays is not a list of dates.",
        "Type days, or ranges of days, parted by | in C9. For example: 25/12/2026|28/12/2026 to 01/01/2027",
    ),
    (
        "fundable_score_min", "half", "register-not-a-figure", "half in fundable_score_min is not a figure.",
        "Type digits in C9. For example: 50.0",
    ),
    ("quorum_share", "", "register-blank", "quorum_share has no entry.", "Fill in C9."),
    ("la_code", "", "register-blank", "la_code has no entry.", "Fill in C9."),
    (
        "timezone", "Mars/Base", "register-not-a-time-zone", "Mars/Base in timezone is not a time zone.",
        "Type its name in C9. For example: Europe/London",
    ),
    (
        "small_number_threshold", "-1", "register-out-of-range",
        "-1 in small_number_threshold is too little or too much.", "Type a figure from 3 to 100 in C9.",
    ),
    (
        "project_cap", "-5", "register-out-of-range", "-5 in project_cap is too little or too much.",
        "Type a figure from £0.01 to £10,000,000.00 in C9.",
    ),
    (
        "large_majority", "two thirds", "register-not-a-share",
        "two thirds in large_majority is not a share from 1/2 to 1/1.",
        "Type two figures and a stroke in C9, as text. For example: 2/3",
    ),
    (
        "rare_needs", "HI|XX", "register-no-such-code", "XX in rare_needs is not one of the codes of the form.",
        "Type some of these in C9, parted by |: SPLD, MLD, SLD, PMLD, SEMH, SLCN, HI, VI, MSI, PD, ASD, DS, OTH, NSA",
    ),
    (
        "template_version", "a/b", "register-written-otherwise",
        "a/b in template_version is not written as it must be.",
        "Type it like the example in C9. For example: CS-APP 2026.1",
    ),
    (
        "template_version", "CS-APP 2027.1", "register-settings-apart",
        "template_version is CS-APP 2027.1. It must be one of template_versions_accepted, which is CS-APP 2026.1.",
        "Change it in C9, or change the other one.",
    ),
    (
        "size_band_medium_max", "100", "register-settings-apart",
        "size_band_small_max is 200. It must be less than size_band_medium_max, which is 100.",
        "Change it in C9, or change the other one.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "code", "what", "mend"), SETTINGS)
def test_a_setting_must_fit_its_type(name: str, value: str, code: str, what: str, mend: str) -> None:
    register, found = register_of(made({name: value}), "register.xlsx")
    assert register is None
    ((told),) = found
    field = "size_band_small_max" if name == "size_band_medium_max" else name
    assert (told.code, dict(told.detail)["field"]) == (code, field)
    assert told.place.sheet == "Settings"
    assert told.place.cell.startswith("C")
    assert declared()[1][code].told({**dict(told.detail), "cell": "C9"}) == (what, mend)


def test_score_weights_of_each_purpose_come_to_100() -> None:
    register, found = register_of(made({"weight_project_need": "24.5"}), "register.xlsx")
    assert register is None
    ((told),) = found
    assert (told.code, told.place.sheet) == ("register-weights-apart", "Settings")
    assert declared()[1][told.code].told({**dict(told.detail), "cell": told.place.cell})[0] == (
        "The weights whose names begin with weight_project come to 99.5, not to 100."
    )
    both = {"weight_project_need": "30", "weight_unforeseen_need": "0"}
    assert [dict(each.detail)["typed"] for each in register_of(made(both), "register.xlsx")[1]] == ["105", "75"]
    moved = {"weight_project_need": "20", "weight_project_plan": "20"}
    assert register_of(made(moved), "register.xlsx")[1] == ()


ZEROS = ("meetings_a_year", "zip_entries_max", "cpu_seconds_max", "k_anonymity", "weeks_max", "date_window_years")


def test_every_fault_is_told_at_once_each_at_its_cell() -> None:
    spoilt = {**dict.fromkeys(ZEROS, "0"), "forms_per_school": "-1", "replies_per_run": "-1", "title_alike_from": "200"}
    register, found = register_of(made(spoilt), "register.xlsx")
    assert register is None
    assert {dict(each.detail)["field"] for each in found} == set(spoilt)
    assert len({each.place.cell for each in found}) == len(found) == len(spoilt)
