"""Elsewhere: a name that was found once, wherever else in the application it may stand.

In: the words of the name, the boxes, and what is taken out of them already. Out: where it goes too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cluster_sheets.anonymise.capital import bare, bare_stop, goes_on_from_a_capital, is_name
from cluster_sheets.anonymise.context import may_be_again
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.human import acts_as_somebody
from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.kinds import NAME_WORD, UNKNOWN
from cluster_sheets.anonymise.neighbours import opens_sentence
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.span import Span
from cluster_sheets.anonymise.words import is_ordinary, is_school_word, near

_LONG = 2
"""A word of a name that is no longer may be anything by itself."""


def unknown_again(key: str, boxes: Mapping[str, Clean], have: Sequence[Span]) -> Iterator[Span]:
    """The same unknown words, and each of them that is no ordinary one, in any case."""
    ordinary = " " not in key and (len(key) == 1 or is_ordinary(key))
    parts = [word for word in key.split() if len(word) > _LONG and not is_ordinary(word)]
    for name, text in boxes.items():
        taken = Covered((span.start, span.stop) for span in have if span.box == name)
        # A name that is a word too may be told only where no other word has a capital either.
        whole = [] if ordinary and not (text.in_small_letters and is_name(key)) else [key]
        for way in _also_with_an_s(dict.fromkeys((*whole, *parts))):
            place = text.line.find(f" {way} ")
            while place >= 0:
                first, last = text.token_at(place + 1), text.token_at(place + len(way))
                start, stop = text.original(text.tokens[first].start, bare_stop(text, last))
                if not taken.holds(start, stop):
                    yield Span(name, start, stop, UNKNOWN, key, sure=False)
                place = text.line.find(f" {way} ", place + 1)


def _also_with_an_s(ways: Iterable[str]) -> Iterator[str]:
    for way in ways:
        yield way
        if len(way) > _LONG:
            yield f"{way}s"


def titled_again(boxes: Mapping[str, Clean], sure: Sequence[Span]) -> Iterator[Span]:
    """The last names of those with a title, wherever else they stand without it: Mr Bates, and then Bates."""
    titled = (span.key.split() for span in sure if span.kind == "person")
    for last in dict.fromkeys(named[-1] for named in titled if named[0] in TITLES):
        if len(last) > _LONG and is_ordinary(last) and not is_school_word(last):
            yield from _again(_and_owned([last]), _has_a_capital_of_its_own, NAME_WORD, last, boxes, sure)


def word_again(kind: str, key: str, boxes: Mapping[str, Clean], have: Sequence[Span]) -> Iterator[Span]:
    """Words of a name that are ordinary ones, wherever else they may be somebody's."""
    parts = key.split()
    yield from _again(_and_owned(word for word in parts if is_name(word)), may_be_again, kind, key, boxes, have)
    # Puddle Okafor, and then Puddle, which is a word that nobody is called by otherwise.
    words = (short for word in parts for short in (word, *_shortened(word)))
    others = _and_owned(word for word in words if _may_be_a_name(word))
    yield from _again(others, _has_a_capital_of_its_own, kind, key, boxes, have)


def _shortened(word: str) -> Iterator[str]:
    """What a strange name begins with, where that is a word: the Fin of Finley, never the The of Theodore."""
    never = near("everyday", "after-a-thing", "before-a-name", "does")
    if not is_ordinary(word):
        yield from (word[:length] for length in range(_LONG + 1, len(word) - 1) if word[:length] not in never)


def _and_owned(some: Iterable[str]) -> set[str]:
    """Words, and each as it stands before what belongs to it."""
    return {way for word in some for way in (word, f"{word}s")}


def _may_be_a_name(word: str) -> bool:
    """True of an ordinary word, none of any place's, role's or heading's."""
    if len(word) <= _LONG or is_name(word) or is_school_word(word) or not is_ordinary(word):
        return False
    return word not in near(
        "place-start", "place-end", "role", "heading", "calendar", "thing-end", "no-name", "particle"
    )


def _again(
    halves: set[str],
    may_be: Callable[[Clean, int], bool],
    kind: str,
    key: str,
    boxes: Mapping[str, Clean],
    have: Sequence[Span],
) -> Iterator[Span]:
    """Where any of these words stands and ``may_be`` somebody's."""
    for name, text in boxes.items() if halves else ():
        if halves.isdisjoint(text.words):
            continue
        taken = Covered(text.cleaned((span.start, span.stop) for span in have if span.box == name))
        for number, token in enumerate(text.tokens):
            if token.word not in halves or bare(text, number) not in halves:
                continue
            stop = bare_stop(text, number)
            if not taken.meets(token.start, stop) and may_be(text, number):
                yield Span(name, *text.original(token.start, stop), kind, key, sure=False)


def _has_a_capital_of_its_own(text: Clean, number: int) -> bool:
    """True of a word that may be a name: it goes on with no heading (White Rose), nor opens what is said of things."""
    own = not opens_sentence(text, number) or acts_as_somebody(text, number)
    return own and not goes_on_from_a_capital(text, number) and may_be_again(text, number)
