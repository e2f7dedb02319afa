"""What a reader of values hides is told of every way that XML lets a sheet be written in."""

import pytest
from python_calamine import CalamineError

from cluster_sheets.reading import odd_sheet
from cluster_sheets.reading.sheet import marks
from tests.reading.written import HEAD, TAIL

PLAIN = (
    b'<row r="2"><c r="A2"><f>B1</f><v>1</v></c><c r="B2" t="e"><v>#REF!</v></c><c r="D2" t="str"><f>B1</f></c></row>'
    b'<row r="4"><c r="A4"><v>7</v></c><c r="B4" t="e"><f>B1</f><v>#N/A</v></c></row>'
)
MARKS = {"A2": "formula", "B2": "error", "D2": "unworked", "B4": "error"}
OF_TWO = b'<c><f>B1</f><v>1</v></c><c t="e"><v>#REF!</v></c><c/><c t="str"><f>B1</f></c></row>'
OF_FOUR = b'<c><v>7</v></c><c t="e"><v>#N/A</v></c></row>'
WITHOUT_CELLS = b'<row r="2">' + OF_TWO + b'<row r="4">' + OF_FOUR
WITHOUT_ROWS = b"<row/><row>" + OF_TWO + b"<row/><row>" + OF_FOUR


@pytest.mark.parametrize(
    "written",
    [
        PLAIN,
        PLAIN.replace(b'"', b"'"),
        PLAIN.replace(b'="', b' = "'),
        PLAIN.replace(b"<c ", b"<c\n").replace(b"<f>", b"<f\t>"),
        PLAIN + b"<!-- -->",
        WITHOUT_CELLS,
        WITHOUT_ROWS,
    ],
)
def test_it_is_told_however_a_sheet_is_written(written: bytes) -> None:
    xml = HEAD + written + TAIL
    assert dict(odd_sheet.marks(xml)) == MARKS
    assert dict(marks(xml)) == MARKS


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1"><v>10<!-- -->00</v></c>',
        b'<c r="A1"><v>1<![CDATA[00]]></v></c>',
        b'<c r="A1"><v>1<?x y?>00</v></c>',
        b'<c r="A1"><v>1&#48;00</v></c>',
        b"<c r='A1' t='n'><f>B1</f><v>1&#x30;00</v></c>",
        b"<c r='A0'><f>B1</f><v>1</v></c>",
        b"<c r='A1'><v>1</c>",
    ],
)
def test_what_a_reader_of_values_would_get_a_part_of_is_not_read(cell: bytes) -> None:
    with pytest.raises(CalamineError):
        marks(HEAD + b'<row r="1">' + cell + b"</row>" + TAIL)


def test_a_sheet_that_declares_something_is_not_read() -> None:
    xml = b'<!DOCTYPE worksheet [<!ENTITY a "1">]>' + HEAD + b"<row r='1'><c r='A1'><v>&a;</v></c></row>" + TAIL
    with pytest.raises(CalamineError):
        odd_sheet.marks(xml)


def test_a_text_may_have_letters_by_their_number() -> None:
    row = b'<row r="1"><c r="A1" t="str"><f>B1</f><v>1&#10;2</v></c></row>'
    assert dict(marks(HEAD + row + TAIL)) == {"A1": "formula"}
