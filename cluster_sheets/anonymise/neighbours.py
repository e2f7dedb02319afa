"""Neighbours: how the words of a cleaned text stand beside each other.

In: a cleaned text and the number of one of its words. Never: asks what a word means.
"""

from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.normal import Clean

_STARTS = frozenset(".!?:;•*\n\u2022")
_SKIPPED = frozenset(" \"'([{-\t")
_JOINS = frozenset(" -.'&()/\n")


def beside(text: Clean, number: int) -> bool:
    """True where nothing but blanks, hyphens and the like part a word from the one after it."""
    gap = text.text[text.tokens[number].stop : text.tokens[number + 1].start]
    if len(gap) > 3 or not _JOINS.issuperset(gap) or ("\n" in gap and gap.strip(" ") != "\n"):
        return False  # an empty line, or the mark of a list's item, ends whatever stood before
    return ". " not in gap or text.tokens[number].word in TITLES | {"st"}


def word_before(text: Clean, number: int) -> str:
    """The word beside this one, before it; empty where none is."""
    return text.tokens[number - 1].word if number and beside(text, number - 1) else ""


def word_after(text: Clean, number: int) -> str:
    """The word beside this one, after it; empty where none is."""
    return text.tokens[number + 1].word if number + 1 < len(text.tokens) and beside(text, number) else ""


def is_day(word: str) -> bool:
    """True of the figures of a day: the 5 of 5 May, the 5th of 5th May; not of a year."""
    return word[:1].isdigit() and len(word.rstrip("stndrh")) <= 2


def has_acted(word: str) -> bool:
    """True of a word as what somebody did is told by: rang no, phoned yes; not of a shape or a colour."""
    return word.endswith("ed") and word not in ("sized", "shaped", "coloured")


def opens_sentence(text: Clean, number: int) -> bool:
    """True of the first word of a sentence, of a line or of a list's item."""
    place = text.tokens[number].start - 1
    while place >= 0 and text.text[place] in _SKIPPED:
        place -= 1
    if place < 0 or text.text[place] in _STARTS:
        # A full stop after a title ends no sentence.
        return not (number and text.text[place] == "." and text.tokens[number - 1].word in TITLES)
    return False


def capitals(text: Clean, first: int, last: int) -> bool:
    """True of words that all begin with a capital, but for and, of and on; and for the, which none begins with."""
    return is_capital(text.text[text.tokens[first].start]) and all(
        is_capital(text.text[token.start])
        for token in text.tokens[first : last + 1]
        if token.word not in ("and", "of", "on", "the")
    )


def is_capital(letter: str) -> bool:
    """True of a capital, of a figure and of a sign: of all that is no small letter."""
    return not letter.islower()
