"""One message as the bytes of an .eml file: the same bytes each time, and cheap: a night writes a thousand.

Written by hand: the ``email`` package takes several times as long, and picks boundaries at random.
"""

import re
from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import StringIO
from urllib.parse import quote

from cluster_sheets.base.date import MONTHS
from cluster_sheets.replies.wording import DAYS

PARTS, WORDS = "=_cluster-sheets-part", "=_cluster-sheets-text"
"""Between parts, and between the two forms of the words: in quoted-printable and base64 ``=_`` never stands."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?A-~]{1,200}>")
_MOST_ENCODED = 45
"""Bytes in one encoded word, so that a line of a header stays short."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who, whom, what about."""

    sender: str
    sender_name: str
    to: str
    subject: str
    at: datetime
    message_id: str
    in_reply_to: str = ""
    """Message id of theirs, as it came; left out where it is none."""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A workbook that goes with it."""

    name: str
    data: bytes


def eml(envelope: Envelope, plain: str, html: str, attached: Sequence[Attached] = ()) -> bytes:
    """The message, lines ended as in mail; its words as plain text and as HTML, each whole."""
    words = [
        f'Content-Type: multipart/alternative; boundary="{WORDS}"\r\n\r\n--{WORDS}\r\n'.encode(),
        *_text(plain, "plain"),
        f"\r\n--{WORDS}\r\n".encode(),
        *_text(html, "html"),
        f"\r\n--{WORDS}--\r\n".encode(),
    ]
    head = "".join(f"{line}\r\n" for line in _headers(envelope)).encode("ascii")
    if not attached:
        return b"".join((head, *words))
    between = f"\r\n--{PARTS}\r\n".encode()
    parts = [part for each in attached for part in (between, *_workbook(each))]
    begin = f'Content-Type: multipart/mixed; boundary="{PARTS}"\r\n\r\n--{PARTS}\r\n'.encode()
    return b"".join((head, begin, *words, *parts, f"\r\n--{PARTS}--\r\n".encode()))


def _headers(envelope: Envelope) -> Sequence[str]:
    theirs = envelope.in_reply_to if _MESSAGE_ID.fullmatch(envelope.in_reply_to) else ""
    return (
        f"From: {_name(envelope.sender_name)}<{envelope.sender}>",
        f"To: <{envelope.to}>",
        f"Subject: {_words(envelope.subject)}",
        f"Date: {_date(envelope.at)}",
        f"Message-ID: {envelope.message_id}",
        *((f"In-Reply-To: {theirs}", f"References: {theirs}") if theirs else ()),
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        f"X-Cluster-Sheets-Kind: {envelope.kind}",
        "MIME-Version: 1.0",
    )


def _date(at: datetime) -> str:
    moment = at.astimezone(UTC)
    day, month = DAYS[moment.weekday()][:3], MONTHS[moment.month - 1][:3]
    return f"{day}, {moment.day:02d} {month} {moment.year:04d} {moment:%H:%M:%S} +0000"


def _name(name: str) -> str:
    if not name:
        return ""
    if name.isascii() and name.isprintable() and '"' not in name and "\\" not in name:
        return f'"{name}" '
    return f"{_words(name)} "


def _words(text: str) -> str:
    """Text as a header may hold it: as it is, or in encoded words of whole characters."""
    if text.isascii() and text.isprintable() and "=?" not in text:
        return text
    pieces, piece = [], b""
    for letter in " ".join(text.split()):
        more = letter.encode()
        if len(piece) + len(more) > _MOST_ENCODED:
            pieces.append(piece)
            piece = b""
        piece += more
    return "\r\n ".join(f"=?utf-8?b?{b64encode(each).decode()}?=" for each in (*pieces, piece))


def _text(text: str, kind: str) -> tuple[bytes, ...]:
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode(), *map(_quoted, StringIO(text))


@lru_cache(maxsize=1024)
def _quoted(line: str) -> bytes:
    """A line as it is sent; most lines of a message stand in the next one too."""
    return b2a_qp(line.encode(), istext=True).replace(b"\n", b"\r\n")


def _workbook(attached: Attached) -> tuple[bytes, ...]:
    name = attached.name
    plain = name.isascii() and name.isprintable() and '"' not in name and "\\" not in name
    told = f'filename="{name}"' if plain else f"filename*=utf-8''{quote(name, safe='')}"
    head = (
        f"Content-Type: {XLSX}\r\nContent-Disposition: attachment;\r\n {told}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii"), encodebytes(attached.data).rstrip(b"\n").replace(b"\n", b"\r\n")
