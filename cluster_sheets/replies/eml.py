"""One message as the bytes of an .eml file: the same bytes each time, and cheap: a night writes a thousand.

Written by hand: the ``email`` package takes several times as long, and picks boundaries at random.
"""

import re
from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from cluster_sheets.base.date import MONTHS
from cluster_sheets.replies.wording import DAYS

BOUNDARY = "=_cluster-sheets-part"
"""Stands in no text of ours, and in no base64."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?A-~]{1,200}>")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
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


def is_address(text: str) -> bool:
    """True of one plain address, such as the register holds."""
    return _ADDRESS.fullmatch(text) is not None


def eml(envelope: Envelope, text: str, attached: Attached | None = None) -> bytes:
    """The message, lines ended as in mail."""
    head = list(_headers(envelope))
    if attached is None:
        lines = [*head, *_text(text)]
    else:
        lines = [
            *head,
            f'Content-Type: multipart/mixed; boundary="{BOUNDARY}"',
            "",
            f"--{BOUNDARY}",
            *_text(text),
            f"--{BOUNDARY}",
            *_workbook(attached),
            f"--{BOUNDARY}--",
            "",
        ]
    return "\r\n".join(lines).encode("ascii")


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


def _text(text: str) -> list[str]:
    encoded = b2a_qp(text.encode(), istext=True).decode("ascii")
    return [
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        *encoded.split("\n"),
    ]


def _workbook(attached: Attached) -> list[str]:
    name = attached.name
    plain = name.isascii() and name.isprintable() and '"' not in name and "\\" not in name
    told = f'filename="{name}"' if plain else f"filename*=utf-8''{quote(name, safe='')}"
    return [
        f"Content-Type: {XLSX}",
        f"Content-Disposition: attachment;\r\n {told}",
        "Content-Transfer-Encoding: base64",
        "",
        *encodebytes(attached.data).decode("ascii").rstrip("\n").split("\n"),
    ]
