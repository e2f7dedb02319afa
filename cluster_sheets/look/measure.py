"""How tall a row must be so that nothing in it is cut off: LibreOffice does not grow the rows of a file it is given.

Advance widths are those of Arial (thousandths of an em), rounded down; a letter that is not listed counts as wide.
"""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

_ADVANCES = {
    190: "'", 222: "ijl‘’", 259: "|", 277: " !,./:;I[\\]ft\u00a0", 333: "()-`r{}“”", 350: "•", 354: '"', 389: "*",
    469: "^", 500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu£–é", 583: "+<=>~", 610: "FTZ", 666: "&ABEKPSVXY",
    722: "CDHNRUw", 777: "GOQ", 833: "Mm", 889: "%", 943: "W", 1000: "—…", 1015: "@",
}  # fmt: skip
_WIDTH = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}
_UNKNOWN = 1000
_BLANK = _WIDTH[" "]
_BOLD = 1.08
LINE_HEIGHTS = {9: 12.0, 11: 14.25, 12: 15.5, 13: 17.0, 18: 23.5}
"""Points of one line of type, by its size."""
TALLEST = 409.0
"""Excel takes no taller row."""


@lru_cache(maxsize=65536)
def _word(word: str) -> int:
    return sum(_WIDTH.get(letter, _UNKNOWN) for letter in word)


def width(text: str, size: float = 11, *, bold: bool = False) -> float:
    """Pixels of a text on one line, at 96 dpi."""
    return _word(text) / 1000 * size * 96 / 72 * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _ends(paragraph: str) -> tuple[list[int], int]:
    """Where each word ends, with a blank behind it, if they all stood on one line; and how wide the widest is."""
    wide = [_word(word) for word in paragraph.split(" ")]
    return list(accumulate(each + _BLANK for each in wide)), max(wide)


@lru_cache(maxsize=16384)
def lines(text: str, pixels: int, size: float = 11, *, bold: bool = False, indent: int = 1) -> int:
    """Lines that ``text`` needs in a cell ``pixels`` wide; never fewer than it takes in Excel or LibreOffice."""
    usable = (pixels - 9 - 10 * indent) * 0.96
    scale = 1000 * 72 / (size * 96 * (_BOLD if bold else 1))
    room = usable * scale
    count = 0
    for paragraph in text.split("\n"):
        ends, widest = _ends(paragraph)
        if widest > room or "  " in paragraph or paragraph.startswith(" "):
            count += _lines_word_by_word(paragraph, room)
            continue
        begins, start = 0, 0
        while begins < len(ends):
            count += 1
            begins = bisect_right(ends, start + int(room) + _BLANK, begins)
            start = ends[begins - 1]
    return count


def _lines_word_by_word(paragraph: str, room: float) -> int:
    count, used = 1, 0
    for word in paragraph.split(" "):
        wide = _word(word)
        while wide > room:
            # A word wider than the cell is broken where it fills it.
            count += 1 if used else 0
            wide, used = int(wide - room), 0
            count += 1
        if used and used + _BLANK + wide > room:
            count += 1
            used = wide
        else:
            used += wide + (_BLANK if used else 0)
    return count


def height(needed: int, size: int = 11, *, pad: float = 6, floor: float = 21) -> float:
    """Points of a row that shows ``needed`` lines."""
    return min(TALLEST, max(floor, round((needed * LINE_HEIGHTS[size] + pad) * 4) / 4))
