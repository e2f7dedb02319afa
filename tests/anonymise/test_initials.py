"""People named by letters. Every name is invented."""

import pytest

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.initials import initials
from cluster_sheets.anonymise.normal import clean


def found(text: str, covered: Covered | None = None) -> list[str]:
    cleaned = clean(text)
    return [cleaned.text[each.start : each.stop] for each in initials(cleaned, covered or Covered())]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Shared with K.N. in May.", "K.N."),
        ("B. Q. works nights.", "B. Q."),
        ("It was \u00d3.J. who saw it.", "\u00d3.J."),
        ("The referral by H. Wood came.", "H. Wood"),
        ("J.R. Zorby agreed.", "J.R. Zorby"),
        ("Both were seen by R.E. in October.", "R.E."),
        ("A.N.'s hours go up.", "A.N."),
        ('E.U. ("Zofi" to the others) is kind.', "E.U."),
    ],
)
def test_letters_with_full_stops_are_somebody(text: str, letters: str) -> None:
    assert letters in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "P.E. and I.T. are on Friday, e.g. at 9 a.m.",
        "We follow Plan B. Work goes on in Group C. Each has a part.",
        "Nothing here at all.",
        "And so, nearly, was I. Stone steps are there. It is for Zofia G. May we add that?",
        "Level 3. The rest is plain.",
    ],
)
def test_what_is_short_for_a_word_or_numbered_by_a_letter_is_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Unlike Jo, T.A. has support at home", ["T.A."]),
        ("has trained T.A. to give it", ["T.A."]),
        ("In form time G.P. sits with her", ["G.P."]),
        ("In form time G.P. letters come", []),
        ("How do you know? A. Zorby scores", []),
        ("I know. A. Zorby scores", ["A. Zorby"]),
        ("It is for H. Bass and it is", ["H. Bass"]),
        ("We need a full-time T.A. in each room", []),
        ("The E.P. came, and our O.T. too", []),
        ("We asked C. Paper has he a key", ["C. Paper"]),
        ("He needs vitamin C. Paper is dear", []),
    ],
)
def test_letters_that_are_short_for_one_of_many_are_nobody_behind_a_word_such_as_the(
    text: str, letters: list[str]
) -> None:
    assert found(text) == letters


def test_what_is_taken_out_already_is_not_asked_about() -> None:
    assert found("Shared with K.N. in May.", Covered([(12, 16)])) == []
