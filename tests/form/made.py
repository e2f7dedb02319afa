"""Workbooks of the form for its tests, read back: their formulas, or their values."""

import io
from collections.abc import Sequence

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.form.filled import Fault
from cluster_sheets.form.shipped import form
from tests.reading.workbooks import workbook
from tests.requests import KINDS, Request

FORM = form("application")
PROJECT = KINDS["project"]
_READ: dict[str, Workbook] = {}


def book(request: Request = PROJECT, faults: Sequence[Fault] = (), *, values: bool = False) -> Workbook:
    """The workbook of a request, to be read only; with its formulas, or with what they show."""
    key = f"{request}{faults}{values}"
    if key not in _READ:
        _READ[key] = openpyxl.load_workbook(io.BytesIO(workbook(request, tuple(faults))), data_only=values)
    return _READ[key]


def row_of(sheet: Worksheet, key: str) -> int:
    """The row that carries a key."""
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == key)


def shown(key: str, request: Request = PROJECT, faults: Sequence[Fault] = ()) -> str:
    """What the check of a question shows."""
    sheet = book(request, faults, values=True)[FORM.field(key).sheet]
    return str(sheet.cell(row_of(sheet, key), 5).value)


def status(sheet: str, request: Request = PROJECT, faults: Sequence[Fault] = ()) -> str:
    """What the third row of a sheet says."""
    return str(book(request, faults, values=True)[sheet]["B3"].value)


def fault(key: str, line: int = 0, **changes: object) -> Fault:
    """A fault of an answer, or, with an empty key, of the file."""
    sheet = FORM.field(key).sheet if key else ""
    told = {"found": "It does not fit.", "mend": "Change it.", "example": "12", "only_told": False, **changes}
    return Fault(key, line, sheet, **told)  # type: ignore[arg-type]
