"""What is said of nobody but a person. Every name is invented."""

import pytest

from cluster_sheets.anonymise.human import acts_as_somebody, is_led_to_somebody, may_tell_somebody
from cluster_sheets.anonymise.normal import clean


def at(text: str, word: str) -> int:
    return [token.word for token in clean(text).tokens].index(word)


@pytest.mark.parametrize(
    "text",
    [
        "According to Puddle, it is so.",
        "It was she who taught Puddle to read.",
        "She does the toileting with Puddle at noon.",
        "For the attention of Puddle",
        "Nobody has told Puddle yet.",
        "He messaged Puddle all day.",
        "I just want Puddle to have one friend.",
        "This enables Puddle to join us.",
    ],
)
def test_it_leads_to_somebody(text: str) -> None:
    assert is_led_to_somebody(clean(text), at(text, "puddle"))
    assert may_tell_somebody(clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "If Puddle is off sick she is lost.",
        "Then Puddle has needed an adult.",
        "Then Puddle would happily stay.",
        "Puddle wrote on the sheet.",
        "Puddle is worn out.",
        "At snack Puddle will ask for more.",
        "Puddle is off.",
        "Puddle will cover the class.",
    ],
)
def test_it_is_what_somebody_does(text: str) -> None:
    assert acts_as_somebody(clean(text), at(text, "puddle"))


@pytest.mark.parametrize("text", ["We taught Puddle in May.", "The Puddle is used daily.", "It adds to Puddle work."])
def test_it_is_said_of_things_too(text: str) -> None:
    cleaned, number = clean(text), at(text, "puddle")
    assert not is_led_to_somebody(cleaned, number)
    assert not acts_as_somebody(cleaned, number)


def test_most_texts_tell_nobody() -> None:
    assert not may_tell_somebody(clean("The room is quiet and the group is small."))
