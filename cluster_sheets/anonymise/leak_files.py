"""Leak files: the text of a file of any kind that a panel may be given, as pieces with the part they stand in.

In: the bytes of an .xlsx, .docx, .pptx, PDF, mail or plain text, told by what they are and never by their name.
Out: (part, piece). Never: passes over what it cannot look into: that is an UnreadableError.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cluster_sheets.anonymise.leak_text import Piece, of_bytes, of_xml, pieces

if TYPE_CHECKING:
    from pypdf import PageObject

_ZIP, _PDF = b"PK", b"%PDF-"
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")
_START = 1024
"""A PDF's mark may stand so far in."""
_SAID = ("subject", "comments", "keywords", "thread-topic")
"""Headers of a mail that say something; who it goes to tells nobody whose request it is about."""
_DEEPEST = 4


class UnreadableError(Exception):
    """A file, or something in it, that cannot be looked into."""


def pieces_of(data: bytes, depth: int = 0) -> Iterator[Piece]:
    """All pieces of text in a file. Raises UnreadableError."""
    if depth > _DEEPEST:
        raise UnreadableError
    try:
        if _PDF in data[:_START]:
            yield from _of_pdf(data, depth)
        elif data.startswith(_ZIP) or zipfile.is_zipfile(io.BytesIO(data)):
            yield from pieces(data)
        elif b"\x00" in data and not data.startswith(_TWO_BYTES):
            raise UnreadableError  # a picture, an old workbook, one with a password
        elif _is_mail(data):
            yield from _of_mail(data, depth)
        else:
            yield from (("the file", piece) for piece in of_bytes(data))
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as broken:
        raise UnreadableError from broken


def _is_mail(data: bytes) -> bool:
    head = data[:_START].lower()
    return any(mark in head for mark in (b"\nfrom:", b"\nsubject:", b"\nmime-version:")) or head.startswith(
        (b"from:", b"subject:", b"mime-version:", b"received:")
    )


def _of_mail(data: bytes, depth: int) -> Iterator[Piece]:
    # Loaded where there is one, as below: the night's packs are workbooks.
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    for name in _SAID:
        yield from ((f"the mail's {name}", str(value)) for value in mail.get_all(name, []))
    for part in mail.walk():
        name = part.get_filename() or ""
        yield "the name of a file in the mail", name
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        if part.get_content_maintype() == "text":
            text = content.decode(part.get_content_charset("utf-8"), "replace")
            told = of_xml(text) if part.get_content_subtype() == "html" else iter((text,))
            yield from (("the mail's text", piece) for piece in told)
        else:
            inside = name or part.get_content_type()
            yield from ((f"{inside}: {where}", piece) for where, piece in pieces_of(content, depth + 1))


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
    except (PyPdfError, DependencyError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
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
