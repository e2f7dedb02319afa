"""Normal: a text cleaned for searching, with a way back to what was typed; and its words, in one spelling.

In: any text. Out: the text in NFKC with plain spaces, apostrophes and dashes; its words in lower case, no accents.
Never: changes the text that is kept.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from cluster_sheets.base.text import has_odd_characters, without_odd_characters

_LOOK_ALIKE = {
    **dict(zip("АВЕКМНОРСТУХІЇЈЅЁӀԜ", "ABEKMHOPCTYXIIJSEIW", strict=True)),
    **dict(zip("авекморстухіїјѕёһӏԁԛԝ", "abekmopctyxiijsehldqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True)),
    **dict(zip("αικνορυχϲϳɑɡı", "aikvopuxcjagi", strict=True)),
}
"""Letters of Greek, Cyrillic and the phonetic alphabet that nobody can tell from the Latin ones beside them."""
_LATIN = str.maketrans(
    _LOOK_ALIKE
    | {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss"}
)
"""How small letters are typed by somebody whose keys lack them, where no accent is to be taken off."""
_PLAIN = str.maketrans(
    {
        **_LOOK_ALIKE,
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u2032\u2035", "'"),
        **dict.fromkeys("\u00b4`\u055a\u05f3\ua78c", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u058a\ufe58", "-"),
        **dict.fromkeys((*"\u00a0\u1680\u202f\u205f\u3000\t\r", *map(chr, range(0x2000, 0x200B))), " "),
        **dict.fromkeys("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u2120\u2122", " "),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    }
)  # fmt: skip
"""One character for one, so that places in the text stay what they were. The number of a footnote is a blank."""
_SET_OVER = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
"""Marks that strike a letter through, underline it or choose its shape: none of them parts a word."""
_OTHER = re.compile(r"[^\n -_a-~]")
"""What may be in the table."""
_SPELT: dict[int, str | None] = {
    **{number: chr(number).lower() if chr(number).isalnum() else " " for number in range(128)},
    ord("'"): None,
}
"""What ``line`` makes of each character of plain English but ``&``: a table that gives more than one letter is slow."""
_SPELT_LINES = {**_SPELT, ord("\n"): "\n"}
_TOKEN = re.compile(r"[^\W_]+(?:'+[^\W_]+)*|&")
_LETTERS = re.compile(r"[^\W_]+")
_FALLS_APART = re.compile("[\u0130\u01f0\u0390\u03b0\u1e96-\u1e99\u1f50-\u1fff]")
"""Letters that are a letter and a mark in lower case."""
EDGE = " "
_start = attrgetter("start")


class Token(NamedTuple):
    """One word of a cleaned text."""

    word: str
    """In lower case, without accents and apostrophes; ``and`` of an ampersand."""
    start: int
    stop: int


@dataclass(frozen=True)
class Clean:
    """A cleaned text. Places in it are turned back with ``original``."""

    text: str
    places: Sequence[int] | None
    """Where each character of ``text`` stands in what was typed, and one more for the end; None: the same place."""

    def original(self, start: int, stop: int) -> tuple[int, int]:
        """The same stretch in what was typed."""
        if self.places is None or start == stop:
            return start, stop
        # The end lies behind the last character's own source, so that a letter's accent goes with it.
        after = self.places[stop] if stop < len(self.places) else self.places[-1]
        return self.places[start], max(after, self.places[start] + 1)

    def cleaned(self, typed: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Stretches of what was typed, as places in ``text``; what is nowhere in it is left out."""
        if self.places is None:
            yield from typed
            return
        places = self.places[:-1]
        for start, stop in typed:
            first, after = bisect_left(places, start), bisect_left(places, stop)
            if first < after:
                yield first, after

    @cached_property
    def words(self) -> frozenset[str]:
        """Each of its words once."""
        return frozenset(self.line.split())

    @cached_property
    def small(self) -> str:
        """The text in small letters, each in its place."""
        small = self.text.lower()
        return small if len(small) == len(self.text) else "".join(letter.lower()[0] for letter in self.text)

    @cached_property
    def in_small_letters(self) -> bool:
        """True of a text with no capital at all."""
        return not any(map(str.isupper, self.text))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, in order."""
        spans = [each.span() for each in _TOKEN.finditer(self.text)]
        words: Sequence[str] = self._in_one_go().split()
        if not words:
            words = [_word(self.text[start:stop]) for start, stop in spans]
        starts, stops = zip(*spans, strict=True) if spans else ((), ())
        return tuple(map(Token, words, starts, stops))

    @cached_property
    def starts(self) -> Mapping[str, Sequence[int]]:
        """Where each of its words begins, by word."""
        found: dict[str, list[int]] = {}
        for token in self.tokens:
            found.setdefault(token.word, []).append(token.start)
        return found

    @cached_property
    def line(self) -> str:
        """Its words with one blank between, before and after them."""
        # ``tokens`` are only made where something is known, or a letter has an accent.
        line = self._in_one_go() or EDGE.join(token.word for token in self.tokens)
        return f"{EDGE}{line}{EDGE}"

    def _in_one_go(self) -> str:
        """Its words with a blank between, found in one go, as most texts let them be; empty where one has an accent."""
        if self.text.isascii():
            line = self.text.replace("&", " and ").translate(_SPELT)
            while "  " in line:  # twice as quick as to split it at blanks and join it again
                line = line.replace("  ", " ")
            return line.strip()
        if _FALLS_APART.search(self.text):
            return ""
        line = EDGE.join(_LETTERS.findall(self.text.casefold().replace("'", "").replace("&", " and ")))
        return line if line.isascii() else ""

    def within(self, start: int, stop: int) -> range:
        """Numbers of the words that begin in a stretch of ``text``."""
        return range(bisect_left(self.tokens, start, key=_start), bisect_left(self.tokens, stop, key=_start))

    @cached_property
    def _begins(self) -> list[int]:
        begins, place = [], 1
        for token in self.tokens:
            begins.append(place)
            place += len(token.word) + 1
        return begins

    def reading(self, meant: Mapping[int, str]) -> "Clean":
        """The same text with some of its words, by number, read as others."""
        read = Clean(self.text, self.places)
        tokens = tuple(
            token._replace(word=meant[number]) if number in meant else token for number, token in enumerate(self.tokens)
        )
        read.__dict__.update(tokens=tokens, line=f"{EDGE}{EDGE.join(token.word for token in tokens)}{EDGE}")
        return read

    def token_at(self, place: int) -> int:
        """Number of the word that stands at ``place`` of ``line``."""
        return bisect_right(self._begins, place) - 1


def clean(text: str) -> Clean:
    """``text`` cleaned."""
    if (
        text.isascii()
        and "`" not in text
        and "\t" not in text
        and "\r" not in text
        and text.replace("\n", "").isprintable()
    ):
        return Clean(text, None)
    # Few letters of a text are other than these; to look each letter up in a table would cost ten times as much.
    plain = _OTHER.sub(_plainly, text)
    if unicodedata.is_normalized("NFKC", plain) and not has_odd_characters(plain) and not _SET_OVER.search(plain):
        return Clean(plain, None)
    return _with_places(text)


def _plainly(found: re.Match[str]) -> str:
    return found[0].translate(_PLAIN)


def _with_places(text: str) -> Clean:
    letters: list[str] = []
    places: list[int] = []
    for start, stop in _clusters(text):
        # Twice: what NFKC makes of a sign may be an apostrophe, a dash or an unseen mark of its own.
        folded = unicodedata.normalize("NFKC", without_odd_characters(text[start:stop]).translate(_PLAIN))
        for letter in _SET_OVER.sub("", without_odd_characters(folded.translate(_PLAIN))):
            letters.append(letter)
            places.append(start)
    return Clean("".join(letters), [*places, len(text)])


def _clusters(text: str) -> list[tuple[int, int]]:
    """Stretches of a letter with the marks that are set over it."""
    starts = [place for place, letter in enumerate(text) if not place or not unicodedata.combining(letter)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _word(token: str) -> str:
    if token == "&":
        return "and"
    lower = token.casefold()
    if "'" in lower:
        lower = lower.replace("'", "")
    return lower if lower.isascii() else _bare(lower)


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word).translate(_LATIN)
    return "".join(_LETTERS.findall(apart)) or word


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as ``Clean.line`` spells them."""
    return tuple(clean(text).line.split())


def words_of_each(lines: Sequence[str]) -> set[tuple[str, ...]]:
    """``words_of`` each line, each once."""
    # What is plain English is spelt in one go: a list of thousands in a fifth of the time.
    plain = "\n".join(line for line in lines if line.isascii())
    told = plain.replace("&", " and ").translate(_SPELT_LINES).splitlines()
    return {tuple(line.split()) for line in told} | {words_of(line) for line in lines if not line.isascii()}


def spelt(text: str) -> str:
    """The words of ``text`` with one blank between them."""
    return clean(text).line.strip()
