"""Values: what the cells of a workbook hold, as the library that reads workbooks gives it, and what it hides.

Forms of one template have most rows and texts in common: where they are written in the plain way (``intake.cells``)
each is read once. Of any other workbook the library reads all. It is the library, too, that says which sheets there
are and which styles make a date of a figure.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from cluster_sheets.intake.cells import BETWEEN_TEXTS, END_OF_TEXTS, Cells, OtherwiseError, are_plain, cells, remembered
from cluster_sheets.intake.rows import cut
from cluster_sheets.reading.package import STYLES, TEXTS, Package, archived

_HEAD, _END = b'<sheetData><row r="', b"</sheetData>"
_FIRST_DAY, _FIRST_SURE, _LAST_DAY = date(1899, 12, 30), 61, 2_958_465
"""Excel counts a day in February 1900 that never was."""
_A_DAY, _A_FIGURE = date(2023, 3, 15), 45_000
_MOST_STYLES, _LONGEST = 5_000, 262_144
_ENDS_KEPT, _LONGEST_END = 128, 16_384

Rows = list[list[Any]]


class SheetValues(NamedTuple):
    """One sheet."""

    name: str
    rows: Rows
    """From A1, all as wide; a blank cell is blank text."""
    marks: Mapping[str, str]
    """What a reader of values hides, by cell: ``error``, ``formula`` (has a value) or ``unworked`` (has none)."""


def values(package: Package) -> list[SheetValues]:
    """Every sheet but the lists of choices. Raises CalamineError."""
    try:
        return _plain(package)
    except OtherwiseError:
        return _by_library(package)


def _is_read(name: str) -> bool:
    return name.casefold() != "lists"


def _by_library(package: Package) -> list[SheetValues]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(package.straight()))
    if not book.sheet_names:
        raise CalamineError("no sheet is to be found")
    parts = {sheet.name: sheet.part for sheet in package.sheets()}
    return [
        SheetValues(name, _rows(book, name), package.marks(parts[name]) if name in parts else {})
        for name in book.sheet_names
        if _is_read(name)
    ]


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    """The rows of a sheet. The library gives up in its own way on figures it did not foresee: no Exception."""
    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except BaseException as gone:
        if type(gone).__module__ != "pyo3_runtime":
            raise
        raise CalamineError("the reader gave up") from None


def _plain(package: Package) -> list[SheetValues]:
    sheets = package.sheets()
    frame, styles = package.frame(), package.part(STYLES).count(b"<xf ")
    if sum(len(part) for _, part in frame) > _LONGEST:
        raise OtherwiseError
    names, dates = _told_by_library(frame, tuple(sheet.part for sheet in sheets), styles)
    if names != tuple(sheet.name for sheet in sheets) or len(set(names)) < len(names):
        raise OtherwiseError
    texts = _texts(package.part(TEXTS))
    return [
        SheetValues(sheet.name, *_sheet(sheet.part, package.part(sheet.part), texts, dates))
        for sheet in sheets
        if _is_read(sheet.name)
    ]


@lru_cache(maxsize=4)
def _told_by_library(
    frame: tuple[tuple[str, bytes], ...], sheets: tuple[str, ...], styles: int
) -> tuple[tuple[str, ...], tuple[bool | None, ...]]:
    """Names of the sheets; and by style whether it makes a date of a figure (None: something else).

    Asked of a workbook with the same frame and styles, whose sheets hold one figure in each style and nothing else.
    """
    if not sheets or not all(sheets) or styles > _MOST_STYLES:
        raise OtherwiseError
    figures = (
        b'<row r="%d"><c r="A%d" s="%d"><v>%d</v></c></row>' % (n + 1, n + 1, n, _A_FIGURE) for n in range(styles)
    )
    probe = b"<worksheet><sheetData>%s</sheetData></worksheet>" % b"".join(figures)
    book = CalamineWorkbook.from_filelike(io.BytesIO(archived([*frame, *((part, probe) for part in set(sheets))])))
    if not book.sheet_names:  # we see sheets where the library sees none
        raise OtherwiseError
    read = [row[0] for row in _rows(book, book.sheet_names[0])]
    return tuple(book.sheet_names), tuple(
        True if figure == _A_DAY else False if figure == _A_FIGURE else None for figure in read
    )


@lru_cache(maxsize=2)
def _texts(part: bytes) -> Sequence[str]:
    """The list of texts that cells refer to."""
    if len(part) > _LONGEST:
        raise OtherwiseError
    _, start, told = part.partition(b"<si>")
    if not start:
        if b"<si" in part:
            raise OtherwiseError
        return []
    if not told.endswith(END_OF_TEXTS) or b"<!" in part:
        raise OtherwiseError
    return [remembered(xml) for xml in told.removesuffix(END_OF_TEXTS).split(BETWEEN_TEXTS)]


def _sheet(
    part: str, sheet: bytes, texts: Sequence[str], dates: Sequence[bool | None]
) -> tuple[Rows, Mapping[str, str]]:
    """Rows and marks of a sheet; ``part`` is the name of its part."""
    made: Rows = []
    marks: dict[str, str] = {}
    last = 0
    for row in _each_row(part, sheet):
        if row.number <= last:
            raise OtherwiseError
        last = row.number
        if row.marks:
            marks |= row.marks
        if row.fixed:
            while len(made) < last - 1:
                made.append([])
            made.append(_row(row, texts, dates))
    width = max(map(len, made), default=0)
    for line in made:
        if len(line) < width:
            line += [""] * (width - len(line))
    return made, marks


def _row(row: Cells, texts: Sequence[str], dates: Sequence[bool | None]) -> list[Any]:
    line = row.fixed.copy()
    try:
        for column, at in row.texts:
            line[column] = texts[at]
    except IndexError:
        raise OtherwiseError from None
    for column, figure, style in row.styled:
        line[column] = _figure(figure, dates[style] if style < len(dates) else None)
    return line


def _each_row(part: str, sheet: bytes) -> Iterator[Cells]:
    if len(sheet) > _LONGEST:
        raise OtherwiseError
    first, *between = cut(part, sheet)
    # A comment that hides rows would have to begin before the first or end behind the last: in a row that is read as
    # plain none has room.
    if b"<!" in first.xml or (between and b"<!" in between[-1].xml):
        raise OtherwiseError
    if not between:
        yield _end(_first, _before_end(first.xml))
        return
    last = between.pop()
    yield _end(_first, first.xml)
    for row in between:
        if not (row.cells or are_plain(row)):
            raise OtherwiseError
        yield row.cells
    yield _end(_last, last.xml)


def _end(read: Callable[[bytes], Cells], xml: bytes) -> Cells:
    """The first row or the last; remembered where that takes little room."""
    return (_REMEMBERING[read] if len(xml) <= _LONGEST_END else read)(xml)


def _first(xml: bytes) -> Cells:
    """The cells of the first row; what stands before it is its sheet's head."""
    head, _, row = xml.partition(_HEAD)
    if b"<worksheet" not in head or b"<sheetData" in head:
        raise OtherwiseError
    return cells(row)


def _last(xml: bytes) -> Cells:
    """The cells of the last row; what stands after it is its sheet's tail."""
    return cells(_before_end(xml))


_REMEMBERING: Mapping[Callable[[bytes], Cells], Callable[[bytes], Cells]] = {
    each: lru_cache(maxsize=_ENDS_KEPT)(each) for each in (_first, _last)
}


def _before_end(xml: bytes) -> bytes:
    """What stands before the end of the last row."""
    row, end, _ = xml.partition(_END)
    if not end:
        raise OtherwiseError
    return row.removesuffix(b"</row>")


def _figure(figure: float, is_date: bool | None) -> Any:
    if is_date is False:
        return figure
    if is_date and figure == int(figure) and _FIRST_SURE <= figure <= _LAST_DAY:
        return _FIRST_DAY + timedelta(int(figure))
    raise OtherwiseError
