import pytest

from cluster_sheets.verdict.word import NotDoneError, Word, word
from tests.verdict.desk import FINDER, SCHOOL
from tests.verdict.made import NIGHT

WORDS = {
    "": "both are kept",
    "\u202e \x00": "both are kept",
    "x" * 201: "in 200 letters",
    f"The head of {SCHOOL} rang": "without a name",
    "senco@oak.example wrote": "without a name",
}


@pytest.mark.parametrize("why", WORDS)
def test_a_word_for_the_audit_says_why_in_short_and_names_nobody(why: str) -> None:
    with pytest.raises(NotDoneError, match=WORDS[why]):
        word(FINDER, "EXAMPLE Admin", why, NIGHT)


def test_a_word_for_the_audit_is_kept_on_one_line() -> None:
    assert word(FINDER, " EXAMPLE\nAdmin ", "rang  the office", NIGHT) == Word(
        "EXAMPLE Admin", "rang the office", NIGHT
    )
    with pytest.raises(NotDoneError):
        word(FINDER, " ", "rang the office", NIGHT)
