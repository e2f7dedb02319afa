"""What the hidden keys of a sheet say of its rows: which holds an answer, which is a line of a table.

In: the rows of a sheet. Out: a plan of it. Sheets of one template have the same keys, so a plan is made once.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from cluster_sheets.form import keys
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import Raw

Rows = Sequence[Sequence[Raw]]
"""Of one sheet, all as wide."""
UNWORKED = "\x00unworked"
"""Stands for a formula that has no stored value."""
ERROR = "\x00error"
"""Stands for a fault of Excel, such as #REF!."""
_REMEMBERED, _ORDINARY = 64, 500
"""So many plans are kept, of sheets with so many rows."""
_LONGEST = 80
"""No key is longer."""
_BEHIND = ("end:", "total:", "title:")
"""How keys begin that stand behind a table's last line: its end, its sums, what the next table is called."""
_KEY_COLUMNS = 6
"""A key is looked for in so many columns."""


class Block(NamedTuple):
    """The rows of a table."""

    table: str
    names: int
    """The row of column names."""
    lines: tuple[int, ...]
    below: tuple[int, ...]
    """The row of the end marker, and all rows without a key behind it: nothing is to stand there."""


class Plan(NamedTuple):
    """What stands where on a sheet. Rows are counted from nought."""

    sheets: tuple[str, ...]
    """Which of the declared sheets it says to be."""
    stamp: tuple[tuple[str, int], ...]
    answers: tuple[tuple[str, int], ...]
    blocks: tuple[Block, ...]
    loose: tuple[tuple[int, int], ...]
    """(row, from which column on) of rows without a key among and behind the questions: between them stand titles."""


class Keys:
    """The keys of one declared form."""

    def __init__(self, form: Form) -> None:
        self._questions = {keys.of_field(each) for sheet in form.sheets for each in sheet.fields}
        computed = {keys.of_computed(cell) for table in form.tables for cell in table.computed if not cell.after}
        self._answers = self._questions | computed
        self._columns = {name for table in form.tables for name in keys.column_names(table)}
        self._sheets = {keys.of_sheet(sheet): sheet.name for sheet in form.sheets}
        self._tables = {keys.of_table(table): table.name for table in form.tables}
        self._stamp = {keys.of_stamp(part): part for part in keys.STAMP_PARTS}
        self._spelt = {*self._sheets, *self._tables, *self._stamp}
        """Keys that nobody types by chance."""
        self._known = self._spelt | self._answers
        self._remembered = lru_cache(_REMEMBERED)(self._planned)

    def column(self, rows: Rows) -> int:
        """The column of keys: the first, unless somebody put columns in front of it; behind all where it is gone."""
        if any(row and row[0] in self._spelt for row in rows):
            return 0
        hits: dict[int, int] = {}
        for row in rows:
            keyed = [at for at, raw in enumerate(row[:_KEY_COLUMNS]) if _told(raw) in self._known]
            # A column of a table may be called like a question: where names stand side by side none is a key.
            if keyed and (_told(row[keyed[0]]) in self._spelt or not self._names_columns(row)):
                for column in keyed:
                    hits[column] = hits.get(column, 0) + 1
        return max(hits, key=lambda column: (hits[column], -column), default=max(map(len, rows), default=0))

    def _names_columns(self, row: Sequence[Raw]) -> bool:
        return any({_told(raw), _told(behind)} <= self._columns for raw, behind in pairwise(row))

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
            loose=tuple(self._loose(rows)),
        )

    def _loose(self, rows: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
        asked = [row for row, key in rows if key in self._answers]
        for row, key in rows[asked[0] :] if asked else ():
            if not key:
                yield row, keys.ANSWER_COLUMN if row < asked[-1] else 1

    def _block(self, table: str, names: int, named: Sequence[str]) -> Block:
        behind = range(names + 1, len(named))
        within = list(
            takewhile(lambda row: named[row] not in self._known and not named[row].startswith(_BEHIND), behind)
        )
        end = names + 1 + len(within)
        ended = end < len(named) and named[end].startswith("end:")
        return Block(
            table,
            names,
            lines=tuple(row for row in within if not named[row].startswith("headings:")),
            below=(end, *self._unkeyed(end + 1, named)) if ended else (),
        )

    def _unkeyed(self, start: int, named: Sequence[str]) -> Iterator[int]:
        """Rows without a key, up to the next table or question; sums and computed cells are the table's own."""
        ends = self._spelt | self._questions
        return (
            row for row in takewhile(lambda row: named[row] not in ends, range(start, len(named))) if not named[row]
        )


def _told(raw: Raw) -> str:
    return raw.strip() if isinstance(raw, str) else ""
