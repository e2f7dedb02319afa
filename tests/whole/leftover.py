"""What is left of a known value in a text or in a workbook; written here, and owing nothing to the product.

A text is taken down to bare words: compatible letters, no case, no accents, no unseen marks, look-alike letters of
Greek and Cyrillic as the Latin ones that they look like. Then no word that is distinctive of a known value may be left.
"""

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache

_LIKE = {
    **dict(zip("авекмнорстухіјѕԁһӏԛԝѵёїү", "abekmhopctyxijsdhlqwveiy", strict=True)),
    **dict(zip("αβεζηικμνορτυχγωϲϳ", "abeznikmvoptuxywcj", strict=True)),
    **dict(zip("ıłøđħŧƶɑɡɩ", "ilodhtzagi", strict=True)),
    "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ŋ": "ng",
}  # fmt: skip
_LIKE_TABLE = str.maketrans(_LIKE)
# A capital is folded to the letter that it looks like, whatever its small letter looks like.
_CAPITALS = str.maketrans("ΗΝΡΥВНТ", "HNPYBHT")
_APOSTROPHES = re.compile(
    "['\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u2032\u2035\u00b4`\u055a\u05f3\ua78c\uff07\u1fbf\u0384]"
)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"=\"([^\"]*)\"")
_MARKS = ("Mn", "Me", "Cf", "Cc", "Lm")
LONG = 6
"""Letters from which on a value may not even be left within a longer word, or parted by blanks."""
Banned = frozenset[str]


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The words of a text in small Latin letters, one blank between."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    spaced = _APOSTROPHES.sub("", spaced)
    apart = unicodedata.normalize("NFKD", spaced.translate(_CAPITALS))
    kept = "".join(letter for letter in apart if unicodedata.category(letter) not in _MARKS)
    return " ".join(_WORD.findall(kept.casefold().translate(_LIKE_TABLE)))


def left_in(text: str, banned: Banned) -> set[str]:
    """Which of the ``banned`` words, bare ones, are left in a text: by themselves, with an s, or in a longer word."""
    told = bare(text)
    words = set(told.split())
    words |= {word[:-1] for word in words if word.endswith("s")}
    together = told.replace(" ", "")
    return (words & banned) | {word for word in banned if len(word) >= LONG and word in together}


def pieces(data: bytes) -> Iterator[tuple[str, str]]:
    """(part, piece) of all text in a workbook: names of parts, texts with and without their markup, attributes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, name
            text = archive.read(name).decode("utf-8", "replace")
            yield from ((name, html.unescape(each)) for each in set(_TAG.split(text)) if each.strip())
            yield from ((name, html.unescape(each)) for each in set(_ATTRIBUTE.findall(text)))
            if "</r>" in text:
                yield from ((name, html.unescape(_TAG.sub("", each))) for each in re.findall("<si>.*?</si>", text))


def left_in_book(data: bytes, banned: Banned, empty: frozenset[str]) -> Mapping[str, set[str]]:
    """What is left in a workbook, by the piece it is left in; pieces of the ``empty`` one are of every workbook."""
    found = {f"{part}: {piece}": left_in(piece, banned) for part, piece in pieces(data) if piece not in empty}
    return {where: what for where, what in found.items() if what}
