"""Organisation: schools, trusts and places that nobody knows, by the words that such names end with or begin with.

In: a cleaned text and what is covered of it. Out: stretches to ask about. Never: a phrase of schools such as Forest
School, or one with no name in it such as Special School.
"""

import re
from collections.abc import Iterator
from functools import cache

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import Doubtful
from cluster_sheets.anonymise.identity import SCHOOL_WORDS
from cluster_sheets.anonymise.known import beside
from cluster_sheets.anonymise.normal import Clean

SCHOOL, TRUST = "school", "trust"
_CALLED = (
    "School",
    "Academ",
    "College",
    "Nursery",
    "Junior",
    "Infant",
    "Primary",
    "Trust",
    "Federation",
    "Partner",
    "MAT",
)
"""How the words begin that such a name ends with."""
_CAPITALS = re.compile(
    rf"(?:[^\W\d_a-z][\w'\-]*(?: (?:and|of|the|&|on) | )){{1,6}}(?:{'|'.join(_CALLED)})(?:s|y|ies|ship)?\b"
)


def organisations(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Names of schools and trusts that stand in no register."""
    found = _CAPITALS.finditer(text.text) if any(end in text.text for end in _CALLED) else ()
    told = [each for match in found for each in _named(text, match, covered)]
    if _ends_small(text.line):
        told += _in_small_letters(text, covered.and_((each.start, each.stop) for each in told))
    yield from (each for each in told if not _is_of_a_phrase(text, each))


def _is_of_a_phrase(text: Clean, told: Doubtful) -> bool:
    """True of what is half of a phrase of schools, such as the Chartered College of Teaching."""
    numbers = text.within(told.start, told.stop)
    return words.in_phrase(text, numbers[0], numbers[-1])


def _named(text: Clean, match: re.Match[str], covered: Covered) -> Iterator[Doubtful]:
    numbers = list(text.within(*match.span()))
    while numbers and text.tokens[numbers[0]].word in words.near("no-name"):
        numbers = numbers[1:]
    if numbers:
        yield from _told(text, numbers, covered)


def _told(text: Clean, numbers: list[int], covered: Covered) -> Iterator[Doubtful]:
    tokens = [text.tokens[number] for number in numbers]
    start, stop = tokens[0].start, tokens[-1].stop
    name = [token.word for token in tokens if not _is_of_any(token.word)]
    phrase = tuple(token.word for token in tokens)
    if not name or covered.meets(start, stop) or any(phrase[at:] in words.phrases() for at in range(len(phrase) - 1)):
        return
    yield Doubtful(start, stop, TRUST if tokens[-1].word in words.near("trust") else SCHOOL)


@cache
def _ends() -> frozenset[str]:
    """What the name of a school or of a trust ends with."""
    return SCHOOL_WORDS | words.near("trust")


@cache
def _within() -> frozenset[str]:
    """What stands before that, and is no name."""
    return SCHOOL_WORDS | words.near("of-trust")


def _is_of_any(word: str) -> bool:
    return word in _ends() or word in _within() or word in words.near("no-name")


def _ends_small(line: str) -> bool:
    return any(f" {word} " in line for word in ("school", "academy", "primary", "trust", "federation", "college"))


def _in_small_letters(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Ashgrove learning trust: a word of no language before what a school or a trust is called."""
    for last, token in enumerate(text.tokens):
        if token.word not in _ends() or (last + 1 < len(text.tokens) and _goes_on(text, last)):
            continue
        first = last
        while first and beside(text, first - 1) and text.tokens[first - 1].word in _within():
            first -= 1
        name = first
        if first and beside(text, first - 1) and text.tokens[first - 1].word in words.near("place-end"):
            first -= 1
        while first and beside(text, first - 1) and is_strange(text.tokens[first - 1].word):
            first -= 1
            name = first
        start, stop = text.tokens[first].start, token.stop
        if name == first and first < last and is_strange(text.tokens[first].word) and not covered.meets(start, stop):
            yield Doubtful(start, stop, TRUST if token.word in words.near("trust") else SCHOOL)


def _goes_on(text: Clean, number: int) -> bool:
    return beside(text, number) and text.tokens[number + 1].word in _ends()


def is_strange(word: str) -> bool:
    """True of a word, not too short for a name, that nobody can look up."""
    return len(word) > 2 and words.is_strange(word)
