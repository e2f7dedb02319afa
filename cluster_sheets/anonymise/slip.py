"""Slip: known words with a slip of the pen in them: Acaedmy, Hallowws.

In: the words that names are made of. Out: for a word of a text the one that it was meant to be. Pure.
Never: takes one ordinary word for another: only what is no word at all is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

SHORTEST = 5
"""A shorter word with a letter wrong is as like to be another word."""


class Slips:
    """Known words, found again from what is one letter away: left out, put in, changed, or in the wrong place."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(sorted(word for word in known if len(word) >= SHORTEST and word.isalpha()))

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """The first known word by each way of writing it; made when something is first looked up."""
        return {way: word for word in reversed(self._known) for way in _shortened(word)}

    def meant(self, typed: str) -> str | None:
        """The known word that ``typed`` was meant to be; None where it is none, or none with a slip."""
        if len(typed) < SHORTEST or not typed.isalpha():
            return None
        for way in _shortened(typed):
            word = self._meant.get(way)
            if word is not None and word != typed and is_one_away(word, typed):
                return word
        return None


def _shortened(word: str) -> Iterator[str]:
    """A word, and the same without each of its letters but the first."""
    yield word
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


def is_one_away(one: str, other: str) -> bool:
    """True of words that differ by one letter, or by two neighbours in the wrong order."""
    if abs(len(one) - len(other)) > 1:
        return False
    first = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if first is None:
        return True
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[first + 1 :] == shorter[first:]
    if one[first + 1 :] == other[first + 1 :]:
        return True
    swapped = other[first + 1 : first + 2] + other[first]
    return one[first : first + 2] == swapped and one[first + 2 :] == other[first + 2 :]
