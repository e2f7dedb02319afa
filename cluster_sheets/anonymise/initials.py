"""Initials: people named by letters with full stops, K.N., or by one before a last name, H. Wood.

In: a cleaned text and what is covered of it. Out: stretches to ask about. Never: what is short for a word (P.E., e.g.).
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import Doubtful
from cluster_sheets.anonymise.kinds import UNKNOWN
from cluster_sheets.anonymise.normal import Clean

_ANY = re.compile(r"(?<![^\W_])[^\W\d_a-z]\.")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\. ?){1,3}[^\W\d_]\.(?!\w)")
_PARTICLES = (
    r"(?:(?:[Mm]ac an|[Nn]ic an|[Dd][aeiou]l?|[Ll][ae]|[Vv][ao]n|[Dd]e[rn]|[Aa]l|[Ee]l|Mac|Mc|St|N[ií]c?|[ÓO]) ){0,2}"
)
_WITH_LAST = re.compile(rf"(?<![\w.])[^\W\d_]\. ?(?:[^\W\d_]\. ?)?{_PARTICLES}[^\W\d_][^\W\d_]+(?:[\-'][^\W\d_]+)*")
_TITLE = re.compile(r"\b(?:M(?:rs?|s|x|iss)|Dr|Prof|Revd?)\.? $")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\W{1,2}$")
_WORD_AFTER = re.compile(r"\W{1,2}([^\W\d_]+)")
_SPEAKS = re.compile(
    r"\b(?:was|am|have|had|did|do|could|should|would|so|as|than|and|but|will|can|nor) $", re.IGNORECASE
)
_ASKS = re.compile(r" (?:we|I|you|they|it|this) ")
_CALLED = re.compile(r" \(\"?[A-Z][a-z]+")
"""E.U. ("Zofi" to the others), who is somebody."""
_NEAR = 30
_NOTE = "nb"
_ARTICLES = ("the", "a", "an", "our", "their", "his", "her", "this", "each", "every")


def initials(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Stretches that are somebody's initials."""
    if not _ANY.search(text.text):
        return
    for match in _DOTTED.finditer(text.text):
        letters = "".join(letter for letter in match[0] if letter.isalpha())
        if (
            (letters.isupper() or (letters[0].isupper() and len(letters) == 2))
            and not covered.meets(*match.span())
            and _stand_for_a_name(text.text, match, letters)
        ):
            yield Doubtful(*match.span(), UNKNOWN)
    for match in _WITH_LAST.finditer(text.text):
        first, last = match[0][0], match[0].rpartition(".")[2].strip()
        lettered = _before(text.text, match) in words.near("lettered")
        opens = words.is_ordinary(last.casefold()) and last.casefold() not in words.word_names()
        if opens and first.isupper() and last.istitle() and not lettered:
            opens = not _does(text.text, match)
        if _ends_a_sentence(text.text, match, first, last):
            continue
        if first.isupper() and last[0].isupper() and not (lettered or opens or covered.meets(*match.span())):
            title = _TITLE.search(text.text, 0, match.start())
            start = title.start() if title else match.start()
            yield Doubtful(start, match.end(), "person" if title else UNKNOWN, sure=title is not None)


def _ends_a_sentence(typed: str, match: re.Match[str], first: str, last: str) -> bool:
    """True of a letter before a stop that is nobody's: so was I. Stone steps; Zofia G. May we add."""
    if first == "I":
        return _SPEAKS.search(typed[max(0, match.start() - _NEAR) : match.start()]) is not None
    if last == "May" and _ASKS.match(typed, match.end()):
        return True
    return first == "A" and typed[: match.start()].rstrip().endswith("?")


def _stand_for_a_name(typed: str, match: re.Match[str], letters: str) -> bool:
    """True of initials; of such as are short for a word too, only where a name would stand."""
    word = letters.casefold()
    short = words.is_ordinary(word) if len(word) > 2 else word in words.near("dotted")
    if word == _NOTE and _before(typed, match) == "for":
        return True  # nobody notes well for anything
    after = _WORD_AFTER.match(typed, match.end())
    if word in words.near("of-many"):
        before, acts = _before(typed, match), after is not None and after[1].casefold() in words.near("acts")
        return before not in words.near("determiner") or (acts and before not in _ARTICLES)
    if not short or typed.startswith("'s", match.end()) or _CALLED.match(typed, match.end()):
        return True
    acts = after is not None and after[1].casefold() in words.near("does", but="is")
    led = words.near("before-somebody", "before-a-name", but="joins")
    return _before(typed, match) in led or acts


def _does(typed: str, match: re.Match[str]) -> bool:
    """True where what stands there owns or does something: C. Paper has; but vitamin C. Paper is dear."""
    after = _WORD_AFTER.match(typed, match.end())
    before = _before(typed, match)
    led = before in words.near("before-somebody", "before-a-name", "because")
    does = led and after is not None and after[1].casefold() in words.near("does")
    return typed.startswith("'s", match.end()) or does or before in words.near("only-somebody")


def _before(typed: str, match: re.Match[str]) -> str:
    found = _WORD_BEFORE.search(typed[max(0, match.start() - _NEAR) : match.start()])
    return found[1].casefold() if found else ""
