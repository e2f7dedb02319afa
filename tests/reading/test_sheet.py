"""What is seen of the XML of a sheet row by row is what is seen of it as a whole."""

import io
import time
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cluster_sheets.intake import rows
from cluster_sheets.reading import sheet as module
from cluster_sheets.reading.sheet import Looked, looked

HEAD = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C9"/><sheetData>'
)
TAIL = (
    b'</sheetData><conditionalFormatting><cfRule><formula>A1=""</formula></cfRule></conditionalFormatting></worksheet>'
)
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAMES = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = b"http://schemas.openxmlformats.org/package/2006"
BOOK = {
    "[Content_Types].xml": b'<Types xmlns="%s/content-types"/>' % PACKAGE,
    "xl/workbook.xml": b'<workbook %s %s><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    % (MAIN, NAMES),
    "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="%s/relationships"><Relationship Id="rId1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    b' Target="worksheets/one.xml"/></Relationships>' % PACKAGE,
    "xl/sharedStrings.xml": b"<sst %s><si><t>first</t></si><si><t>second</t></si></sst>" % MAIN,
}
EMPTY = (
    *(b'<c r="%s"/>', b'<c r="%s" s="1"/>', b'<c r="%s" s="1" t="s"/>', b'<c r="%s"></c>', b'<c r="%s" t="n"></c>'),
    *(b'<c r="%s" t="str"><f>B1&amp;"x"</f></c>', b'<c r="%s" t="b"><f t="shared" ref="A1:A2" si="0">B1</f></c>'),
    *(b'<c r="%s"><f t="shared" si="0"/></c>', b'<c r="%s" t="s"><f x="1"></f></c>'),
)
FULL = (
    *(b'<c r="%s"><v>1</v></c>', b'<c r="%s" t="s"><v>1</v></c>', b'<c r="%s" t="str"><f>B1</f><v>x</v></c>'),
    *(b'<c r="%s" t="inlineStr"><is><t>typed &lt;row</t></is></c>', b'<c r="%s" t="str"><f>B1</f><v></v></c>'),
    *(b'<c r="%s" t="str"><v></v></c>', b'<c s="1" r="%s" t="str"><f>B1</f><v>x</v></c>'),
)
ODD = (
    *(b'<c r="%s" t="e"><v>#REF!</v></c>', b'<c r="%s"><!-- <v>1</v> --></c>', b'<c r="%s"/><f>B1</f>'),
    *(b'<c r="%s" t="e"><f>B1</f><v>#N/A</v></c>', b'<c r="%s"><f/></c>'),
    b'<c r="%s" t="inlineStr"><is><t><![CDATA[</row><row r="7"><c r="A7"/></row><row r="8">]]></t></is></c>',
)
STARTS = (
    *(b'<row r="%d">', b'<row r="%d" spans="1:3" ht="15" customHeight="1">', b'<row r="%d" hidden="1">'),
    *(b"<row>", b'<row ht="15">', b'<row hidden="1" r="%d">', b'<row r="%d"/><row r="%d">'),
)


@st.composite
def sheets(draw: st.DrawFn, starts: int = len(STARTS), cells: tuple[bytes, ...] = (*EMPTY, *FULL, *ODD)) -> bytes:
    made = [HEAD]
    for number in range(1, draw(st.integers(1, 6))):
        start = draw(st.sampled_from(STARTS[:starts]))
        made.append(start.replace(b"%d", b"%d" % number))
        many = draw(st.lists(st.sampled_from(cells), max_size=3))
        made += [cell % (b"%c%d" % (65 + column, number)) for column, cell in enumerate(many)]
        made.append(b"</row>")
    return b"".join((*made, TAIL))


def seen(sheet: bytes) -> Looked:
    """What is seen when nothing is remembered."""
    rows.forget()
    module._LOOKED.clear()
    return looked("s", sheet)


def reads(sheet: bytes) -> list[list[Any]] | str:
    """What the reader of values makes of a sheet."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in {**BOOK, "xl/worksheets/one.xml": sheet}.items():
            archive.writestr(name, part)
    try:
        return CalamineWorkbook.from_filelike(data).get_sheet_by_name("A").to_python(skip_empty_area=False)
    except Exception as fault:  # noqa: BLE001 - that it gives up is told as well
        return type(fault).__name__


@given(sheets())
def test_what_is_left_of_a_sheet_reads_as_all_of_it(sheet: bytes) -> None:
    assert reads(seen(sheet).values) == reads(sheet)


@given(sheets())
def test_marks_are_those_of_the_sheet_as_a_whole(sheet: bytes) -> None:
    assert seen(sheet).marks == module._marks(sheet)


@given(sheets(3, (*EMPTY, *FULL[:6])))
def test_a_sheet_as_most_are_written_is_seen_by_its_rows(sheet: bytes) -> None:
    assert seen(sheet) == module._by_rows("s", sheet)


@given(st.lists(sheets(), min_size=2, max_size=5))
def test_what_is_remembered_of_rows_changes_nothing(some: list[bytes]) -> None:
    alone = [seen(each) for each in some]
    rows.forget()
    module._LOOKED.clear()
    assert [looked("s", each) for each in some] == alone


@pytest.mark.parametrize("odd", [b"", b' t="e"'])
def test_an_address_that_is_in_no_letters_is_no_reason_to_break(odd: bytes) -> None:
    row = b'<row r="1"><c r="\xb7A1"' + odd + b"><f>B1</f><v>1</v></c></row>"
    assert "A1" not in seen(HEAD + row + TAIL).marks


def test_rows_in_which_no_value_stands_are_left_out() -> None:
    first, last = b'<row r="1"><c r="A1"/></row>', b'<row r="9"><c r="A9"/></row>'
    full = b'<row r="4"><c r="A4"><v>1</v></c></row>'
    empty = b'<row r="3" ht="15"><c r="A3" s="4"/><c r="B3" t="str"><f>A3</f></c></row>'
    told = seen(HEAD + first + empty + full + empty.replace(b"3", b"5") + last + TAIL)
    assert told.marks == {"B3": "unworked", "B5": "unworked"}
    assert told.values.endswith(b"<sheetData>" + first + full + last + b"</sheetData></worksheet>")


@pytest.mark.parametrize("odd", [b"<row>", b'<row ht="1">', b'<x:row r="4">', b'<row s="1" r="4">', b"<!-- -->"])
def test_no_row_is_left_out_where_one_may_stand_by_the_one_before_it(odd: bytes) -> None:
    empty = b'<row r="2"><c r="A2"/></row>'
    sheet = HEAD + b'<row r="1"></row>' + empty + odd + b'<c><v>1</v></c></row><row r="9"></row>' + TAIL
    assert empty in seen(sheet).values


def test_a_sheet_of_rows_that_never_end_takes_no_more_time_than_it_is_long() -> None:
    begun = time.process_time()
    for endless in (b'<c r="A1"/>', b'<c r="A1"><f>', b"<f/>", b"<row", b'<c r="A1"><f x', b'</row><row r="'):
        seen(HEAD + b'<row r="1"></row><row r="2">' + endless * 100_000 + TAIL)
    assert time.process_time() - begun < 2
