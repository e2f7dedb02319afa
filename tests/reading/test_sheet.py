"""What a reader of values hides is told however a sheet is written, and what it is given reads as all of it."""

import io
from contextlib import suppress
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


@pytest.mark.parametrize("odd", [b"", b' t="e"'])
def test_an_address_that_is_in_no_letters_is_told_as_damage_or_as_no_cell_of_ours(odd: bytes) -> None:
    row = b'<row r="1"><c r="\xb7A1"' + odd + b"><f>B1</f><v>1</v></c></row>"
    with suppress(CalamineError):
        assert "A1" not in marks(HEAD + row + TAIL)
