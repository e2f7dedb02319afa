"""The register that ships, and spoilt ones."""

import io
from collections.abc import Callable

import openpyxl
from openpyxl.workbook import Workbook

from cluster_sheets.base.finding import Finding
from cluster_sheets.form.shipped import workbook
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register_of

SHIPPED = "register-central-2025.xlsx"


def shipped() -> Register:
    """The register that ships."""
    register, faults = register_of(workbook(SHIPPED), SHIPPED)
    if register is None:
        raise AssertionError(faults)
    return register


REGISTER = shipped()


def spoilt(change: Callable[[Workbook], None]) -> tuple[Register | None, tuple[Finding, ...]]:
    """What is read of the shipped register after a change."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(SHIPPED)))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return register_of(saved.getvalue(), "register.xlsx")
