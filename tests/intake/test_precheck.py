import random

import pytest

from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.precheck import checked
from tests.intake.files import BOOK, OLE, PARTS, TYPES, sheet, tower, with_part, workbook, zipped


def code(data: bytes, limits: Limits | None = None) -> str:
    try:
        checked(data, limits or Limits())
    except RefusedError as refused:
        return str(refused)
    return ""


def typed(content_type: bytes) -> bytes:
    return with_part("[Content_Types].xml", TYPES.replace(b"spreadsheetml.sheet.main", content_type))


def test_a_good_workbook_gives_its_parts() -> None:
    assert checked(workbook(), Limits()) == PARTS


KINDS = {
    "macros by content type": (typed(b"ms-excel.sheet.macroEnabled.main"), "file-macros"),
    "macros by their part": (with_part("xl/vbaProject.bin", OLE), "file-macros"),
    "macros by relationship": (
        with_part("xl/_rels/workbook.xml.rels", b'<Relationships><Relationship Type="x/vbaProject"/></Relationships>'),
        "file-macros",
    ),
    "macros under another name": (with_part("xl/printerSettings/one.bin", OLE + bytes(600)), "file-macros"),
    "macros by content type, in letters of XML": (typed(b"ms-excel.sheet.macro&#69;nabled.main"), "file-macros"),
    "content types in UTF-16": (
        with_part("[Content_Types].xml", TYPES.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "file-unsafe-xml",
    ),
    "a macro sheet": (with_part("xl/macrosheets/sheet1.xml", b"<macrosheet/>"), "file-macros"),
    "a binary workbook": (zipped({"[Content_Types].xml": TYPES, "xl/workbook.bin": b"\x83"}), "file-binary-excel"),
    "an OpenDocument sheet": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "file-opendocument",
    ),
    "a letter": (zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "file-word"),
    "a form packed into an archive": (zipped({"forms/My request.XLSX": workbook()}), "file-in-zip"),
    "a letter with a sheet in it": (
        zipped(
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/embeddings/a.xlsx": workbook()}
        ),
        "file-word",
    ),
    "another program's sheet": (zipped({"Index/Document.iwa": b"x"}), "file-word"),
    "a DOCTYPE": (with_part("xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "file-unsafe-xml"),
    "a DOCTYPE in UTF-16": (
        with_part("docProps/app.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")),
        "file-unsafe-xml",
    ),
    "a DOCTYPE under a name that is not XML": (with_part("xl/media/a.png", b"<!DOCTYPE a><a/>"), "file-unsafe-xml"),
    "a sheet in UTF-16": (
        with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>".encode("utf-16")),
        "file-unsafe-xml",
    ),
    "a sheet that is no XML": (with_part("xl/worksheets/sheet1.xml", b"EXAMPLE"), "file-unsafe-xml"),
    "a sheet in another old encoding": (
        with_part("xl/worksheets/sheet1.xml", b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>'),
        "file-unsafe-xml",
    ),
    "a tower of elements": (with_part("xl/theme/theme1.xml", b"<b>" + tower(100) + b"</b>"), "file-unsafe-xml"),
    "an endless attribute": (with_part("xl/styles.xml", b'<a b="' + b"x" * 70_000 + b'"/>'), "file-unsafe-xml"),
    "a cell in the far corner": (sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "file-unsafe-xml"),
    "one told in single quotes": (sheet(b"<row r='1048576'><c r='XFD1048576'/></row>"), "file-unsafe-xml"),
    "one told with blanks": (sheet(b'<row s="1" r = "1048576"><c s="1" r = "XFD1048576"/></row>'), "file-unsafe-xml"),
    "one told with a prefix": (sheet(b'<x:row r="9999999"><x:c r="XFD9999999"/></x:row>'), "file-unsafe-xml"),
    "one that says twice where it is": (sheet(b'<row r="1"><c r="A1" r="XFD1048576"/></row>'), "file-unsafe-xml"),
    "one that says it behind a sign of its end": (
        sheet(b'<row r="1"><c s=">" r="XFD1048576"/></row>'),
        "file-unsafe-xml",
    ),
    "one with noughts before its row": (sheet(b'<row><c r="XFD0000000001048576"/></row>'), "file-unsafe-xml"),
    "a text by what is no number": (sheet(b'<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), "file-broken"),
    "a text by a part of a number": (sheet(b'<row r="1"><c r="A1" t="s"><v>39.0</v></c></row>'), "file-broken"),
    "a text by more than a number": (sheet(b'<row r="1"><c r="A1" t="s"><v>39abc</v></c></row>'), "file-broken"),
    "a DOCTYPE behind many blanks": (with_part("xl/media/a.png", b" " * 200 + b"<!DOCTYPE a><a/>"), "file-unsafe-xml"),
    "a text of a hundred thousand letters": (
        with_part("xl/sharedStrings.xml", b"<sst><si><t>" + random.Random(1).randbytes(40_000).hex().encode()),
        "file-past-a-limit",
    ),
    "a size that is stated and not there": (
        with_part("xl/worksheets/sheet1.xml", b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData/></worksheet>'),
        "file-unsafe-xml",
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_no_plain_workbook_is_refused(name: str) -> None:
    data, expected = KINDS[name]
    assert code(data) == expected


ALLOWED = {
    "a part of another program in UTF-16": with_part(
        "customXml/item1.xml", '<?xml version="1.0" encoding="UTF-16"?><a>b</a>'.encode("utf-16")
    ),
    "a comment": with_part("xl/styles.xml", b"<a><!-- made by EXAMPLE --></a>"),
    "a hundred elements within one another": with_part("xl/theme/theme1.xml", tower(100)),
    "a drawing that is not well-formed": with_part("xl/drawings/vmlDrawing1.vml", b"<xml>" + b"<br>" * 9 + b"</xml>"),
    "a file within": with_part("xl/embeddings/oleObject1.bin", OLE),
    "a cell far to the right": sheet(b'<row r="40"><c r="XFD40"><v>1</v></c></row>'),
    "a cell far down": sheet(b'<row r="40000"><c r="C40000"><v>1</v></c></row>'),
    "a text by its number": sheet(b'<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="s"/></row>'),
    "cells that do not say where they are": sheet(b"<row><c><v>1</v></c></row>" * 1500),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_only_looks_odd_is_taken(name: str) -> None:
    assert code(ALLOWED[name]) == ""


def sheets(count: int) -> bytes:
    """A workbook of so many sheets, each of half a million cells up to its farthest."""
    far = b'<worksheet><sheetData><row r="999"><c r="SZ999"/></row></sheetData></worksheet>'
    return zipped(dict(PARTS) | {f"xl/worksheets/sheet{each}.xml": far for each in range(1, count + 1)})


def test_many_sheets_are_measured_together() -> None:
    assert (code(sheets(20)), code(sheets(21))) == ("", "file-unsafe-xml")


CELLS = b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 4000 + b"</row>"
MERGED = with_part(
    "xl/worksheets/sheet1.xml",
    b"<worksheet><sheetData/><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 3000 + b"</mergeCells></worksheet>",
)
LIMITS = {
    "cells": (sheet(CELLS), Limits(cells=3999)),
    "cells whose tags end in a tab": (sheet(CELLS.replace(b"<c ", b"<c\t")), Limits(cells=3999)),
    "merged cells": (MERGED, Limits(merged=2999)),
    "shared strings": (
        with_part("xl/sharedStrings.xml", b"<sst>" + b"<si><t>words here</t></si>" * 5000 + b"</sst>"),
        Limits(strings=4999),
    ),
    "sheets in the folder": (with_part("xl/worksheets/sheet2.xml", b"<worksheet/>"), Limits(sheets=1)),
    "sheets in the list": (
        with_part("xl/workbook.xml", BOOK.replace(b"</sheets>", b'<sheet sheetId="2"/></sheets>')),
        Limits(sheets=1),
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_more_than_a_limit_allows_is_refused(name: str) -> None:
    data, limits = LIMITS[name]
    wide = Limits(ratio=10_000)
    assert code(data, wide) == ""
    narrow = Limits(
        ratio=10_000, cells=limits.cells, merged=limits.merged, strings=limits.strings, sheets=limits.sheets
    )
    assert code(data, narrow) == "file-past-a-limit"
