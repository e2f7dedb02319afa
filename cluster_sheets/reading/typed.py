"""Raw answers become typed ones: each cell is read by its kind; what does not parse is a finding at its cell.

In: a ``RawForm`` as it came from a worker. Out: values, which of them are faulty, where each stands, and findings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cluster_sheets.base.date import days_told
from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.record import Record, Value
from cluster_sheets.base.text import length
from cluster_sheets.form.condition import Faulty
from cluster_sheets.form.declared import Field, Form
from cluster_sheets.form.kind import (
    MOST_MONEY,
    Percent,
    Raw,
    Reader,
    Readers,
    as_text,
    is_blank,
    limits_in_words,
    shown_as,
    typed_as,
)
from cluster_sheets.reading.nothing import CODE, is_left_aside, says_nothing
from cluster_sheets.reading.plan import ERROR, UNWORKED
from cluster_sheets.reading.raw import RawForm

FORM = ""
"""Name of the table that holds the form's own answers."""


@dataclass(slots=True)
class Line:
    """One used row of a table, or the form's own answers."""

    answers: dict[str, Value] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    """Names of answers that are there but did not parse, or that could not be found."""
    typed: dict[str, str] = field(default_factory=dict)
    """What was typed, of the answers that did not parse."""
    row: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """What stood where, by name: sheet, cell and what was in it."""
    lengths: dict[str, int] = field(default_factory=dict)
    """Characters of text answers, over their limit too."""

    def place(self, name: str) -> tuple[str, str] | None:
        """(sheet, cell) of an answer; None where the workbook does not have it."""
        return (self.row[name][0], self.row[name][1]) if name in self.row else None


@dataclass(slots=True)
class TypedForm:
    """One workbook, typed."""

    unit: str
    file: str
    lines: dict[str, list[Line]]
    """By table; the form's own answers are the one line of FORM."""
    first: dict[str, tuple[str, str]]
    """(sheet, cell) of the first cell of each table."""
    lost: frozenset[str] = frozenset()
    """Tables that could not be found: how many lines they have is not known."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def own(self) -> Line:
        """The form's own answers."""
        return self.lines[FORM][0]

    def value(self, name: str) -> Value:
        """One of the form's own answers."""
        return self.own.answers.get(name)

    def record(self) -> Record:
        """The answers to keep: typed values only."""
        tables = {table: tuple(line.answers for line in lines) for table, lines in self.lines.items() if table != FORM}
        return Record(self.own.answers, tables)


@dataclass(frozen=True, slots=True)
class Window:
    """Dates further from receipt than the setting allows are slips."""

    since: date
    until: date
    years: int


@dataclass(frozen=True, slots=True)
class _Column:
    """One answer as it is read."""

    name: str
    field: Field
    reader: Reader
    is_text: bool
    may_read_as_nothing: bool
    """What says that there is nothing to say may read as an answer that this request may not have."""


