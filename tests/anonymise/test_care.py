import pytest

from cluster_sheets.anonymise.care import told_of_care
from cluster_sheets.anonymise.normal import clean


def told(text: str) -> list[str]:
    cleaned = clean(text)
    return [cleaned.text[start:stop] for start, stop in sorted(told_of_care(cleaned))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She is a looked-after child.", "a looked-after child"),
        ("Both are Looked After pupils here", "Looked After pupils"),
        ("He is no longer looked after.", "no longer looked after"),
        ("They are in care, to different authorities", "are in care"),
        ("She was taken into care in May", "taken into care"),
        ("Because he is in the care of another authority", "in the care of another authority"),
        ("Since May she lives in foster care.", "foster care"),
        ("The foster carers' house", "foster carers"),
        ("He is fostered by them", "is fostered"),
        ("The pupils were adopted as babies", "pupils were adopted"),
        ("Her adoptive mum rings us", "adoptive mum"),
        ("under a special guardianship order", "special guardianship order"),
        ("with kinship carers", "kinship carers"),
        ("There is a child protection plan.", "child protection plan"),
        ("a Child in Need plan", "Child in Need plan"),
        ("The CP plan says so", "CP plan"),
        ("an interim care order", "interim care order"),
        ("She is LAC.", "LAC"),
        ("two LACs and one PLAC", "LACs"),
    ],
)
def test_what_tells_of_care_is_found(text: str, words: str) -> None:
    assert words in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We take care that the room is quiet. In our care they thrive.",
        "Her care plan is kept by the nurse, who looked after the keys.",
        "The new policy was adopted in May, as was the approach.",
        "Children in need of rest may go there.",
        "The class is in order; the order of the day is on the wall.",
        "We foster a love of reading and protect their time.",
        "She has cerebral palsy (CP); the CP review is in May.",
        "The looked after children's nursing team came, the LAC health team too.",
        "The Post-Adoption team and the Adoption Support Fund.",
        "The Virtual School and the IRO service pay for it.",
        "The lac insect gives shellac.",
    ],
)
def test_kindness_and_a_schools_own_care_are_not(text: str) -> None:
    assert told(text) == []
