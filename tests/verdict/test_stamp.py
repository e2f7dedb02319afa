from dataclasses import replace

import pytest

from cluster_sheets.reading.raw import RawForm
from cluster_sheets.verdict.stamp import Stamped, stamped, told_by, version_code
from tests.verdict.made import KEY, OTHER, VERSION, issued, register, stamp_of

REGISTER = register()
MADE = issued()
KNOWN = {MADE.form_id: MADE}


def parts(**changes: str) -> dict[str, str]:
    return {name: values[0] for name, values in stamp_of(MADE).items()} | changes


def test_a_stamp_that_fits_says_which_form_it_is() -> None:
    assert stamped(parts(), REGISTER, KEY, KNOWN).form == MADE


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mark": ""}, "stamp-missing"),
        ({"version": ""}, "stamp-missing"),
        ({"urn": OTHER}, "stamp-altered"),
        ({"mark": "0" * 32}, "stamp-altered"),
        ({"form_id": "F-AAAA-AAAA"}, "stamp-altered"),
        ({"round": "CEN-2526-A1"}, "stamp-of-another-cluster"),
        ({"cluster": "N"}, "stamp-of-another-cluster"),
    ],
)
def test_a_stamp_that_does_not_fit_breaks_one_rule_and_names_no_form(changes: dict[str, str], code: str) -> None:
    told = stamped(parts(**changes), REGISTER, KEY, KNOWN)
    assert (told.code, told.form) == (code, None)


def test_a_stamp_made_with_another_key_is_altered() -> None:
    assert stamped(parts(), REGISTER, bytes(32), KNOWN).code == "stamp-altered"


def test_a_form_that_was_never_issued_here_is_altered() -> None:
    assert stamped(parts(), REGISTER, KEY, {}).code == "stamp-altered"


def test_a_part_that_stands_twice_with_two_values_is_gone() -> None:
    raw = RawForm(stamp=stamp_of(MADE) | {"urn": ["146487", OTHER]})
    assert told_by(raw)["urn"] == ""
    assert told_by(RawForm(stamp=stamp_of(MADE) | {"urn": ["146487", "146487"]}))["urn"] == "146487"


@pytest.mark.parametrize(
    ("cell", "kept", "code"),
    [
        (VERSION, VERSION, ""),
        (VERSION, "", ""),
        ("", "", ""),
        ("CS-APP 2025.1", "CS-APP 2025.1", "version-not-taken"),
        (VERSION, "CS-APP 2025.1", "version-marks-apart"),
    ],
)
def test_the_version_is_taken_from_the_cell_and_compared_with_the_property(cell: str, kept: str, code: str) -> None:
    raw = RawForm(version_property=kept)
    assert version_code(raw, {"version": cell}, (VERSION,)) == code


def test_a_form_of_a_round_that_the_register_no_longer_has_stays_the_form_it_was() -> None:
    gone = issued(round_id="CEN-2627-AUT1")
    told = {name: values[0] for name, values in stamp_of(gone).items()}
    assert stamped(told, REGISTER, KEY, {gone.form_id: gone}) == Stamped(told, gone, "stamp-of-another-cluster")
    spoilt = told | {"mark": "0" * 32}
    assert stamped(spoilt, REGISTER, KEY, {gone.form_id: gone}).form is None


def test_a_form_of_another_school_under_the_same_id_is_altered() -> None:
    assert stamped(parts(), REGISTER, KEY, {MADE.form_id: replace(MADE, urn=OTHER)}).code == "stamp-altered"
