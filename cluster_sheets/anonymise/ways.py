"""Ways: ways of saying something, each with the words without which it is not said, so that few are tried.

In: a cleaned text and ways. Out: places where one of them is found, in small letters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from cluster_sheets.anonymise.normal import Clean

_ENDS = re.compile(r"[.!?;:](?!\w)|\n")
"""What ends a sentence, or a part of one."""
_REACH = 160
"""Characters on either side of a word that a way may take up."""


class Way:
    """One way of saying something."""

    def __init__(self, pattern: str, *needs: str | frozenset[str], starts: frozenset[str] = frozenset()) -> None:
        """``pattern`` is in small letters, from the beginning of a word on; words of a text are parted by blanks."""
        self.needs = tuple(frozenset(each.split()) if isinstance(each, str) else each for each in needs)
        """One word of each, as ``Clean.line`` has it, stands in all that it finds; the last is the rarest."""
        self.starts = starts
        """What it begins with, as ``Clean.line`` has it, where that is known: it is tried nowhere else."""
        self._others = self.needs[:-1]
        self._written = pattern

    def may_be_in(self, here: frozenset[str]) -> bool:
        """False of words without any that is needed; of the rarest it is known that one is there."""
        for some in self._others:  # noqa: SIM110 - asked a hundred thousand times a night
            if here.isdisjoint(some):
                return False
        return True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first has its words: many name hundreds of things, and few are wanted in a night."""
        return re.compile(rf"\b(?:{self._written})")


class Ways:
    """Some ways, by the rarest of their words."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self.every = tuple(ways)
        self._by_word: dict[str, list[int]] = {}
        """Numbers of ways: to tell one way from another by what it is takes longer than to try it."""
        for number, each in enumerate(self.every):
            for word in each.needs[-1]:
                self._by_word.setdefault(word, []).append(number)
        self._words = frozenset(self._by_word)

    def told(self, text: Clean) -> Iterator[tuple[int, int]]:
        """Where any of the ways is found."""
        here = text.words
        if self._words.isdisjoint(here):
            return
        for number in sorted({number for word in self._words & here for number in self._by_word[word]}):
            each = self.every[number]
            if not each.may_be_in(here):
                continue
            if each.starts:
                yield from _begun(each, text)
                continue
            small = text.small
            for start, stop in _near(small, here & each.needs[-1]):
                yield from (match.span() for match in each.pattern.finditer(small, start, stop))


def _begun(each: Way, text: Clean) -> Iterator[tuple[int, int]]:
    """Where a way is found that begins with one of some words."""
    small, stop = text.small, 0
    for place in sorted(place for word in each.starts & text.words for place in text.starts[word]):
        match = each.pattern.match(small, place) if place >= stop else None
        if match:
            stop = match.end()
            yield match.span()


class Phrases:
    """Fixed words, each of them by one that few texts have; an s behind the last is understood."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """``phrases`` are (words, which of them few texts have), as ``Clean.line`` has them."""
        self._by_word: dict[str, list[str]] = {}
        for phrase, rare in phrases:
            for end in ("", "s"):
                word = f"{rare}{end}" if phrase.endswith(rare) else rare
                self._by_word.setdefault(word, []).append(f" {phrase}{end} ")
        self._words = frozenset(self._by_word)

    def told(self, text: Clean) -> Iterator[tuple[int, int]]:
        """Where any of them stands within a sentence."""
        for word in sorted(self._words & text.words):
            for phrase in self._by_word[word]:
                place = text.line.find(phrase)
                while place >= 0:
                    first, last = text.token_at(place + 1), text.token_at(place + len(phrase) - 2)
                    start, stop = text.tokens[first].start, text.tokens[last].stop
                    if not _ENDS.search(text.text, start, stop):
                        yield start, stop
                    place = text.line.find(phrase, place + 1)


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
