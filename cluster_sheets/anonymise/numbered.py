"""Numbered: names that begin with a number: they came from Twelve Elms; Two Valleys Inclusion pays.

In: a cleaned text and what is covered of it. Out: stretches to ask about. Never: a count of pupils, days or staff.
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import Doubtful
from cluster_sheets.anonymise.kinds import UNKNOWN
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.programme import is_programme

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_NAME = re.compile(
    rf"(?:(?P<within>(?<![\w'])[a-z]+ )|(?<![^.!?\n] )(?<![\w'(-]))(?:The )?"
    rf"(?P<it>(?:{'|'.join(each.title() for each in _NUMBERS)}) [A-Z][a-z]{{2,}}(?: [A-Z][a-z]+)*)(?![\w\-])"
)
"""With a capital each, within a sentence, or at its head."""
_COUNTED = ("role", "heading", "calendar", "no-name")
"""Kinds of words that are counted with a capital too: Two Teaching Assistants."""
_COUNTED_TOO = ("children", "adults", "people", "places", "boys", "girls", "hundred", "thousand")
_ENDS = ("learning", "centre", "high")
"""What a school or a trust may end with: Seven Wells Learning."""
_AT_A_HEAD = 3
"""At the head of a sentence so many words: there one alone after the number may be counted."""


def numbered(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Places, schools and trusts that are called so; at the head of a sentence only where two more words have one."""
    if text.words.isdisjoint(_NUMBERS):
        return
    for match in _NAME.finditer(text.text):
        numbers = text.within(*match.span("it"))
        if (len(numbers) < _AT_A_HEAD and not match["within"]) or covered.meets(*match.span("it")):
            continue
        first, last = text.tokens[numbers[1]].word, text.tokens[numbers[-1]].word
        counted = _is_counted(first) or (_is_counted(last) and last not in _ENDS)
        let_through = any(words.in_phrase(text, number) for number in numbers[1:])
        if not (counted or let_through or is_programme(text, numbers[0], numbers[-1])):
            yield Doubtful(*match.span("it"), UNKNOWN)


def _is_counted(word: str) -> bool:
    kinds = words.near(*_COUNTED)
    return word in kinds or word.removesuffix("s") in kinds or word in _COUNTED_TOO
