"""Leak mail: what stands in a mail and in every mail inside it: headers, names of files, texts; each decoded.

In: the bytes of a mail; a way of looking into what is attached. Out: (part, piece).
Never: passes over what it cannot decode, or what two mail programs would read differently: that is an UnreadableError.
"""

import binascii
import quopri
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from cluster_sheets.anonymise.leak_text import Piece, UnreadableError, of_xml, readings, without_tags

LookInto = Callable[[bytes], Iterator[Piece]]
_ADDRESSEES = frozenset(("to", "cc", "bcc", "delivered-to", "envelope-to", "x-original-to"))
"""Who the mail itself goes to tells nobody whose request it is about; of a mail inside it tells."""
_SENDERS = frozenset(("from", "sender", "reply-to", "return-path", "received", "errors-to", "x-sender"))
"""Of the mail itself: a school tells, and so does a person who is known; that there is an address does not."""
_IDS = frozenset(("message-id", "in-reply-to", "references", "content-id", "resent-message-id"))
"""They look like addresses, but only the name of the server in them says anything."""
_SENT = ("MIME-Version", "Message-ID", "Received")
"""Without any of them it may be a memo that begins as mails do."""
_SIGNED = ("dkim-", "arc-", "domainkey-")
_SIGNATURE = re.compile(r"\bbh?=[^;]*")
"""Letters and figures by chance."""
_ONCE = ("content-type", "content-transfer-encoding", "content-disposition")
"""Headers that two programs read differently where they stand twice."""
_LONGEST = 64 * 1024
"""Characters of a header: beyond that taking it apart takes minutes."""
_WORD = re.compile(r"=\?([^?\s]+)\?([bq])\?(.*?)\?=(?:\s+(?==\?))?", re.IGNORECASE | re.DOTALL)
"""An encoded word (RFC 2047), with the blanks between it and the next one: they do not count."""
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_BETWEEN = re.compile(rb"[^A-Za-z0-9+/=]+")
_AS_IT_IS = ("", "7bit", "8bit", "binary")
_NOT_TEXT = (b"PK\x03\x04", b"%PDF-")
_START = 1024
_BEFORE = b" \t\r\n\xef\xbb\xbf"


def of_mail(data: bytes, look_into: LookInto, *, inside: bool = False) -> Iterator[Piece]:
    """All pieces of text in a mail; ``inside`` another one, or on its own. Raises UnreadableError."""
    try:
        mail = message_from_bytes(data.lstrip(_BEFORE), policy=compat32)
        inside = inside or not any(name in mail for name in _SENT)
        for part in mail.walk():
            yield from _of_headers(part, inside or part is not mail)
            yield from _of_content(part, look_into)
    except (ArithmeticError, AttributeError, LookupError, MessageError, RuntimeError, TypeError, ValueError) as broken:
        raise UnreadableError from broken


def _of_headers(part: Message, inside: bool) -> Iterator[Piece]:
    names = [name.casefold() for name, _ in part.raw_items()]
    if any(names.count(name) > 1 for name in _ONCE):
        raise UnreadableError
    for name, (_, value) in zip(names, part.raw_items(), strict=True):
        for text in (name, *_texts_of(str(value))):
            if told := _as_looked_at(name, text, inside):
                yield f"the mail's {name}", told
    for header in ("content-type", "content-disposition"):
        # The keys too: where one is broken, the rest of the header may stand in it.
        for key, value in part.get_params([], header):
            yield from (("the name of a file in the mail", text) for text in (key, *_of_parameter(value)))


def _as_looked_at(name: str, text: str, inside: bool) -> str:
    if name.startswith(_SIGNED):
        return _SIGNATURE.sub("", text)
    if name in _IDS or (not inside and name in _SENDERS):
        return text.replace("@", " ")
    return "" if not inside and name in _ADDRESSEES else text


def _texts_of(value: str) -> Iterator[str]:
    """A header as it came, and with its encoded words decoded."""
    if len(value) > _LONGEST:
        raise UnreadableError
    for text in readings(_FOLD.sub("", value).encode("ascii", "surrogateescape")):
        yield text
        if "=?" in text:
            yield _decoded(text)


