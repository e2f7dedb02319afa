"""The XML of one sheet: what a reader of values hides, and what of it such a reader needs.

Of a workbook that is written in the plain way ``values`` tells both, by its rows; here it may be written in any way.
"""

import re
from collections.abc import Mapping, Sequence

from python_calamine import CalamineError

_FORMULA = re.compile(rb"<f(?:>[^<]*+</f>|[ /][^<>]*+(?:(?<=/)>|>[^<]*+</f>))(</c>|<v></v></c>|<v>(?=[^<]))|<f[ />]")
"""A formula, and what follows it: a value, the end of the cell, or something less usual."""
_FAULT = re.compile(rb"<c [^<>]*?t=\"e\"")
_START = 2048
_ADDRESS, _USUAL = re.compile(rb"\br=\"([A-Z]+\d+)\""), b'<c r="'
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>[^<]|<is>")
_END = b"</sheetData>"
_ODD = (
    *(b"r='", b"t='", b"r =", b"t =", b"r= ", b"t= ", b"<!", b"<?", b"<c>"),
    *(b"<c\n", b"<c\t", b"<c\r", b"<f\n", b"<f\t", b"<f\r"),
)
"""What no office program writes into a sheet: where one of these is, a parser goes through it all."""
_SPELT_FIGURE = re.compile(
    rb"<(?:\w+:)?c(?![^>]*t=[\"'](?:str|inlineStr))(?:\s[^>]*)?>(?:<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?"
    rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<&]*&#"
)
"""A figure one of whose letters is told by its number: the reader of values stops before it."""


def marks(xml: bytes) -> Mapping[str, str]:
    """What a reader of values hides, by cell: ``error``, ``formula`` (has a value) or ``unworked`` (has none).

    Raises CalamineError where a sheet is written so oddly that a part of a value would be hidden.
    """
    if _is_odd(xml):
        return _by_parser(xml)
    made: dict[str, str] = {}
    unusual = []
    last = max(xml.rfind(_END), 0) or len(xml)
    before = 0
    for found in _FORMULA.finditer(xml, 0, last):
        spot, follows = found.start(), found[1]
        cell = xml[xml.rfind(b"<c ", before, spot) : spot]
        before = spot
        if follows and cell.startswith(_USUAL) and b't="e"' not in cell:
            address, mark = _usual(cell, follows)
            made[address] = mark
        else:
            unusual.append(spot)
    if b"#" in xml and b't="e"' in xml:
        unusual += [found.end() for found in _FAULT.finditer(xml)]
    told = _looked_at(xml, sorted(unusual))
    return _by_parser(xml) if told is None else made | told


def _looked_at(xml: bytes, spots: Sequence[int]) -> dict[str, str] | None:
    """Marks of the cells that these places are in; None where one does not say where it stands."""
    made: dict[str, str] = {}
    before = 0
    for spot in spots:
        # What stands in a cell that was looked at is looked at; one that never ends is the last.
        tag, stop = (xml.rfind(b"<c ", before, spot), xml.find(b"</c>", spot)) if spot >= before else (-1, before)
        if stop < 0:
            break
        if tag >= 0:
            told = _ADDRESS.search(xml, tag, xml.find(b">", tag))
            if not told:
                return None
            made[told[1].decode("ascii", "replace")] = _mark(xml[tag:stop])
        before = stop
    return made


def _by_parser(xml: bytes) -> Mapping[str, str]:
    # Hardly any night has such a sheet.
    from cluster_sheets.reading import odd_sheet

    return odd_sheet.marks(xml)


def _is_odd(xml: bytes) -> bool:
    """True of a sheet that only a parser should look at: no office program writes so. Raises CalamineError."""
    cells = max(xml.find(b"sheetData"), 0)
    if b"&#" in xml and _SPELT_FIGURE.search(xml, cells):
        raise CalamineError("a part of a figure would be lost")
    return b":worksheet" in xml[:_START] or any(xml.find(each, cells) >= 0 for each in _ODD)


def _usual(cell: bytes, follows: bytes) -> tuple[str, str]:
    """(address, mark) of a cell that is written as Excel does."""
    return cell.split(b'"', 2)[1].decode("ascii", "replace"), "formula" if follows == b"<v>" else "unworked"


def _mark(cell: bytes) -> str:
    """What is marked of a cell that holds a formula or a fault."""
    if _VALUE.search(cell) is None:
        return "unworked"
    return "error" if b't="e"' in cell[: cell.find(b">")] else "formula"


def values(sheet: bytes) -> bytes:
    """A sheet up to its last row: all that a reader of values needs.

    The library goes through it a second time in search of merged cells, which nobody here asks for: it is told at once
    that there are none.
    """
    start, end = sheet.find(b"<sheetData"), sheet.rfind(_END)
    if start < 0 or end < start:
        return sheet
    return b"".join((sheet[:start], b"<mergeCells></mergeCells>", sheet[start:end], _END, b"</worksheet>"))
