"""Messages saved from Outlook (.msg), by the extra ``msg``: the same headers and parts as those of any mail.

In: bytes that are kept already. Out: headers and parts; read by a worker process, for the container of such a file is
as easily ill-made as a zip archive.
Never: is needed for any other route, or loaded where no such file comes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from email.message import Message
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from cluster_sheets.intake import mime
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.envelope import decoded
from cluster_sheets.intake.kind import is_outlook_message
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mime import MAIL_TYPES, Part, PastLimitError

if TYPE_CHECKING:
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

_LIBRARY = "oxmsg"
_ROOT, _WITHIN, _FILE = 32, 24, 8
"""Bytes before the properties of a message, of one within another, of an attachment ([MS-OXMSG] 2.4)."""
_SENDERS = (0x5D01, 0x5D02)
"""Internet addresses of who sent it and of whom it was sent for; used only where the transport left no headers."""
_BODY, _HTML, _HEADERS, _CLASS, _SUBJECT, _ID = 0x1000, 0x1013, 0x007D, 0x001A, 0x0037, 0x1035
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _TYPE, _CONTENT_ID = 0x3707, 0x3704, 0x3001, 0x370E, 0x3712
_METHOD, _DATA = 0x3705, 0x3701
_ELSEWHERE = (2, 3, 4, 7)
"""Ways to attach a file without its bytes: a path, or a link to where it lies."""
_LINK = b"[InternetShortcut]\r\n"
_EMBEDDED = "__substg1.0_3701000D"
_DEEPEST, _MOST = 10, 500
Told = Mapping[str, Any]


class NotInstalledError(Exception):
    """The extra that reads such messages is not installed."""


def is_here() -> bool:
    """Whether such messages can be read here."""
    return find_spec(_LIBRARY) is not None


def taken_apart(raw: bytes, limits: Limits) -> tuple[Message, list[Part]]:
    """Headers and parts of a message. Raises NotInstalledError, PastLimitError, ValueError where it is ill-made."""
    if not is_here():
        raise NotInstalledError
    from cluster_sheets.intake.pool import Pool, Refused

    with Pool(limits, "cluster_sheets.intake.msg:read") as pool:
        told = pool.read([("", raw)])[""]
    if isinstance(told, Refused):
        if told.code == "mail-past-a-limit":
            raise PastLimitError
        raise ValueError(told.code)
    found = list(_parts(told, limits, ()))
    if len(found) > limits.mime_parts:
        raise PastLimitError
    return _headers(told), found


def _headers(told: Told) -> Message:
    return mime.headers(told["headers"].encode("utf-8", "replace"))[0]


def _parts(told: Told, limits: Limits, mails: tuple[Message, ...]) -> Iterator[Part]:
    """All parts, those of messages within it too."""
    if len(mails) > limits.mime_nesting:
        raise PastLimitError
    mail = mails[-1] if mails else None
    for kind in ("plain", "html"):
        if told[kind]:
            # Outlook keeps the same words in both.
            both = ("multipart/alternative",)
            yield Part(f"text/{kind}", "", attached=False, content=told[kind], damaged=False, mail=mail, boxes=both)
    for each in told["files"]:
        if each["within"]:
            yield from _parts(each["within"], limits, (*mails, _headers(each["within"])))
        elif each["type"] in MAIL_TYPES:
            headers, _ = mime.headers(each["data"])
            yield from (replace(part, mail=part.mail or headers) for part in mime.parts(each["data"], limits))
        else:
            name = decoded(each["name"]).replace("\\", "/").rpartition("/")[2].strip(" .")
            yield Part(each["type"], name, not each["shown"], each["data"], damaged=False, mail=mail)


def unfolded(found: Sequence[Part], limits: Limits) -> Iterator[Part]:
    """Parts, with what lies in messages from Outlook among them in their place, where those can be read here."""
    for part in found:
        if not (is_outlook_message(part.content) and is_here()):
            yield part
            continue
        try:
            headers, within = taken_apart(part.content, limits)
        except ValueError:
            yield replace(part, damaged=True)
            continue
        yield from (replace(each, mail=each.mail or headers) for each in within)


# What follows runs in the worker.


def prepared(data: bytes, limits: Limits) -> dict[str, bytes]:
    """What the worker looks at before it reads: the size."""
    if len(data) > limits.mail_bytes:
        raise RefusedError("mail-past-a-limit")
    return {}


def read(data: bytes, _: Mapping[str, bytes]) -> dict[str, Any]:
    """A message as plain values."""
    from olefile import OleFileIO
    from oxmsg.storage import Storage

    with OleFileIO(io.BytesIO(data)) as container:  # type: ignore[no-untyped-call]  # theirs has no types
        return _message(Storage.from_ole(container), _ROOT, [])


def _message(storage: "Storage", offset: int, seen: list[str]) -> dict[str, Any]:
    from oxmsg.properties import Properties

    seen.append(storage.path)
    if len(seen) > _MOST or storage.path.count(_EMBEDDED) > _DEEPEST:
        raise RefusedError("mail-past-a-limit")
    told = Properties(storage, properties_header_offset=offset)
    html = told.binary_prop_value(_HTML) or _text(told, _HTML).encode("utf-8", "replace")
    return {
        "headers": _transport(told),
        "plain": _text(told, _BODY).encode("utf-8", "replace"),
        "html": html,
        "files": [_file(each, seen) for each in storage.iter_attachment_storages()],
    }


def _file(storage: "Storage", seen: list[str]) -> dict[str, Any]:
    from oxmsg.properties import Properties

    seen.append(storage.path)
    if len(seen) > _MOST:
        raise RefusedError("mail-past-a-limit")
    told = Properties(storage, properties_header_offset=_FILE)
    within = next((each for each in storage.storages if each.name == _EMBEDDED), None)
    elsewhere = told.int_prop_value(_METHOD) in _ELSEWHERE
    return {
        "name": next(filter(None, (_text(told, each) for each in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), ""),
        "type": _text(told, _TYPE).lower() or "application/octet-stream",
        "shown": bool(_text(told, _CONTENT_ID)),
        "data": _LINK if elsewhere else told.binary_prop_value(_DATA) or b"",
        "within": _message(within, _WITHIN, seen) if within is not None else None,
    }


def _transport(told: "Properties") -> str:
    """The headers it came with; where there are none, what the message says of itself."""
    headers = _text(told, _HEADERS).lstrip("\r\n")
    first, _, rest = headers.partition("\n")
    if first and ":" not in first:
        headers = rest  # some versions of Outlook put a line of their own on top
    if not headers.strip():
        sender = next(filter(None, (_text(told, each) for each in _SENDERS)), "")
        given = {"From": sender, "Subject": _text(told, _SUBJECT), "Message-ID": _text(told, _ID)}
        headers = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in given.items() if value)
    if _text(told, _CLASS).upper().startswith("REPORT."):
        headers = f"Content-Type: multipart/report\r\n{headers}"
    return headers


def _text(told: "Properties", number: int) -> str:
    return (told.str_prop_value(number) or "").rstrip("\x00")
