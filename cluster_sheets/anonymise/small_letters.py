"""Small letters: names that are typed without a capital, by what stands about them: mrs adeyemi, between zara and kai.

In: a cleaned text and what is covered of it. Out: stretches to ask about, or to take out after a title.
Never: a slip of the pen in an ordinary word.
"""

from collections.abc import Iterator

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import Doubtful
from cluster_sheets.anonymise.kinds import UNKNOWN
from cluster_sheets.anonymise.known import beside
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.organisation import is_strange as _is_strange

_TITLES = frozenset(("mr", "mrs", "ms", "dr", "mx", "prof"))
_MISS = "miss"
"""A title, or what a pupil does with lessons."""


def small_names(text: Clean, covered: Covered, *, whole: bool) -> Iterator[Doubtful]:
    """Names in small letters; of a text that is ``whole`` in them any strange word may be one."""
    # Most words are ordinary ones, and each is looked up once.
    strange = _may_be_a_slip if whole else _is_strange
    odd = {word for word in set(text.line.split()) if word in _TITLES or word == _MISS or strange(word)}
    last = -1
    for number, token in enumerate(text.tokens) if odd else ():
        if token.word not in odd or number <= last or not text.text[token.start].islower():
            continue
        if covered.meets(token.start, token.stop):
            continue
        titled = _titled(text, number) if token.word in _TITLES or token.word == _MISS else None
        found = titled
        if found is None and token.word not in _TITLES and token.word != _MISS:
            sure_enough = whole and _is_strange(token.word)
            found = _joined(text, number) if sure_enough or _stands_as_a_name(text, number) else None
        if found is not None:
            last = found
            sure = titled is not None
            yield Doubtful(token.start, _bare_stop(text, last), "person" if sure else UNKNOWN, sure=sure)


def _may_be_a_slip(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and not words.is_ordinary(word)


def _titled(text: Clean, number: int) -> int | None:
    """The last word of a name after a title; None where it is none."""
    last = number
    while last + 1 < len(text.tokens) and beside(text, last) and text.tokens[last + 1].word in words.near("particle"):
        last += 1
    if last + 1 >= len(text.tokens) or not beside(text, last):
        return None
    named = (
        _is_strange(text.tokens[last + 1].word)
        if text.tokens[number].word == _MISS
        else text.tokens[last + 1].word.isalpha()
    )
    return _joined(text, last + 1) if named else None


def _joined(text: Clean, number: int) -> int:
    """The last word of a name that begins with this one."""
    last, particles = number, words.near("particle")
    while last + 1 < len(text.tokens) and beside(text, last):
        ahead = last + 1
        while text.tokens[ahead].word in particles and ahead + 1 < len(text.tokens) and beside(text, ahead):
            ahead += 1
        if not _is_strange(text.tokens[ahead].word):
            break
        last = ahead
    return last


def _stands_as_a_name(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    before = text.tokens[number - 1].word if number and beside(text, number - 1) else ""
    after = text.tokens[number + 1].word if number + 1 < len(text.tokens) and beside(text, number) else ""
    return (
        before in words.near("before-a-name")
        or after in words.near("does")
        or text.text[token.start : token.stop].endswith("'s")
    )


def _bare_stop(text: Clean, number: int) -> int:
    token = text.tokens[number]
    return token.stop - 2 if text.text[token.start : token.stop].endswith("'s") else token.stop
