"""XML that is built to be expensive, to be read in two ways, or to be no XML at all."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256

from cluster_sheets.store.units import State
from tests.hostile.desk import REQUEST, Good
from tests.hostile.kind import Kind

Make = Callable[[Good], bytes]
_UNSAFE, _BROKEN, _PAST = ("file-unsafe-xml",), ("file-broken",), ("file-past-a-limit",)
_STRINGS, _STYLES, _BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LAUGHS = "".join(f'<!ENTITY a{each} "{f"&a{each - 1};" * 10}">' for each in range(1, 10))
_BOMB = f'<!DOCTYPE a [<!ENTITY a0 "ha">{_LAUGHS}]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
_UTF16, _DECLARED = "UTF-16", '<?xml version="1.0" encoding="UTF-16"?>'
_FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def _put(part: str, before: str, after: str) -> Make:
    return lambda good: good.replaced(part, before, after)


def _instead(part: str, text: str | bytes) -> Make:
    return lambda good: good.with_parts({part: text if isinstance(text, bytes) else text.encode()})


def _declared(part: str, doctype: str) -> Make:
    """A document type in front of a part's first element."""
    return _put(part, _HEAD, f"{_HEAD}{doctype}")


def _in_utf16(part: str, front: str = "") -> Make:
    def make(good: Good) -> bytes:
        told = good.parts[part].decode().replace(_HEAD, "")
        return good.with_parts({part: f"{_DECLARED}{front}{told}".encode("utf-16")})

    return make


def _noise(number: int) -> str:
    """Letters that do not pack well: what is to be found here is not to be found by how small it packs."""
    return sha256(str(number).encode()).hexdigest()


_LONG_NOISE = "".join(_noise(each) for each in range(2000))


def _rows(more: str, part: str = REQUEST) -> Make:
    """More rows behind the last one."""
    return _put(part, "</sheetData>", f"{more}</sheetData>")


