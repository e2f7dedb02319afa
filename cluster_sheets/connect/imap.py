"""IMAP: a mailbox over TLS, signed in and selected; as much of the protocol as taking in and filing away need.

Mails are named by UID alone. They are looked at without marking them as read, and moved by UID MOVE: nothing here
deletes, and nothing says EXPUNGE, which would take away what somebody else marked as deleted as well.
"""

import imaplib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from cluster_sheets.connect.config import STARTTLS, XOAUTH2, Access, Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.mailbox_name import encoded
from cluster_sheets.connect.reach import SECONDS, busy, reaching
from cluster_sheets.connect.secret import secret
from cluster_sheets.connect.tls import context
from cluster_sheets.connect.token import token

Spot = tuple[str, str]
"""UIDVALIDITY of a folder and a mail's UID in it."""
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_LISTED = re.compile(rb'\(([^)]*)\) (?:"[^"]*"|NIL) (.+)')
_FULL = re.compile(rb"quota|mailbox (?:is )?full", re.IGNORECASE)
"""In a refusal: OVERQUOTA (RFC 5530), and what servers without that code say."""
_BUSY = re.compile(r"\* BYE|\[(?:UNAVAILABLE|INUSE|LIMIT)\]", re.IGNORECASE)
"""A server that takes nobody in just now (RFC 5530), or hangs up with a word."""
_SENT_NAMES = (b"sent", b"sent items")
"""What folders of sent mail are called where the server does not say which one it is (RFC 6154)."""
_RANGES = re.compile(rb"\d{1,10}(?::\d{1,10})?(?:,\d{1,10}(?::\d{1,10})?)*")
_COPYUID = 3
"""Words of it: validity, numbers before, numbers after (RFC 4315)."""
_MOST_HEAD = 256 * 1024


class RefusedError(UnreachableError):
    """The server answered, and said no to this one thing."""


