from dataclasses import replace
from datetime import timedelta

import pytest

from cluster_sheets.register.model import Register, School
from cluster_sheets.replies.form_name import file_name, number_in_words, school_in_names
from cluster_sheets.store.forms import IssuedForm
from tests.register.made import REGISTER
from tests.replies.made import ISSUED

FORMS = [IssuedForm(f"F-{number}", "146487", "CEN", "R", number, "1", "00", ISSUED) for number in (1, 2, 3)]
MORE = [
    replace(FORMS[0], form_id=f"F-{number}", number=number, issued_at=ISSUED + timedelta(days=9)) for number in (4, 5)
]


def test_a_form_is_called_by_its_number_among_those_made_with_it() -> None:
    assert [number_in_words(each, FORMS) for each in FORMS] == ["form 1 of 3", "form 2 of 3", "form 3 of 3"]


def test_more_forms_made_later_leave_the_earlier_ones_their_names() -> None:
    told = [number_in_words(each, [*FORMS, *MORE]) for each in (*FORMS, *MORE)]
    assert told == ["form 1 of 3", "form 2 of 3", "form 3 of 3", "form 4 of 5", "form 5 of 5"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("St Anne's: Infants / Juniors", "St Anne's Infants Juniors"),
        ("Ysgol Gŵyr.", "Ysgol Gŵyr"),
        ("The\u202e School", "The School"),
        ("???", "999001"),
    ],
)
def test_a_name_is_one_that_every_computer_takes(name: str, told: str) -> None:
    assert school_in_names(REGISTER, School("999001", name, "PS", ())).strip() == told


def test_two_schools_of_one_name_are_told_apart_by_their_urns() -> None:
    one = REGISTER.schools["146487"]
    two = replace(one, urn="999001")
    register: Register = replace(REGISTER, schools={one.urn: one, two.urn: two})
    assert file_name(register, two, "form 1 of 3") == "Abbey Hulton Primary School 999001 form 1 of 3.xlsx"
    assert file_name(REGISTER, one, "form 1 of 3") == "Abbey Hulton Primary School form 1 of 3.xlsx"
