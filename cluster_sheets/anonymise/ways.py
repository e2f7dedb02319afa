"""Ways: ways of saying something, each with the words without which it is not said, so that few are tried.

In: a cleaned text and ways. Out: places where one of them is found, in small letters.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cluster_sheets.anonymise.normal import Clean

_REACH = 160
"""Characters on either side of a word that a way may take up."""


class Way(NamedTuple):
    """One way of saying something."""

    needs: tuple[frozenset[str], ...]
    """One word of each, as ``Clean.line`` has it, stands in all that it finds; the last is the rarest."""
    pattern: re.Pattern[str]


def way(pattern: str, *needs: str | frozenset[str]) -> Way:
    """A way by a pattern in small letters, from the beginning of a word on; words of a text are parted by blanks."""
    return Way(
        tuple(frozenset(each.split()) if isinstance(each, str) else each for each in needs),
        re.compile(rf"\b(?:{pattern})"),
    )


class Ways:
    """Some ways, by the rarest of their words."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self._by_word: dict[str, list[Way]] = {}
        for each in ways:
            for word in sorted(each.needs[-1]):
                self._by_word.setdefault(word, []).append(each)
        self._words = frozenset(self._by_word)

    def told(self, text: Clean) -> Iterator[tuple[int, int]]:
        """Where any of the ways is found."""
        here = text.words
        if self._words.isdisjoint(here):
            return
        rare = self._words & here
        small = _small(text.text)
        for each in dict.fromkeys(each for word in sorted(rare) for each in self._by_word[word]):
            if not any(here.isdisjoint(some) for some in each.needs[:-1]):
                for start, stop in _near(small, here & each.needs[-1]):
                    yield from (match.span() for match in each.pattern.finditer(small, start, stop))


def _near(small: str, some: frozenset[str]) -> list[tuple[int, int]]:
    """The neighbourhoods of some words, apart from each other: nothing that is told reaches further."""
    places = sorted(place for word in some for place in _places(small, word))
    near: list[tuple[int, int]] = []
    for place in places:
        start, stop = max(0, place - _REACH), place + _REACH
        if near and start <= near[-1][1]:
            near[-1] = near[-1][0], stop
        else:
            near.append((small.rfind(" ", 0, start) + 1 if start else 0, stop))
    return near


def _places(small: str, word: str) -> Iterator[int]:
    # The line has no apostrophes and no accents: childs is child's here.
    stem = word[:-1] if word.endswith("s") else word
    place = small.find(stem)
    if place < 0:
        yield from range(0, len(small) + 1, _REACH)
    while place >= 0:
        yield place
        place = small.find(stem, place + 1)


def _small(typed: str) -> str:
    """In small letters, each in its place."""
    small = typed.lower()
    return small if len(small) == len(typed) else "".join(letter.lower()[0] for letter in typed)
