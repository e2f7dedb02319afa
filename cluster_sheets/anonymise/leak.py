"""Leak: the last gate. A finished file for the panel, every part of it, searched for every known identity.

In: its bytes, the finder, the own names of all forms concerned. Out: what was found, by part, never the words of it.
Never: lets a file pass that it could not open.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from cluster_sheets.anonymise.judged import Facts
from cluster_sheets.anonymise.known import MAY_BE_A_WORD, Finder, Hit
from cluster_sheets.anonymise.leak_files import pieces_of
from cluster_sheets.anonymise.leak_text import SHARED, UnreadableError, cells_of, pieces
from cluster_sheets.anonymise.normal import Clean, clean
from cluster_sheets.anonymise.pattern import found, hinted

_WHAT = {
    "school": "a school's name",
    "trust": "a trust's name",
    "person": "a person's name",
    "place": "a place's name",
    "urn": "a school's URN",
    "school-number": "a school's DfE number",
    "postcode": "a postcode",
    "e-mail": "an e-mail address",
    "web-address": "a school's web address",
    "upn": "a pupil's UPN",
}
_PATTERNS = frozenset(("e-mail", "upn", "postcode"))
_BETWEEN = "\n qzqzq \n"
"""Between two pieces: a word that nobody writes, so that nothing is read across them."""
_SHOWN = 10


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """One identity found where none may be."""

    part: str
    """Part of the file, such as ``xl/sharedStrings.xml``."""
    what: str
    """What it is, in words: never the identity itself."""
    where: str = ""
    """A cell that shows it, where that is known."""

    def told(self) -> str:
        """One line about it."""
        return f"{self.what} in {self.where or self.part}"


UNREADABLE = (Leak("the whole file", "something that cannot be looked into"),)
"""What a file tells that is not let pass because nobody can say what it tells."""


class LeakError(Exception):
    """A workbook meant for the panel holds an identity: it must not go out."""

    def __init__(self, leaks: Sequence[Leak]) -> None:
        self.leaks = tuple(leaks)
        shown = "; ".join(leak.told() for leak in self.leaks[:_SHOWN])
        more = f"; and {len(self.leaks) - _SHOWN} more" if len(self.leaks) > _SHOWN else ""
        super().__init__(f"The panel workbook still tells who it is about: {shown}{more}. Nothing was released.")


def leaks(
    data: bytes, finder: Finder, own: frozenset[str], empty: Callable[[], bytes] | None = None
) -> tuple[Leak, ...]:
    """What a file tells of who it is about; none where it is clean.

    ``empty`` draws the same pack with no cases: what that holds too is no leak. It is drawn only where there is need.
    """
    try:
        told = list(pieces_of(data))
    except UnreadableError:
        return UNREADABLE
    suspect = _suspects({piece for _, piece in told}, finder, own)
    judged = {piece: kinds for piece in suspect if (kinds := tuple(_identities(clean(piece), finder, own)))}
    if judged:
        harmless = _of_every_book() | (frozenset(piece for _, piece in pieces(empty())) if empty else frozenset())
        judged = {piece: kinds for piece, kinds in judged.items() if piece not in harmless}
    hits: dict[Leak, None] = {}
    for part, piece in told:
        for what in judged.get(piece, ()):
            where = next(cells_of(data, piece), "") if part == SHARED else ""
            hits[Leak(part, what, where)] = None
    return tuple(hits)


def _suspects(found_pieces: set[str], finder: Finder, own: frozenset[str]) -> list[str]:
    """Pieces worth a look by themselves: all plain ones are searched as one, and those kept where anything stands."""
    plain: list[tuple[str, Clean]] = []
    odd: list[str] = []
    for piece in sorted(found_pieces):
        cleaned = clean(piece)
        if cleaned.places is None:
            plain.append((piece, cleaned))
        else:
            odd.append(piece)
    # Two blanks part one line from the next, so that nothing is read across them.
    lines = [cleaned.line for _, cleaned in plain]
    stops = list(accumulate(map(len, lines)))
    found_in = {bisect_right(stops, end) for end in finder.places_to_look("".join(lines), own)}
    texts = [f"{cleaned.text}{_BETWEEN}" for _, cleaned in plain]
    stops = list(accumulate(map(len, texts)))
    found_in |= {bisect_right(stops, start) for start in hinted("".join(texts), _PATTERNS)}
    return odd + [plain[number][0] for number in sorted(found_in)]


@cache
def _of_every_book() -> frozenset[str]:
    """What every workbook of ours holds, whatever it is about: its maker's name, styles, names of parts."""
    from cluster_sheets.look.book import Book

    book = Book("")
    book.sheet("Sheet1", [100])
    return frozenset(piece for _, piece in pieces(book.done()))


def _identities(text: Clean, finder: Finder, own: frozenset[str]) -> Iterator[str]:
    kinds: dict[str, None] = {}
    for hit in finder.hits(text, own):
        if hit.sure and not _could_be_a_word(hit, text):
            kinds[hit.known.kind] = None
    if "@" in text.text or any(letter.isdigit() for letter in text.text):
        for each in _patterns(text, finder.mailboxes):
            kinds[each] = None
    return (_WHAT[kind] for kind in kinds)


def _could_be_a_word(hit: Hit, text: Clean) -> bool:
    """True of one ordinary word with a capital, or of initials: somebody on another form may be called like that."""
    return hit.known.strength in MAY_BE_A_WORD and " " not in text.text[hit.start : hit.stop].strip()


def _patterns(text: Clean, allowed: Iterable[str]) -> Iterator[str]:
    harmless = frozenset(allowed)
    for each in found(text, Facts(), only=_PATTERNS):
        if each.sure and text.text[each.start : each.stop].casefold() not in harmless:
            yield each.kind
