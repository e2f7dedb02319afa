"""Where each answer stands: by the hidden key beside it, else by its label; whatever rows and tabs have become.

In: the rows of every sheet. Out: raw answers with their places, and what could not be found.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import islice, takewhile
from typing import Any, NamedTuple

from cluster_sheets.base.cell import address
from cluster_sheets.base.text import folded
from cluster_sheets.form import keys
from cluster_sheets.form.declared import Field, Form, Sheet, Table
from cluster_sheets.form.kind import Raw, is_blank
from cluster_sheets.form.layout import totals
from cluster_sheets.reading.beside import beside
from cluster_sheets.reading.plan import Block, Keys, Plan, Rows
from cluster_sheets.reading.typed_over import Columns, OwnWords, on_what_to_mend, question_columns

_LEAST_LABELS = 3
"""So many labels of the form make a workbook ours when every key is gone (rule not-our-form)."""

_ALIKE = 2
"""So many names or headings of a table in one row are that table's."""
_MOST_LINES = 500
"""Lines read of a table, many times what any has room for: what is behind them is told as below it. To judge a
hundred thousand lines, and to send them back marked, would hold up the night."""
_MOST_BELOW = 50
"""Rows below a table that are told; a person who looks there sees the rest."""
_AS_SHOWN = ("percent", "text", "long-text")
_LENGTHS = (timedelta, time)
_MOST = 1e300
_LONGEST = 500
"""Characters: longer than any label."""


Spot = list[Any]
"""A cell and what it holds: sheet, cell, raw. A list, for that is how it goes from one process to another."""


@dataclass(slots=True)
class Located:
    """Answers of one workbook, as found."""

    answers: dict[str, Spot] = field(default_factory=dict)
    """By key of the field; computed cells below a table too."""
    lines: dict[str, list[dict[str, Spot]]] = field(default_factory=dict)
    """Of each table found: every line between headings and end marker, by column name."""
    first_line: dict[str, list[str]] = field(default_factory=dict)
    """(sheet, cell) of the first cell of a table, used or not: where a finding about the table points."""
    stamp: dict[str, list[str]] = field(default_factory=dict)
    stamp_spot: Spot = field(default_factory=list)
    """Cell of the template version."""
    sheets: dict[str, str] = field(default_factory=dict)
    """Declared name of a sheet -> what its tab is called now."""
    missing_sheets: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    by_label: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    """Keys that stand twice on one sheet with different answers."""
    apart: list[str] = field(default_factory=list)
    """Keys that stand on two sheets: two requests in one file."""
    headless: list[str] = field(default_factory=list)
    """Tables without column names or full headings."""
    gone: list[str] = field(default_factory=list)
    """Columns (``table.name``) that a table with lines no longer has."""
    copies: list[tuple[str, str]] = field(default_factory=list)
    """(declared name, tab) of each further copy of a sheet of ours: not read."""
    below: list[Spot] = field(default_factory=list)
    """What is written below the lines of a table: the first cell of each row."""
    beside: list[Spot] = field(default_factory=list)
    """What is written beside the boxes of a sheet: the first cell of each row."""
    over: list[Spot] = field(default_factory=list)
    """What is written where only the template's own words of this declaration stand."""
    labels: int = 0
    keys: int = 0


class _Tab(NamedTuple):
    """A sheet as it came."""

    name: str
    rows: Rows
    at: int
    """Its column of keys."""
    plan: Plan


