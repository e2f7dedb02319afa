"""Small files of every kind the intake meets, good and crooked, made here so that each can be read in a test."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
TYPES = (
    _HEAD + b'<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
BOOK = _HEAD + b'<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
SHEET = _HEAD + b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
RELATIONS = b'<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
PARTS: Mapping[str, bytes] = {
    "[Content_Types].xml": TYPES,
    "xl/workbook.xml": BOOK,
    "xl/_rels/workbook.xml.rels": RELATIONS,
    "xl/worksheets/sheet1.xml": SHEET,
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A straight archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def workbook() -> bytes:
    """The least workbook."""
    return zipped(PARTS)


def with_part(name: str, part: bytes) -> bytes:
    """The least workbook with one more part."""
    return zipped({**PARTS, name: part})


def sheet(rows: bytes) -> bytes:
    """The least workbook with these rows in its sheet."""
    return with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")


def tower(depth: int) -> bytes:
    """So many elements within one another."""
    return b"<a>" * depth + b"</a>" * depth


def ole(stream: str) -> bytes:
    """The old container of Office, with the name of a stream in its directory."""
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(64)


def entry(name: bytes, part: bytes, flags: int) -> bytes:
    """A stored entry: local header, name and bytes."""
    size = len(part)
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, flags, 0, 0, 0, zlib.crc32(part), size, size, len(name), 0)
    return head + name + part


def crooked(
    entries: list[tuple[bytes, bytes, int]], directory: list[tuple[bytes, bytes, int]] | None = None, gap: bytes = b""
) -> bytes:
    """An archive put together by hand from (name, bytes, flags); its directory may say something else."""
    body, offsets = gap, []
    for name, part, flags in entries:
        offsets.append(len(body))
        body += entry(name, part, flags)
    listed = b""
    for (name, part, flags), offset in zip(directory or entries, offsets, strict=False):
        listed += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 20, 20, flags, 0, 0, 0, zlib.crc32(part), len(part), len(part), len(name)),
            *(0, 0, 0, 0, 0, offset),
        )
        listed += name
    count = len(directory or entries)
    return body + listed + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(body), 0)
