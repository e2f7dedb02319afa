"""The declaration of a form, read from TOML into values that cannot change.

In: the text of a declaration and what to call it in a message. Out: a ``Form``.
Never: opens a file, or guesses at a faulty declaration: it is refused with its file and line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cluster_sheets.base.finding import Severity, Wording
from cluster_sheets.form.condition import Condition
from cluster_sheets.form.rule import Rule

KINDS = (
    "text", "long-text", "money", "date", "choice", "yes-no", "whole-number",
    "decimal", "percent", "email", "upn", "urn", "school",
)  # fmt: skip
PRIVACIES = ("identity", "free-text", "small-number", "withheld", "safe")
PANELS = ("no", "as-is", "redacted", "key-stage", "area-of-need", "broad")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list: the code we keep and the label people choose."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound: a format literal (a whole number of the kind's own unit) or the name of a setting."""

    literal: int | None = None
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One input. Its ``name`` never changes: it is the hidden key in the sheet and the column; the label may."""

    name: str
    table: str
    sheet: str
    section: str
    label: str
    hint: str
    kind: str
    minimum: Limit | None
    maximum: Limit | None
    choices: tuple[Choice, ...]
    list_of: str
    required: Condition
    forbidden: Condition
    privacy: str
    panel: str
    example: str
    panel_label: str
    width: int

    @property
    def key(self) -> str:
        """``table.name`` in a table, else the name."""
        return f"{self.table}.{self.name}" if self.table else self.name

    def label_of(self, code: str) -> str:
        """The label of a choice's code, or the code where it has none."""
        return next((choice.label for choice in self.choices if choice.code == code), code)


@dataclass(frozen=True, slots=True)
class Computed:
    """A locked cell of a table that holds a formula: no input."""

    name: str
    table: str
    label: str
    after: str
    """Name of the column it stands behind; empty: below the table."""
    width: int
    total: str
    """What the sum of the column is called below the table; empty: no sum is shown."""

    @property
    def key(self) -> str:
        """``table.name``."""
        return f"{self.table}.{self.name}"


@dataclass(frozen=True, slots=True)
class Table:
    """A list of lines on a sheet."""

    name: str
    sheet: str
    title: str
    lead: str
    lines: int
    sums: bool
    """Whether counts are added up below the lines."""
    columns: tuple[Field, ...]
    computed: tuple[Computed, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the form: its own questions, then its tables."""

    name: str
    lead: str
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Form:
    """A form as declared."""

    name: str
    title: str
    version_setting: str
    sheets: tuple[Sheet, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every input, the tables' columns too, in the order a school meets them."""
        return tuple(
            field
            for sheet in self.sheets
            for field in (*sheet.fields, *(column for table in sheet.tables for column in table.columns))
        )

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in order."""
        return tuple(table for sheet in self.sheets for table in sheet.tables)

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        return {field.key: field for field in self.fields}

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {rule.code: rule for rule in self.rules}

    def field(self, key: str) -> Field:
        """The input of that key (``field`` or ``table.column``). Raises KeyError."""
        return self._fields[key]

    def has(self, key: str) -> bool:
        """True where an input of that key is declared."""
        return key in self._fields

    def kind_of(self, name: str, table: str = "") -> str:
        """Kind of the input that a condition of ``table`` calls ``name``; empty where there is none."""
        for key in (f"{table}.{name}", name):
            if key in self._fields:
                return self._fields[key].kind
        return ""

    def table(self, name: str) -> Table:
        """The table of that name. Raises KeyError."""
        return {table.name: table for table in self.tables}[name]

    def rule(self, code: str) -> Rule:
        """The rule of that code. Raises KeyError."""
        return self._rules[code]

    def has_rule(self, code: str) -> bool:
        """True where a rule of that code is declared."""
        return code in self._rules

    def wording(self, code: str) -> Wording:
        """What a finding of that code says."""
        return self._rules[code].wording

    def severity(self, code: str) -> Severity:
        """What follows from a finding of that code."""
        return self._rules[code].severity

    def label(self, key: str) -> str:
        """The label of an input or computed cell; the key itself where it has none (a sheet or table)."""
        if key in self._fields:
            return self._fields[key].label
        for table in self.tables:
            if key == table.name:
                return table.sheet
            for cell in table.computed:
                if cell.key == key:
                    return cell.label
        return key