def _decoded(text: str) -> str:
    """A text with its encoded words decoded; one letter may begin in one word and end in the next."""
    parts: list[tuple[str, str, bytes]] = []
    end = 0
    for word in _WORD.finditer(text):
        charset, coded = word[1].partition("*")[0].casefold(), word[3].encode("utf-8", "replace")
        content = _of_base64(coded) if word[2] in "bB" else quopri.decodestring(coded, header=True)
        before = text[end : word.start()]
        if parts and not before and parts[-1][1] == charset:
            before, _, begun = parts.pop()
            content = begun + content
        parts.append((before, charset, content))
        end = word.end()
    return "".join(f"{before}{readings(content, charset)[0]}" for before, charset, content in parts) + text[end:]


def _of_parameter(value: str | tuple[str | None, str | None, str]) -> Iterator[str]:
    """The value of a parameter; one in the manner of RFC 2231 comes with its charset."""
    if isinstance(value, str):
        yield from _texts_of(value)
    else:
        charset, _, coded = value
        yield from readings(coded.encode("latin-1"), charset or "")


def _of_content(part: Message, look_into: LookInto) -> Iterator[Piece]:
    yield "the mail's text", part.preamble or ""
    yield "the mail's text", part.epilogue or ""
    kind, payload = part.get_content_type(), part.get_payload()
    if kind.startswith("message/"):
        yield from _of_message(part, look_into)
    elif isinstance(payload, str):
        content = _as_sent(part, payload.encode("ascii", "surrogateescape"))
        if kind == "text/rfc822-headers":
            yield from of_mail(content, look_into, inside=True)
        elif kind.startswith(("text/", "multipart/")):
            yield from _of_text(part, content, look_into)
        else:
            inside = _name(part) or kind
            yield from ((f"{inside}: {where}", piece) for where, piece in look_into(content))


def _of_message(part: Message, look_into: LookInto) -> Iterator[Piece]:
    """What hides a mail inside from the walk: base64, which no program should use there and some do."""
    encoding = _encoding(part)
    if encoding in _AS_IT_IS:
        return
    inner = part.get_payload(0) if part.is_multipart() else None
    payload = inner.get_payload() if isinstance(inner, Message) and not inner.keys() else None
    if encoding != "base64" or not isinstance(payload, str):
        raise UnreadableError
    yield from of_mail(_of_base64(payload.encode("ascii", "surrogateescape")), look_into, inside=True)


def _of_text(part: Message, content: bytes, look_into: LookInto) -> Iterator[Piece]:
    if content.startswith(_NOT_TEXT[0]) or _NOT_TEXT[1] in content[:_START]:
        # A workbook that is called a text.
        yield from (("a file in the mail", piece) for _, piece in look_into(content))
        return
    charset = part.get_param("charset", "")
    named = charset[2] if isinstance(charset, tuple) else str(charset)
    for text in readings(content, named.strip()):
        yield "the mail's text", text
        if part.get_content_subtype() == "html":
            yield "the mail's text", without_tags(text)
            yield from (("the mail's text", piece) for piece in of_xml(text))


def _as_sent(part: Message, coded: bytes) -> bytes:
    """The bytes of a part before they were made fit for mail."""
    encoding = _encoding(part)
    if encoding == "base64":
        if not _BASE64.fullmatch(coded):
            raise UnreadableError  # some programs show it as it is, others what is left of it
        return _of_base64(coded)
    if encoding == "quoted-printable":
        return quopri.decodestring(coded)
    if encoding not in _AS_IT_IS:
        raise UnreadableError
    return coded


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().casefold()


def _of_base64(coded: bytes) -> bytes:
    """What base64 stands for, also after a sign that ends it: where Python stops, some programs go on."""
    found = b""
    for stretch in _BETWEEN.sub(b"", coded).split(b"="):
        whole = stretch[: len(stretch) - 1] if len(stretch) % 4 == 1 else stretch
        found += binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return found


def _name(part: Message) -> str:
    return _decoded(part.get_filename() or "")
