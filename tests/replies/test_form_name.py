from dataclasses import replace

import pytest

from cluster_sheets.register.model import Register, School
from cluster_sheets.replies.form_name import file_name, number_in_words, school_in_names
from cluster_sheets.store.forms import IssuedForm
from tests.register.made import REGISTER
from tests.replies.made import ISSUED


def test_a_form_is_called_by_its_number_however_many_there_come_to_be() -> None:
    forms = [IssuedForm(f"F-{number}", "146487", "CEN", "R", number, "1", "00", ISSUED) for number in (1, 4)]
    assert [number_in_words(each) for each in forms] == ["form 1", "form 4"]


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
    assert file_name(register, two, "form 1") == "Abbey Hulton Primary School 999001 form 1.xlsx"
    assert file_name(REGISTER, one, "form 1") == "Abbey Hulton Primary School form 1.xlsx"
