"""The envelope of a mail: who sent it, whether that is proven, when it came, whether a person wrote it.

In: the headers as they came, decoded under guards. Out: plain values.
Never: believes a display name, a Date header, or a mark that our own exchanger did not put there.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from cluster_sheets.base.mail_address import PATTERN
from cluster_sheets.base.text import squeezed, without_odd_characters
from cluster_sheets.intake.rules import MailRules

BOUNCE, AUTO_REPLY, OWN_MAIL = "bounce", "auto-reply", "own-mail"
NAMELESS = "microsoft-365"
"""For the exchanger's name: Exchange Online puts its results on top of a mail without a name before them."""
_OURS = "X-Cluster-Sheets-Kind"
"""On each reply of ours. Any other control header is whatever somebody outside has put there: it says nothing."""
_COMMENT = r"\([^()]*\)"
for _ in range(2):  # comments within comments, no deeper than people write them
    _COMMENT = rf"\([^()]*(?:{_COMMENT}[^()]*)*\)"
_ONE = re.compile(
    rf'\s*(?:(?:"(?:[^"\\]|\\.)*"|{_COMMENT}|[^"()<>@,;:\\])*<\s*({PATTERN})\s*>|({PATTERN}))\s*(?:{_COMMENT}\s*)?',
    re.DOTALL,
)
_TWICE = re.compile(rf"\s*('?)({PATTERN})\1\s*<\s*({PATTERN})\s*>\s*")
"""An address that stands for a name as well, as some programs write it."""
_MARK = re.compile(r'\\.|["()]', re.DOTALL)
_BY = re.compile(r"\s*(?:from\s+\S+\s+)?by\s+([\w.-]+)(?![^\s;])", re.IGNORECASE)
"""Who wrote a Received line. What stands behind its "from" is the sender's own word: "by" is looked for past it."""
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")
_ROBOTS = ("mailer-daemon", "postmaster")
_LISTS = ("x-beenthere", "x-mailman-version", "x-google-group-id", "x-original-from", "mailing-list", "x-mailing-list")
"""Marks of programs that send a mail on to many and may write their own address over its sender's."""
_LONGEST = 200
"""Characters of a subject or a name that are kept."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail says of itself, as far as it is believed."""

    sender: str = ""
    """The one address of the one From header, in small letters; empty where there is no such thing."""
    verified: bool = False
    """Our own exchanger says that it comes from the sender's domain."""
    subject: str = ""
    message_id: str = ""
    received: datetime | None = None
    """When our own exchanger took it."""
    automatic: str = ""
    """BOUNCE, AUTO_REPLY, OWN_MAIL, or empty: a person sent it."""
    quiet: bool = False
    """Mail that is never answered by a program: automatic, bulk, or through a list."""
    listed: bool = False
    """It came through a mailing list: who is in From may be the list itself."""
    echo: bool = False
    """A program's answer to a message of ours."""
    claim: str = ""
    """What its From headers say, where that is not one address: display data, and no more than a claim."""


def envelope(message: Message, rules: MailRules) -> Envelope:
    """The envelope of a mail."""
    sender = _sender(message)
    message_id = _first(message, "Message-ID")
    found = _MESSAGE_ID.search(message_id)
    automatic = _automatic(message, sender, message_id, rules)
    listed = any(name.lower().startswith("list-") or name.lower() in _LISTS for name in message)
    return Envelope(
        sender,
        bool(sender) and not listed and _is_proven(message, sender, rules.exchanger),
        decoded(_first(message, "Subject")),
        found[1] if found else "",
        _received(message, rules.exchanger),
        automatic,
        bool(automatic) or listed or _is_quiet(message, sender),
        listed,
        bool(automatic) and _answers_ours(message, rules),
        "" if sender else claimed(message),
    )


def claimed(message: Message) -> str:
    """Whom the From headers of a mail within another name: the one address, or all that stands there. Display data."""
    return _sender(message) or decoded("; ".join(_values(message, "From")))


def decoded(raw: str) -> str:
    """A header's text as display data: decoded where it can be, on one line, nothing unseen in it."""
    try:
        told = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        told = raw
    told = told.encode("utf-8", "replace").decode("utf-8")
    return squeezed(without_odd_characters(told))[:_LONGEST]


def _values(message: Message, name: str) -> list[str]:
    return [str(value) for value in message.get_all(name, [])]


def _first(message: Message, name: str) -> str:
    return next(iter(_values(message, name)), "")


