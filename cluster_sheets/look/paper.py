"""Paper: where a sheet is cut into pages, so that no heading stands alone at the foot of one.

In: how tall each row is. Out: the rows before which a page ends. Never: a row that is cut through.
"""

from collections.abc import Collection, Sequence

PORTRAIT, LANDSCAPE = 745.0, 499.0
"""Points of rows that an A4 page holds within our margins, one in a hundred left over: printers differ."""
SQUEEZED = 1.15
"""A sheet of no more pages than this is printed on one, a little smaller: no lone line on a second."""


def cuts(heights: Sequence[float], room: float, *, repeated: float = 0, kept: Collection[int] = ()) -> list[int]:
    """Rows (from nought) that begin a page.

    Args:
        heights: points of each row; nought where it is hidden.
        room: points of rows on a page.
        repeated: points of the heading row that each page after the first begins with.
        kept: rows that stay on the page of the row below them.
    """
    made: list[int] = []
    begins, used = 0, 0.0
    for row, tall in enumerate(heights):
        if row > begins and used + tall > room:
            begins = _cut(row, begins, kept)
            made.append(begins)
            used = repeated + sum(heights[begins:row])
        used += tall
    return made


def _cut(row: int, begins: int, kept: Collection[int]) -> int:
    """The row to cut before, so that ``row`` comes on the next page; itself where all of the page is kept together."""
    at = row
    while at - 1 in kept and at - 1 > begins:
        at -= 1
    return row if at - 1 in kept else at
