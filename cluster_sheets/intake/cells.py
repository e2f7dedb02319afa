"""The cells of a row, where it is written in the one plain way of Excel, LibreOffice and XlsxWriter.

In: a row. Out: what its cells hold, once for all that ask; or that it is written otherwise, and then nobody here says
what stands in it. What is plain has no tower of elements, no prefix and no cell far out.
"""

import re
from typing import Any, NamedTuple

from cluster_sheets.base.cell import position
from cluster_sheets.intake.rows import Row

_OPEN = re.compile(rb'(?:[1-9][0-9]{0,2}"[^<>]*+(?<=/)><row r=")*+([1-9][0-9]{0,2})"[^<>]*+>')
"""The beginning of a row that has cells, from its number on, and any before it that have none."""
_CELL = re.compile(
    rb'(<c r="([A-Z]{1,2}[1-9][0-9]{0,2})"(?: s="([0-9]{1,5})")?+(?: t="(s|str|n|b|inlineStr)")?+'
    rb"(?:/>|>(<f(?: [^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>))?+(?:<v>([^<]*+)</v>|<is>(<t[^<>]*+>[^<]*+</t>)</is>)?+</c>))"
)
_TEXT = re.compile(rb'<t( xml:space="preserve")?>([^<]*)</t>')
_RUNS = re.compile(rb'(?:<r>(?:<rPr>(?:<[a-zA-Z]+(?: [^<>]*)?/>)*</rPr>)?<t(?: xml:space="preserve")?>[^<]*</t></r>)+')
_CONTROL, _ENTITY = re.compile(rb"_x[0-9A-Fa-f]{4}_"), re.compile("&(?!amp;|lt;|gt;|quot;|apos;)")
"""What is not itself in a text: Excel's way of writing a control character; a character by its number."""
_FIGURE = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:E[-+]?[0-9]{1,3})?")
_OF_FIGURES = (b"", b"n")
_FORMULA, _UNWORKED = "formula", "unworked"


class OtherwiseError(Exception):
    """Written in another way."""


class Cells(NamedTuple):
    """What the cells of one row hold."""

    number: int
    fixed: list[Any]
    """By column, up to the last cell with a value; blank where a text or a figure with a style comes in."""
    texts: list[tuple[int, int]]
    """(column, number in the workbook's list of texts)."""
    styled: list[tuple[int, float, int]]
    """(column, figure, style)."""
    marks: dict[str, str]
    """By cell with a formula: ``formula`` where it has a value, ``unworked`` where it has none."""


def are_plain(row: Row) -> bool:
    """True of a row that is written in the plain way."""
    if row.cells is None:
        try:
            row.cells = cells(row.xml)
        except OtherwiseError:
            row.cells = False
    return row.cells is not False


def cells(xml: bytes) -> Cells:
    """The cells of a row, from its number on. Raises OtherwiseError."""
    opened = _OPEN.match(xml)
    if opened is None:
        raise OtherwiseError
    made = Cells(int(opened[1]), [], [], [], {})
    before, left = -1, len(xml) - opened.end()
    for cell, place, style, kind, formula, value, within in _CELL.findall(xml, opened.end()):
        left -= len(cell)
        told = place.decode()
        row, column = position(told)
        if row + 1 != made.number or column <= before:
            raise OtherwiseError
        before = column
        if value or within:
            _add(made, column, style, kind, value, within)
        elif kind not in _OF_FIGURES and cell.endswith(b"<v></v></c>"):
            _add_nothing(made, column, kind)
        if formula:
            made.marks[told] = _FORMULA if value or within else _UNWORKED
    # Nothing else stands between, before or behind what was found.
    if left or (before >= 0 and opened[0].endswith(b"/>")):
        raise OtherwiseError
    return made


def _add(made: Cells, column: int, style: bytes, kind: bytes, value: bytes, within: bytes) -> None:
    """Adds a cell that is not blank."""
    made.fixed.extend([""] * (column - len(made.fixed)))
    fixed: Any = ""
    if (kind == b"inlineStr") != (within != b""):
        raise OtherwiseError
    if within:
        fixed = text(within)
    elif kind == b"s":
        made.texts.append((column, _whole(value)))
    elif kind == b"str":
        fixed = _typed(value, kept=False)
    elif kind == b"b":
        fixed = _truth(value)
    elif style:
        made.styled.append((column, _figure(value), int(style)))
    else:
        fixed = _figure(value)
    made.fixed.append(fixed)


def _add_nothing(made: Cells, column: int, kind: bytes) -> None:
    """Adds a text of no letters, which counts for how far the sheet goes; nothing else may be as empty."""
    if kind != b"str":
        raise OtherwiseError
    made.fixed.extend([""] * (column + 1 - len(made.fixed)))


def text(xml: bytes) -> str:
    """A text as a cell or the list of texts holds it. Raises OtherwiseError."""
    alone = _TEXT.fullmatch(xml)
    if alone:
        return _typed(alone[2], kept=alone[1] is not None)
    if _RUNS.fullmatch(xml) is None:
        raise OtherwiseError
    return "".join([_typed(found[2], kept=found[1] is not None) for found in _TEXT.finditer(xml)])


def _typed(xml: bytes, *, kept: bool) -> str:
    """A stretch of text; ``kept`` where blanks at its ends are."""
    if b"\r" in xml or (b"_x" in xml and _CONTROL.search(xml)) or (not kept and xml.strip() != xml):
        raise OtherwiseError
    try:
        told = xml.decode()
    except UnicodeDecodeError:
        raise OtherwiseError from None
    if "&" not in told:
        return told
    if _ENTITY.search(told):
        raise OtherwiseError
    told = told.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    return told.replace("&amp;", "&")


def _whole(value: bytes) -> int:
    if not value.isdigit() or len(value) > 9:
        raise OtherwiseError
    return int(value)


def _figure(value: bytes) -> float:
    if _FIGURE.fullmatch(value) is None:
        raise OtherwiseError
    return float(value)


def _truth(value: bytes) -> bool:
    if value not in (b"0", b"1"):
        raise OtherwiseError
    return value == b"1"
