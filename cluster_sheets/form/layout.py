"""Where everything stands in a workbook of the form: rows and columns, counted from nought, from the declaration."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cluster_sheets.base.cell import address, letters
from cluster_sheets.form import keys
from cluster_sheets.form.declared import Field, Form, Sheet, Table
from cluster_sheets.form.rule import Comparison, Rule

LABEL, ANSWER, HELP, CHECK = 1, 2, 3, 4
FIRST_ROW = 4
"""Below title, lead, status and headings."""


@dataclass(frozen=True, slots=True)
class Total:
    """One row of sums below a table."""

    label: str
    column: str
    """Name of the column that is added up."""
    rule: Rule | None
    """The rule that says which answer it must equal; None: the sum of everything."""


@dataclass(slots=True)
class TablePlace:
    """Rows of one table."""

    table: Table
    title: int | None
    names: int
    headings: int
    first: int
    lines: int
    columns: dict[str, int]
    totals: tuple[Total, ...]

    @property
    def last(self) -> int:
        """Its last line."""
        return self.first + self.lines - 1

    @property
    def end(self) -> int:
        """The hidden row behind the last line."""
        return self.last + 1

    @property
    def below(self) -> int:
        """The first row below it: totals, then computed cells of their own."""
        return self.end + 1

    @property
    def computed(self) -> int:
        """First row of computed cells below the totals."""
        return self.below + len(self.totals)

    @property
    def bottom(self) -> int:
        """The first row that is free again."""
        return self.computed + sum(1 for cell in self.table.computed if not cell.after)

    def span(self, name: str) -> str:
        """``$B$6:$B$30``: all lines of one column."""
        column = letters(self.columns[name])
        return f"${column}${self.first + 1}:${column}${self.last + 1}"


@dataclass(slots=True)
class Layout:
    """Places of all answers of one form."""

    form: Form
    rows: dict[str, int] = field(default_factory=dict)
    """Row of each question."""
    sections: dict[str, dict[int, str]] = field(default_factory=dict)
    """Of each sheet: row -> heading of a group of questions."""
    tables: dict[str, TablePlace] = field(default_factory=dict)
    bottoms: dict[str, int] = field(default_factory=dict)
    """The first free row of each sheet."""

    def cell(self, key: str, line: int = 0) -> str:
        """``C6`` of an answer; of a table's column, on a line. Raises KeyError."""
        table, _, name = key.rpartition(".")
        if key in self.rows:
            return address(self.rows[key], ANSWER)
        if key in self.tables:
            return address(self.tables[key].first, LABEL)
        place = self.tables[table]
        if name not in place.columns:
            return address(place.computed, ANSWER)
        return address(place.first + line, place.columns[name])

    def box(self, key: str, sheet: str) -> str:
        """Key of the box that a fault about ``key`` is shown at; empty where it is about the whole file.

        An answer or a computed cell is its own; a table's stands in its first column, and what is about a whole sheet,
        or about something that has no place any more, in the first box of the sheet.
        """
        if key in self.tables:
            return self.tables[key].table.columns[0].key
        if key in self.rows or key.rpartition(".")[0] in self.tables:
            return key
        of = next((each for each in self.form.sheets if each.name == sheet), None)
        if of is None:
            return ""
        return (*of.fields, *(column for table in of.tables for column in table.columns))[0].key

    def fixed(self, key: str) -> str:
        """``'2 Request'!$C$6``: an answer as another sheet's formula names it."""
        sheet = self.form.field(key).sheet
        return f"'{sheet}'!$C${self.rows[key] + 1}"


def layout(form: Form, used: Mapping[str, int] | None = None) -> Layout:
    """Places for a form; ``used`` is how many lines a table needs where that is more than are drawn."""
    made = Layout(form)
    for sheet in form.sheets:
        row = _questions(made, sheet)
        for number, table in enumerate(sheet.tables):
            row = _table(
                made, table, row, titled=number > 0 or bool(sheet.fields), used=(used or {}).get(table.name, 0)
            )
        made.bottoms[sheet.name] = row
    return made


def _questions(made: Layout, sheet: Sheet) -> int:
    row, section = FIRST_ROW, ""
    made.sections[sheet.name] = {}
    for each in sheet.fields:
        if each.section and each.section != section:
            made.sections[sheet.name][row] = each.section
            row += 1
        section = each.section
        made.rows[each.name] = row
        row += 1
    return row if sheet.fields else FIRST_ROW - 1


def _table(made: Layout, table: Table, row: int, *, titled: bool, used: int) -> int:
    title = row if titled else None
    names = row + 1 if titled else row
    place = TablePlace(
        table=table,
        title=title,
        names=names,
        headings=names + 1,
        first=names + 2,
        lines=max(table.lines, used),
        columns={name: 1 + at for at, name in enumerate(keys.column_names(table))},
        totals=totals(made.form, table),
    )
    made.tables[table.name] = place
    return place.bottom


def totals(form: Form, table: Table) -> tuple[Total, ...]:
    """Rows of sums below a table: what rules say must tie, then the whole."""
    made = []
    for rule in form.rules:
        if rule.total and isinstance(rule.test, Comparison):
            of, _, column = rule.test.terms[0].name.partition(".")
            if of == table.name:
                made.append(Total(rule.total, column, rule))
    made += [Total(cell.total, cell.name, None) for cell in table.computed if cell.total]
    if table.sums:
        made.append(Total("All lines together", "", None))
    return tuple(made)


def figures_of(table: Table) -> tuple[Field, ...]:
    """Columns of counts, which are added up where a table says so."""
    return tuple(column for column in table.columns if column.kind == "whole-number")