class _Close(NamedTuple):
    """What ends a table whose keys have gone; all of it as ``folded``."""

    words: frozenset[str]
    """Labels of its sums and computed cells: they stand in its first column."""
    titles: tuple[str, ...]
    """What other tables of its sheet are called."""
    headings: tuple[frozenset[str], ...]
    """Of each of those: its column names, its headings."""

    @classmethod
    def of(cls, form: Form, table: Table) -> "_Close":
        """Of one table."""
        labels = [total.label for total in totals(form, table)]
        labels += [cell.label for cell in table.computed if not cell.after]
        others = [each for each in form.tables if each.sheet == table.sheet and each.name != table.name]
        named = [frozenset(map(folded, keys.column_names(each))) for each in others]
        headed = [frozenset(_wording(column.label) for column in each.columns) for each in others]
        return cls(frozenset(map(folded, labels)), tuple(folded(each.title) for each in others), (*named, *headed))

    def ends(self, row: Sequence[Raw], first: int) -> bool:
        """True of a row behind the last line; ``first`` is the table's first column."""
        return _ends(row) or _at(row, first) in self.words or self.others(row)

    def others(self, row: Sequence[Raw]) -> bool:
        """True of a row that begins another table."""
        if not self.titles:
            return False
        texts = {text for _, text in _texts(row)}
        titled = any(text.startswith(title) for text in texts for title in self.titles)
        return titled or any(len(texts & told) >= _ALIKE for told in self.headings)


