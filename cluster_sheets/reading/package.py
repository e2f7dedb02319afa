"""The parts of a workbook that a reader of values does not show: formulas, faults of Excel, notes, links, pictures."""

import io
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from posixpath import join, normpath
from typing import NamedTuple

from zlib_ng import zlib_ng as zlib

from cluster_sheets.reading.sheet import marks, values

STYLES, TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"(?<![\w:])([\w:]++)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*[^<>/])>")
_NOTE = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\b([^<>]*)>")
_TEXT = re.compile(rb"<(?:\w+:)?(?:t|text)(?:\s[^<>]*)?>([^<]*)")
_PROPERTY = re.compile(rb"<(?:\w+:)?property\b([^<>]*)>")
_XF = re.compile(rb"<(?:\w+:)?xf\b([^<>]*)>")
_CELL_XFS = re.compile(rb"<(?:\w+:)?cellXfs\b")
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^<>]*)>")
_PERCENT_FORMATS = {"9", "10"}
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_DRAWING = "xl/drawings/drawing"
_EMPTY_DRAWING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>)?\s*+<(?:\w+:)?wsDr(?:\s[^<>]*)?(?:(?<=/)>|(?<!/)>\s*+</(?:\w+:)?wsDr>)\s*+"
)
"""A drawing with nothing in it: Google Sheets puts one behind every sheet."""
_UNREAD = ("docProps/", "customXml/", "xl/theme/", "xl/tables/", "xl/worksheets/_rels/", "xl/drawings/", "xl/comments")
"""Parts that say nothing of what stands in a cell."""
_ZIP_VERSION, _UTF8_NAMES, _FIRST_DAY = 20, 0x800, 33


class SheetPart(NamedTuple):
    """One sheet of the workbook."""

    name: str
    visible: bool
    part: str


def attributes(tag: bytes) -> dict[str, str]:
    """Attributes of a tag, by name without a prefix's meaning (``r:id`` stays ``r:id``)."""
    return {
        found[1].decode("ascii", "replace"): unescape((found[2] or found[3] or b"").decode("utf-8", "replace"))
        for found in _ATTRIBUTE.finditer(tag)
    }


