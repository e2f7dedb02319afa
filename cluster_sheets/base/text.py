"""Text as people type it: odd characters, lengths as schools count them, comparison blind to spelling trifles."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ENDS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"
)
"""White space of every kind, then marks that nobody sees."""
_PLACES = 512
_APART = re.compile(r"[\W_]+")


def has_odd_characters(text: str) -> bool:
    """True where ``text`` holds a control, zero-width or bidirectional character that nobody can see."""
    return not text.isprintable() and _ODD.search(text) is not None


def without_odd_characters(text: str) -> str:
    """``text`` with the characters nobody can see taken out (kept text is never changed; this is for comparing)."""
    return _ODD.sub("", text)


def spelt_out(text: str) -> str:
    """``text`` with the characters nobody can see, and those a screen would obey, written as what they are."""
    if text.isprintable():
        return text
    return _ODD.sub(_as_code, text.replace("\r\n", "\n").replace("\r", "\\r"))


def _as_code(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def trimmed(text: str) -> str:
    """``text`` in NFC, line breaks as one character, without white space or unseen marks at either end."""
    if text.isascii():
        if "\r" in text or "_x000D_" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
        return text.strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))
    return composed.strip(_ENDS)


def length(text: str) -> int:
    """Characters of an answer as its counter shows them: trimmed, NFC, a line break is 1."""
    return len(trimmed(text))


def folded(text: str) -> str:
    """What is compared when case, spaces, apostrophes and punctuation do not count."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", without_odd_characters(text))
    return _APART.sub("", plain.casefold())


def squeezed(text: str) -> str:
    """``text`` on one line, runs of white space as one blank."""
    return " ".join(text.split())


def likeness(one: str, other: str) -> int:
    """How alike two short texts are, per cent: shared runs of three letters (Dice), blind to spelling trifles.

    Unrelated titles come out near nought, where a letter-by-letter comparison calls them 40 per cent alike.
    """
    return _likeness(_placed(one)[0], _placed(other)[0])


def any_alike(text: str, others: Iterable[str], least: float) -> bool:
    """Whether one of the ``others`` is at least ``least`` per cent like ``text``: a school has hundreds of titles."""
    mine, places = _placed(text)
    count = len(mine)
    # Of runs that share a place some may be shared of which the places don't tell.
    hidden = count - places.bit_count()
    for theirs, their_places in map(_placed, others):
        # No more can be shared than have their places in both: where that is too little, nobody looks closely.
        most = 200 * ((places & their_places).bit_count() + hidden)
        if most >= (least - 1) * (count + len(theirs)) and _likeness(mine, theirs) >= least:
            return True
    return False


def _likeness(first: frozenset[str], second: frozenset[str]) -> int:
    if not first or not second:
        return 100 if first == second else 0
    return round(200 * len(first & second) / (len(first) + len(second)))


@lru_cache(maxsize=16384)
def _placed(text: str) -> tuple[frozenset[str], int]:
    """The runs of a text; and a bit for the place of each, which are much quicker to compare."""
    runs = _runs(text)
    places = 0
    for run in runs:
        places |= 1 << hash(run) % _PLACES
    return runs, places


def _runs(text: str) -> frozenset[str]:
    padded = f"  {folded(text)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2) if padded.strip())
