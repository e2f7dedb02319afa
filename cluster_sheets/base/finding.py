"""A finding: one thing in what we were sent that a person must look at.

A mistake in a workbook is a value, never an exception. A finding knows where it stands, a code that never changes and
the particulars; its sentence is written from the code's wording in the form declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What follows from a finding (submission.md: the five states rest on it)."""

    RETURN = "RETURN"
    """Goes back to the school; the form is not taken until it is mended."""
    QUERY = "QUERY"
    """Waits until the admin accepts or returns it."""
    NOTE = "NOTE"
    """Is only told."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands in a file somebody sent us."""

    file: str
    sheet: str = ""
    """Empty: the finding is about the whole file."""
    cell: str = ""
    """Such as C9. Empty: about the whole sheet."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing a person must look at."""

    place: Place
    code: str
    severity: Severity = Severity.RETURN
    field: str = ""
    """Name of the field (``table.column`` in a table), or empty."""
    detail: tuple[tuple[str, str], ...] = ()
    """What the wording's blanks are filled with: typed, limit, other. May hold what was typed: never logged."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentence of one code: what we found, then what to do about it."""

    what: str
    mend: str

    def told(self, blanks: Mapping[str, str]) -> tuple[str, str]:
        """Both sentences with {typed} {cell} {field} {limit} {other} filled in."""
        filled = _Blanks(blanks)
        return self.what.format_map(filled), self.mend.format_map(filled)


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
