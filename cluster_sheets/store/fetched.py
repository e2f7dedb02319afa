"""Fetched: mails of mailboxes, each by its number there, with where it lies now and where it should lie."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table


class Lies(StrEnum):
    """Where a mail lies in its mailbox."""

    INBOX = "inbox"
    PROCESSED = "processed"
    HELD = "held"
    QUARANTINE = "quarantine"
    STAYS = "stays"
    """Where nothing can be moved."""
    GONE = "gone"
    """Somebody else moved or deleted it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail of one mailbox."""

    mailbox: str
    validity: str
    uid: str
    sha256: str
    size: int
    """As the server told it."""
    whole: bool = True
    """False: it is far too large, so only its headers were fetched."""
    lies: Lies = Lies.INBOX
    at_validity: str = ""
    at_uid: str = ""
    """Its number where it lies."""


_TABLE = Table("fetched", Fetched, ("mailbox", "validity", "uid"), {"whole": (int, bool), "lies": (str, Lies)})
_NUMBERED_ANEW = """
UPDATE fetched SET lies = 'gone' WHERE mailbox = ?1 AND sha256 = ?3 AND validity <> ?2 AND lies = 'inbox'
"""
_DUE = """
SELECT {columns}, wanted FROM (
  SELECT fetched.*, CASE WHEN SUM(unit.state = 'pending') THEN lies
                         WHEN SUM(unit.state = 'quarantined') THEN 'quarantine'
                         WHEN SUM(unit.state = 'held') THEN 'held' ELSE 'processed' END AS wanted
    FROM fetched JOIN cluster.unit ON unit.mail_sha256 = fetched.sha256
   WHERE lies IN ('inbox', 'held', 'quarantine') GROUP BY mailbox, validity, uid)
 WHERE wanted <> lies ORDER BY mailbox, wanted, validity, CAST(uid AS INTEGER), uid
"""


def add_many(store: Store, mails: Iterable[Fetched]) -> None:
    """Keeps mails just fetched; where a mailbox was numbered anew, a mail's earlier number leads nowhere."""
    rows = list(mails)
    store.write(_TABLE.insert_new, _TABLE.written(rows))
    store.write(_NUMBERED_ANEW, [(each.mailbox, each.validity, each.sha256) for each in rows])


def save_many(store: Store, mails: Iterable[Fetched]) -> None:
    """Keeps mails as they now lie."""
    store.write(_TABLE.put, _TABLE.written(mails))


def numbers(store: Store, mailbox: str, validity: str) -> frozenset[str]:
    """The numbers of a mailbox whose mails were fetched."""
    rows = store.ask("SELECT uid FROM fetched WHERE mailbox = ? AND validity = ?", (mailbox, validity))
    return frozenset(uid for (uid,) in rows)


def to_file_away(store: Store) -> tuple[tuple[Fetched, Lies], ...]:
    """Mails that lie elsewhere than what became of their units wants, and where they should; by mailbox.

    A mail with one unit set apart goes to Quarantine, else one with a unit held to Held; while one waits, it stays.
    """
    rows = store.ask(_DUE.format(columns=_TABLE.select.removeprefix("SELECT ").removesuffix(" FROM fetched")))
    return tuple(zip(_TABLE.read(row[:-1] for row in rows), (Lies(row[-1]) for row in rows), strict=True))


def came_by_mail(store: Store, sha256s: Collection[str]) -> frozenset[str]:
    """Those of these files that lay in a mailbox anybody can write to."""
    return _picked(store, sha256s, "mailbox NOT LIKE 'folder %'")


def cut_off(store: Store, sha256s: Collection[str]) -> frozenset[str]:
    """Those of these files that are the headers of a mail too large to be fetched."""
    return _picked(store, sha256s, "whole = 0")


def _picked(store: Store, sha256s: Collection[str], which: str) -> frozenset[str]:
    rows = store.ask(
        f"SELECT sha256 FROM fetched WHERE sha256 IN (SELECT value FROM json_each(?)) AND {which}", (listed(sha256s),)
    )
    return frozenset(sha256 for (sha256,) in rows)
