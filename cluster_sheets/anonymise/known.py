"""Known: one search of a text for everything that the register and the form itself say about who it is.

In: the register, once; then texts, each with its form's own names. Out: where a known value stands, and how surely.
Never: guesses at what is not known (``doubt``), or changes a text (``redact``).
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.identity import (
    SCHOOL_WORDS,
    TITLES,
    Known,
    Strength,
    Way,
    of_address,
    of_own,
    of_person,
    of_place,
    of_school,
)
from cluster_sheets.anonymise.normal import EDGE, Clean, clean
from cluster_sheets.register.model import Register, School

_BEFORE_SCHOOL = frozenset(
    ("at", "from", "to", "join", "joined", "joins", "attend", "attends", "attended", "leave", "left")
)
_STARTS = frozenset(".!?:;•*\n\u2022")
_SKIPPED = frozenset(" \"'([{-\t")
_JOINS = frozenset(" -.'&()/\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a known value stands in a cleaned text."""

    start: int
    stop: int
    known: Known
    sure: bool
    """False: it may be an ordinary word; the admin is asked."""


class Finder:
    """Everything known from the register, ready to be looked for."""

    def __init__(
        self, ways: Iterable[Way], la_code: str, threshold: int, mailboxes: frozenset[str] = frozenset()
    ) -> None:
        self._register = _automaton(ways)
        self._more: ahocorasick.Automaton | None = None
        self.la_code = la_code
        self.threshold = threshold
        """Counts of pupils below it are small."""
        self.mailboxes = mailboxes
        """The clusters' own addresses: no identity."""

    @classmethod
    def of(cls, register: Register) -> "Finder":
        """What the register knows: schools, trusts, members, cluster leads, places, numbers, addresses."""
        settings = register.settings
        mailboxes = frozenset(each.mailbox.casefold() for each in register.clusters)
        few = settings.whole("small_number_threshold")
        return cls(_ways(register), settings.text("la_code"), few, mailboxes)

    def knowing(self, schools: Iterable[School]) -> "Finder":
        """The same, with schools besides that the register does not have."""
        finder = copy(self)
        finder._more = _automaton(way for school in schools for way in of_school(school))
        return finder

    def hits(self, text: Clean, own: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
        """All known values in ``text``, also one within another, in order."""
        found = [hit for automaton in (self._register, self._more, _of_own(own)) for hit in _hits(automaton, text)]
        return tuple(sorted(found, key=lambda hit: (hit.start, -hit.stop, not hit.known.own)))

    def touched(self, line: str, own: frozenset[str]) -> Iterator[int]:
        """Where in a ``Clean.line`` anything ends that may be a known value: nothing is known of a line without any."""
        for automaton in (self._register, _of_own(own)):
            if automaton:
                yield from (end for end, _ in automaton.iter(line))

    def names_known(self, texts: Sequence[str], own: frozenset[str]) -> list[bool]:
        """Which of a form's ``texts`` hold a value that is known for sure, of the register or of the form's ``own``."""
        # All of them are searched as one first: most forms hold nothing, and a name that seems to reach from one text
        # over to the next is not found in either.
        whole = clean("\n".join(texts)).line
        automata = [self._register] if self._register and any(self._register.iter(whole)) else []
        if any(way in whole for way in _beginnings_of_own(own)):
            automata.append(_of_own(own))
        if not automata:
            return [False] * len(texts)
        cleaned = [clean(text) for text in texts]
        return [any(_holds(automaton, text) for automaton in automata) for text in cleaned]


def _ways(register: Register) -> Iterator[Way]:
    for school in register.schools.values():
        yield from of_school(school)
    for member in register.members:
        yield from of_person(member.name)
        yield from of_address(member.email) if member.email else ()
    for cluster in register.clusters:
        yield from of_person(cluster.lead)
    for place in words.places():
        yield from of_place(place)


@lru_cache(maxsize=512)
def _beginnings_of_own(own: frozenset[str]) -> tuple[str, ...]:
    """How every way of writing one of these begins: where none of them stands, none of the ways does."""
    # Initials begin too many a word, so they count with their end.
    ways = {f"{EDGE}{way}" if len(way) > 3 else f"{EDGE}{way}{EDGE}" for value in own for way, _ in _ways_of(value)}
    kept: list[str] = []
    for way in sorted(ways):
        if not kept or not way.startswith(kept[-1]):
            kept.append(way)
    return tuple(kept)


@lru_cache(maxsize=512)
def _of_own(own: frozenset[str]) -> "ahocorasick.Automaton | None":
    return _automaton(way for value in sorted(own) for way in _ways_of(value))


@lru_cache(maxsize=4096)
def _ways_of(value: str) -> tuple[Way, ...]:
    """A school's people are the same in each of its forms."""
    return tuple(of_own(value))


def _automaton(ways: Iterable[Way]) -> "ahocorasick.Automaton | None":
    meant: dict[str, list[Known]] = {}
    for way, known in ways:
        told = meant.setdefault(way, [])
        if known not in told:
            told.append(known)
    if not meant:
        return None
    automaton = ahocorasick.Automaton()
    for way, told in meant.items():
        automaton.add_word(f"{EDGE}{way}{EDGE}", (len(way), tuple(sorted(told, key=_rank))))
    automaton.make_automaton()
    return automaton


def _rank(known: Known) -> tuple[bool, bool, str]:
    return known.strength != Strength.SURE, known.possessive, known.key


def _hits(automaton: "ahocorasick.Automaton | None", text: Clean) -> Iterator[Hit]:
    if automaton is None:
        return
    for end, (length, told) in automaton.iter(text.line):
        first, last = text.token_at(end - length), text.token_at(end - 1)
        for known in told:
            sure = _counts(known, text, first, last)
            if sure is not None:
                start, stop = _extent(known, text, first, last)
                yield Hit(start, stop, known, sure)


def _holds(automaton: "ahocorasick.Automaton | None", text: Clean) -> bool:
    """Whether anything in ``text`` counts for sure: what ``_hits`` would say, without asking where it stands."""
    for end, (length, told) in automaton.iter(text.line) if automaton else ():
        if any(known.strength is Strength.SURE for known in told):
            return True
        first, last = text.token_at(end - length), text.token_at(end - 1)
        if any(_counts(known, text, first, last) for known in told):
            return True
    return False


def _counts(known: Known, text: Clean, first: int, last: int) -> bool | None:
    """True: it counts for sure; False: it may; None: it is an ordinary word here."""
    match known.strength:
        case Strength.SURE:
            return True
        case Strength.CAPITAL:
            return _capital_counts(known, text, first, last)
        case Strength.CONTEXT:
            return _context_counts(text, first, last)
        case Strength.LETTERS:
            return _letters_count(text, first)
        case Strength.DOTTED:
            tokens = text.tokens[first : last + 1]
            # Each has its own: what stands for somebody, as in [person A].M., has none.
            dotted = all(text.text.startswith(".", token.stop) and text.text[token.start].isupper() for token in tokens)
            return True if dotted else None


def _letters_count(text: Clean, number: int) -> bool | None:
    token = text.tokens[number]
    typed = text.text[token.start : token.stop].partition("'")[0].removesuffix("s")
    word = typed.casefold()
    if not typed.isupper() or words.is_school_word(word) or len(typed) < 2:
        return None
    if not words.is_english(word):
        return True
    # In a text all in capitals an ordinary word is one.
    return None if text.text.isupper() else False


def _capital_counts(known: Known, text: Clean, first: int, last: int) -> bool | None:
    if not _capitals(text, first, last):
        return None
    if last > first or not opens_sentence(text, first) or (first and text.tokens[first - 1].word in TITLES):
        return True
    return False if known.own else None


def _context_counts(text: Clean, first: int, last: int) -> bool | None:
    capital = _capitals(text, first, last)
    before = text.tokens[first - 1].word if first and beside(text, first - 1) else ""
    after = text.tokens[last + 1].word if last + 1 < len(text.tokens) and beside(text, last) else ""
    if capital and (before in SCHOOL_WORDS | _BEFORE_SCHOOL or after in SCHOOL_WORDS):
        return True
    if after in SCHOOL_WORDS and last > first:
        return True
    phrase = tuple(token.word for token in text.tokens[first : last + 1])
    if not capital or (before, *phrase) in words.phrases() or phrase in words.phrases():
        return None
    if not opens_sentence(text, first):
        return last > first or False
    owns = text.text[text.tokens[last].start : text.tokens[last].stop].casefold().endswith("'s")
    joined = after == "and" and last + 2 < len(text.tokens) and _capitals(text, last + 2, last + 2)
    return False if last > first or owns or joined else None


def _capitals(text: Clean, first: int, last: int) -> bool:
    return all(
        is_capital(text.text[token.start])
        for token in text.tokens[first : last + 1]
        if token.word not in ("and", "of", "on")
    )


def is_capital(letter: str) -> bool:
    """True of a capital, of a figure and of a sign: of all that is no small letter."""
    return not letter.islower()


def beside(text: Clean, number: int) -> bool:
    """True where nothing but blanks, hyphens and the like part a word from the one after it."""
    gap = text.text[text.tokens[number].stop : text.tokens[number + 1].start]
    return len(gap) <= 3 and _JOINS.issuperset(gap) and (". " not in gap or text.tokens[number].word in TITLES | {"st"})


def opens_sentence(text: Clean, number: int) -> bool:
    """True of the first word of a sentence, of a line or of a list's item."""
    place = text.tokens[number].start - 1
    while place >= 0 and text.text[place] in _SKIPPED:
        place -= 1
    if place < 0 or text.text[place] in _STARTS:
        # A full stop after a title ends no sentence.
        return not (number and text.text[place] == "." and text.tokens[number - 1].word in TITLES)
    return False


def _extent(known: Known, text: Clean, first: int, last: int) -> tuple[int, int]:
    """What is taken out with it: a person's title, a school's Primary School; never the s of a possessive."""
    if known.kind == "person":
        while first and text.tokens[first - 1].word in TITLES and beside(text, first - 1):
            first -= 1
    stop = text.tokens[last].stop
    if known.possessive and text.text[stop - 2 : stop].casefold() == "'s":
        return text.tokens[first].start, stop - 2
    if known.kind == "school":
        while last + 1 < len(text.tokens) and text.tokens[last + 1].word in SCHOOL_WORDS and beside(text, last):
            last += 1
        stop = text.tokens[last].stop
    return text.tokens[first].start, stop
