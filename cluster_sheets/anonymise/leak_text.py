"""Leak text: everything that stands anywhere in a workbook, as pieces of text with the part they stand in.

In: the bytes of an .xlsx, or of another file of its make. Out: (part, piece): each cell, name, property, comment,
header, chart text and attribute, the runs of one text joined; the names of the parts; what is packed within.
Never: skips a part of unknown kind.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

XML_ENDS = (".xml", ".rels", ".vml")
SHARED = "xl/sharedStrings.xml"
Piece = tuple[str, str]
_RUNS = re.compile(
    r"</(?:\w+:)?t>\s*(?:</(?:\w+:)?r>)?\s*(?:<(?:\w+:)?phoneticPr[^>]*/>\s*)?(?:<(?:\w+:)?r(?:\s[^>]*)?>)?\s*"
    r"(?:<(?:\w+:)?rPr(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?rPr>))?\s*<(?:\w+:)?t(?:\s[^>]*)?>",
    re.DOTALL,
)
"""From the end of one run's text to the start of the next one's."""
_MARGIN = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_MARGIN_CODE = re.compile(r"&(?:\"[^\"]*\"|\d+|K[0-9A-F+\-]{5,6}|[A-Z])")
"""What stands for left, centre, size and the like in a header or footer: no letter of a name."""
_PARAGRAPH = re.compile(r"<(?:w|a|text):[ph][ >].*?</(?:w|a|text):[ph]>", re.DOTALL)
_PARAGRAPHS = ("<w:p", "<a:p", "<text:p", "<text:h")
"""Of Word, of slides, of OpenDocument."""
_BLANK = re.compile(r"<(?:w|a|text):(?:tab|br|cr|s|line-break)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]{3,})"|'([^']{3,})')""")
_PRINTABLE = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f]{4,}")
_DEEPEST = 2
_WIDE = ("utf-16", "utf16", "utf-32", "utf32", "ucs-2")
"""Charsets that need the byte nought."""


class UnreadableError(Exception):
    """A file, or something in it, that cannot be looked into."""


def pieces(data: bytes, depth: int = 0) -> Iterator[Piece]:
    """All pieces of text in the workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "the file's own remark", archive.comment.decode("utf-8", "replace")
        for entry in archive.infolist():
            yield entry.filename, entry.filename
            yield entry.filename, entry.comment.decode("utf-8", "replace")
            content = archive.read(entry)
            if entry.filename.casefold().endswith(XML_ENDS):
                text = _as_text(content)
                for piece in (*of_xml(text), *_paragraphs(text)):
                    yield entry.filename, piece
            elif content[:2] == b"PK" and depth < _DEEPEST and zipfile.is_zipfile(io.BytesIO(content)):
                yield from ((f"{entry.filename}: {part}", piece) for part, piece in pieces(content, depth + 1))
            else:
                yield from ((entry.filename, piece) for piece in of_bytes(content))


def _as_text(content: bytes) -> str:
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")


def of_xml(text: str) -> Iterator[str]:
    """Texts between tags, the runs of one text joined, then the values of attributes; none of them twice."""
    # Most parts hold no text of their own, only numbers of shared ones.
    joined = _RUNS.sub("", text) if "</t>" in text or ":t>" in text else text
    between = _TAG.sub("\n\x00", joined)
    for piece in dict.fromkeys(between.split("\n\x00")):
        if piece.strip():
            yield unescape(piece)
    for margin in _MARGIN.findall(text):
        yield _MARGIN_CODE.sub("\n", unescape(margin))
    for value in dict.fromkeys(first or second for first, second in _ATTRIBUTE.findall(text)):
        yield unescape(value)


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of a document or of slides, whole: what stands between the runs of one is of many kinds."""
    for paragraph in _PARAGRAPH.findall(text) if any(each in text for each in _PARAGRAPHS) else ():
        if (whole := unescape(_TAG.sub("", _BLANK.sub(" ", paragraph)))).strip():
            yield whole


def without_tags(text: str) -> str:
    """A page as it is read: a name may be written in two letters of another size."""
    return unescape(_TAG.sub("", text))


def of_bytes(content: bytes) -> Iterator[str]:
    """Whatever reads as text in a part that is no XML, in one byte a letter or in two."""
    for encoding in ("utf-8", "utf-16-le"):
        yield from _PRINTABLE.findall(content.decode(encoding, "ignore"))


def readings(content: bytes, charset: str = "") -> tuple[str, ...]:
    """What bytes say in the ``charset`` they are said to be in, and in the one they would be in if nobody had said.

    Raises UnreadableError where that charset is not known here, or the bytes are no text in any.
    """
    if not content:
        return ("",)
    if b"\x00" in content and not charset.casefold().startswith(_WIDE):
        raise UnreadableError
    found = []
    if charset:
        try:
            found.append(content.decode(charset, "replace"))
        except (LookupError, ValueError) as unknown:
            raise UnreadableError from unknown
    try:
        found.append(content.decode("utf-8"))
    except UnicodeDecodeError:
        found.append(content.decode("cp1252", "replace"))
    return tuple(dict.fromkeys(found))


_CELL = re.compile(r'<c r="([A-Z]+\d+)"[^>]*\bt="s"[^>]*><v>(\d+)</v>')
_ITEM = re.compile(r"<si>.*?</si>|<si/>", re.DOTALL)


def cells_of(data: bytes, piece: str) -> Iterator[str]:
    """Cells that show a shared text, such as ``sheet 3 C9``: never by the sheet's name, which may tell too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        items = _ITEM.findall(_as_text(archive.read(SHARED)))
        wanted = {str(number) for number, item in enumerate(items) if piece in of_xml(item)}
        for entry in archive.namelist():
            if found := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry):
                for cell, number in _CELL.findall(_as_text(archive.read(entry))):
                    if number in wanted:
                        yield f"sheet {found[1]} {cell}"
