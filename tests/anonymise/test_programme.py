"""Where a programme or a test would stand, and nobody could. Every name is invented."""

import pytest

from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.programme import is_programme


def told(text: str) -> bool:
    cleaned = clean(text)
    number = next(number for number, token in enumerate(cleaned.tokens) if token.word.startswith("zorby"))
    return is_programme(cleaned, number, number)


@pytest.mark.parametrize(
    "text",
    [
        "The licence for Zorby runs out in May.",
        "A term of Zorby costs £400.",
        "We looked at Zorby but it was too dear.",
        "She will be trained in Zorby and will train us.",
        "Zorby is used alongside Lexia.",
        "Lexia is used alongside Zorby for some.",
        "Our data from the TROG and from Zorby tell the same story.",
        "TOWRE and Zorby are both done on entry.",
        "Zorby and the New Test are both done on entry.",
        "Is Zorby something you would fund?",
        "What worked: Zorby. What did not: Lexia.",
        "We had hoped that Zorby would be enough.",
        "Last year's bid paid for Zorby and we have the data.",
    ],
)
def test_nobody_is_bought_or_scored(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "What worked: Zorby greeting us.",
        "We met Zorby but it was late.",
        "They were trained in Zorby's needs.",
        "We purchased Zorby a desk.",
        "The grant paid for Zorby to stay.",
        "Zorby is used to it.",
        "We heard from Mum and from Zorby in May.",
        "Zorby and Mia are both here.",
        "We work alongside Zorby.",
        "Is Zorby someone you would fund?",
    ],
)
def test_somebody_may_stand_there(text: str) -> None:
    assert not told(text)