def _sender(message: Message) -> str:
    given = _values(message, "From")
    if len(given) != 1:
        return ""
    found, twice = _ONE.fullmatch(given[0]), _TWICE.fullmatch(given[0])
    if twice and twice[2].lower() == twice[3].lower():
        return twice[3].lower()
    return (found[1] or found[2]).lower() if found else ""


def _bare(value: str) -> str:
    """A structured header without its comments and quoted words: neither says anything that counts."""
    return _read(value)[0]


def _read(value: str) -> tuple[str, bool]:
    """What ``_bare`` says, and whether each comment and quoted word begins and ends."""
    plain, depth, start, quoted, whole = [], 0, 0, False, True
    # Once through: a header may open a hundred thousand comments within one another, and end none of them.
    for mark in _MARK.finditer(value):
        before = (depth, quoted)
        if mark[0] == '"':
            quoted = quoted if depth else not quoted
        elif not quoted and mark[0] in "()":
            whole = whole and (depth > 0 or mark[0] == "(")
            depth = max(depth + (1 if mark[0] == "(" else -1), 0)
        if before == (0, False) and (depth or quoted):
            plain.append(value[start : mark.start()])
        start = mark.end() if before != (0, False) else start
    ended = not depth and not quoted
    return " ".join((*plain, value[start:] if ended else "")), whole and ended


def _is_proven(message: Message, sender: str, exchanger: str) -> bool:
    """True where the topmost Authentication-Results is our exchanger's and says dmarc=pass for the sender's domain."""
    given = _values(message, "Authentication-Results")
    if not exchanger or not given:
        return False
    read, whole = _read(given[0])
    if not whole:  # what follows a comment that never ends may be the exchanger's own word, and is not read
        return False
    server, *results = read.split(";")
    if exchanger == NAMELESS:
        server, results = exchanger if "=" in server.lstrip().split(" ")[0] else "", [server, *results]
    told = [result.split() for result in results if result.split()[:1] and result.strip().lower().startswith("dmarc=")]
    if server.casefold().split()[:1] != [exchanger] or len(told) != 1 or told[0][0].lower() != "dmarc=pass":
        return False
    named = [word.partition("=")[2].lower() for word in told[0] if word.lower().startswith("header.from=")]
    return all(domain == sender.rpartition("@")[2] for domain in named)


def _received(message: Message, exchanger: str) -> datetime | None:
    """When our exchanger took it, by the topmost line that it wrote: whoever sent it may have written all below that.

    Lines above are of our own servers further in. One that cannot be read may be the exchanger's: below it none counts.
    """
    # A setting that stands for an exchanger without a name is no name: nobody but a sender writes it.
    for line in () if exchanger in ("", NAMELESS) else _values(message, "Received"):
        by = _BY.match(_bare(line))
        if by is None:
            return None
        if by[1].casefold() == exchanger:
            return _moment(line.rpartition(";")[2])
    return None


def _moment(told: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(told.strip())
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _automatic(message: Message, sender: str, message_id: str, rules: MailRules) -> str:
    if message_id.rstrip("> \t").casefold().endswith(f"@{rules.own_domain}") or message.get(_OURS) is not None:
        return OWN_MAIL
    kind = _first(message, "Content-Type").lower()
    reports = kind.startswith("multipart/report")
    if (reports and "disposition-notification" not in kind) or sender.partition("@")[0] in _ROBOTS:
        return BOUNCE
    submitted = _bare(_first(message, "Auto-Submitted")).split(";")[0].strip().lower()
    emptied = _first(message, "Return-Path").replace(" ", "") == "<>"
    answers = any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond"))
    return AUTO_REPLY if reports or emptied or answers or submitted not in ("", "no") else ""


def _answers_ours(message: Message, rules: MailRules) -> bool:
    named = " ".join(each for name in ("In-Reply-To", "References") for each in _values(message, name))
    return any(each.casefold().endswith(f"@{rules.own_domain}") for each in _MESSAGE_ID.findall(named))


def _is_quiet(message: Message, sender: str) -> bool:
    precedence = _first(message, "Precedence").strip().lower()
    suppressed = _first(message, "X-Auto-Response-Suppress").strip().lower()
    nobody = sender.partition("@")[0].replace("-", "").replace("_", "").replace(".", "") in ("noreply", "donotreply")
    return nobody or precedence in ("bulk", "list", "junk") or suppressed not in ("", "none")
