"""The check beside a question: what it shows for each state of an answer. LibreOffice works its formula out too."""

import pytest

from cluster_sheets.form.check_cell import is_counted
from tests.form.made import FORM, PROJECT, shown
from tests.requests import KINDS, Request, prose

U = KINDS["unforeseen"]


@pytest.mark.parametrize(
    ("key", "request_", "said"),
    [
        ("school_name", PROJECT.but(school_name=None), "Required"),
        ("contact_phone", PROJECT.but(contact_phone=None), "Optional"),
        ("contact_phone", PROJECT, "Done"),
        ("became_known_on", PROJECT, "Not needed"),
        ("became_known_on", U.but(became_known_on=None), "Required"),
        ("minimum_viable", KINDS["advice"].but(minimum_viable=10.0), "CLEAR THIS"),
        ("summary", PROJECT, "200 of 500"),
        ("summary", PROJECT.but(summary=prose(80)), "80 of 500"),
        ("summary", PROJECT.but(summary="too little"), "10 of 80: 70 short"),
        ("summary", PROJECT.but(summary="x" * 600), "600 of 500: 100 over"),
        ("amount_requested", PROJECT, "Ties with 5 Costs"),
        ("amount_requested", PROJECT.but(amount_requested=5000.0), "DOES NOT TIE: £1,724.40 apart"),
        ("amount_requested", PROJECT.but(amount_requested="a lot"), "Done"),
        ("other_funding_source", PROJECT, "Not needed"),
        ("other_funding_source", PROJECT.but(other_funding=1.0), "Required"),
    ],
)
def test_a_check_says_how_an_answer_stands(key: str, request_: Request, said: str) -> None:
    assert shown(key, request_) == said


def test_letters_are_counted_of_sentences_not_of_names_and_numbers() -> None:
    counted = {field.key for field in FORM.fields if is_counted(field) and not field.table}
    assert counted == {
        "request_title",
        "other_funding_source",
        "summary",
        "need",
        "plan",
        "evidence_base",
        "sustain",
        "urgency_reason",
    }
