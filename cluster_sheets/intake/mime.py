"""The parts of a mail, walked by its boundaries: as deep and as many as the limits allow, never a part more.

Only headers are given to Python's parser (compat32: the newer policies raise on real mail). Bodies stay bytes, so
that a broken one is seen; that parser mends it without a word.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

from cluster_sheets.intake.envelope import decoded
from cluster_sheets.intake.kind import MAIL_NAMES, begins_as_mail
from cluster_sheets.intake.limits import Limits

_PARSER = HeaderParser(policy=compat32)
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_MOST_HEAD = 256 * 1024
_DEEPEST = 10
"""Boxes within boxes of one mail: real mail has three."""
_PATH = re.compile(r"[/\\]")
MAIL_TYPES = ("message/rfc822", "message/global")
_DIGEST = "multipart/digest"
"""A box whose parts are mails where they do not say what they are (RFC 2046, section 5.1.5)."""
_SIGNED_BOX = re.compile(rb"\s{0,8}Content-Type:\s{0,8}multipart/signed\b", re.IGNORECASE)
_ANY_FILE = ("application/octet-stream", "application/eml", "application/x-eml")
_ONCE = ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition")
"""Headers of a part that two programs read differently where they stand twice."""
_SAYS_WHAT = re.compile(rf"^(?:{'|'.join(_ONCE)})[ \t]*:", re.IGNORECASE | re.MULTILINE)
_MOST_PARAMETERS = 2 * 1024
_HALF_CODED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*(?:\r?\n|\Z))")
"""What quoted-printable never holds; Python's decoder passes over it."""


class PastLimitError(Exception):
    """A mail with more in it than is looked at."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds no others."""

    kind: str
    """Such as ``text/plain``."""
    name: str
    """Of the file, as display data; empty where it has none."""
    attached: bool
    """Sent as an attachment, not shown in the text."""
    content: bytes
    damaged: bool
    """It does not decode without a defect."""
    mail: Message | None = field(default=None, compare=False)
    """Headers of the mail it came in, where that was sent on within another."""
    unsure: bool = False
    """Its headers, or those it lies under, are read differently by two programs: there may be a file in it."""
    boxes: tuple[str, ...] = field(default=(), compare=False)
    """Kinds of the boxes it lies in within its mail, the innermost last."""


@dataclass(slots=True)
class _Walk:
    limits: Limits
    seen: int = 0


def headers(raw: bytes) -> tuple[Message, bytes]:
    """The headers of a mail or of a part, and the bytes of its body."""
    # A part may begin with the empty line that ends no headers at all.
    if raw.startswith((b"\r\n", b"\n")):
        return Message(policy=compat32), raw.lstrip(b"\r\n")
    end = _HEAD_END.search(raw, 0, _MOST_HEAD)
    cut = end.start() if end else min(len(raw), _MOST_HEAD)
    return _short(_PARSER.parsestr(_text(raw[:cut]))), raw[end.end() :] if end else b""


def _opened(raw: bytes) -> tuple[Message, bytes]:
    """As ``headers``; raises PastLimitError where they are so long that their end is not looked for."""
    if len(raw) > _MOST_HEAD and not raw.startswith((b"\r\n", b"\n")) and not _HEAD_END.search(raw, 0, _MOST_HEAD):
        raise PastLimitError
    return headers(raw)


def _is_unsure(message: Message) -> bool:
    """True where a header that says what a part is stands twice, or below a line that is no header.

    Python's parser takes such a line for the end of the headers; most mail programs pass over it.
    """
    below = str(message.get_payload())
    return any(len(message.get_all(name, ())) > 1 for name in _ONCE) or _SAYS_WHAT.search(below) is not None


def _short(message: Message) -> Message:
    """A mail or part whose parameters are no more than Python's parser reads in a moment: it takes time squared."""
    for name in _ONCE:
        values = [str(value) for value in message.get_all(name, ())]
        if any(len(value) > _MOST_PARAMETERS for value in values):
            del message[name]
            for value in values:
                message[name] = value[:_MOST_PARAMETERS]
    return message


def _text(head: bytes) -> str:
    """Headers as text: some programs write UTF-8 into them, older ones Latin."""
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("latin-1")


def parts(raw: bytes, limits: Limits) -> Iterator[Part]:
    """All parts of a mail, those of mails within it too. Raises PastLimitError."""
    message, body = _opened(raw)
    yield from _within(message, body, _Walk(limits), mails=(), boxes=())


