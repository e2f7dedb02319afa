"""Source: what every way in does, and what comes by it."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cluster_sheets.connect.config import Route
from cluster_sheets.store.fetched import Fetched, Lies

MAIL = "mail.eml"
"""What a mail is called that comes without a file's name."""
ALWAYS = ""
"""Validity of numbers that are never given anew."""
_BY_BYTES = "//"
Seen = Callable[[str], frozenset[str]]
"""The numbers of the mails that a mailbox gave before, while its numbers had the validity that is asked about."""


@dataclass(frozen=True, slots=True)
class Came:
    """One mail or file, as it came."""

    validity: str
    uid: str
    raw: bytes
    size: int
    """As the source tells it."""
    whole: bool = True
    """False: these are the headers of a mail far too large."""
    name: str = MAIL
    at: str = ""
    """Its number where it lies, where that is not ``uid``."""


class Move(NamedTuple):
    """A mail that belongs elsewhere."""

    mail: Fetched
    to: Lies


class Source(Protocol):
    """One way in."""

    first: Lies
    """Where what comes lies at first: INBOX, or STAYS where nothing is ever moved."""
    coming: int
    """How many mails the last look has found to give, where that is known before they come."""
    left: int
    """How many mails the last look could not get, though they lie there."""
    missing: set[Lies]
    """Where the last filing found that mails had lain and that there is no such folder any more."""

    def mails(self, seen: Seen, most: int) -> Iterator[Came]:
        """What it has not given before; of a mail larger than ``most`` only the headers. Raises UnreachableError."""
        ...

    def file_away(self, moves: Sequence[Move]) -> Iterator[Fetched]:
        """Moves mails, and tells where each lies now; one that is not told lies where it lay. Raises UnreachableError.

        One that somebody else moved or deleted is gone: that is no fault, nor is it where the folder went with it.
        """
        ...


def told(name: str) -> str:
    """A file's name as the store can keep it: one that is no UTF-8 by its bytes, behind a mark no name begins with."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return f"{_BY_BYTES}{os.fsencode(name).hex()}"
    return name


def named(told_: str) -> str:
    """The name of a file, of how ``told`` tells it."""
    return os.fsdecode(bytes.fromhex(told_.removeprefix(_BY_BYTES))) if told_.startswith(_BY_BYTES) else told_


def folder(route: Route, lies: Lies) -> str:
    """The folder's name for where a mail lies."""
    return {
        Lies.INBOX: route.mailbox,
        Lies.PROCESSED: route.processed,
        Lies.HELD: route.held,
        Lies.QUARANTINE: route.quarantine,
    }[lies]


def is_it(raw: bytes, mail: Fetched) -> bool:
    """Whether these are the bytes of that mail."""
    return hashlib.sha256(raw).hexdigest() == mail.sha256


def headers(raw: bytes) -> bytes:
    """A mail up to the line that ends its headers, that line with it."""
    for end in (b"\r\n\r\n", b"\n\n"):
        head, found, _ = raw.partition(end)
        if found:
            return head + end
    return raw
