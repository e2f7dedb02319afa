"""Whether what looks like a known value is one where it stands."""

import pytest

from cluster_sheets.anonymise.counts import counts, extent
from cluster_sheets.anonymise.identity import Known, Strength
from cluster_sheets.anonymise.normal import clean


def own(strength: Strength, kind: str = "person") -> Known:
    return Known(kind, "grace okafor", strength, own=kind == "person")


@pytest.mark.parametrize(
    ("strength", "text", "number", "told"),
    [
        (Strength.SURE, "with okafor", 1, True),
        (Strength.CAPITAL, "with Grace today", 1, True),
        (Strength.CAPITAL, "Grace is here", 0, False),
        (Strength.CAPITAL, "We came with grace.", 3, False),
        (Strength.CAPITAL, "We put it to miss grace.", 5, False),
        (Strength.CAPITAL, "We ask for grace.", 3, None),
        (Strength.CAPITAL, "he sat by grace", 3, False),
        (Strength.CAPITAL, "he said he will", 3, None),
        (Strength.SHORT, "It is on 5 Costs", 4, False),
        (Strength.SHORT, "it costs little", 1, None),
        (Strength.LETTERS, "Then GO left", 1, False),
        (Strength.LETTERS, "Then ZO left", 1, True),
        (Strength.LETTERS, "Then zo left", 1, None),
        (Strength.LETTERS, "Our AP offer", 1, None),
        (Strength.LETTERS, "Keyworker: AP. Done", 1, False),
        (Strength.LETTERS, "so te stayed. so we went with te today", 8, False),
        (Strength.LETTERS, "we saw te", 2, False),
        (Strength.LETTERS, "it was te or so", 2, None),
        (Strength.LETTERS, "Then SÓ came", 1, True),
        (Strength.LETTERS, "she works with Ad daily", 3, False),
        (Strength.LETTERS, "Ad hoc help", 0, None),
        (Strength.LETTERS, "an Ad on the wall", 1, None),
        (Strength.CAPITAL, "Then rareș came", 1, True),
        (Strength.CAPITAL, "Then rare words came", 1, None),
        (Strength.DOTTED, "then g. left", 1, False),
        (Strength.CAPITAL, "Before that grace was here", 2, False),
        (Strength.DOTTED, "Then G. left", 1, True),
        (Strength.DOTTED, "Then g left", 1, None),
    ],
)
def test_a_form_s_own_value_counts_where_it_is_written_as_one(
    strength: Strength, text: str, number: int, told: bool | None
) -> None:
    assert counts(own(strength), clean(text), number, number) is told


def test_a_month_beside_a_day_is_nobody() -> None:
    assert counts(own(Strength.CAPITAL), clean("it was 28 May 2027"), 3, 3) is None
    assert counts(own(Strength.CAPITAL), clean("then May came"), 1, 1) is True


def test_the_letters_of_a_school_that_are_a_word_of_schools_are_asked_about_where_it_does_something() -> None:
    known = Known("school", "99", Strength.LETTERS)
    assert counts(known, clean("Then PE is asking"), 1, 1) is False
    assert counts(known, clean("Then EPS run it"), 1, 1) is False
    assert counts(known, clean("Then EPs run it"), 1, 1) is None
    assert counts(known, clean("Then PE lessons"), 1, 1) is None
    assert counts(known, clean("We met NFPS there"), 2, 2) is False


def test_a_trust_s_name_in_a_text_without_capitals_is_asked_about() -> None:
    known = Known("trust", "zorby ferns trust", Strength.CAPITAL)
    assert counts(known, clean("it is for zorby ferns to say"), 3, 4) is False
    assert counts(known, clean("It is for zorby ferns to say"), 3, 4) is None
    assert counts(known, clean("It is for Zorby Ferns to say"), 3, 4) is True


@pytest.mark.parametrize(
    ("text", "number", "told"),
    [
        ("He moved to Merit Primary.", 3, True),
        ("Lead school for the bid: Merit. Partner: none", 5, True),
        ("What we reward: Merit. And effort", 3, None),
        ("Setting: Excel. Year 4", 1, True),
        ("Merit is two-form entry", 0, False),
        ("Merit have a sensory room", 0, False),
        ("We type in Excel daily", 3, False),
        ("they merit praise", 1, None),
    ],
)
def test_a_school_that_is_a_word_needs_a_school_word(text: str, number: int, told: bool | None) -> None:
    assert counts(own(Strength.CONTEXT, "school"), clean(text), number, number) is told


def test_a_title_and_what_a_school_is_called_go_with_it() -> None:
    text = clean("Mrs Okafor of Ember Lane Pupil Referral Unit now")
    assert text.text[slice(*extent(own(Strength.SURE), text, 1, 1))] == "Mrs Okafor"
    assert text.text[slice(*extent(own(Strength.SURE, "school"), text, 3, 4))].startswith(
        "Ember Lane Pupil Referral Unit"
    )
