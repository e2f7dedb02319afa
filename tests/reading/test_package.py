"""What a reader of values does not show."""

import io
import time
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from python_calamine import CalamineWorkbook

from cluster_sheets.reading.package import Package, SheetPart, attributes


def made() -> bytes:
    """A workbook with a bit of everything."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.set_custom_property("version", "R&D 1", "text")
        sheet = book.add_worksheet("Shown")
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1+2", None, "")
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
        sheet.write_number("B1", 0.94, book.add_format({"num_format": "0%"}))
        sheet.write_number("B2", 0.94, book.add_format({"num_format": '0.0" %"'}))
        sheet.write_number("B3", 0.94)
        sheet.write_string("D1", "Words")
        sheet.write_comment("C2", "A note")
        book.add_worksheet("Not shown").hide()
    return target.getvalue()


BOOK = {
    "xl/workbook.xml": b'<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<Rs><Relationship Id="rId1" Target="worksheets/one.xml"/></Rs>',
}
PACKAGE = Package(made())
FIRST, SECOND = PACKAGE.sheets()


def test_sheets_come_in_the_order_of_their_tabs_and_say_whether_they_are_seen() -> None:
    assert [(sheet.name, sheet.visible) for sheet in (FIRST, SECOND)] == [("Shown", True), ("Not shown", False)]


def test_a_formula_is_marked_by_what_is_stored_with_it() -> None:
    assert PACKAGE.marks(FIRST.part) == {"A1": "formula", "A2": "unworked", "A3": "error"}
    assert PACKAGE.marks(SECOND.part) == {}


def test_a_percentage_is_known_by_its_format() -> None:
    assert PACKAGE.percent_cells(FIRST.part, frozenset({"B1", "B2", "B3"})) == {"B1", "B2"}
    assert PACKAGE.percent_cells(FIRST.part, frozenset({"B3"})) == frozenset()


def test_a_note_with_text_is_told_at_its_cell() -> None:
    assert PACKAGE.notes(FIRST) == ("C2",)
    assert PACKAGE.notes(SECOND) == ()


def test_a_note_without_text_is_none() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()))
    book["Shown"]["C2"].comment = Comment("  ", "")
    saved = io.BytesIO()
    book.save(saved)
    package = Package(saved.getvalue())
    assert package.notes(package.sheets()[0]) == ()


def test_a_custom_property_is_read_and_a_missing_one_is_empty() -> None:
    assert PACKAGE.custom_property("version") == "R&D 1"
    assert PACKAGE.custom_property("other") == ""


def test_nothing_that_travels_inside_is_missed() -> None:
    assert not PACKAGE.has_external_links()
    parts = {"xl/externalLinks/externalLink1.xml": b"", "xl/media/image1.png": b""}
    assert Package(b"", parts).has_external_links()
    assert Package(b"", parts).has_pictures()


DRAWING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/'
    b'drawingml/2006/spreadsheetDrawing" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SHAPE = b"<xdr:twoCellAnchor><xdr:sp/></xdr:twoCellAnchor>"


@pytest.mark.parametrize("drawn", [b"/>", b"></xdr:wsDr>", b">\n</xdr:wsDr>\n", b" />"])
def test_the_empty_drawing_that_google_sheets_puts_behind_each_sheet_is_no_picture(drawn: bytes) -> None:
    parts = {f"xl/drawings/drawing{number}.xml": DRAWING + drawn for number in (1, 2)}
    assert not Package(b"", parts).has_pictures()
    assert Package(b"", {**parts, "xl/charts/chart1.xml": b""}).has_pictures()
    assert Package(b"", {**parts, "xl/drawings/drawing3.xml": DRAWING + b">" + SHAPE + b"</xdr:wsDr>"}).has_pictures()


@pytest.mark.parametrize(
    "drawn",
    [
        b"",
        (DRAWING + b"/>").decode().encode("utf-16"),
        DRAWING + b"/><!-- -->" + SHAPE,
        DRAWING + b"/ >",
        b"<wsDr " * 99_999,
    ],
)
def test_a_drawing_that_is_not_seen_to_be_empty_is_a_picture(drawn: bytes) -> None:
    begun = time.process_time()
    assert Package(b"", {"xl/drawings/drawing1.xml": drawn}).has_pictures()
    assert time.process_time() - begun < 2


def test_attributes_are_read_in_either_quotes_and_without_their_escapes() -> None:
    assert attributes(b" name='a &amp; b' r:id = \"rId1\"") == {"name": "a & b", "r:id": "rId1"}


def marks(cells: bytes, prefix: bytes = b"") -> Mapping[str, str]:
    sheet = (
        b"<" + prefix + b"worksheet><" + prefix + b"row>" + cells + b"</" + prefix + b"row></" + prefix + b"worksheet>"
    )
    return Package(b"", {"s": sheet}).marks("s")


def test_marks_do_not_depend_on_how_a_program_writes_a_cell() -> None:
    assert marks(b'<c s="1" r="A1" t="str"><f>B1</f><v>x</v></c><c r="A2"><f>B2</f><v></v></c>') == {
        "A1": "formula",
        "A2": "unworked",
    }
    assert marks(b'<c r="A1"><f t="shared" si="0"/><v>1</v></c><c r="A2"><f>B2</f></c>') == {
        "A1": "formula",
        "A2": "unworked",
    }
    assert marks(b'<c r="A1" t="e"><v>#REF!</v></c><c r="A2" t="e"><f>B2</f><v>#N/A</v></c><c r="A3"><v>1</v></c>') == {
        "A1": "error",
        "A2": "error",
    }
    assert marks(b'<c t="e" r="A1"><f>B1</f><v>Err:502</v></c><c s="1"><f>B2</f></c><c r="A3"><v>1</v></c>') == {
        "A1": "error",
        "B1": "unworked",
    }
    assert marks(b'<x:c r="A1"><x:f>B1</x:f><x:v>1</x:v></x:c><x:c r="A2" t="e"><x:v>#REF!</x:v></x:c>', b"x:") == {
        "A1": "formula",
        "A2": "error",
    }


HEADS = (
    b'<c r="A%d" s="1">',
    b'<c r="A%d" t="str">',
    b'<c r="A%d" s="2" t="e">',
    b'<c s="1" r="A%d">',
    b'<c t="e" r="A%d">',
)
WORKS = (
    *(b"", b"<f>B1&amp;C1</f>", b'<f aca="false">B1</f>', b'<f t="shared" si="0"/>', b"<f/>", b"<f></f>"),
    *(b'<f t="array" ref="A1:A2">B1</f>', b'<f x="1>0">B1</f>', b'<f t="shared" ref="A1:A2" si="0">B1</f>\n'),
)
VALUES = (b"", b"<v>Err:502</v>", b"<v>#N/A</v>", b"<v></v>", b"<v/>", b" <v>1</v>", b"<is><t>x</t></is>")


@given(st.lists(st.builds(b"".join, st.tuples(*map(st.sampled_from, (HEADS, WORKS, VALUES)))), max_size=4))
def test_marks_are_what_a_parser_of_xml_tells(cells: list[bytes]) -> None:
    def told(cell: ElementTree.Element) -> str:
        value = cell.find("v")
        if cell.find("is") is None and (value is None or not value.text):
            return "unworked"
        return "error" if cell.get("t") == "e" else "formula"

    rows = b"".join(cell % number + b"</c>" for number, cell in enumerate(cells, 1))
    sheet = b"<worksheet><sheetData><row>%s</row></sheetData><f>1</f></worksheet>" % rows
    found = {
        cell.get("r"): told(cell)
        for cell in ElementTree.fromstring(sheet).iter("c")
        if cell.find("f") is not None or (cell.get("t") == "e" and b"#" in rows)
    }
    assert Package(b"", {"s": sheet}).marks("s") == found


def test_the_straight_archive_holds_what_was_checked_and_reads_the_same() -> None:
    data = made()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    straight = Package(data, {**parts, "xl/media/image1.png": b"\x89PNG"}).straight()
    with zipfile.ZipFile(io.BytesIO(straight)) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    sheets = {f"xl/worksheets/sheet{number}.xml" for number in (1, 2)}
    beside = {f"xl/{name}" for name in ("workbook.xml", "_rels/workbook.xml.rels", "styles.xml", "sharedStrings.xml")}
    assert set(held) == {*sheets, *beside, "[Content_Types].xml", "_rels/.rels"}
    assert {name: part for name, part in held.items() if name not in sheets} == {
        name: part for name, part in parts.items() if name in held and name not in sheets
    }
    books = [CalamineWorkbook.from_filelike(io.BytesIO(each)) for each in (data, straight)]
    before, after = ([book.get_sheet_by_name(name).to_python() for name in book.sheet_names] for book in books)
    assert before == after
    assert before[0][0][:2] == [2.0, 0.94]


def test_a_sheet_goes_to_the_reader_up_to_its_last_row_and_one_without_rows_as_it_is() -> None:
    def goes(sheet: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(Package(b"", {**BOOK, "xl/worksheets/one.xml": sheet}).straight())) as archive:
            return archive.read("xl/worksheets/one.xml")

    rows = b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    none = b"<mergeCells></mergeCells>"
    tail = b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    assert goes(b"<worksheet><cols/>" + rows + tail) == b"<worksheet><cols/>" + none + rows + b"</worksheet>"
    for sheet in (b"<worksheet><sheetData/>" + tail, b"<x:worksheet><x:sheetData></x:sheetData></x:worksheet>"):
        assert goes(sheet) == sheet


def test_a_link_to_another_workbook_is_told_whatever_its_part_is_called() -> None:
    book = {
        "xl/workbook.xml": BOOK["xl/workbook.xml"],
        "xl/_rels/workbook.xml.rels": b'<Rs><Relationship Id="a" Type="http://x/externalLink" Target="odd.xml"/></Rs>',
    }
    assert Package(b"", book).has_external_links()
    assert not Package(b"", BOOK).has_external_links()


SHEET = SheetPart("A", True, "xl/worksheets/one.xml")
NEVER_ENDING = {
    "formulas": ("xl/worksheets/one.xml", b'<worksheet><c r="A1">' + b"<f> " * 200_000),
    "formulas of a cell": ("xl/worksheets/one.xml", b'<worksheet><c r="A1">' + b"<f/>" * 200_000 + b"</c>"),
    "faults": ("xl/worksheets/one.xml", b"<worksheet>#" + b'<c r="A1" t="e"' * 80_000),
    "sheets": ("xl/workbook.xml", b"<sheet " * 200_000),
    "names": ("xl/workbook.xml", b"<sheet " + b"a" * 65_000 + b">"),
    "relations": ("xl/_rels/workbook.xml.rels", b"<Relationship " * 100_000),
    "notes": ("xl/comments1.xml", b"<comment ref='A1'>" * 100_000),
    "properties": ("docProps/custom.xml", b"<property name='a'>" * 100_000),
    "formats": ("xl/styles.xml", b"<cellXfs " * 200_000 + b"<numFmt " * 100_000 + b"<xf " * 100_000),
}


@pytest.mark.parametrize("name", NEVER_ENDING)
def test_what_never_ends_takes_no_more_time_than_it_is_long(name: str) -> None:
    part, told = NEVER_ENDING[name]
    notes = b'<Rs><Relationship Id="c" Target="../comments1.xml"/></Rs>'
    package = Package(b"", {**BOOK, "xl/worksheets/_rels/one.xml.rels": notes, part: told})
    begun = time.process_time()
    package.sheets()
    package.notes(SHEET)
    package.marks(SHEET.part)
    package.percent_cells(SHEET.part, frozenset({"A1"}))
    package.custom_property("version")
    assert time.process_time() - begun < 2
