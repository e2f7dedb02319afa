"""Words with a capital that name no person. Every name is invented."""

import pytest

from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.things import (
    end_of_thing,
    has_small_behind,
    is_among_colours,
    is_joined_to_a_thing,
    is_no_persons,
    is_of_a_class,
    is_said_of_it,
    is_told_to,
    is_used,
    opens_behind_a_signature,
)


def at(text: str, word: str) -> int:
    return [token.word for token in clean(text).tokens].index(word)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The Zorby and the Makaton cards were used.", True),
        ("The average on the Zorby went up.", True),
        ("It is told by the Zorby, which is new.", True),
        ("He did the Zorby.", True),
        ("New postcode for the Zorby file is here.", False),
        ("We run Zorby and it helped.", True),
        ("We use Zorby.", True),
        ("We met Zorby and it helped.", False),
        ("The Zorby twins came.", False),
        ("The Zorbys and we met.", False),
        ("The date for the Zorby, Anna file is here.", False),
        ("We rang The Zorby.", False),
        ("We sat on a Zorby, and it helped.", True),
        ("He's a Zorby, and so is he.", False),
        ("With Zorby and the rest.", False),
    ],
)
def test_nobody_is_called_the(text: str, *, thing: bool) -> None:
    number = at(text, "zorbys" if "Zorbys" in text else "zorby")
    assert is_used(clean(text), number, number) == thing


@pytest.mark.parametrize(
    ("text", "word", "colour"),
    [
        ("Red, Amber and Green cards", "amber", True),
        ("Amber, Ruby and Green cards", "amber", True),
        ("Amber and Ruby came", "amber", False),
        ("Green, Amber and Oluwaseun", "amber", False),
    ],
)
def test_a_colour_stands_with_one_that_nobody_is_called_by(text: str, word: str, *, colour: bool) -> None:
    assert is_among_colours(clean(text), at(text, word)) == colour


@pytest.mark.parametrize(
    ("text", "thing"),
    [("GCSE Food and Art", True), ("for Mum and Art", False), ("with Mr H and Art", False), ("to Art, Flat 3", False)],
)
def test_of_two_things_that_are_named_together_neither_is_somebody(text: str, *, thing: bool) -> None:
    assert is_joined_to_a_thing(clean(text), at(text, "art")) == thing


@pytest.mark.parametrize(
    ("text", "word", "called"),
    [
        ("Then Wren group read.", "wren", True),
        ("In Wren Group they read.", "wren", False),
        ("It is Wren's group.", "wrens", False),
        ("Heron and Wren are the table names.", "heron", True),
        ("Heron and Wren are the children.", "heron", False),
        ("Wren is our nursery.", "wren", True),
    ],
)
def test_a_class_is_called_something(text: str, word: str, *, called: bool) -> None:
    assert is_of_a_class(clean(text), at(text, word)) is called


def test_a_verb_that_opens_a_sentence_tells_somebody_to_do_it() -> None:
    assert is_told_to(clean("Sue us if you like."), 0)
    assert not is_told_to(clean("Sue told us."), 0)
    assert not is_told_to(clean("So Sue us."), 1)


@pytest.mark.parametrize(
    ("text", "word", "thing"),
    [
        ("in one hour Sharp tools are kept away", "sharp", True),
        ("at home Mark books from Year 3 show it", "mark", True),
        ("sit by. Jade green walls calm her", "jade", True),
        ("15 min Amber on the chart means no", "amber", True),
        ("in one hour Speed of processing is low", "speed", True),
        ("for us Day one is for staff", "day", True),
        ("in PE. Grace is said before lunch", "grace", True),
        ("If Frank moves to a school", "frank", False),
        ("Then Grace dribbles on the floor", "grace", False),
        ("with Jade in class", "jade", False),
        ("with Jade's books from home", "jades", False),
    ],
)
def test_a_word_may_open_a_sentence_that_no_stop_is_before(text: str, word: str, *, thing: bool) -> None:
    assert is_no_persons(clean(text), at(text, word)) is thing


def test_behind_a_signature_a_word_with_small_letters_behind_it_opens_the_next_sentence() -> None:
    text = "Yours sincerely, Zofia Short bursts work"
    assert opens_behind_a_signature(clean(text), at(text, "short"))
    assert not opens_behind_a_signature(clean("We met Zofia Short again"), 3)
    assert not opens_behind_a_signature(clean("Kind regards, Zofia Short"), 3)
    assert has_small_behind(clean(text), at(text, "short"))


def test_a_test_ends_with_what_tests_are_called_and_grace_is_said() -> None:
    assert end_of_thing(clean("Zorby Reading Test"), 0) == 2
    assert end_of_thing(clean("Zofia Zorby's Reading Test"), 0) == 0
    assert is_said_of_it(clean("Grace is said"), 0)
