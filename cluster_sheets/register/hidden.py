"""What the reader of values shows as a blank: cells where Excel shows a fault, or has not worked a formula out.

In: the bytes of a workbook. Out: those cells, by sheet; none where the file is no .xlsx of the usual build.
Never: judges what stands there.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What stands in one such cell."""

    fault: str = ""
    """As Excel shows it, such as ``#REF!``; empty where a formula has no result yet."""


def hidden(data: bytes) -> Mapping[str, Mapping[str, Hidden]]:
    """The hidden cells of each sheet, by the sheet's name and the cell's address."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {name: dict(_cells(book.open(part))) for name, part in _parts(book)}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return {}


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, part) of each sheet."""
    links = ElementTree.fromstring(book.read(_LINKS))
    targets = {each.attrib["Id"]: each.attrib["Target"] for each in links.iterfind("{*}Relationship")}
    for sheet in ElementTree.fromstring(book.read(_WORKBOOK)).iterfind("{*}sheets/{*}sheet"):
        yield sheet.attrib["name"], posixpath.join("/xl", targets[sheet.attrib[_ID]]).removeprefix("/")


def _cells(part: IO[bytes]) -> Iterator[tuple[str, Hidden]]:
    for _, each in ElementTree.iterparse(part):
        if each.tag.rpartition("}")[2] == "c" and "r" in each.attrib:
            value = each.findtext("{*}v") or ""
            if each.get("t") == "e":
                yield each.attrib["r"], Hidden(value)
            elif each.find("{*}f") is not None and not value:
                yield each.attrib["r"], Hidden()
