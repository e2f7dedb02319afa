"""The XML of one sheet: what a reader of values hides, and what of it such a reader needs.

Of a workbook that is written in the plain way ``values`` tells both, by its rows; here it may be written in any way.
"""

import re
from collections.abc import Mapping

_FORMULA = re.compile(rb"<f(?:>[^<]*+</f>|[ /][^<>]*+(?:(?<=/)>|>[^<]*+</f>))(</c>|<v></v></c>|<v>(?=[^<]))|<f[ />]")
"""A formula, and what follows it: a value, the end of the cell, or something less usual."""
_PREFIXED_FORMULA = re.compile(rb"<\w+:f[ />]()")
_FAULT = re.compile(rb"<(?:\w+:)?c [^<>]*?t=\"e\"")
_START = 2048
_ADDRESS, _USUAL = re.compile(rb"\br=\"([A-Z]+\d+)\""), b'<c r="'
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]|<(?:\w+:)?is>")
_END = b"</sheetData>"


def marks(xml: bytes) -> Mapping[str, str]:
    """What a reader of values hides, by cell: ``error``, ``formula`` (has a value) or ``unworked`` (has none)."""
    prefixed = b":worksheet" in xml[:_START]
    start, end = (b":c ", b":c>") if prefixed else (b"<c ", b"</c>")
    made: dict[str, str] = {}
    unusual = []
    last = max(xml.rfind(b"</sheetData>"), 0) or len(xml)
    before = 0
    for found in (_PREFIXED_FORMULA if prefixed else _FORMULA).finditer(xml, 0, last):
        spot, follows = found.start(), found[1]
        cell = xml[xml.rfind(start, before, spot) : spot]
        before = spot
        if follows and cell.startswith(_USUAL) and b't="e"' not in cell:
            address, mark = _usual(cell, follows)
            made[address] = mark
        else:
            unusual.append(spot)
    if b"#" in xml and b't="e"' in xml:
        unusual += [found.end() for found in _FAULT.finditer(xml)]
    before = 0
    for spot in sorted(unusual):
        # What stands in a cell that was looked at is looked at; one that never ends is the last.
        tag, stop = (xml.rfind(start, before, spot), xml.find(end, spot)) if spot >= before else (-1, before)
        if stop < 0:
            break
        told = tag >= 0 and _ADDRESS.search(xml, tag, xml.find(b">", tag))
        if told:
            made[told[1].decode("ascii", "replace")] = _mark(xml[tag:stop])
        before = stop
    return made


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
