"""A person's word: who does something by hand, and why, as the audit may keep it for ever."""

from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.base.text import squeezed, without_odd_characters

_LONGEST_WHY = 200


class NotDoneError(Exception):
    """What a person asks for cannot be done; the message says why, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word, for the audit."""

    who: str
    why: str
    at: datetime


def word(finder: Finder, who: str, why: str, at: datetime) -> Word:
    """A person's word as the audit may hold it: it is kept for ever, so it names no school and nobody in one.

    Raises NotDoneError.
    """
    told = Word(squeezed(without_odd_characters(who)), squeezed(without_odd_characters(why)), at)
    if not told.who or not told.why:
        raise NotDoneError("Say who you are and why: both are kept in the audit.")
    if len(told.why) > _LONGEST_WHY:
        raise NotDoneError(f"Say why in {_LONGEST_WHY} letters: it is kept in the audit.")
    if "@" in told.why or finder.names_known([told.why], frozenset()) == [True]:
        raise NotDoneError("Say why without a name or an address: the audit keeps it, and holds no name.")
    return told
