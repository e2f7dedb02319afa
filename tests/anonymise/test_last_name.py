"""Where an ordinary word stands as a last name. Every name is invented."""

import pytest

from cluster_sheets.anonymise.last_name import does, goes_on, is_last_name_here
from cluster_sheets.anonymise.normal import clean


def at(text: str, word: str) -> int:
    return [token.word for token in clean(text).tokens].index(word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lead: JD. Cover: Pink.", "pink"),
        ("If Pink is off sick she is lost.", "pink"),
        ("Short, May wrote on the sheet.", "short"),
        ("It is for Workman, Zofia and two others.", "workman"),
        ("It was shared with Small.", "small"),
    ],
)
def test_it_is_a_last_name(text: str, word: str) -> None:
    assert is_last_name_here(clean(text), at(text, word), led=False)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Yours sincerely, Zofia Short bursts work better.", "short"),
        ("in one hour Sharp tools are kept away", "sharp"),
        ("by Short Breaks and others", "short"),
        ("It is due with Day one of it.", "day"),
    ],
)
def test_it_is_the_word(text: str, word: str) -> None:
    assert not is_last_name_here(clean(text), at(text, word), led=False)


def test_what_a_word_does_and_what_it_goes_on_with() -> None:
    assert does(clean("Zofia bit her."), 0) == (True, "bit")
    assert goes_on(clean("by Short Breaks"), 1)
    assert not goes_on(clean("by Short and"), 1)
