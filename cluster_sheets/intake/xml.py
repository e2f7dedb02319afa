"""XML before any reader sees it: no DOCTYPE, no tower of elements, no endless tag, no sheet with a cell far out.

A part in plain UTF-8 is looked through as bytes, which is quick; one that is unusual is read by expat as well.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from xml.parsers import expat

from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.cells import BETWEEN_TEXTS, END_OF_TEXTS, OtherwiseError, are_plain, remembered
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.rows import BETWEEN, Row, cut

DEPTH = 100
_LONGEST = 65_536
_LONG = re.compile(rb"<[^<>]{65536}")
_LONG_TEXT = re.compile(rb">[^<>]{65536}")
"""Twice what Excel puts into a cell; what is less is told by the limits of the form itself."""
_SHORT = 700
"""A hundred elements within one another take more bytes than this."""
_TAG = re.compile(rb"</|<(?![!?/])[^<>]*+(?<!/)>")
"""What leads out of an element, or into one that is not at once at its end."""
_PIECE = 1_000_000
"""Bytes whose depth is worked out at a time."""
_OWN = 10
"""No row that is written in the plain way has so many elements within one another."""
_ROW = b'<row r="'
_DECLARED = (b"<?xml", b"\xef\xbb\xbf<?xml")
_READ = ("xl/", "[Content_Types]", "_rels/")
"""Parts that somebody here looks into: as bytes, so they must be plain."""
_USUAL = re.compile(rb"(?:<\?xml version=[\"']1\.0[\"'] encoding=[\"'](?:UTF|utf)-8[\"'][^<>]*>\s*)?<[A-Za-z]")
"""Nothing stands before the first element: then no DOCTYPE does."""
_ENCODING = re.compile(rb"\A<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)")
_PLAIN = (b"utf-8", b"utf8", b"us-ascii")
_NOT_NEAR = re.compile(
    rb"<c[\s/>](?!r=\"[A-Z]{1,2}+[0-9]{1,3}+\"(?: s=\"[0-9]++\")?+"
    rb"(?: t=\"(?:s\"><v>[0-9]{1,9}+<|(?!s\")[a-zA-Z]++\"[/>])|[/>]))"
)
_PREFIXED = re.compile(rb":c[\s/>]")
"""A cell that is not written as Excel writes one within ZZ999, or has a prefix: then every place is looked at."""
_NO_NUMBER = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:[^<>\s/:]*:)?v(?:\s[^<>]*)?>(?!\s*[0-9]{1,9}\s*<)")
"""A text by the number it has in the list of texts, where that is no number: a reader takes the first of the list."""
_CELL = re.compile(rb"<(?:[^<>\s/:]*:)?(?:c|row)(?:[\s/][^<>]*)?>")
_PLACE = re.compile(rb"[\s\"']r\s*=\s*[\"']([A-Za-z]{0,8})0*+([0-9]{0,9})")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^<>]*?\bref\s*=\s*[\"'](?:[A-Z]+[0-9]+:)?([A-Z]+)([0-9]+)[\"']")
_NO_CELLS = re.compile(
    rb"<(?:\w+:)?row\s[^<>]*?\br=\"0*+([0-9]{1,7})\"[^<>]*+(?:(?<=/)>|>\s*+</(?:\w+:)?row>)\s*+(?=</(?:\w+:)?sheetData>)"
)
"""The last row of a sheet where no cell stands in it: LibreOffice writes the very last there is so."""
_CELLS = (b"<c ", b":c ", b"<c>", b"<c/>", b"<c\t", b"<c\n", b"<c\r")
_MERGED = (b"<mergeCell ", b":mergeCell ")
_STRINGS = (b"<si>", b"<si ", b"<si/>", b":si>", b":si ", b":si/>")
_LEAST_CELL, _LEAST_STRING = len(b"<c/>"), len(b"<si/>")
"""Bytes: in so few there can be no more of them than a limit lets in."""
_HARMLESS: dict[str, tuple[bytes | None, int]] = {}
"""Parts of the last workbook that was looked through; of those that are the same ``archive`` gives the very same."""
_PARTS_KEPT = 100
_MOST_AREA = 2_000_000
"""Cells of a sheet up to its farthest one: a reader makes room for all of them. Far above any form."""


def is_xml(part: bytes) -> bool:
    """True where a part is XML in whatever encoding, by its first bytes."""
    return part.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def look(name: str, part: bytes) -> int:
    """How many merged cells a part of a workbook has. Raises RefusedError where it holds what is not opened."""
    known, merged = _HARMLESS.get(name, (None, 0))
    if known is part:
        return merged
    merged = _look(name, part)
    if len(_HARMLESS) == _PARTS_KEPT:
        _HARMLESS.clear()
    _HARMLESS[name] = part, merged
    return merged


def _look(name: str, part: bytes) -> int:
    usual = _USUAL.match(part) is not None and b"\x00" not in part
    plain = usual or _is_plain(part)
    if (not plain and name.startswith(_READ)) or (not usual and b"<!DOCTYPE" in part):
        raise RefusedError("file-unsafe-xml")
    head = part.find(b"sheetData")
    ordinary = head >= 0 and len(part) <= _LONGEST and _is_ordinary(name, part)
    if not plain or (not ordinary and len(part) > _SHORT and not _are_texts(name, part) and _may_be_deep(part)):
        _read_with_care(name, part)
    if len(part) > _LONGEST:
        _is_not_endless(name, part)
    if head >= 0:
        closely = not ordinary and bool(_NOT_NEAR.search(part) or _PREFIXED.search(part))
        if _area(part, head, closely=closely) > _MOST_AREA:
            raise RefusedError("file-unsafe-xml")
    return _merged(name, part, sheet=head >= 0)


def _is_not_endless(name: str, part: bytes) -> None:
    if _LONG.search(part):
        raise RefusedError("file-unsafe-xml")
    if name.startswith("xl/") and _LONG_TEXT.search(part):
        raise RefusedError("file-past-a-limit")


def _merged(name: str, part: bytes, *, sheet: bool) -> int:
    if len(part) > _LONGEST:
        return _told_of((part,), _MERGED)
    # Behind the last row, where every program has them: it is at hand, and short.
    tail = cut(name, part)[-1].xml if sheet else b""
    return _told_of((tail,), _MERGED) if b"mergeCell" in tail else 0


def _is_ordinary(name: str, part: bytes) -> bool:
    """True of a sheet without a tower or a cell that is not near.

    A row that was looked at is not looked at again, nor is one that is written in the plain way, which holds neither.

    What is sought never goes on beyond the start of an element, so that it lies in one row or in none.
    """
    rows = cut(name, part)
    odd = [(at, row) for at, row in enumerate(rows) if not are_plain(row)]
    if _is_deep(odd):
        return False
    new = BETWEEN.join((*(row.xml for _, row in odd if not row.ordinary), b""))
    if _NOT_NEAR.search(new) or _PREFIXED.search(new):
        return False
    for _, row in odd:
        row.ordinary = True
    return True


def _is_deep(odd: Iterable[tuple[int, Row]]) -> bool:
    """True where the rows of a sheet may make a tower; of those that are not here each ends as deep as it began."""
    now = 0
    for at, row in odd:
        if row.depth is None:
            row.depth = _depth(row.xml if row.xml.startswith(b"<") else _ROW + row.xml)
        end, most = row.depth
        if now + most > DEPTH - _OWN or row.xml.startswith(b"<") != (at == 0):
            return True
        # Its own end stands between the rows.
        now += end - 1
    return False


def _may_be_deep(part: bytes) -> bool:
    _, most = _depth(part)
    return most > DEPTH


def _depth(part: bytes) -> tuple[int, int]:
    """(how deep the end of some XML lies, how deep it comes to lie), counted from its start; too deep where unsure."""
    start = part.find(b"?>") + 2 if part.startswith(_DECLARED) else 0
    # A sign within a text, a comment or an attribute would be counted wrongly.
    if part.find(b"<!", start) >= 0 or part.find(b"<?", start) >= 0 or part.count(b"<") < part.count(b">"):
        return 0, DEPTH + 1
    now = most = 0
    while 0 <= start < len(part):
        stop = part.find(b"<", start + _PIECE)
        tags = _TAG.findall(part, start, stop if stop >= 0 else len(part))
        levels = list(accumulate((1 if len(tag) > 2 else -1 for tag in tags), initial=now))
        most, now, start = max(most, *levels), levels[-1], stop
    return now, most


def _are_texts(name: str, part: bytes) -> bool:
    """True of the list of texts where it is written in the plain way: no tower stands in it."""
    head, start, told = part.partition(b"<si>")
    if not (name.endswith("sharedStrings.xml") and start and told.endswith(END_OF_TEXTS)) or head.count(b"<") > 2:
        return False
    try:
        for xml in told.removesuffix(END_OF_TEXTS).split(BETWEEN_TEXTS):
            remembered(xml)
    except OtherwiseError:
        return False
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


def count_together(parts: Collection[bytes], merged: int, limits: Limits) -> None:
    """Holds what all parts have against the limits; ``merged`` is what ``look`` told. Raises RefusedError."""
    size = sum(map(len, parts))
    cells = _told_of(parts, _CELLS) if size > limits.cells * _LEAST_CELL else 0
    strings = _told_of(parts, _STRINGS) if size > limits.strings * _LEAST_STRING else 0
    if cells > limits.cells or merged > limits.merged or strings > limits.strings:
        raise RefusedError("file-past-a-limit")


def _told_of(parts: Iterable[bytes], marks: Sequence[bytes]) -> int:
    return sum(part.count(mark) for part in parts for mark in marks)


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
    # No room is made for a row without cells, nor for a size that such a row alone makes.
    bare = _bare(part) if closely or rows * columns > _MOST_AREA else None
    if bare is not None:
        closely, part = True, part[: bare.start()] + part[bare.end() :]
        rows = 1 if rows == int(bare[1]) else rows
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


def _bare(part: bytes) -> re.Match[bytes] | None:
    """The last row of a sheet, where it holds no cell and nothing that could be one stands behind it."""
    last = part.rfind(b"row", 0, max(part.rfind(b"sheetData>"), 0))
    start = part.rfind(b"<", 0, max(last, 0))
    if part.startswith(b"</", max(start, 0)):
        start = part.rfind(b"<", 0, start)
    found = _NO_CELLS.match(part, start) if start >= 0 else None
    return found if found and _CELL.search(part, found.end()) is None else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
