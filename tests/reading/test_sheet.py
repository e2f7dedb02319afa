"""What a reader of values hides is told however a sheet is written, and what it is given reads as all of it."""

import io
from typing import Any

import pytest
from hypothesis import given
from python_calamine import CalamineError, CalamineWorkbook

from cluster_sheets.reading.sheet import marks, values
from tests.reading.written import HEAD, TAIL, book, sheets


def reads(sheet: bytes) -> list[list[Any]] | str:
    """What the reader of values makes of a sheet."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(book(sheet))).get_sheet_by_name("A").to_python()
    except Exception as fault:  # noqa: BLE001 - that it gives up is told as well
        return type(fault).__name__


@given(sheets())
def test_what_is_left_of_a_sheet_reads_as_all_of_it(sheet: bytes) -> None:
    assert reads(values(sheet)) == reads(sheet)


def _in_no_letters(more: bytes = b"") -> bytes:
    return HEAD + b'<row r="1"><c r="\xb7A1"' + more + b"><f>B1</f><v>1</v></c></row>" + TAIL


def test_an_address_that_is_in_no_letters_is_that_of_no_cell_of_ours() -> None:
    assert "A1" not in marks(_in_no_letters())


def test_a_fault_at_an_address_that_is_in_no_letters_is_damage() -> None:
    with pytest.raises(CalamineError):
        marks(_in_no_letters(b' t="e"'))