def _within(
    message: Message,
    body: bytes,
    walk: _Walk,
    *,
    mails: tuple[Message, ...],
    boxes: tuple[str, ...],
    whole: bool = True,
    unsure: bool = False,
) -> Iterator[Part]:
    """Parts of a part; ``mails`` are those it lies in, without the outermost; ``boxes`` those of the last."""
    walk.seen += 1
    if walk.seen > walk.limits.mime_parts or len(mails) > walk.limits.mime_nesting or len(boxes) > _DEEPEST:
        raise PastLimitError
    kind = message.get_content_type()
    unsure = unsure or _is_unsure(message)
    whole = whole and not unsure
    inner, closed = _inner(message, kind, body, walk.limits)
    if inner:
        for number, each in enumerate(inner, start=1):
            held, content = _opened(each)
            if kind == _DIGEST:
                held.set_default_type(MAIL_TYPES[0])
            # Where the end mark is missing, the mail was cut off within its last part.
            unhurt = whole and (closed or number < len(inner))
            within = (*boxes, kind)
            yield from _within(held, content, walk, mails=mails, boxes=within, whole=unhurt, unsure=unsure)
        return
    # A box without its boundary comes as one damaged part.
    content, sound = _decoded(message, body)
    if sound and (kind in MAIL_TYPES or _is_saved_mail(message, kind, content)):
        held, inside = _opened(content.lstrip(b"\r\n"))
        yield from _within(held, inside, walk, mails=(*mails, held), boxes=(), whole=whole, unsure=unsure)
        return
    if sound and _is_signed_box(message, content):
        held, inside = _opened(content.lstrip(b"\r\n"))
        within = (*boxes, kind)
        yield from _within(held, inside, walk, mails=mails, boxes=within, whole=whole, unsure=unsure)
        return
    damaged = not (sound and whole) or kind.startswith("multipart/")
    last = mails[-1] if mails else None
    yield Part(kind, _name(message), _is_attached(message), content, damaged, last, unsure, boxes)


def _inner(message: Message, kind: str, body: bytes, limits: Limits) -> tuple[list[bytes], bool]:
    """What a box holds, and whether the line that ends it is there; nothing where it is no box."""
    boundary = _boundary(message) if kind.startswith("multipart/") else b""
    return _split(body, boundary, limits.mime_parts) if boundary else ([], False)


def _is_saved_mail(message: Message, kind: str, content: bytes) -> bool:
    """True of a mail that is attached as any file is: by how it begins, where its name or its type lets it be one."""
    named = kind in _ANY_FILE or _name(message).lower().endswith(MAIL_NAMES)
    return named and begins_as_mail(content)


def _is_signed_box(message: Message, content: bytes) -> bool:
    """True of the box that Exchange makes a file of where its parts are signed: all in it can be read."""
    return _name(message).lower().endswith(".p7m") and _SIGNED_BOX.match(content) is not None


def _boundary(message: Message) -> bytes:
    try:
        told = message.get_boundary()
    except (LookupError, ValueError, UnicodeError):
        return b""
    return told.encode("utf-8", "replace") if told else b""


def _split(body: bytes, boundary: bytes, most: int) -> tuple[list[bytes], bool]:
    """What stands between the boundary's lines, and whether the line that ends them is there."""
    line = re.compile(rb"--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r|\n|\Z)")
    found: list[bytes] = []
    start = -1
    for mark in line.finditer(body):
        end = _line_end(body, mark.start())
        if end < 0:
            continue
        if start >= 0:
            found.append(_after_line_end(body, start, end))
        if mark[1]:
            return found, True
        if len(found) > most:
            raise PastLimitError
        start = mark.end()
    if start >= 0:
        found.append(_after_line_end(body, start, len(body)))
    return found, False


def _line_end(body: bytes, at: int) -> int:
    """Where the line before ``at`` ends, its own end left out; -1 where ``at`` does not begin a line."""
    if at == 0:
        return 0
    if body[at - 1 : at] == b"\n":
        return at - 2 if body[at - 2 : at - 1] == b"\r" else at - 1
    return at - 1 if body[at - 1 : at] == b"\r" else -1


def _after_line_end(body: bytes, start: int, end: int) -> bytes:
    for line_end in (b"\r\n", b"\n", b"\r"):
        if body.startswith(line_end, start):
            return body[start + len(line_end) : end]
    return body[start:end]


def _decoded(message: Message, body: bytes) -> tuple[bytes, bool]:
    """The bytes that were sent, and whether they came through whole."""
    encoding = str(message.get("Content-Transfer-Encoding", "7bit")).strip().lower()
    if encoding == "base64":
        coded = body.translate(None, b" \t\r\n")
        try:
            # Strict as it is, the standard library lets any number of signs of padding stand where none is due.
            return binascii.a2b_base64(coded, strict_mode=True), _is_padded_right(coded)
        except binascii.Error:
            return body, False
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), _HALF_CODED.search(body) is None
    return body, encoding in ("7bit", "8bit", "binary", "")


def _is_padded_right(coded: bytes) -> bool:
    """RFC 4648, section 4: fours of signs, of which the last ends in two signs of padding at the most."""
    return len(coded) % 4 == 0 and len(coded) - len(coded.rstrip(b"=")) <= 2


def _is_attached(message: Message) -> bool:
    told = message.get_content_disposition()
    return told == "attachment" or (told is None and message.get("Content-ID") is None and bool(_name(message)))


def _name(message: Message) -> str:
    """The file's name as display data: no folder, nothing unseen, not too long."""
    try:
        told = message.get_filename() or ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _PATH.split(decoded(told))[-1].strip(" .")