def _inflated(data: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@lru_cache(maxsize=2)
def _sheets(book: bytes, relations: bytes, folder: str) -> tuple[SheetPart, ...]:
    """The sheets that a workbook's own part lists; forms of one template have the same list."""
    targets = _targets(relations, folder)
    found = []
    for match in _SHEET.finditer(book):
        told = attributes(match[1])
        relation = next((value for name, value in told.items() if name.endswith(":id")), "")
        visible = told.get("state", "visible") == "visible"
        found.append(SheetPart(told.get("name", ""), visible, targets.get(relation, "")))
    return tuple(found)


def _targets(relations: bytes, folder: str) -> dict[str, str]:
    """Parts that a part in ``folder`` refers to, by relationship id."""
    found = {}
    for match in _RELATION.finditer(relations):
        told = attributes(match[1])
        if told.get("TargetMode") != "External":
            found[told.get("Id", "")] = normpath(join("/" + folder, told.get("Target", ""))).lstrip("/")
    return found


def _elements(tag: re.Pattern[bytes], part: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(attributes, what follows up to the next one) of each element that begins with ``tag``; none lies in another."""
    before = None
    for found in tag.finditer(part):
        if before:
            yield before[1], part[before.end() : found.start()]
        before = found
    if before:
        yield before[1], part[before.end() :]


@lru_cache(maxsize=2)
def _property(part: bytes, name: str) -> str:
    for told, within in _elements(_PROPERTY, part):
        if attributes(told).get("name") == name:
            return unescape(re.sub(rb"<[^<>]*>", b"", within).decode("utf-8", "replace")).strip()
    return ""


@lru_cache(maxsize=4)
def _percent_styles(styles: bytes) -> frozenset[str]:
    """Which styles of cells show a percentage; forms of one template have the same, and none."""
    percents = _PERCENT_FORMATS | {
        told.get("numFmtId", "")
        for told in map(attributes, (match[1] for match in _NUMBER_FORMAT.finditer(styles)))
        if "%" in told.get("formatCode", "")
    }
    block = _CELL_XFS.search(styles)
    stop = styles.find(b"cellXfs>", block.end()) if block else -1
    formats = (attributes(match[1]) for match in _XF.finditer(styles, block.end() if block else 0, stop))
    return frozenset(str(number) for number, told in enumerate(formats) if told.get("numFmtId", "") in percents)


def _relations(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def archived(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A plain archive of parts, nothing packed."""
    body: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, part in parts:
        told = name.encode()
        common = (_FIRST_DAY, zlib.crc32(part), len(part), len(part), len(told))
        body += (_LOCAL.pack(b"PK\x03\x04", _ZIP_VERSION, _UTF8_NAMES, 0, 0, *common, 0), told, part)
        head = (b"PK\x01\x02", _ZIP_VERSION, _ZIP_VERSION, _UTF8_NAMES, 0, 0)
        listed += (_CENTRAL.pack(*head, *common, 0, 0, 0, 0, 0, at), told)
        at += _LOCAL.size + len(told) + len(part)
    directory = b"".join(listed)
    count = len(listed) // 2
    return b"".join((*body, directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)))


class Package:
    """The parts of a pre-checked workbook."""

    def __init__(self, data: bytes, parts: Mapping[str, bytes] | None = None) -> None:
        """``parts`` are what the pre-check has inflated already."""
        self._parts = parts if parts is not None else _inflated(data)
        self._names = "\n".join(("", *self._parts))

    def part(self, name: str) -> bytes:
        """One part; empty where there is none."""
        return self._parts.get(name, b"")

    def straight(self) -> bytes:
        """The workbook as a plain archive of these very parts: a reader sees what was checked and nothing else.

        Nothing is packed, and of a sheet only its rows are there, which is also quicker to read.
        """
        sheets = {sheet.part for sheet in self.sheets()}
        return archived((name, values(part) if name in sheets else part) for name, part in self._read())

    def frame(self) -> tuple[tuple[str, bytes], ...]:
        """(name, part) of all that a reader looks into but the sheets and the list of texts."""
        apart = {TEXTS, *(sheet.part for sheet in self.sheets())}
        return tuple((name, part) for name, part in self._read() if name not in apart)

    def _read(self) -> Iterator[tuple[str, bytes]]:
        for name, part in self._parts.items():
            if name.endswith((".xml", ".rels")) and not name.startswith(_UNREAD):
                yield name, part

    def sheets(self) -> tuple[SheetPart, ...]:
        """Every sheet in the order of the tabs."""
        book = self._book()
        return _sheets(self.part(book), self.part(_relations(book)), book.rpartition("/")[0])

    def _book(self) -> str:
        """Name of the part that lists the sheets."""
        book = "xl/workbook.xml"
        return book if book in self._parts else next((name for name in self._parts if name.endswith(book)), book)

    def marks(self, part: str) -> Mapping[str, str]:
        """What a reader of values hides, by cell: ``error``, ``formula`` (has a value) or ``unworked`` (has none)."""
        return marks(self.part(part))

    def percent_cells(self, part: str, wanted: frozenset[str]) -> frozenset[str]:
        """Which of the ``wanted`` cells stand in a percentage format."""
        percents = _percent_styles(self.part(STYLES))
        if not percents:
            return frozenset()
        found = set()
        for match in _CELL.finditer(self.part(part)):
            told = attributes(match[1])
            if told.get("r") in wanted and told.get("s", "0") in percents:
                found.add(told["r"])
        return frozenset(found)

    def notes(self, sheet: SheetPart) -> tuple[str, ...]:
        """Cells of a sheet that carry a note with text."""
        if "comment" not in self._names.casefold():
            return ()
        cells: list[str] = []
        targets = _targets(self.part(_relations(sheet.part)), sheet.part.rpartition("/")[0])
        for part in sorted(targets.values()):
            if "comment" in part.casefold():
                cells += [
                    attributes(told).get("ref", "")
                    for told, within in _elements(_NOTE, self.part(part))
                    if any(text.strip() for text in _TEXT.findall(within))
                ]
        return tuple(dict.fromkeys(cells))

    def has_external_links(self) -> bool:
        """True where a part of the package refers to another workbook, whatever it is called."""
        return "\nxl/externalLinks/" in self._names or b"/externalLink" in self.part(_relations(self._book()))

    def has_pictures(self) -> bool:
        """True where a picture, drawing or other file travels inside; a drawing in which nothing is drawn is none."""
        inside = ("xl/media/", "xl/embeddings/", "xl/charts/", "xl/activeX/", "xl/ink/")
        if any(f"\n{folder}" in self._names for folder in inside):
            return True
        if f"\n{_DRAWING}" not in self._names:
            return False
        drawn = (part for name, part in self._parts.items() if name.startswith(_DRAWING))
        return not all(map(_EMPTY_DRAWING.fullmatch, drawn))

    def custom_property(self, name: str) -> str:
        """A custom document property's text; empty where there is none."""
        return _property(self.part("docProps/custom.xml"), name)
