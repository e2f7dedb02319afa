"""What a declaration says in one place and takes back in another: each such fault at its block and word.

In: a form as it was read. Out: faults, none where all that it names is there and of one sort.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from cluster_sheets.form.condition import Condition, Test
from cluster_sheets.form.declared import Field, Form

FIGURES = ("money", "decimal", "percent", "whole-number")
SORTS: Mapping[str, str] = MappingProxyType(
    {"long-text": "text", "email": "text", "upn": "text", "school": "urn", "yes-no": "choice"}
)
"""Kinds whose values can be compared with another kind's; every other kind is a sort of its own."""
_YES_NO = ("YES", "NO")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a declaration."""

    block: str
    """``field``, ``rule``: which kind of block it stands in; empty: above them all."""
    at: int
    """Which of them, counted from nought."""
    word: str
    why: str


@dataclass(frozen=True)
class Known:
    """What a declaration may speak of."""

    form: Form
    settings: Mapping[str, str]
    """Type of each setting of the register, by its name."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Every key of an answer or of a computed cell."""
        cells = (cell.key for table in self.form.tables for cell in table.computed)
        return frozenset((*(field.key for field in self.form.fields), *cells))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The name of each table."""
        return tuple(table.name for table in self.form.tables)

    def resolved(self, name: str, table: str) -> str:
        """Key of what a block of ``table`` calls ``name``: a column of its own, else an answer of the form."""
        own = f"{table}.{name}"
        return own if table and own in self.names else name


def unknown_setting(name: str) -> str:
    """What is said of a setting that the register does not have."""
    return f"there is no setting called {name}; the settings stand in schemas/central-2025/settings.csv"


def codes_of(field: Field) -> tuple[str, ...]:
    """The codes an answer can have; none where it is no choice."""
    return _YES_NO if field.kind == "yes-no" else tuple(choice.code for choice in field.choices)


def code_fault(field: Field, codes: Collection[str]) -> str:
    """What is wrong with comparing an answer with ``codes``; empty where nothing is."""
    its = codes_of(field)
    if not its:
        return f"{field.key} has no list of codes; ask given({field.name}) or blank({field.name})"
    wrong = next((code for code in codes if code not in its), None)
    return "" if wrong is None else f"{wrong} is no code of {field.key}; it may be: {', '.join(its)}"


def of_condition(known: Known, condition: Condition, table: str) -> Iterator[str]:
    """What is wrong with a condition that is asked of a line of ``table``, or of the form where that is empty."""
    for test in condition.tests():
        key = known.resolved(test.name, table)
        if key not in known.names:
            yield f"the condition names {test.name}, which is no field"
        elif "." in key and key.partition(".")[0] != table:
            yield f"the condition names {test.name}, a column of another table: it has no one answer here"
        elif known.form.has(key) and (why := _of_test(known.form.field(key), test)):
            yield why


def _of_test(field: Field, test: Test) -> str:
    if test.operator in ("given", "blank"):
        return ""
    if test.number is None:
        return code_fault(field, test.values)
    return "" if field.kind in FIGURES else f"{field.key} is no figure; compare it with a code, or ask given(name)"
