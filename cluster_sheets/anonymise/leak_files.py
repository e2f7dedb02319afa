"""Leak files: the text of a file of any kind that a panel may be given, as pieces with the part they stand in.

In: the bytes of an .xlsx, .docx, .pptx, PDF, mail or plain text, told by what they are and never by their name.
Out: (part, piece). Never: passes over what it cannot look into: that is an UnreadableError.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cluster_sheets.anonymise.leak_text import Piece, UnreadableError, of_bytes, pieces, readings, without_tags

if TYPE_CHECKING:
    from pypdf import PageObject

_ZIP, _PDF, _RICH_TEXT = b"PK", b"%PDF-", b"{\\rtf"
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")
_START = 1024
"""A PDF's mark may stand so far in."""
_LONGEST = 256 * 1024
"""A mail may have been stamped by many before the line that says what it is."""
_HEADER = re.compile(
    rb"^(?:from|to|subject|date|mime-version|received|return-path|message-id|content-[a-z-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_END = re.compile(rb"\n\r?\n|\r\r")
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError,
    ValueError, struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""What the readers of others raise on a file that is broken, or locked with a password."""
_DEEPEST = 4


def pieces_of(data: bytes, depth: int = 0) -> Iterator[Piece]:
    """All pieces of text in a file. Raises UnreadableError."""
    if depth > _DEEPEST:
        raise UnreadableError
    try:
        if _PDF in data[:_START]:
            yield from _of_pdf(data, depth)
        elif data.startswith(_ZIP) or zipfile.is_zipfile(io.BytesIO(data)):
            yield from pieces(data)
        elif _is_closed(data):
            raise UnreadableError
        elif _is_mail(data):
            # Loaded where there is one, as below: the night's packs are workbooks.
            from cluster_sheets.anonymise.leak_mail import of_mail

            yield from of_mail(data, lambda inner: pieces_of(inner, depth + 1), inside=depth > 0)
        else:
            yield from (("the file", piece) for piece in of_bytes(data))
            if not data.startswith(_TWO_BYTES):
                yield from (("the file", piece) for text in readings(data) for piece in (text, without_tags(text)))
    except (zipfile.BadZipFile, *_BROKEN) as broken:
        raise UnreadableError from broken


def _is_closed(data: bytes) -> bool:
    """True of a picture, an old workbook, one with a password; and of Rich Text, whose own words stand within names."""
    return (b"\x00" in data and not data.startswith(_TWO_BYTES)) or data.lstrip().startswith(_RICH_TEXT)


def _is_mail(data: bytes) -> bool:
    data = data[:_LONGEST].lstrip()
    end = _HEAD_END.search(data)
    return _HEADER.search(data, 0, max(end.start() if end else _LONGEST, _START)) is not None


def _of_pdf(data: bytes, depth: int) -> Iterator[Piece]:
    # Loaded where there is one: the night makes none.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        read = PdfReader(io.BytesIO(data))
        yield from ((f"property {str(name).lstrip('/')}", str(value)) for name, value in (read.metadata or {}).items())
        for number, page in enumerate(read.pages, start=1):
            yield from _of_page(page, number)
        yield from (("the outline", title) for title in _titles(read.outline))
        for name, contents in read.attachments.items():
            yield "the name of a file in it", name
            for each in contents:
                yield from ((f"{name}: {where}", piece) for where, piece in pieces_of(each, depth + 1))
    except (PyPdfError, DependencyError) as broken:
        raise UnreadableError from broken


def _of_page(page: "PageObject", number: int) -> Iterator[Piece]:
    text = page.extract_text()
    if not text.strip() and len(page.images):
        raise UnreadableError  # a scan: nobody here reads pictures
    yield f"page {number}", text
    for note in page.annotations or ():
        yield f"a note on page {number}", str(note.get_object().get("/Contents", ""))


def _titles(outline: object) -> Iterator[str]:
    for each in outline if isinstance(outline, list) else ():
        if isinstance(each, list):
            yield from _titles(each)
        else:
            yield str(each.get("/Title", ""))