def _cells(count: int, end: str) -> Make:
    """So many cells with nothing in them."""
    rows = (f"<row r='1' spans='{_noise(each)}'>" + f"<c{end}r='A1'/>" * 100 + "</row>" for each in range(count // 100))
    return _rows("".join(rows))


def _dimension(ref: str) -> Make:
    return _put(REQUEST, '<dimension ref="A1:E42"/>', ref)


def _sheets_of_their_own(rows: str, count: int) -> Make:
    """So many sheets more, each with these rows."""

    def make(good: Good) -> bytes:
        sheet = f'{_HEAD}<worksheet xmlns="x"><sheetData>{rows}</sheetData></worksheet>'.encode()
        parts: dict[str, bytes | None] = {f"xl/worksheets/more{each}.xml": sheet for each in range(count)}
        listed = "".join(f'<sheet name="More {each}" sheetId="{100 + each}" r:id="m{each}"/>' for each in range(count))
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        told = "".join(
            f'<Relationship Id="m{each}" Type="{kind}" Target="worksheets/more{each}.xml"/>' for each in range(count)
        )
        parts[_BOOK] = good.text(_BOOK, "</sheets>", f"{listed}</sheets>")
        parts[_RELATIONS] = good.text(_RELATIONS, "</Relationships>", f"{told}</Relationships>")
        return good.with_parts(parts)

    return make


def _cell(**changed: str) -> Make:
    """The cell of the title, its place told otherwise."""

    def make(good: Good) -> bytes:
        cell = good.cell("request_title")
        other = re.sub(r'r="C\d+"', changed["place"], cell, count=1)
        return good.replaced(REQUEST, cell, other)

    return make


def _prefixed(good: Good) -> bytes:
    """Every element of a sheet under a prefix, as some programs write: nothing is wrong with it."""
    told = good.parts[REQUEST].decode().replace('xmlns="http', 'xmlns:x="http', 1)
    return good.with_parts({REQUEST: re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", told).encode()})


def _twice_the_data(good: Good) -> bytes:
    """Two lists of rows in one sheet: the second has another amount."""
    row = re.search(rf'<row (?:(?!<row ).)*?{re.escape(good.cell("amount_requested"))}.*?</row>',
                    good.parts[REQUEST].decode(), re.DOTALL)  # fmt: skip
    assert row is not None
    other = row[0].replace("<v>", "<v>99")
    return good.replaced(REQUEST, "</sheetData>", f"</sheetData><sheetData>{other}</sheetData>")


def _twice(good: Good) -> bytes:
    """One cell with two amounts in it, one behind the other."""
    cell = good.cell("amount_requested")
    return good.replaced(REQUEST, cell, cell + cell.replace("<v>", "<v>99"))


def _in_a_comment(good: Good) -> bytes:
    """The end of the rows, and other rows, where an XML reader sees a comment."""
    return good.replaced(REQUEST, "</worksheet>", "<!-- </sheetData> --></worksheet>")


def _start_in_a_comment(good: Good) -> bytes:
    return good.replaced(REQUEST, "<sheetData>", "<!-- <sheetData> --><sheetData>")


def _cdata(good: Good) -> bytes:
    """An amount whose figure stands in CDATA."""
    part, where = good.place("request_title")
    inside = '<is><t><![CDATA[EXAMPLE: <c r="C99"><v>1</v></c> reading]]></t></is>'
    return good.replaced(part, good.cell("request_title"), f'<c r="{where}" t="inlineStr">{inside}</c>')


def _many_strings(count: int) -> Make:
    texts = "".join(f"<si><t>{_noise(each) if each % 4 == 0 else ''}</t></si>" for each in range(count))
    return _put(_STRINGS, "</sst>", texts + "</sst>")


def _merged(count: int) -> Make:
    cells = "".join(f"<mergeCell ref='A{each}:B{each}'/>" for each in range(1, count + 1))
    return _put(REQUEST, "</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>")


def _invalid_letters(part: str) -> Make:
    return lambda good: good.with_parts({part: good.parts[part].replace(b"EXAMPLE", b"EX\xff\xfePLE").replace(
        b"School", b"Sch\xffol")})  # fmt: skip


def _empty(part: str) -> Make:
    return lambda good: good.with_parts({part: b""})


def _unquoted(good: Good) -> bytes:
    cell = good.cell("request_title")
    return good.replaced(REQUEST, cell, cell.replace('"', "", 2))


_REFUSED: Mapping[str, Make] = {
    "a document type in the texts": _declared(_STRINGS, "<!DOCTYPE sst>"),
    "a bomb of entities": _declared(_STRINGS, _BOMB),
    "an entity from outside": _declared(REQUEST, _OUTSIDE),
    "a document type in UTF-16": _in_utf16(_STRINGS, "<!DOCTYPE sst>"),
    "a document type in UTF-16 of another part": _in_utf16("docProps/app.xml", _BOMB),
    "a document type behind a comment": _declared(_STYLES, "<!-- a -->\n<!DOCTYPE a [<!ENTITY b 'c'>]>"),
    "a document type in a picture": _instead("xl/media/a.png", f"<?xml version='1.0'?>{_OUTSIDE}<a>&b;</a>"),
    "a document type behind many blanks": _instead("xl/media/a.bin", " " * 200 + f"{_OUTSIDE}<a>&b;</a>"),
    "a sheet in UTF-16": _in_utf16(REQUEST),
    "content types in UTF-16": _in_utf16(_TYPES),
    "relations of the package in UTF-16": _in_utf16("_rels/.rels"),
    "a sheet in UTF-7": _put(REQUEST, 'encoding="UTF-8"', 'encoding="UTF-7"'),
    "a sheet in letters of a mainframe": lambda good: good.with_parts(
        {REQUEST: good.parts[REQUEST].replace(b"UTF-8", b"cp037").decode().encode("cp037", "replace")}
    ),
    "a tower of elements": _instead("xl/theme/theme1.xml", "<a>" * 5000 + "</a>" * 5000),
    "an attribute of a million letters": _put(_STYLES, "<fonts", f'<a b="{_LONG_NOISE}"/><fonts'),
    "a tag that never ends": _put(REQUEST, "</sheetData>", f'</sheetData><a b="{_LONG_NOISE}'),
    "a cell in the far corner": _rows(_FAR),
    "a cell in the far corner, in single quotes": _rows(_FAR.replace('"', "'")),
    "a cell in the far corner, with blanks": _rows(_FAR.replace("=", " \n= ")),
    "a cell in the far corner, under a prefix": _rows("<x:row r='1048576'><x:c r='XFD1048576'/></x:row>"),
    "a cell in the far corner, with noughts before its row": _rows('<row><c r="XFD0000000001048576"/></row>'),
    "a cell in the far corner, of a row that stands nowhere": _rows('<row><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell in the far corner, in small letters": _rows('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'),
    "a cell beyond the far corner": _rows('<row r="9"><c r="ZZZZZZ99999999"><v>1</v></c></row>'),
    "a size that is stated and untrue": _dimension('<dimension ref="A1:XFD1048576"/>'),
    "a size that is stated behind much else": _dimension(f"<a>{_LONG_NOISE[:9000]}</a><dimension ref='XFD1048576'/>"),
    "rows by the hundred thousand, far to the right": _rows(
        '<row><c r="XFD9"/></row>' + "".join(f"<row s='{_noise(each)[:9]}'/>" for each in range(120_000))
    ),
    "a sheet of nothing": _empty(REQUEST),
    "a list of sheets that is empty": _empty(_BOOK),
    "forty sheets of a million cells each": _sheets_of_their_own(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999"><c r="ZZ999"><v>1</v></c></row>', 32
    ),
}
_MUCH: Mapping[str, Make] = {
    "two hundred and one thousand cells": _cells(201_000, " "),
    "as many, their tags ended by a tab": _cells(201_000, "\t"),
    "a hundred thousand texts": _many_strings(100_001),
    "ten thousand merged cells": _merged(10_001),
    "fifty-one sheets": _sheets_of_their_own("", 41),
    "hundreds of sheets": _sheets_of_their_own("", 300),
}
_DAMAGED: Mapping[str, Make] = {
    "texts that are not UTF-8": _invalid_letters(_STRINGS),
    "a sheet that ends in its midst": lambda good: good.with_parts({REQUEST: good.parts[REQUEST][:9000]}),
    "no list of sheets": lambda good: good.with_parts({_RELATIONS: None}),
    "a sheet that is not there": lambda good: good.with_parts({REQUEST: None}),
    "a row that is told in letters of XML": _rows('<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>'),
    "a cell without quotes": _unquoted,
    "tags that cross": _rows("<row><c></row></c>"),
    "a cell with a place nobody knows": _cell(place='r="9C"'),
    "a text that is not in the list": lambda good: good.with_cell("request_title", "<v>99999</v>", ' t="s"'),
    "a text by a part of a number": lambda good: good.with_cell("request_title", "<v>39.0</v>", ' t="s"'),
    "a text by a number with letters behind it": lambda good: good.with_cell("request_title", "<v>39abc</v>", ' t="s"'),
    "a text by a number below nought": lambda good: good.with_cell("request_title", "<v>-1</v>", ' t="s"'),
    "a text by no number": lambda good: good.with_cell("request_title", "<v>EXAMPLE: Reading</v>", " t='s'"),
    "a kind of cell nobody knows": lambda good: good.with_cell("request_title", "<v>1</v>", ' t="zz"'),
}
_FINE: Mapping[str, Make] = {
    "two lists of rows": _twice_the_data,
    "a comment with the end of the rows in it": _in_a_comment,
    "a comment with the start of the rows in it": _start_in_a_comment,
    "every element under a prefix": _prefixed,
    "a mark of the order of bytes": lambda good: good.with_parts({REQUEST: b"\xef\xbb\xbf" + good.parts[REQUEST]}),
    "another part in UTF-16": _in_utf16("docProps/app.xml"),
    "no stated size": _dimension(""),
    "rows that do not say where they are": lambda good: good.with_parts(
        {REQUEST: re.sub(rb'<row r="\d+"', b"<row", good.parts[REQUEST])}
    ),
    "a hundred elements within one another": _instead("xl/theme/theme1.xml", "<a>" * 100 + "</a>" * 100),
}
KINDS = (
    Kind("xml, two sheets of one name", _put(_BOOK, 'name="3 Pupils"', 'name="2 Request"'), State.RETURNED,
         ("sheet-missing", "sheet-twice")),
    *(Kind(f"xml, {name}", make, State.QUARANTINED, _UNSAFE) for name, make in _REFUSED.items()),
    *(Kind(f"xml, {name}", make, State.QUARANTINED, _PAST) for name, make in _MUCH.items()),
    *(Kind(f"xml, {name}", make, State.RETURNED, _BROKEN) for name, make in _DAMAGED.items()),
    *(Kind(f"xml, {name}", make, State.ACCEPTED) for name, make in _FINE.items()),
)  # fmt: skip
