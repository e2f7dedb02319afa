"""The cells of a row, where it is written in the one plain way of Excel, LibreOffice and XlsxWriter.

In: a row. Out: what its cells hold, once for all that ask; or that it is written otherwise, and then nobody here says
what stands in it. What is plain has no tower of elements, no prefix and no cell far out.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from cluster_sheets.base.cell import position
from cluster_sheets.intake.rows import Row

_OPEN = re.compile(rb'(?:[1-9][0-9]{0,2}"[^<>]*+(?<=/)><row r=")*+([1-9][0-9]{0,2})"[^<>]*+>')
"""The beginning of a row that has cells, from its number on, and any before it that have none."""
_BARE = re.compile(rb'([1-9][0-9]{3,6})"[^<>]*+>')
"""A row further down, from its number on, where it has no cells: LibreOffice writes the very last there is so."""
_START = b"<c "
_CELL = re.compile(
    rb'r="([A-Z]{1,2}[1-9][0-9]{0,2})"(?: s="([0-9]{1,5})")?+(?: t="(s|str|n|b|inlineStr)")?+'
    rb"(?:/>|>(<f(?: [^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>))?+(?:<v>([^<]*+)</v>|<is>(<t[^<>]*+>[^<]*+</t>)</is>)?+</c>)"
)
"""A cell from behind its start on. Of all that may stand in it nothing begins as a cell does."""
_TEXT = re.compile(rb'<t( xml:space="preserve")?>([^<]*)</t>')
_RUNS = re.compile(rb'(?:<r>(?:<rPr>(?:<[a-zA-Z]+(?: [^<>]*)?/>)*</rPr>)?<t(?: xml:space="preserve")?>[^<]*</t></r>)+')
_CONTROL, _ENTITY = re.compile(rb"_x[0-9A-Fa-f]{4}_"), re.compile("&(?!amp;|lt;|gt;|quot;|apos;)")
"""What is not itself in a text: Excel's way of writing a control character; a character by its number."""
_FIGURE = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:E[-+]?[0-9]{1,3})?")
_OF_FIGURES = (b"", b"n")
_FORMULA, _UNWORKED = "formula", "unworked"
_NOTHING, _FIXED, _LISTED, _STYLED = range(4)
"""How a cell holds its value: not at all, by itself, in the workbook's list of texts, by what its style makes of it."""
_REMEMBERED, _LONGEST_REMEMBERED = 8192, 1024
_TEXTS_KEPT, _LONGEST_TEXT = 8_192, 8_192
BETWEEN_TEXTS, END_OF_TEXTS = b"</si><si>", b"</si></sst>"
"""In a list of texts."""


class OtherwiseError(Exception):
    """Written in another way."""


class _Cell(NamedTuple):
    """One cell."""

    row: int
    column: int
    place: str
    held: int
    value: Any
    style: int
    mark: str


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
        bare = _BARE.fullmatch(xml)
        if bare is None:
            raise OtherwiseError
        return Cells(int(bare[1]), [], [], [], {})
    between, *pieces = xml[opened.end() :].split(_START)
    # Nothing else stands between, before or behind the cells.
    if between or (pieces and opened[0].endswith(b"/>")):
        raise OtherwiseError
    made = Cells(int(opened[1]), [], [], [], {})
    before = -1
    for piece in pieces:
        cell = (_remembered if len(piece) <= _LONGEST_REMEMBERED else _cell)(piece)
        if cell.row != made.number or cell.column <= before:
            raise OtherwiseError
        before = cell.column
        _add(made, cell)
    return made


def _add(made: Cells, cell: _Cell) -> None:
    if cell.mark:
        made.marks[cell.place] = cell.mark
    if cell.held is _NOTHING:
        return
    made.fixed.extend([""] * (cell.column - len(made.fixed)))
    if cell.held is _LISTED:
        made.texts.append((cell.column, cell.value))
        made.fixed.append("")
    elif cell.held is _STYLED:
        made.styled.append((cell.column, cell.value, cell.style))
        made.fixed.append("")
    else:
        made.fixed.append(cell.value)


def _cell(piece: bytes) -> _Cell:
    """One cell from behind its start on. Raises OtherwiseError."""
    found = _CELL.fullmatch(piece)
    if found is None:
        raise OtherwiseError
    place, style, kind, formula, value, within = found.groups(default=b"")
    told = place.decode()
    row, column = position(told)
    held, holds = _NOTHING, None
    if value or within:
        held, holds = _held(style, kind, value, within)
    elif kind not in _OF_FIGURES and piece.endswith(b"<v></v></c>"):
        # A text of no letters counts for how far the sheet goes; nothing else may be as empty.
        if kind != b"str":
            raise OtherwiseError
        held, holds = _FIXED, ""
    mark = (_FORMULA if value or within else _UNWORKED) if formula else ""
    return _Cell(row + 1, column, told, held, holds, int(style or 0), mark)


_remembered = lru_cache(maxsize=_REMEMBERED)(_cell)
"""A cell as a row before this one may have had it: of a row that is new most cells are not."""


def _held(style: bytes, kind: bytes, value: bytes, within: bytes) -> tuple[int, Any]:
    """(how it is held, value) of a cell that is not blank."""
    if (kind == b"inlineStr") != (within != b""):
        raise OtherwiseError
    if within:
        return _FIXED, text(within)
    if kind == b"s":
        return _LISTED, _whole(value)
    if kind == b"str":
        return _FIXED, _typed(value, kept=False)
    if kind == b"b":
        return _FIXED, _truth(value)
    return _STYLED if style else _FIXED, _figure(value)


def text(xml: bytes) -> str:
    """A text as a cell or the list of texts holds it. Raises OtherwiseError."""
    alone = _TEXT.fullmatch(xml)
    if alone:
        return _typed(alone[2], kept=alone[1] is not None)
    if _RUNS.fullmatch(xml) is None:
        raise OtherwiseError
    return "".join([_typed(found[2], kept=found[1] is not None) for found in _TEXT.finditer(xml)])


_kept = lru_cache(maxsize=_TEXTS_KEPT)(text)


def remembered(xml: bytes) -> str:
    """``text``, as the workbooks before this one may have had it. Raises OtherwiseError."""
    return _kept(xml) if len(xml) <= _LONGEST_TEXT else text(xml)


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
