"""How the words of a text stand beside each other."""

import pytest

from cluster_sheets.anonymise.neighbours import (
    beside,
    capitals,
    is_capital,
    is_day,
    opens_sentence,
    word_after,
    word_before,
)
from cluster_sheets.anonymise.normal import clean


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Greta Fallowfield", True),
        ("Greta\nFallowfield", True),
        ("Greta\n\nFallowfield", False),
        ("Greta\n- Fallowfield", False),
        ("Hao-Ran", True),
        ("Greta, Fallowfield", False),
        ("Greta. Fallowfield", False),
        ("St. Mark", True),
        ("Greta    Fallowfield", False),
    ],
)
def test_blanks_and_hyphens_only_part_what_is_beside(text: str, near: bool) -> None:
    assert beside(clean(text), 0) == near


@pytest.mark.parametrize(
    ("text", "number", "opens"),
    [("One. Two", 1, True), ("One, two", 1, False), ("Mr. Two", 1, False), ("a\n- two", 1, True), ('a: "Two', 1, True)],
)
def test_a_sentence_a_line_or_an_item_is_opened(text: str, number: int, opens: bool) -> None:
    assert opens_sentence(clean(text), number) == opens
    assert opens_sentence(clean(text), 0)


def test_the_words_beside_a_word_are_told_and_none_over_a_comma() -> None:
    text = clean("With Greta, we")
    assert [word_before(text, number) for number in range(3)] == ["", "with", ""]
    assert [word_after(text, number) for number in range(3)] == ["greta", "", ""]


def test_small_words_within_a_name_need_no_capital() -> None:
    text = clean("Bank of England is closed")
    assert (capitals(text, 0, 2), capitals(text, 0, 3)) == (True, False)
    assert [is_capital(letter) for letter in "Aa7É"] == [True, False, True, True]


@pytest.mark.parametrize(("word", "day"), [("5", True), ("28th", True), ("3rd", True), ("2026", False), ("may", False)])
def test_a_day_is_no_year(word: str, *, day: bool) -> None:
    assert is_day(word) is day
