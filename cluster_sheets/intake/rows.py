"""The rows of a sheet, cut apart once for all that look at them.

In: the XML of a sheet. Out: its rows; one that is in many sheets is the very same each time, so that what was seen of
it is noted on it. Forms of one template have most rows in common.
"""

from dataclasses import dataclass
from typing import Any

BETWEEN = b'</row><row r="'
_ROWS_KEPT, _LONGEST_ROW = 4096, 12_288
_KEPT: dict[bytes, "Row"] = {}
_PARTS_KEPT, _LONGEST = 50, 65_536
_LAST: dict[str, tuple[bytes | None, "list[Row]"]] = {}
"""Sheets of the last workbook, by the name of the part."""


@dataclass(slots=True, eq=False)
class Row:
    """One row, and what was seen of it; of the first of a sheet the head is there too, of the last the tail."""

    xml: bytes
    ordinary: bool = False
    """Looked through with nothing odd in it (``intake.xml``)."""
    depth: tuple[int, int] | None = None
    """How deep its end lies and how deep it comes to lie, counted from its start (``intake.xml``)."""
    cells: Any = None
    """What stands in its cells (``intake.cells``); False where they are not written in the plain way."""


def cut(name: str, part: bytes) -> list[Row]:
    """``part`` cut between its rows: ``BETWEEN`` joins it again."""
    # None, for an empty part is always the very same bytes.
    before, rows = _LAST.get(name, (None, []))
    if before is part:
        return rows
    rows = [_KEPT.get(xml) or _new(xml) for xml in part.split(BETWEEN)]
    if len(part) <= _LONGEST:
        if len(_LAST) == _PARTS_KEPT:
            _LAST.clear()
        _LAST[name] = part, rows
    return rows


def forget() -> None:
    """Forgets what was seen of rows."""
    _LAST.clear()
    _KEPT.clear()


def _new(xml: bytes) -> Row:
    row = Row(xml)
    if len(xml) <= _LONGEST_ROW:
        if len(_KEPT) == _ROWS_KEPT:
            _KEPT.clear()
        _KEPT[xml] = row
    return row