class Locator:
    """Finds the answers of one declared form. Made once, used for many workbooks."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.percents = [(each.table, each.name) for each in form.fields if each.kind in _AS_SHOWN]
        """(table, name) of what is read as a cell shows it where that is a percentage."""
        self._keys = Keys(form)
        self._names = {table.name: frozenset(keys.column_names(table)) for table in form.tables}
        self._inputs = {table.name: [column.name for column in table.columns] for table in form.tables}
        self._own = OwnWords(form)
        self._closes = {table.name: _Close.of(form, table) for table in form.tables}

    def located(
        self, sheets: Sequence[tuple[str, Rows]], marks: Mapping[str, Mapping[str, str]] | None = None
    ) -> Located:
        """The answers in the sheets of a workbook, given as (name of the tab, rows from A1).

        ``marks`` are the cells of each tab in which formulas stand: what they come to is nobody's word.
        """
        found = Located()
        tabs = self._once([self._tab(name, _square(rows)) for name, rows in sheets], found)
        for tab in tabs:
            self._read_keys(tab, found, (marks or {}).get(tab.name, {}))
        self._find_sheets(tabs, found)
        for sheet in self.form.sheets:
            if sheet.name not in found.missing_sheets:
                rows = next((tab.rows for tab in tabs if tab.name == found.sheets[sheet.name]), ())
                self._read_labels(sheet, found.sheets[sheet.name], rows, found)
        return found

    def _tab(self, name: str, rows: Rows) -> _Tab:
        at = self._keys.column(rows)
        return _Tab(name, rows, at, self._keys.plan(rows, at))

    def _once(self, tabs: Sequence[_Tab], found: Located) -> list[_Tab]:
        """The tabs without copies: of those that say to be one sheet the one with its name is read, else the first."""
        homes: dict[str, _Tab] = {}
        for tab in tabs:
            for sheet in tab.plan.sheets:
                if folded(homes.setdefault(sheet, tab).name) != folded(sheet) == folded(tab.name):
                    homes[sheet] = tab
        kept = []
        for tab in tabs:
            copied = [sheet for sheet in tab.plan.sheets if homes[sheet] is not tab]
            if copied and len(copied) == len(tab.plan.sheets):
                found.copies.append((copied[0], tab.name))
            else:
                kept.append(tab)
        return kept

    def _read_keys(self, tab: _Tab, found: Located, marks: Mapping[str, str]) -> None:
        name, rows, at, plan = tab
        found.keys += len(plan.sheets) + len(plan.answers) + len(plan.blocks)
        for sheet in plan.sheets:
            if sheet in found.sheets:
                found.apart.append(sheet)
            found.sheets.setdefault(sheet, name)
        where = question_columns(rows, at, plan)
        column = where.answer
        for part, number in plan.stamp:
            spot = _spot(name, number, column, rows[number])
            found.stamp.setdefault(part, []).append(str(spot[2] or "").strip())
            if part == "version":
                found.stamp_spot = found.stamp_spot or spot
        for key, number in plan.answers:
            spot = _spot(name, number, column, rows[number])
            first = found.answers.setdefault(key, spot)
            if first is not spot:
                _settle(key, first, spot, found)
        named = [(block, columns) for block in plan.blocks if (columns := self._read_block(tab, block, found))]
        self._read_outside(tab, where, named, marks, found)

    def _read_outside(
        self,
        tab: _Tab,
        where: Columns,
        named: Sequence[tuple[Block, Collection[int]]],
        marks: Mapping[str, str],
        found: Located,
    ) -> None:
        """Reads what stands outside the boxes."""
        name, rows, _, plan = tab
        between, over = self._own.on_questions(rows, plan, where, marks)
        if plan.stamp:
            over += self._own.on_start(rows, plan, where, marks)
        elif not plan.sheets:
            over += on_what_to_mend(name, rows)
        spots = beside(rows, plan, named, where)
        if between or spots or over:
            for listed, cells in ((found.beside, sorted({*between, *spots})), (found.over, over)):
                listed += [_spot(name, row, column, rows[row]) for row, column in cells[:_MOST_BELOW]]

    def _read_block(self, tab: _Tab, block: Block, found: Located) -> Collection[int]:
        """Reads a table; gives the columns it has."""
        name, rows, at, _ = tab
        names = self._names[block.table]
        columns = {str(raw): column for column, raw in enumerate(rows[block.names]) if raw in names and column > at}
        outside: Sequence[int] = block.below
        if block.table in found.lines:
            # The table a second time: its lines are told of, and are in no copy we make.
            found.apart.append(block.table)
            outside = (*block.lines, *outside)
        elif columns:
            self._read_lines(name, block, columns, rows, found)
        _read_below(name, rows, outside, at, found)
        return columns.values()

    def _read_lines(self, name: str, block: Block, columns: Mapping[str, int], rows: Rows, found: Located) -> None:
        # Without a line: where it would stand, below the names and the headings.
        first = block.lines[0] if block.lines and columns else block.names + 2
        found.first_line.setdefault(block.table, [name, address(first, min(columns.values(), default=1))])
        lines = found.lines.setdefault(block.table, [])
        inputs = [columns[each] for each in self._inputs[block.table] if each in columns]
        for turn, number in enumerate(block.lines):
            if len(lines) == _MOST_LINES:
                _read_below(name, rows, block.lines[turn:], min(columns.values()) - 1, found)
                break
            row = rows[number]
            given = [row[at] for at in inputs]
            # Most lines are blank all through; only one that is not is looked at closely.
            if given.count("") < len(given) and not all(map(is_blank, given)):
                lines.append({each: [name, address(number, at), _plain(row[at])] for each, at in columns.items()})
        if lines and len(inputs) < len(self._inputs[block.table]):
            found.gone += [f"{block.table}.{each}" for each in self._inputs[block.table] if each not in columns]

    def _find_sheets(self, tabs: Sequence[_Tab], found: Located) -> None:
        """A sheet is there if its key is, or a key of anything on it, or a tab of its name."""
        names = {folded(tab.name): tab.name for tab in tabs}
        for sheet in self.form.sheets:
            place = found.sheets.get(sheet.name) or _home(sheet, found) or names.get(folded(sheet.name), "")
            if place:
                found.sheets[sheet.name] = place
            else:
                found.missing_sheets.append(sheet.name)

    def _read_labels(self, sheet: Sheet, name: str, rows: Rows, found: Located) -> None:
        """Second look at what has no key left: by its wording, the answer beside it."""
        lost = [each for each in sheet.fields if each.name not in found.answers]
        for each in lost:
            spot = _beside(each, name, rows)
            if spot:
                found.labels += 1
                found.answers[each.name] = spot
                found.by_label.append(each.name)
            else:
                found.missing.append(each.name)
        for table in sheet.tables:
            if table.name not in found.lines and not self._read_headings(table, name, rows, found):
                found.headless.append(table.name)

    def _read_headings(self, table: Table, name: str, rows: Rows, found: Located) -> bool:
        labels = {_wording(column.label): column.name for column in table.columns}
        for number, row in enumerate(rows):
            columns = {labels[text]: at for at, text in _texts(row) if text in labels}
            if len(columns) == len(labels):
                found.labels += 1
                self._read_by_headings(table, name, rows, number, columns, found)
                return True
        return False

    def _read_by_headings(
        self, table: Table, name: str, rows: Rows, headings: int, columns: Mapping[str, int], found: Located
    ) -> None:
        first, close = min(columns.values()), self._closes[table.name]
        behind = range(headings + 1, len(rows))
        lines = tuple(takewhile(lambda row: not close.ends(rows[row], first), behind))
        self._read_lines(name, Block(table.name, headings - 1, lines, ()), columns, rows, found)
        rest = takewhile(lambda row: not close.others(rows[row]), behind[len(lines) :])
        outside = tuple(row for row in rest if _at(rows[row], first) not in close.words)
        _read_below(name, rows, outside, first - 1, found)

    def is_ours(self, found: Located) -> bool:
        """True where at least one key or three labels of the form are there."""
        return found.keys > 0 or found.labels >= _LEAST_LABELS


def _square(rows: Rows) -> Rows:
    """The same with every row as wide as the widest."""
    widths = set(map(len, rows))
    return rows if len(widths) < 2 else [[*row, *[""] * (max(widths) - len(row))] for row in rows]


def _spot(name: str, number: int, column: int, row: Sequence[Raw]) -> Spot:
    return [name, address(number, column), _plain(row[column]) if column < len(row) else None]


def _plain(raw: Any) -> Raw:
    """A value that can cross to another process: a length of time or a time of day becomes its text.

    So does a figure that no sum can be done with.
    """
    if isinstance(raw, str):
        return raw or None
    if isinstance(raw, float):
        return raw if -_MOST < raw < _MOST else str(raw)
    return str(raw) if isinstance(raw, _LENGTHS) else raw


def _settle(key: str, first: Spot, spot: Spot, found: Located) -> None:
    """Two cells for one question: two requests in one file, or the first that is filled in stands."""
    (sheet, _, raw), (other, _, again) = first, spot
    if sheet != other:
        found.apart.append(key)
    elif is_blank(raw):
        found.answers[key] = spot
    elif not is_blank(again) and raw != again:
        found.twice.append(key)


def _home(sheet: Sheet, found: Located) -> str:
    """Tab on which anything of a sheet has been found; empty where nothing has."""
    spots = (found.answers.get(each.name) for each in sheet.fields)
    places = (found.first_line.get(table.name) for table in sheet.tables)
    return next((spot[0] for spot in (*spots, *places) if spot), "")


def _ends(row: Sequence[Raw]) -> bool:
    return any(isinstance(raw, str) and raw.startswith("end:") for raw in row[:2])


def _at(row: Sequence[Raw], column: int) -> str:
    """The text in one cell, as it is compared; empty where there is none."""
    raw = row[column]
    return folded(raw) if isinstance(raw, str) and raw else ""


def _read_below(name: str, rows: Rows, numbers: Sequence[int], at: int, found: Located) -> None:
    """Notes what is written in rows that are no lines; ``at`` is the column before the table's first."""
    spots = (spot for number in numbers if (spot := _written(name, number, rows[number], at)))
    found.below += islice(spots, _MOST_BELOW)


def _written(name: str, number: int, row: Sequence[Raw], at: int) -> Spot | None:
    rest = row[at + 1 :]
    if rest.count("") == len(rest):
        return None
    column = next((column for column, raw in enumerate(rest, start=at + 1) if not is_blank(raw)), None)
    return None if column is None else _spot(name, number, column, row)


def _wording(label: str) -> str:
    """A label as it is compared; what stands in place of a setting's figure is left out."""
    before, _, rest = label.partition("{")
    return folded(before) if rest else folded(label)


def _texts(row: Sequence[Raw]) -> Iterator[tuple[int, str]]:
    for column, raw in enumerate(row):
        if isinstance(raw, str) and 0 < len(raw) < _LONGEST:
            yield column, folded(raw)


def _beside(each: Field, name: str, rows: Rows) -> Spot | None:
    wanted, exact = _wording(each.label), "{" not in each.label
    for number, row in enumerate(rows):
        for column, text in _texts(row[:6]):
            if text == wanted or (not exact and text.startswith(wanted)):
                return _spot(name, number, column + 1, row)
    return None
