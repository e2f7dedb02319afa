"""XML before any reader sees it: no DOCTYPE, no tower of elements, no endless tag, no sheet with a cell far out.

A part in plain UTF-8 is looked through as bytes, which is quick; one that is unusual is read by expat as well.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.cells import are_plain
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.rows import BETWEEN, cut

DEPTH = 100
_LONGEST = 65_536
_LONG = re.compile(rb"<[^<>]{65536}")
_LONG_TEXT = re.compile(rb">[^<>]{65536}")
"""Twice what Excel puts into a cell; what is less is told by the limits of the form itself."""
_SHORT = 700
"""A hundred elements within one another take more bytes than this."""
_TOWER = re.compile(rb"></[^<>]*+></[^<>]*+></[^<>]*+></[^<>]*+></[^<>]*+></[^<>]*+></")
"""Seven ends of elements in a row: more than any sheet has, so its depth is looked at closely. What reads a workbook
here goes through it tag by tag, so that a tower built to be overlooked harms nobody."""
_READ = ("xl/", "[Content_Types]", "_rels/")
"""Parts that somebody here looks into: as bytes, so they must be plain."""
_USUAL = re.compile(rb"(?:<\?xml version=[\"']1\.0[\"'] encoding=[\"'](?:UTF|utf)-8[\"'][^<>]*>\s*)?<[A-Za-z]")
"""Nothing stands before the first element: then no DOCTYPE does."""
_ENCODING = re.compile(rb"\A<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)")
_PLAIN = (b"utf-8", b"utf8", b"us-ascii")
_NOT_NEAR = re.compile(
    rb"<c[\s/>](?!r=\"[A-Z]{1,2}+[0-9]{1,3}+\"(?: s=\"[0-9]++\")?+"
    rb"(?: t=\"(?:s\"><v>[0-9]|(?!s\")[a-zA-Z]++\"[/>])|[/>]))"
)
_PREFIXED = re.compile(rb":c[\s/>]")
"""A cell that is not written as Excel writes one within ZZ999, or has a prefix: then every place is looked at."""
_NO_NUMBER = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:[^<>\s/:]*:)?v(?:\s[^<>]*)?>(?!\s*[0-9]{1,9}\s*<)")
"""A text by the number it has in the list of texts, where that is no number: a reader takes the first of the list."""
_CELL = re.compile(rb"<(?:[^<>\s/:]*:)?(?:c|row)(?:[\s/][^<>]*)?>")
_PLACE = re.compile(rb"[\s\"']r\s*=\s*[\"']([A-Za-z]{0,8})0*+([0-9]{0,9})")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^<>]*?\bref\s*=\s*[\"'](?:[A-Z]+[0-9]+:)?([A-Z]+)([0-9]+)[\"']")
_HARMLESS: dict[str, tuple[bytes, Limits | None]] = {}
"""Parts of the last workbook that was looked through; of those that are the same ``archive`` gives the very same."""
_PARTS_KEPT = 100
_MOST_AREA = 2_000_000
"""Cells of a sheet up to its farthest one: a reader makes room for all of them. Far above any form."""


def is_xml(part: bytes) -> bool:
    """True where a part is XML in whatever encoding, by its first bytes."""
    return part.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def look(name: str, part: bytes, limits: Limits) -> None:
    """Raises RefusedError where a part of a workbook holds what is not opened."""
    known, under = _HARMLESS.get(name, (b"", None))
    if known is part and under == limits:
        return
    _look(name, part, limits)
    if len(_HARMLESS) == _PARTS_KEPT:
        _HARMLESS.clear()
    _HARMLESS[name] = part, limits


def _look(name: str, part: bytes, limits: Limits) -> None:
    usual = _USUAL.match(part) is not None and b"\x00" not in part
    plain = usual or _is_plain(part)
    if (not plain and name.startswith(_READ)) or (not usual and b"<!DOCTYPE" in part):
        raise RefusedError("file-unsafe-xml")
    head = part.find(b"sheetData")
    ordinary = head >= 0 and len(part) <= _LONGEST and _is_ordinary(name, part)
    if not plain or (not ordinary and len(part) > _SHORT and _TOWER.search(part)):
        _read_with_care(name, part)
    if len(part) > _LONGEST:
        if _LONG.search(part):
            raise RefusedError("file-unsafe-xml")
        if name.startswith("xl/") and _LONG_TEXT.search(part):
            raise RefusedError("file-past-a-limit")
        _counted(part, limits)
    if head >= 0:
        closely = not ordinary and bool(_NOT_NEAR.search(part) or _PREFIXED.search(part))
        if _area(part, head, closely=closely) > _MOST_AREA:
            raise RefusedError("file-unsafe-xml")


def _is_ordinary(name: str, part: bytes) -> bool:
    """True of a sheet without a tower or a cell that is not near.

    A row that was looked at is not looked at again, nor is one that is written in the plain way, which holds neither.

    What is sought never goes on beyond the start of an element, so that it lies in one row or in none.
    """
    rows = [row for row in cut(name, part) if not (row.ordinary or are_plain(row))]
    new = BETWEEN.join((*(row.xml for row in rows), b""))
    if _TOWER.search(new) or _NOT_NEAR.search(new) or _PREFIXED.search(new):
        return False
    for row in rows:
        row.ordinary = True
    return True


def _is_plain(part: bytes) -> bool:
    """True of UTF-8: there every tag is told by its bytes."""
    start = part.removeprefix(b"\xef\xbb\xbf")
    if not start.startswith(b"<") or b"\x00" in part:
        return False
    told = _ENCODING.match(start)
    return told is None or told[1].lower() in _PLAIN


def _read_with_care(name: str, part: bytes) -> None:
    depth = 0

    def doctype(*_: object) -> None:
        raise RefusedError("file-unsafe-xml")

    def start(_: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH or any(len(value) > _LONGEST for value in attributes.values()):
            raise RefusedError("file-unsafe-xml")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:  # the last two: an encoding nobody knows
        # Excel's own drawings of notes are not always well-formed; nobody reads them.
        if not name.endswith(".vml"):
            raise RefusedError("file-broken") from fault


def _counted(part: bytes, limits: Limits) -> None:
    """Limits that only a long part can pass."""
    cells = sum(part.count(mark) for mark in (b"<c ", b":c ", b"<c>", b"<c/>", b"<c\t", b"<c\n", b"<c\r"))
    merged = part.count(b"<mergeCell ") + part.count(b":mergeCell ")
    strings = sum(part.count(mark) for mark in (b"<si>", b"<si ", b"<si/>", b":si>", b":si ", b":si/>"))
    if cells > limits.cells or merged > limits.merged or strings > limits.strings:
        raise RefusedError("file-past-a-limit")


def look_together(parts: Iterable[bytes]) -> None:
    """The same of many sheets: a reader makes room for all of them at once."""
    sheets = ((part, part.find(b"sheetData")) for part in parts)
    if sum(_area(part, head, closely=True) for part, head in sheets if head >= 0) > _MOST_AREA:
        raise RefusedError("file-unsafe-xml")


def _area(part: bytes, head: int, *, closely: bool) -> int:
    """Cells up to the farthest: a reader makes room for them, so that is looked at before one sees the sheet.

    Up to ZZ999 no reader minds, so that cells written as Excel writes them are looked at one by one only ``closely``.
    """
    stated = _DIMENSION.search(part, 0, head)
    rows, columns = (int(stated[2]), _column(stated[1])) if stated else (1, 1)
    if closely:
        if _NO_NUMBER.search(part):
            raise RefusedError("file-broken")
        places = _PLACE.findall(part)
        rows = max((rows, *(int(row or 0) for _, row in places)))
        columns = max((columns, *(_column(letters) for letters, _ in places)))
        # One that says no place stands next to the one before it.
        unnamed = sum(_PLACE.search(cell) is None for cell in _CELL.findall(part))
        rows, columns = rows + unnamed, columns + min(unnamed, 1)
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
