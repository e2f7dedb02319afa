"""What stands before somebody's name where a line is about them. Every name is invented."""

import pytest

from cluster_sheets.anonymise.labelled import is_called_so, is_for_somebody, is_labelled
from cluster_sheets.anonymise.normal import clean


def at(text: str, word: str) -> int:
    return [token.word for token in clean(text).tokens].index(word)


@pytest.mark.parametrize("text", ["Cover: x", "Pupil voice (x", "Minutes: x", "Key adult = x", "Child: x"])
def test_a_label_stands_before_a_name(text: str) -> None:
    cleaned = clean(text)
    assert is_labelled(cleaned, len(cleaned.tokens) - 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("For May the corridor is loud.", True),
        ("He messaged May all day.", True),
        ("For May the target is ten.", False),
        ("It is due for May the corridor is.", False),
    ],
)
def test_a_month_is_somebody_where_only_somebody_is_meant(text: str, *, told: bool) -> None:
    assert is_for_somebody(clean(text), at(text, "may")) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The physio, Nan, left it.", True),
        ("Zofia, Nan and four more came.", True),
        ("For the attention of Nan.", True),
        ("Mum, Nan and Dad came.", False),
        ("Nan came.", False),
        ("The physio, Zofia, left it.", False),
    ],
)
def test_nan_is_a_name_where_another_part_was_told(text: str, *, told: bool) -> None:
    assert is_called_so(clean(text), at(text, "nan" if "Nan" in text else "zofia")) is told