class Mailbox:
    """A mailbox that is signed in."""

    def __init__(self, client: imaplib.IMAP4, access: Access) -> None:
        self._client, self.place, self._next, self.validity = client, access.place, 1, ""
        # What a server can do is told anew once somebody is signed in; imaplib keeps what it heard before.
        self._can = self._ask("CAPABILITY", client.capability)[0].upper().split()

    @property
    def can_move(self) -> bool:
        """Whether it has MOVE: without it no mail is moved."""
        return b"MOVE" in self._can

    def select(self, folder: str, *, write: bool = False) -> str:
        """Goes into a folder; its UIDVALIDITY. Raises RefusedError where we may not, or it is not there."""
        try:
            answer, _ = self._raw(lambda: self._client.select(encoded(folder), readonly=not write))
        except imaplib.IMAP4.error as refused:
            raise RefusedError(f"{self.place} {_not_opened(folder, write=write)}") from refused
        if answer != "OK":
            raise RefusedError(f"{self.place} {_not_opened(folder, write=write)}")
        self._next = int(self._client.response("UIDNEXT")[1][0] or b"1")
        told = self._client.response("UIDVALIDITY")[1][0]
        self.validity = told.decode() if told else ""
        return self.validity

    def has(self, folder: str) -> bool:
        """Whether there is such a folder."""
        answer, _ = self._raw(lambda: self._client.status(encoded(folder), "(UIDVALIDITY)"))
        return bool(answer == "OK")

    def make(self, folder: str) -> bool:
        """Makes a folder where there is none, and shows it to mail programs; whether there was none."""
        if self.has(folder):
            return False
        self._ask(f"to make {folder}", lambda: self._client.create(encoded(folder)))
        self._raw(lambda: self._client.subscribe(encoded(folder)))
        return True

    def sizes(self, last: int | None = None) -> list[tuple[str, int]]:
        """UID and size, as the server tells it, of each mail of the folder, or of about the ``last`` so many."""
        first = 1 if last is None else max(1, self._next - last)
        found = []
        for line in self._ask("FETCH", lambda: self._client.uid("FETCH", f"{first}:*", "(UID RFC822.SIZE)")):
            uid, size = _UID.search(line), _SIZE.search(line)
            if uid and size:
                found.append((uid[1].decode(), int(size[1])))
        return found

    def mails(self, uids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """UID and bytes of those of these mails that are still there, unchanged and unread."""
        yield from self._fetched(uids, "BODY.PEEK[]")

    def heads(self, uids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """UID and headers, not too much of them."""
        yield from self._fetched(uids, f"BODY.PEEK[HEADER]<0.{_MOST_HEAD}>")

    def _fetched(self, uids: Sequence[str], what: str) -> Iterator[tuple[str, bytes]]:
        if not uids:
            return
        told = self._ask("FETCH", lambda: self._client.uid("FETCH", ",".join(uids), f"(UID {what})"))
        for number, part in enumerate(told):
            if not isinstance(part, tuple):
                continue
            # Some servers name the mail before its bytes, others after.
            after = told[number + 1] if number + 1 < len(told) and isinstance(told[number + 1], bytes) else b""
            uid = _UID.search(part[0]) or _UID.search(after)
            if uid:
                yield uid[1].decode(), part[1]

    def move(self, uids: Sequence[str], folder: str) -> dict[str, Spot]:
        """Moves mails of the folder we are in; where each lies now, of those that the server says it moved."""
        self._ask(f"to move mail to {folder}", lambda: self._client.uid("MOVE", ",".join(uids), encoded(folder)))
        found: dict[str, Spot] = {}
        for told in self._client.response("COPYUID")[1]:
            parts = bytes(told or b"").split()
            # What is not told as it should be is as not told: the mails are then looked for.
            here, there = (_set(each, len(uids)) for each in parts[1:]) if len(parts) == _COPYUID else ([], [])
            if len(here) == len(there):
                found |= {
                    uid: (parts[0].decode("ascii", "replace"), spot) for uid, spot in zip(here, there, strict=True)
                }
        return found

    def has_sent(self, message_id: str) -> bool | None:
        """Whether a message of ours lies among the mailbox's sent mail; None where it has no folder for that."""
        lines = self._ask("LIST", lambda: self._client.list())
        found = [match for line in lines if isinstance(line, bytes) and (match := _LISTED.fullmatch(line))]
        sent = [match[2] for match in found if b"\\sent" in match[1].lower().split()]
        sent += [match[2] for match in found if match[2].strip(b'"').lower() in _SENT_NAMES]
        if not sent:
            return None
        self._ask("SELECT", lambda: self._client.select(sent[0].decode("ascii", "replace"), readonly=True))
        told = self._ask("SEARCH", lambda: self._client.uid("SEARCH", "HEADER", "Message-ID", f'"{message_id}"'))
        return any(part.split() for part in told)

    def leave(self) -> None:
        """Says goodbye; whether anybody hears it does not matter."""
        try:
            self._client.logout()
        except (imaplib.IMAP4.error, OSError):
            return

    def _raw(self, ask: Callable[[], tuple[Any, Any]]) -> tuple[Any, Any]:
        try:
            with reaching(self.place):
                return ask()
        except imaplib.IMAP4.readonly:
            # imaplib counts it among what breaks the line; it is a refusal, and the line is whole.
            raise
        except imaplib.IMAP4.abort as broken:
            raise UnreachableError(f"{self.place} broke off: try again later, or ask whether it is down.") from broken

    def _ask(self, what: str, ask: Callable[[], tuple[Any, Any]]) -> list[Any]:
        try:
            answer, told = self._raw(ask)
        except imaplib.IMAP4.error as refused:
            raise RefusedError(f"{self.place} refused {what}.") from refused
        if answer != "OK":
            full = any(isinstance(part, bytes) and _FULL.search(part) for part in told)
            why = ": it is full. Ask IT for more room, or delete there what is not wanted any more" if full else ""
            raise RefusedError(f"{self.place} refused {what}{why}.")
        return [part for part in told if part is not None]


@contextmanager
def opened(route: Route, *, write: bool = False) -> Iterator[Mailbox]:
    """The mailbox of a route, signed in and with its folder really selected. Raises ConfigError, UnreachableError."""
    client = _connected(route.access)
    try:
        _sign_in(client, route)
        mailbox = Mailbox(client, route.access)
        mailbox.select(route.mailbox, write=write)
    except BaseException:
        client.shutdown()
        raise
    try:
        yield mailbox
    finally:
        mailbox.leave()


def _connected(access: Access) -> imaplib.IMAP4:
    trusted = context(access.ca_file)
    try:
        with reaching(access.place):
            if access.tls != STARTTLS:
                return imaplib.IMAP4_SSL(access.host, access.port, ssl_context=trusted, timeout=SECONDS)
            client = imaplib.IMAP4(access.host, access.port, timeout=SECONDS)
            try:
                client.starttls(trusted)
            except BaseException:
                client.shutdown()
                raise
            return client
    except imaplib.IMAP4.error as failed:
        if _BUSY.search(repr(failed)):
            raise UnreachableError(busy(access.place)) from failed
        # It hung up, speaks something else, or has no STARTTLS: then nothing is said to it in the clear.
        raise UnreachableError(
            f"{access.place} answers, but not as a mailbox over TLS: look at port and tls in cluster-sheets.toml."
        ) from failed


def _sign_in(client: imaplib.IMAP4, route: Route) -> None:
    access = route.access
    if access.auth == XOAUTH2:
        words = f"user={access.user}\x01auth=Bearer {token(access)}\x01\x01".encode()
    else:
        words = f"\0{access.user}\0{secret(access.secret, access.home)}".encode()
    try:
        with reaching(access.place):
            # A server that refuses says why first, and waits for an empty line.
            client.authenticate("XOAUTH2" if access.auth == XOAUTH2 else "PLAIN", lambda asked: b"" if asked else words)
    except imaplib.IMAP4.error as refused:
        if isinstance(refused, imaplib.IMAP4.abort) or _BUSY.search(repr(refused)):
            raise UnreachableError(busy(access.place)) from refused
        look = "its secret, or whether the app may use IMAP" if access.auth == XOAUTH2 else "user and secret"
        raise UnreachableError(
            f"{access.place} does not let us in as told in {route.where or 'cluster-sheets.toml'}: look at {look}."
        ) from refused


def _not_opened(folder: str, *, write: bool) -> str:
    may = "nothing may be moved from it" if write else "it may not be opened"
    return f"let us in, but {folder} is not there or {may}: ask IT for full access to this one mailbox."


def _set(told: bytes, most: int) -> list[str]:
    """``2,4:6`` as 2, 4, 5, 6, whichever end a range begins with; nothing where that is no list, or too long a one."""
    if not _RANGES.fullmatch(told):
        return []
    found: list[str] = []
    for each in told.decode().split(","):
        first, last = sorted(map(int, (each.split(":") * 2)[:2]))
        if len(found) + last - first >= most:
            return []
        found += map(str, range(first, last + 1))
    return found
