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
from cluster_sheets.anonymise.counts import counts, extent
from cluster_sheets.anonymise.identity import (
    SCHOOL_TAIL,
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
from cluster_sheets.anonymise.slip import SHORTEST, Slips
from cluster_sheets.register.model import Register, School

MAY_BE_A_WORD = frozenset((Strength.CAPITAL, Strength.LETTERS))
"""What may be an ordinary word that somebody on another form is called like."""
_ORGANISATIONS = ("school", "trust")


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
        kept = tuple(ways)
        self._register = _automaton(kept)
        self._slips = [Slips(_words_of_organisations(kept) | SCHOOL_WORDS)]
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
        more = tuple(way for school in schools for way in of_school(school))
        finder._more = _automaton(more)
        finder._slips = [*self._slips, Slips(_words_of_organisations(more) - SCHOOL_WORDS)]
        return finder

    def hits(self, text: Clean, own: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
        """All known values in ``text``, also one within another, in order."""
        found = [hit for automaton in (self._register, self._more, _of_own(own)) for hit in _hits(automaton, text)]
        found.extend(self._misspelt(text))
        return tuple(sorted(found, key=lambda hit: (hit.start, -hit.stop, not hit.known.own)))

    def _misspelt(self, text: Clean) -> Iterator[Hit]:
        """Names of schools and trusts of several words, one or more with a slip in it: Grove Acaedmy."""
        meant = self._meant(text.words)
        if not meant:
            return
        at = {number: meant[token.word] for number, token in enumerate(text.tokens) if token.word in meant}
        read = text.reading(at)
        for automaton in (self._register, self._more):
            for hit in _hits(automaton, read):
                inside = text.within(hit.start, hit.stop)
                if len(inside) > 1 and not at.keys().isdisjoint(inside):
                    yield hit

    def _meant(self, said: frozenset[str]) -> dict[str, str]:
        """Words that are one of a school's or trust's name with a slip in it, each with the right one."""
        odd = [word for word in words.unusual(said) if len(word) >= SHORTEST]
        told = {word: next(filter(None, (slips.meant(word) for slips in self._slips)), None) for word in odd}
        return {word: right for word, right in told.items() if right}

    def places_to_look(self, line: str, own: frozenset[str]) -> Iterator[int]:
        """Where in a ``Clean.line`` something ends that may name somebody for sure: elsewhere nothing does.

        An ordinary word with a capital, or letters that may be somebody's, name nobody by themselves.
        """
        for automaton in (self._register, self._more, _of_own(own)):
            for end, (length, told) in automaton.iter(line) if automaton else ():
                if any(known.strength not in MAY_BE_A_WORD for known in told) or _is_not_alone(line, end, length):
                    yield end
        for word in self._meant(frozenset(line.split())):
            whole = f"{EDGE}{word}{EDGE}"
            start = line.find(whole)
            while start >= 0:
                yield start + len(word) + 1
                start = line.find(whole, start + 1)

    def names_known(self, texts: Sequence[str], own: frozenset[str]) -> list[bool]:
        """Which of a form's ``texts`` hold a value that is known for sure, of the register or of the form's ``own``."""
        # All of them are searched as one first: most forms hold nothing, and a name that seems to reach from one text
        # over to the next is not found in either.
        whole = clean("\n".join(texts))
        automata = [each for each in (self._register, _of_own(own)) if each and any(_may_hold(each, whole))]
        if not automata:
            return [False] * len(texts)
        cleaned = [clean(text) for text in texts]
        return [any(_holds(automaton, text) for automaton in automata) for text in cleaned]


def _words_of_organisations(ways: Iterable[Way]) -> frozenset[str]:
    return frozenset(word for way, known in ways if known.kind in _ORGANISATIONS for word in way.split())


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
            sure = counts(known, text, first, last)
            if sure is not None:
                start, stop = extent(known, text, first, last)
                yield Hit(start, stop, known, sure)


def _may_hold(automaton: "ahocorasick.Automaton", text: Clean) -> Iterator[tuple[int, int, tuple[Known, ...]]]:
    """What stands in ``text`` (end and length in its line, what it may mean), without what can't count there.

    Initials that are a word, as "can", stand in nearly every text; they count only where they are typed in capitals,
    and whether they are anywhere is soon told.
    """
    for end, (length, told) in automaton.iter(text.line):
        if any(known.strength is not Strength.LETTERS for known in told) or _stands_in_capitals(
            text, text.line[end - length : end]
        ):
            yield end, length, told


def _stands_in_capitals(text: Clean, letters: str) -> bool:
    """False only where these letters stand nowhere in capitals; an s of several may be a small one."""
    return not text.text.isascii() or letters.removesuffix("s").upper() in text.text


def _is_not_alone(line: str, end: int, length: int) -> bool:
    """True of several words of a line, and of one with a title before it or School behind it."""
    start = end - length
    before = line[line.rfind(EDGE, 0, start - 1) + 1 : start - 1]
    after = line[end + 1 : line.find(EDGE, end + 1)]
    return EDGE in line[start:end] or before in TITLES or after in SCHOOL_TAIL


def _holds(automaton: "ahocorasick.Automaton", text: Clean) -> bool:
    """Whether anything in ``text`` counts for sure: what ``_hits`` would say, without asking where it stands."""
    for end, length, told in _may_hold(automaton, text):
        if any(known.strength is Strength.SURE for known in told):
            return True
        first, last = text.token_at(end - length), text.token_at(end - 1)
        if any(counts(known, text, first, last) for known in told):
            return True
    return False
