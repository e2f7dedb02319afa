"""Ways of saying something, and the words without which it is not said."""

from types import ModuleType

import pytest

from cluster_sheets.anonymise import life, single
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.ways import Phrases, Way, Ways
from tests.anonymise.corpus.cast import FIRST
from tests.anonymise.corpus.make import corpus

WAYS = Ways((Way(r"lives? (?:above|behind) the \w+", "above behind"), Way(r"child's shop\b", "childs", "shop")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They LIVE above the shop.", ["LIVE above the shop"]),
        ("They live by the shop.", []),
        ("The child’s shop", ["child's shop"]),
        ("", []),
        ("ﬁ İ live above the shop", ["live above the shop"]),
        (
            "x " * 200 + "lives behind the mill " + "y " * 300 + "live above the bank",
            ["lives behind the mill", "live above the bank"],
        ),
    ],
)
def test_it_is_found_wherever_it_stands(text: str, found: list[str]) -> None:
    cleaned = clean(text)
    assert [cleaned.text[start:stop] for start, stop in WAYS.told(cleaned)] == found


@pytest.mark.parametrize("module", [life, single])
def test_what_is_passed_over_would_have_found_nothing(module: ModuleType) -> None:
    for text in corpus(FIRST)[:60]:
        cleaned = clean(text.text)
        whole = {match.span() for each in module._WAYS.every for match in each.pattern.finditer(cleaned.text.lower())}
        assert set(module._WAYS.told(cleaned)) == whole


def test_phrases_are_found_within_a_sentence_whatever_joins_their_words() -> None:
    some = Phrases([("car crash", "crash"), ("womens refuge", "refuge"), ("on trial", "trial")])
    text = clean("The car-crash, two CAR crashes, a women\u2019s\nrefuge. He is on. Trial runs. He is on trials.")
    assert sorted(text.text[start:stop] for start, stop in some.told(text)) == ["car-crash", "on trials"]
    assert list(some.told(clean("A women\u2019s refuge"))) == [(2, 16)]
    assert list(some.told(clean(""))) == []
