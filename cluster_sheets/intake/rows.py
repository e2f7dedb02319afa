"""The rows of a sheet, cut apart once for all that look at them.

In: the XML of a sheet. Out: its pieces. Forms of one template have most rows in common, so that what was seen of a row
may be remembered; as the pieces are the very same for everybody, they are hashed once.
"""

BETWEEN = b'</row><row r="'
ROWS_KEPT, LONGEST_ROW = 4096, 16_384
"""So many rows are remembered by whoever looks at them, none of which is longer."""
_LAST: dict[str, tuple[bytes, list[bytes]]] = {}
"""Sheets of the last workbook, by the name of the part."""
_PARTS_KEPT, _LONGEST = 50, 65_536


def cut(name: str, part: bytes) -> list[bytes]:
    """``part`` cut between its rows: ``BETWEEN`` joins it again. The first piece has the head, the last the tail."""
    before, rows = _LAST.get(name, (b"", []))
    if before is part:
        return rows
    rows = part.split(BETWEEN)
    if len(part) <= _LONGEST:
        if len(_LAST) == _PARTS_KEPT:
            _LAST.clear()
        _LAST[name] = part, rows
    return rows
