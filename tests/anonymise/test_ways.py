"""Ways of saying something, and the words without which it is not said."""

import pytest

from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.ways import Ways, way

WAYS = Ways((way(r"lives? (?:above|behind) the \w+", "above behind"), way(r"child's shop\b", "childs", "shop")))


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
