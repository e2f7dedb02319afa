"""What the hidden keys of a sheet say of its rows: which holds an answer, which is a line of a table.

In: the rows of a sheet. Out: a plan of it. Sheets of one template have the same keys, so a plan is made once.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from cluster_sheets.form import keys
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import Raw

Rows = Sequence[Sequence[Raw]]
"""Of one sheet, all as wide."""
_REMEMBERED, _ORDINARY = 64, 500
"""So many plans are kept, of sheets with so many rows."""
_LONGEST = 80
"""No key is longer."""
_KEY_COLUMNS = 6
"""A key is looked for in so many columns."""


class Block(NamedTuple):
    """The rows of a table."""

    table: str
    names: int
    """The row of column names."""
    lines: tuple[int, ...]
    below: tuple[int, ...]
    """Rows behind the end marker, up to the next key."""


class Plan(NamedTuple):
    """What stands where on a sheet. Rows are counted from nought."""

    sheets: tuple[str, ...]
    """Which of the declared sheets it says to be."""
    stamp: tuple[tuple[str, int], ...]
    answers: tuple[tuple[str, int], ...]
    blocks: tuple[Block, ...]


class Keys:
    """The keys of one declared form."""

    def __init__(self, form: Form) -> None:
        self._answers = {keys.of_field(each) for sheet in form.sheets for each in sheet.fields}
        self._answers |= {keys.of_computed(cell) for table in form.tables for cell in table.computed if not cell.after}
        self._sheets = {keys.of_sheet(sheet): sheet.name for sheet in form.sheets}
        self._tables = {keys.of_table(table): table.name for table in form.tables}
        self._stamp = {keys.of_stamp(part): part for part in keys.STAMP_PARTS}
        self._spelt = {*self._sheets, *self._tables, *self._stamp}
        """Keys that nobody types by chance."""
        self._known = self._spelt | self._answers
        self._remembered = lru_cache(_REMEMBERED)(self._planned)

    def column(self, rows: Rows) -> int:
        """The column of keys: the first, unless somebody put columns in front of it."""
        if any(row and row[0] in self._spelt for row in rows):
            return 0
        hits: dict[int, int] = {}
        for row in rows:
            for column, raw in enumerate(row[:_KEY_COLUMNS]):
                if isinstance(raw, str) and raw.strip() in self._known:
                    hits[column] = hits.get(column, 0) + 1
        return max(hits, key=lambda column: (hits[column], -column), default=0)

    def plan(self, rows: Rows, column: int) -> Plan:
        """The plan of a sheet whose keys stand in that column."""
        first = [row[column] for row in rows] if rows and column < len(rows[0]) else []
        found = tuple([raw[:_LONGEST] if isinstance(raw, str) else "" for raw in first])
        return self._remembered(found) if len(found) <= _ORDINARY else self._planned(found)

    def _planned(self, found: tuple[str, ...]) -> Plan:
        named = [key.strip() for key in found]
        rows = list(enumerate(named))
        return Plan(
            sheets=tuple(self._sheets[key] for key in named if key in self._sheets),
            stamp=tuple((self._stamp[key], row) for row, key in rows if key in self._stamp),
            answers=tuple((key, row) for row, key in rows if key in self._answers),
            blocks=tuple(self._block(self._tables[key], row, named) for row, key in rows if key in self._tables),
        )

    def _block(self, table: str, names: int, named: Sequence[str]) -> Block:
        behind = range(names + 1, len(named))
        within = list(
            takewhile(lambda row: named[row] not in self._known and not named[row].startswith("end:"), behind)
        )
        end = names + 1 + len(within)
        ended = end < len(named) and named[end].startswith("end:")
        return Block(
            table,
            names,
            lines=tuple(row for row in within if not named[row].startswith("headings:")),
            below=tuple(takewhile(lambda row: not named[row], range(end + 1, len(named)))) if ended else (),
        )