class Typing:
    """Types workbooks of one form. Made once a night."""

    def __init__(self, form: Form, readers: Readers) -> None:
        self.form = form
        self._readers = readers
        declared = {FORM: [each for sheet in form.sheets for each in sheet.fields]}
        declared |= {table.name: list(table.columns) for table in form.tables}
        self._columns = {table: [_column(each, readers) for each in columns] for table, columns in declared.items()}
        self._blank: dict[str, dict[str, Value]] = {
            table: dict.fromkeys(each.name for each in columns) for table, columns in declared.items()
        }
        self._computed = {table.name: table.computed for table in form.tables}

    def typed(self, unit: str, file: str, raw: RawForm, window: Window) -> TypedForm:
        """The typed answers of one workbook."""
        first = {table: (place[0], place[1]) for table, place in raw.first_line.items()}
        gone = {table.name for table in self.form.tables if table.sheet in raw.missing_sheets}
        made = TypedForm(unit, file, {}, first, frozenset(gone.union(raw.headless)))
        formulas, percents = ({tuple(place) for place in places} for places in (raw.formulas, raw.percents))
        by = _Told(formulas, percents, {cell for _, cell in formulas | percents}, window)
        lost = _by_table(raw.gone) if raw.gone else {}
        for table, blank in self._blank.items():
            rows = [raw.answers] if table == FORM else raw.lines.get(table, ())
            made.lines[table] = []
            for row in rows:
                line = Line(dict(blank), set(lost.get(table, ())), row=row)
                made.lines[table].append(line)
                self._type(made, line, self._columns[table], by)
                self._stored(line, table)
        made.own.faulty.update(raw.missing)
        made.own.faulty.update(
            each.name for sheet in self.form.sheets if sheet.name in raw.missing_sheets for each in sheet.fields
        )
        for line, column in by.nothing:
            self._leave_aside(made, line, column)
        for cell in (cell for cells in self._computed.values() for cell in cells if not cell.after):
            if cell.key in raw.answers:
                made.own.answers[cell.key] = _stored_pence(raw.answers[cell.key][2])
        return made

    def _leave_aside(self, made: TypedForm, line: Line, column: _Column) -> None:
        """A box that says there is nothing to say counts as blank where this request need not have it."""

        def look(name: str) -> Value | Faulty:
            told = line if name in line.answers else made.own
            return told.answers[name] if name in told.answers and name not in told.faulty else Faulty()

        name = column.name
        if is_left_aside(column.field, look, reads=line.answers[name] is not None):
            spot = line.place(name) or ("", "")
            line.answers[name] = None
            line.faulty.discard(name)
            line.typed.pop(name, None)
            line.lengths.pop(name, None)
            place = Place(made.file, *spot)
            made.findings = [each for each in made.findings if each.place != place]
            made.findings.append(Finding(place, CODE, self.form.severity(CODE), column.field.key))

    def _stored(self, line: Line, table: str) -> None:
        """What the file holds in a computed cell of a line: read only to compare."""
        for cell in self._computed.get(table, ()):
            if cell.after and cell.name in line.row:
                line.answers[f"stored:{cell.name}"] = _stored_pence(line.row[cell.name][2])

    def _type(self, made: TypedForm, line: Line, columns: Sequence[_Column], by: "_Told") -> None:
        """Reads a line. Nearly every cell is blank, or good and nothing to be said of it: those take the short way."""
        since, until, apart = by.window.since, by.window.until, by.apart
        row, answers, lengths = line.row, line.answers, line.lengths
        for column in columns:
            name = column.name
            if name not in row:
                continue
            _, cell, raw = row[name]
            if raw is None or (isinstance(raw, str) and not raw[:1].isalnum() and is_blank(raw)):
                continue
            value, codes = column.reader(raw)
            if value is None or codes or cell in apart or (isinstance(value, date) and not since <= value <= until):
                self._noted(made, line, column, raw, by)
                continue
            if column.may_read_as_nothing and says_nothing(column.field, raw):
                by.nothing.append((line, column))
            answers[name] = value
            if column.is_text and isinstance(value, str):
                lengths[name] = len(value)

    def _noted(self, made: TypedForm, line: Line, column: _Column, raw: Any, by: "_Told") -> None:
        """Reads a cell of which something is to be told."""
        each = column.field
        sheet, cell, _ = line.row[column.name]
        place = (sheet, cell)
        given: Raw = Percent(raw) if place in by.percents and _is_figure(raw) else raw
        value, codes = self._read(column.reader, given, by.window)
        if column.is_text:
            line.lengths[each.name] = length(as_text(given))
        if value is None:
            line.typed[each.name] = typed_as(each, given)
            line.faulty.add(each.name)
        elif place in by.formulas:
            codes = (*codes, "formula-given")
        line.answers[each.name] = value
        if place not in by.formulas and says_nothing(each, given):
            by.nothing.append((line, column))
        made.findings += [self._finding(Place(made.file, *place), code, each, given, by.window) for code in codes]

    def _read(self, reader: Reader, given: Raw, window: Window) -> tuple[Value, tuple[str, ...]]:
        if given in (ERROR, UNWORKED):
            return None, ("cell-error" if given == ERROR else "formula-not-worked-out",)
        value, codes = reader(given)
        if isinstance(value, date) and not window.since <= value <= window.until:
            return None, ("date-far-off",)
        return value, codes

    def _finding(self, place: Place, code: str, each: Field, raw: Raw, window: Window) -> Finding:
        wording = self.form.wording(code)
        said = wording.what + wording.mend
        detail = []
        if "{typed}" in said:
            detail.append(("typed", typed_as(each, raw)))
        if "{limit}" in said:
            detail.append(("limit", self._limit(code, each, raw, window)))
        return Finding(place, code, self.form.severity(code), each.key, tuple(detail))

    def _limit(self, code: str, each: Field, raw: Raw, window: Window) -> str:
        low, high = self._readers.bounds(each)
        if code in ("too-short", "too-long"):
            return f"{(low if code == 'too-short' else high) or 0:,}"
        if code == "date-far-off":
            return shown_as("whole-number", window.years)
        if code == "no-such-day":
            return days_told(as_text(raw))
        if each.kind == "money" and high is None:
            high = MOST_MONEY
        return limits_in_words(each, low, high)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the workbook says of cells beside their values, and the window its dates must lie in."""

    formulas: set[tuple[str, ...]]
    percents: set[tuple[str, ...]]
    apart: set[str]
    """Cells, on whatever sheet, that either is said of."""
    window: Window
    nothing: list[tuple[Line, _Column]] = field(default_factory=list)
    """Boxes that say there is nothing to say."""


def _column(each: Field, readers: Readers) -> _Column:
    is_text = each.kind in ("text", "long-text")
    return _Column(each.name, each, readers.of(each), is_text, is_text and not each.forbidden.never)


def _by_table(columns: Sequence[str]) -> dict[str, list[str]]:
    """Names of columns by table."""
    made: dict[str, list[str]] = {}
    for key in columns:
        table, _, name = key.partition(".")
        made.setdefault(table, []).append(name)
    return made


def _is_figure(raw: Raw) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def _stored_pence(raw: Raw) -> int | None:
    """Pence of a stored total, None where it holds none (nothing typed yet, or a text)."""
    return round(raw * 100) if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e13 else None
