"""The XML of one sheet: what a reader of values hides, and what of it such a reader needs.

Rows that a template has and nobody wrote into are the same in every form of it: what was seen of them is remembered.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from cluster_sheets.intake.rows import BETWEEN, Row, cut

_FORMULA = re.compile(rb"<f(?:>[^<]*+</f>|[ /][^<>]*+(?:(?<=/)>|>[^<]*+</f>))(</c>|<v></v></c>|<v>(?=[^<]))|<f[ />]")
"""A formula, and what follows it: a value, the end of the cell, or something less usual."""
_PREFIXED_FORMULA = re.compile(rb"<\w+:f[ />]()")
_FAULT = re.compile(rb"<(?:\w+:)?c [^<>]*?t=\"e\"")
_START = 2048
_ADDRESS, _USUAL = re.compile(rb"\br=\"([A-Z]+\d+)\""), b'<c r="'
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]|<(?:\w+:)?is>")
_END = b"</sheetData>"
_EMPTY = re.compile(
    rb"[1-9][0-9]{0,5}\"[^<>]*+>"
    rb"(?:<c r=\"[A-Z]{1,2}[1-9][0-9]{0,5}\"(?: s=\"[0-9]++\")?+(?: t=\"(?:n|s|str|b)\")?+"
    rb"(?:/>|>(?:<f(?: [^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>))?+</c>))*+"
)
"""A row, from its number on, of cells none of which has a value."""
_ROW_WITHOUT_NUMBER = re.compile(rb"<(?:[^<>\s/:]*+:)?row(?![A-Za-z])(?! r=\"[0-9])")
"""A row that stands below the one before it, wherever that stands: then none may be left out."""
_LOOKED: dict[str, tuple[bytes, "Looked"]] = {}
"""Sheets of the last workbook, by the name of the part."""
_PARTS_KEPT, _MOST_KEPT = 50, 65_536


class _Seen(NamedTuple):
    """What was seen of one row."""

    marks: Mapping[str, str]
    empty: bool
    """No value stands in it."""


_PLAIN, _BLANK, _ODD = _Seen({}, empty=False), _Seen({}, empty=True), _Seen({}, empty=False)
"""Most rows; the last is of one that can't be told without the rest of its sheet."""


class Looked(NamedTuple):
    """What was seen of a sheet."""

    marks: Mapping[str, str]
    """What a reader of values hides, by cell: ``error``, ``formula`` (has a value) or ``unworked`` (has none)."""
    values: bytes
    """The sheet up to its last row, without rows in which no value stands: all that a reader of values needs."""


def looked(name: str, sheet: bytes) -> Looked:
    """What there is to be seen of a sheet; ``name`` is that of its part."""
    before, seen = _LOOKED.get(name, (b"", None))
    if seen is None or before is not sheet:
        seen = _by_rows(name, sheet) or Looked(_marks(sheet), _values(sheet))
        if len(sheet) <= _MOST_KEPT:
            if len(_LOOKED) == _PARTS_KEPT:
                _LOOKED.clear()
            _LOOKED[name] = sheet, seen
    return seen


def _by_rows(name: str, sheet: bytes) -> Looked | None:
    """The same of a sheet that is written as most are; None of another."""
    *rows, last = cut(name, sheet)
    end = last.xml.rfind(_END)
    if end < 0 or b":worksheet" in sheet[:_START]:
        return None
    marks: dict[str, str] = {}
    kept = []
    for row in (*rows, Row(last.xml[:end])):
        seen = row.seen
        if seen is None:
            seen = row.seen = _row(row.xml)
        if seen is _ODD:
            return None
        if seen.marks:
            marks |= seen.marks
        if not seen.empty:
            kept.append(row.xml)
    return Looked(marks, _values(BETWEEN.join(kept) + _END))


def _row(row: bytes) -> _Seen:
    """What there is to be seen of a row by itself."""
    if b't="e"' in row or b"<!" in row or (b"row" in row and _ROW_WITHOUT_NUMBER.search(row)):
        return _ODD
    marks: dict[str, str] = {}
    before = 0
    for formula in _FORMULA.finditer(row) if b"<f" in row else ():
        spot, follows = formula.start(), formula[1]
        tag = row.rfind(b"<c ", before, spot)
        if not follows or tag < 0 or not row.startswith(_USUAL, tag):
            return _ODD
        cell, mark = _usual(row[tag:spot], follows)
        marks[cell] = mark
        before = spot
    empty = b"<v" not in row and b"<is" not in row and _EMPTY.fullmatch(row) is not None
    if marks:
        return _Seen(marks, empty)
    return _BLANK if empty else _PLAIN


def _usual(cell: bytes, follows: bytes) -> tuple[str, str]:
    """(address, mark) of a cell that is written as Excel does."""
    return cell.split(b'"', 2)[1].decode("ascii", "replace"), "formula" if follows == b"<v>" else "unworked"


def _values(sheet: bytes) -> bytes:
    """A sheet up to its last row.

    The reader goes through it a second time in search of merged cells, which nobody here asks for: it is told at once
    that there are none.
    """
    start, end = sheet.find(b"<sheetData"), sheet.rfind(_END)
    if start < 0 or end < start:
        return sheet
    return b"".join((sheet[:start], b"<mergeCells></mergeCells>", sheet[start:end], _END, b"</worksheet>"))


def _marks(xml: bytes) -> dict[str, str]:
    """The marks of a sheet, however it is written."""
    prefixed = b":worksheet" in xml[:_START]
    start, end = (b":c ", b":c>") if prefixed else (b"<c ", b"</c>")
    marks: dict[str, str] = {}
    unusual = []
    last = max(xml.rfind(b"</sheetData>"), 0) or len(xml)
    before = 0
    for found in (_PREFIXED_FORMULA if prefixed else _FORMULA).finditer(xml, 0, last):
        spot, follows = found.start(), found[1]
        cell = xml[xml.rfind(start, before, spot) : spot]
        before = spot
        if follows and cell.startswith(_USUAL) and b't="e"' not in cell:
            address, mark = _usual(cell, follows)
            marks[address] = mark
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
            marks[told[1].decode("ascii", "replace")] = _mark(xml[tag:stop])
        before = stop
    return marks


def _mark(cell: bytes) -> str:
    """What is marked of a cell that holds a formula or a fault."""
    if _VALUE.search(cell) is None:
        return "unworked"
    return "error" if b't="e"' in cell[: cell.find(b">")] else "formula"
