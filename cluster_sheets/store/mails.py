"""Mails: each file received, a mail or a dropped workbook, and whether its units have been taken out of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table


class MailState(StrEnum):
    """Whether a file's units are known yet."""

    KEPT = "kept"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Mail:
    """One file received."""

    mail_sha256: str
    kind: str
    """``mail`` or ``file``."""
    received_at: datetime
    first_seen_night: datetime
    state: MailState = MailState.KEPT
    message_ref: str | None = None
    """Keyed hash of the Message-ID, so that the same id with other content is noticed."""


_TABLE = Table(
    "cluster.mail",
    Mail,
    ("mail_sha256",),
    {
        "received_at": (moment.told, moment.read),
        "first_seen_night": (moment.told, moment.read),
        "state": (str, MailState),
    },
)


def add_many(store: Store, mails: Iterable[Mail]) -> int:
    """Keeps new mails; one that is known by its sha256 stays as it is. How many were new."""
    return store.write(_TABLE.insert_new, _TABLE.written(mails))


def save_many(store: Store, mails: Iterable[Mail]) -> None:
    """Keeps mails as they now stand."""
    store.write(_TABLE.put, _TABLE.written(mails))


def unopened(store: Store) -> tuple[Mail, ...]:
    """Mails that are kept but not yet taken apart, in order of receipt."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE state = 'kept' ORDER BY received_at, mail_sha256"))


def get_many(store: Store, sha256s: Collection[str]) -> dict[str, Mail]:
    """The mails of these sha256s; unknown ones are left out."""
    rows = store.ask(f"{_TABLE.select} WHERE mail_sha256 IN (SELECT value FROM json_each(?))", (listed(sha256s),))
    return {each.mail_sha256: each for each in _TABLE.read(rows)}


def with_message_refs(store: Store, message_refs: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Sha256s of the mails that came under each of these message ids."""
    rows = store.ask(
        "SELECT message_ref, mail_sha256 FROM cluster.mail WHERE message_ref IN (SELECT value FROM json_each(?))"
        " ORDER BY received_at, mail_sha256",
        (listed(message_refs),),
    )
    found: dict[str, tuple[str, ...]] = {}
    for message_ref, sha256 in rows:
        found[message_ref] = (*found.get(message_ref, ()), sha256)
    return found
