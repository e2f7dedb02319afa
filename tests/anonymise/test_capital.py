"""What a word with a capital is."""

import pytest

from cluster_sheets.anonymise.capital import (
    is_another_word,
    is_last_name,
    is_particle,
    is_unknown,
    is_word_name,
    joined_to,
    may_be_somebody,
    past_particles,
)
from cluster_sheets.anonymise.normal import clean


def at(text: str, word: str) -> int:
    return [token.word for token in clean(text).tokens].index(word)


@pytest.mark.parametrize(
    ("text", "word", "unknown"),
    [
        ("Oluwaseun came", "oluwaseun", True),
        ("then AP's mum rang", "aps", True),
        ("asked for Peg's report", "pegs", True),
        ("asked for the PEG", "peg", False),
        ("then DT scored 74", "dt", True),
        ("then DT needs tools", "dt", False),
        ("then GP said so", "gp", False),
        ("Advice from GP (SALT) is", "gp", True),
        ("then EP (see below) is", "ep", False),
        ("Then ShaNiyah came", "shaniyah", True),
        ("an ERIC leaflet", "eric", False),
        ("Then Eric came", "eric", True),
        ("so I'm here and I’ve seen it", "im", False),
        ("Then Nan's car came", "nans", False),
        ("Then NAN came", "nan", True),
        ("Then Nana-Yaw came", "nana", True),
        ("on Parkin and Parkin, then", "parkin", False),
        ("then AP's wall fell", "aps", False),
        ("then TA's desk", "tas", False),
        ("we met RS before", "rs", True),
        ("a TA at Level 3", "ta", False),
        ("WE MET RS BEFORE", "rs", False),
        ("scores on the BOT-2 rose", "bot", False),
        ("the KABC-II was used", "kabc", False),
        ("We use MyMaths daily", "mymaths", False),
        ("Mrs McAllister rang", "mcallister", True),
        ("the TAs and UHS", "uhs", True),
        ("the TAs and UHS", "tas", False),
        ("ELSA runs with Elsa", "elsa", False),
        ("with Elsa", "elsa", True),
        ("Makaton helps", "makaton", False),
        ("so EM's buggy went round", "ems", True),
        ("Referral forms are in the office", "referral", False),
        ("Clementi told us", "clementi", True),
        ("Mantas told us", "mantas", True),
        ("Sunder Bank dropped out", "sunder", True),
        ("Lead school: Millrace", "millrace", True),
        ("as Íris put it", "iris", True),
        ("as Iris put it", "iris", False),
        ("The café opens", "cafe", False),
        ("to Mac an tSaoir", "tsaoir", True),
        ("on an iPad", "ipad", False),
    ],
)
def test_what_is_neither_english_nor_of_schools_is_unknown(text: str, word: str, unknown: bool) -> None:
    assert is_unknown(clean(text), at(text, word)) == unknown


def test_a_word_may_be_a_first_name_or_a_last_name() -> None:
    text = clean("Grace Pound walks in May with grace")
    assert [is_word_name(text, number) for number in (0, 4, 6)] == [True, False, False]
    assert (is_last_name(text, 1), is_last_name(text, 0)) == (True, False)
    assert [may_be_somebody(text, number) for number in (0, 2, 40)] == [True, False, False]


def test_an_is_a_particle_behind_mac_only() -> None:
    text = clean("Mac an Bhaird saw an owl of van Houten")
    assert [is_particle(text, number) for number in range(8)] == [True, True, False, False, False, False, False, True]


def test_only_a_few_particles_are_passed_at_once() -> None:
    assert past_particles(clean("van der Houten"), 0) == 2
    assert past_particles(clean("de " * 50), 0) == 4
    assert past_particles(clean("Houten"), 0) == 0


@pytest.mark.parametrize(
    ("text", "word", "joined"),
    [
        ("Priya and Will ran", "will", (0, None)),
        ("Will, Priya and Jo", "priya", (0, 3)),
        ("Will & Priya ran", "priya", (0, None)),
        ("Will. Priya", "priya", (None, None)),
    ],
)
def test_a_comma_or_an_and_joins(text: str, word: str, joined: tuple[int | None, int | None]) -> None:
    assert joined_to(clean(text), at(text, word)) == joined


@pytest.mark.parametrize(
    ("text", "another"),
    [("Hao Ran came", True), ("Zorby Lessons 4", False), ("Zorby Plan", False), ("Zorby Year 4", False)],
)
def test_a_capital_without_another_reason_goes_with_the_name_before(text: str, another: bool) -> None:
    assert is_another_word(clean(text), 1) == another
