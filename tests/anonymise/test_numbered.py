import pytest

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.numbered import numbered


def found(text: str) -> list[str]:
    cleaned = clean(text)
    return [cleaned.text[each.start : each.stop] for each in numbered(cleaned, Covered(()))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He arrived from Twelve Elms with no papers.", ["Twelve Elms"]),
        ("The lead at The Two Counties Inclusive Learning has checked it.", ["Two Counties Inclusive Learning"]),
        ("Two Valleys Inclusion does not pay.", ["Two Valleys Inclusion"]),
        ("We met. Seven Wells Learning paid.", ["Seven Wells Learning"]),
        ("Two Valleys are near.", []),
        ("We have Two Teaching Assistants and Four Children on Three Mondays.", []),
        ("In Year Two Phonics is strong, at Key Stage Two Reading.", []),
        ("two valleys and twelve elms", []),
        ("A term of Seven Bridges costs £400.", []),
    ],
)
def test_what_is_called_by_a_number_is_asked_about_and_a_count_is_not(text: str, told: list[str]) -> None:
    assert found(text) == told
