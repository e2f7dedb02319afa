"""Where each answer stands: by the hidden key beside it, else by its label; whatever rows and tabs have become.

In: the rows of every sheet. Out: raw answers with their places, and what could not be found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cluster_sheets.base.cell import address
from cluster_sheets.base.text import folded
from cluster_sheets.form import keys
from cluster_sheets.form.declared import Field, Form, Sheet, Table
from cluster_sheets.form.kind import Raw, is_blank

Rows = Sequence[Sequence[Raw]]
_LEAST_LABELS = 3
"""So many labels of the form make a workbook ours when every key is gone (rule not-our-form)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, and what it holds."""

    sheet: str
    cell: str
    raw: Raw


@dataclass(slots=True)
class Located:
    """Answers of one workbook, as found."""

    answers: dict[str, Spot] = field(default_factory=dict)
    """By key of the field; computed cells below a table too."""
    lines: dict[str, list[dict[str, Spot]]] = field(default_factory=dict)
    """Of each table found: every line between headings and end marker, by column name."""
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    inputs: dict[str, list[int]] = field(default_factory=dict)
    """Columns of each table found that somebody fills in."""
    begun: set[str] = field(default_factory=set)
    """Tables whose first line has been met."""
    first_line: dict[str, Spot] = field(default_factory=dict)
    """First cell of a table, used or not: where a finding about the table points."""
    stamp: dict[str, list[str]] = field(default_factory=dict)
    stamp_spot: Spot | None = None
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
    below: list[Spot] = field(default_factory=list)
    """First answer written below the end of each table."""
    labels: int = 0
    keys: int = 0


class Locator:
    """Finds the answers of one declared form. Made once, used for many workbooks."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._fields = {keys.of_field(each): each for sheet in form.sheets for each in sheet.fields}
        self._computed = {
            keys.of_computed(cell): cell for table in form.tables for cell in table.computed if not cell.after
        }
        self._sheets = {keys.of_sheet(sheet): sheet for sheet in form.sheets}
        self._tables = {keys.of_table(table): table for table in form.tables}
        self._stamp = {keys.of_stamp(part): part for part in keys.STAMP_PARTS}
        self._known = {*self._fields, *self._computed, *self._sheets, *self._tables, *self._stamp}

    def located(self, sheets: Sequence[tuple[str, Rows]]) -> Located:
        """The answers in the sheets of a workbook, given as (name of the tab, rows from A1)."""
        found = Located()
        for name, rows in sheets:
            self._read_keys(name, rows, found)
        self._find_sheets(sheets, found)
        for sheet in self.form.sheets:
            if sheet.name in found.missing_sheets:
                continue
            rows = next((rows for name, rows in sheets if name == found.sheets[sheet.name]), ())
            self._read_labels(sheet, found.sheets[sheet.name], rows, found)
        return found

    def _read_keys(self, name: str, rows: Rows, found: Located) -> None:
        at = self._key_column(rows)
        table: Table | None = None
        below: Table | None = None
        for number, row in enumerate(rows):
            key = row[at].strip() if at < len(row) and isinstance(row[at], str) else ""  # type: ignore[union-attr]
            if table and key not in self._known and not key.startswith("end:"):
                if not key.startswith("headings:"):
                    self._read_line(name, table, number, row, found)
                continue
            if key.startswith("end:"):
                table, below = None, table
            elif key in self._tables:
                table, below = self._tables[key], None
                self._read_names(name, table, number, row, at, found)
            elif key:
                table, below = None, None
                self._read_row(key, name, number, row, at, found)
            elif below and (spot := _written(name, number, row, at)):
                found.below.append(spot)
                below = None

    def _key_column(self, rows: Rows) -> int:
        """Column A, unless somebody put columns in front of it."""
        if any(row and row[0] in self._sheets for row in rows[:1]):
            return 0
        hits: dict[int, int] = {}
        for row in rows:
            for column, raw in enumerate(row[:6]):
                if isinstance(raw, str) and raw.strip() in self._known:
                    hits[column] = hits.get(column, 0) + 1
        return max(hits, key=lambda column: (hits[column], -column), default=0)

    def _read_row(self, key: str, name: str, number: int, row: Sequence[Raw], at: int, found: Located) -> None:
        spot = _spot(name, number, at + keys.ANSWER_COLUMN, row)
        if key in self._sheets:
            found.keys += 1
            if self._sheets[key].name in found.sheets:
                found.apart.append(key)
            found.sheets.setdefault(self._sheets[key].name, name)
        elif key in self._stamp:
            found.stamp.setdefault(self._stamp[key], []).append(str(spot.raw or "").strip())
            if key == keys.of_stamp("version"):
                found.stamp_spot = found.stamp_spot or spot
        elif key in self._fields or key in self._computed:
            found.keys += 1
            self._keep(key, spot, found)

    def _keep(self, key: str, spot: Spot, found: Located) -> None:
        first = found.answers.setdefault(key, spot)
        if first is spot:
            return
        if first.sheet != spot.sheet:
            found.apart.append(key)
        elif is_blank(first.raw):
            found.answers[key] = spot
        elif not is_blank(spot.raw) and first.raw != spot.raw:
            found.twice.append(key)

    def _read_names(self, name: str, table: Table, number: int, row: Sequence[Raw], at: int, found: Located) -> None:
        found.keys += 1
        if table.name in found.lines:
            found.apart.append(table.name)
            return
        names = keys.column_names(table)
        columns = {str(raw): column for column, raw in enumerate(row) if column > at and raw in names}
        self._begin(name, table, columns, number, found)

    def _begin(self, name: str, table: Table, columns: dict[str, int], number: int, found: Located) -> None:
        found.lines[table.name] = []
        found.columns[table.name] = columns
        found.inputs[table.name] = [columns[each.name] for each in table.columns if each.name in columns]
        # Until the first line is met: it stands below the names and the headings.
        found.first_line[table.name] = Spot(name, address(number + 2, min(columns.values(), default=1)), None)

    def _read_line(self, name: str, table: Table, number: int, row: Sequence[Raw], found: Located) -> None:
        columns = found.columns[table.name]
        if columns and table.name not in found.begun:
            found.begun.add(table.name)
            found.first_line[table.name] = _spot(name, number, next(iter(columns.values())), row)
        for at in found.inputs[table.name]:
            # Most cells of a table are blank; only one that is not is looked at closely.
            if at < len(row) and row[at] != "" and not is_blank(row[at]):
                line = {column: _spot(name, number, at, row) for column, at in columns.items()}
                found.lines[table.name].append(line)
                return

    def _find_sheets(self, sheets: Sequence[tuple[str, Rows]], found: Located) -> None:
        """A sheet is there if its key is, or a key of anything on it, or a tab of its name."""
        tabs = {folded(name): name for name, _ in sheets}
        for sheet in self.form.sheets:
            on_it = [found.answers[each.name].sheet for each in sheet.fields if each.name in found.answers]
            on_it += [found.first_line[table.name].sheet for table in sheet.tables if table.name in found.first_line]
            place = found.sheets.get(sheet.name) or next(iter(on_it), "") or tabs.get(folded(sheet.name), "")
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
                self._begin(name, table, columns, number - 1, found)
                for below, line in enumerate(rows[number + 1 :], start=number + 1):
                    if any(isinstance(raw, str) and raw.startswith("end:") for raw in line[:2]):
                        break
                    self._read_line(name, table, below, line, found)
                return True
        return False

    def is_ours(self, found: Located) -> bool:
        """True where at least one key or three labels of the form are there."""
        return found.keys > 0 or found.labels >= _LEAST_LABELS


def _spot(name: str, number: int, column: int, row: Sequence[Raw]) -> Spot:
    raw = row[column] if column < len(row) else None
    return Spot(name, address(number, column), None if raw == "" else raw)


def _written(name: str, number: int, row: Sequence[Raw], at: int) -> Spot | None:
    for column, raw in enumerate(row):
        if column > at and not is_blank(raw):
            return _spot(name, number, column, row)
    return None


def _wording(label: str) -> str:
    """A label as it is compared; what stands in place of a setting's figure is left out."""
    before, _, rest = label.partition("{")
    return folded(before) if rest else folded(label)


def _texts(row: Sequence[Raw]) -> Iterator[tuple[int, str]]:
    for column, raw in enumerate(row):
        if isinstance(raw, str) and raw:
            yield column, folded(raw)


def _beside(each: Field, name: str, rows: Rows) -> Spot | None:
    wanted, exact = _wording(each.label), "{" not in each.label
    for number, row in enumerate(rows):
        for column, text in _texts(row[:6]):
            if text == wanted or (not exact and text.startswith(wanted)):
                return _spot(name, number, column + 1, row)
    return None
