"""Where everything stands in a decisions workbook, so that the formulas of one sheet can speak of another's cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cluster_sheets.base.cell import address, letters
from cluster_sheets.form import keys
from cluster_sheets.form.declared import Form, Sheet, Table
from cluster_sheets.panel.decisions.fund import Fund, Purse
from cluster_sheets.panel.decisions.view import Asked, View

MEETING, DECISIONS, WORDS, LEFT = range(4)
"""The sheets, in the order of the declaration."""
DECIDED, IN_WORDS = "decided", "words"
"""The tables."""
NAMES, HEADINGS, FIRST = 3, 4, 5
"""Rows of a list: its hidden names, its headings, its first line."""
FUND, YEAR, BEFORE, GIVEN, AFTER, FITS = range(1, 7)
"""Columns of the funds on the last sheet."""
CASE, CASE_FUND, CASE_AWARD, CASE_YEARS = 1, 2, 3, 4
"""Columns of the cases on the last sheet; the years follow one another from the fourth on."""
FUNDS_FIRST = 4


@dataclass(frozen=True)
class Places:
    """Addresses in the workbook of one meeting."""

    form: Form
    view: View

    def sheet(self, which: int) -> Sheet:
        """One of the declared sheets."""
        return self.form.sheets[which]

    def _on(self, which: int, cell: str) -> str:
        return f"'{self.sheet(which).name}'!{cell}"

    @property
    def lines(self) -> int:
        """How many lines a list has."""
        return len(self.view.cases)

    def column(self, table: str, name: str) -> int:
        """Column of a list's input or computed cell."""
        return self._columns[table, name]

    @cached_property
    def _columns(self) -> Mapping[tuple[str, str], int]:
        named = ((table.name, keys.column_names(table)) for table in self.form.tables)
        return {(table, name): column for table, names in named for column, name in enumerate(names, start=1)}

    def cell(self, table: str, name: str, line: int) -> str:
        """Address, with its sheet, of a cell of a line (from nought)."""
        which = DECISIONS if table == DECIDED else WORDS
        return self._on(which, address(FIRST + line, self.column(table, name)))

    def here(self, table: str, name: str, line: int) -> str:
        """``cell`` as formulas of its own sheet call it."""
        return address(FIRST + line, self.column(table, name))

    def all_lines(self, table: str, name: str) -> str:
        """The cells of a column on every line, as formulas of its own sheet call them."""
        return f"{self.here(table, name, 0)}:{self.here(table, name, self.lines - 1)}"

    # The last sheet

    @property
    def cases_first(self) -> int:
        """Row of the first case: below the funds, a section and headings."""
        return FUNDS_FIRST + len(self.view.purses) + 2

    def purse(self, purse: Purse, column: int) -> str:
        """A cell of a fund in a year, on the last sheet."""
        return self._on(LEFT, address(FUNDS_FIRST + self.view.purses.index(purse), column))

    def award(self, line: int) -> str:
        """The cell that holds the award of a line as it is read, on the last sheet."""
        return self._on(LEFT, address(self.cases_first + line, CASE_AWARD))

    def year_column(self, year: str) -> int:
        """Column of a year's part of each award."""
        return CASE_YEARS + self.view.years.index(year)

    def of_cases(self, column: int, first: int = 0, last: int | None = None) -> str:
        """Cells of some cases on the last sheet, as another sheet calls them; the first row stands fast."""
        until = self.lines - 1 if last is None else last
        top = f"${letters(column)}${self.cases_first + first + 1}"
        return self._on(LEFT, f"{top}:{address(self.cases_first + until, column)}")

    def fund_words(self, fund: Fund | None) -> str:
        """What the last sheet calls a case's fund."""
        return self.view.funds[fund] if fund else "z"

    def table_of(self, name: str) -> Table:
        """A declared list."""
        return self.form.table(name)

    def case(self, line: int) -> Asked:
        """The case on a line."""
        return self.view.cases[line]
