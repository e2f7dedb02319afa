"""Keeping: files as they came, sealed and written down before anything looks into them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from cluster_sheets.base.text import squeezed, without_odd_characters
from cluster_sheets.intake.again import RECEIVED as AGAIN
from cluster_sheets.intake.again import told_again, waiting_already
from cluster_sheets.intake.arrived import FILE, MAIL
from cluster_sheets.intake.sweep import is_mail
from cluster_sheets.store import audit, blobs, fetched, mails, moment, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.fetched import Fetched
from cluster_sheets.store.mails import Mail, MailState
from cluster_sheets.store.provenance import Provenance
from cluster_sheets.store.units import Unit

RECEIVED = "received"
"""Event of the audit."""


def keep(store: Store, files: Sequence[tuple[str, bytes]], as_of: datetime) -> None:
    """Keeps files (name, bytes) in one transaction. A bare file is a unit at once: only now is its name known."""
    with store.transaction():
        sha256s, known, _ = _keep(store, files, as_of)
        _add_again(store, known, _names(sha256s, files), as_of)


def keep_fetched(
    store: Store,
    files: Sequence[tuple[str, bytes]],
    as_of: datetime,
    numbered: Callable[[Sequence[str]], Iterable[Fetched]],
    *,
    again: bool,
) -> int:
    """Keeps what a mailbox gave, in one transaction with the number of each in it; how many were not there before.

    ``numbered`` gives the rows for their sha256s. What we have already is told ``again`` or, where it is the same mail
    under another number, left at that.
    """
    with store.transaction():
        sha256s, known, new = _keep(store, files, as_of)
        fetched.add_many(store, numbered(sha256s))
        if again:
            _add_again(store, known, _names(sha256s, files), as_of)
    return new


def _keep(store: Store, files: Sequence[tuple[str, bytes]], as_of: datetime) -> tuple[tuple[str, ...], list[Mail], int]:
    """Sha256 of each file, those we had before, and how many are new."""
    sha256s = blobs.keep_many(store, [raw for _, raw in files])
    known = mails.get_many(store, sha256s)
    fresh: dict[str, tuple[Mail, str]] = {}
    # By content, so that what a file is called changes nothing but what it is called.
    for sha256, (name, raw) in sorted(zip(sha256s, files, strict=True)):
        if sha256 not in known and sha256 not in fresh:
            mailed = is_mail(name, raw)
            state = MailState.KEPT if mailed else MailState.OPENED
            fresh[sha256] = (Mail(sha256, MAIL if mailed else FILE, as_of, as_of, state), name)
    mails.add_many(store, [mail for mail, _ in fresh.values()])
    bare = [(mail, name) for mail, name in fresh.values() if mail.kind == FILE]
    add(
        store,
        told_again(store, [_unit(mail) for mail, _ in bare]),
        [Provenance(_unit(mail).unit_id, mail.mail_sha256, file_name=_shown(name)) for mail, name in bare],
        as_of,
    )
    return sha256s, [known[sha256] for sha256 in sha256s if sha256 in known], len(fresh)


def add(store: Store, made: Sequence[Unit], origins: Sequence[Provenance], as_of: datetime) -> None:
    """Adds new units and where they came from, each with its line of the audit, within the caller's transaction."""
    if not made:
        return
    units.add_many(store, made)
    provenance.put_many(store, origins)
    audit.append_many(
        store,
        [
            audit.Line(as_of, audit.NIGHT, RECEIVED, unit.reason, unit_id=unit.unit_id, in_hash=unit.file_sha256)
            for unit in made
        ],
    )


def _unit(mail: Mail) -> Unit:
    sha256 = mail.mail_sha256
    return Unit(sha256[:16], sha256, sha256, 0, mail.received_at, mail.first_seen_night)


def _shown(name: str) -> str:
    """A file's name as display data, without the folder it lay in."""
    told = name.rpartition("/")[2].encode("utf-8", "replace").decode("utf-8")
    return squeezed(without_odd_characters(told))


def _names(sha256s: Sequence[str], files: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """What each file is called; of two names of one, the first by the alphabet."""
    return dict(sorted(zip(sha256s, (_shown(name) for name, _ in files), strict=True), reverse=True))


def _add_again(store: Store, known: Sequence[Mail], names: Mapping[str, str], as_of: datetime) -> None:
    """A unit for each file that lay in the inbox again; none for what this very night has kept.

    Once a night: what a kill left in the inbox is told from what somebody dropped again only by the night. A saved
    mail is the same message still, and is set aside. So is a file that waits to be judged: a kill left it lying, or it
    was dropped twice by day. Any other file is one more that came: what went back may count by now.
    """
    again = {mail.mail_sha256: mail for mail in known if mail.first_seen_night != as_of}
    bare = [sha256 for sha256, mail in again.items() if mail.kind == FILE]
    anew = set(bare) - waiting_already(store, bare)
    made = [
        Unit(_id_again(sha256, as_of), sha256, sha256, 0, as_of, as_of, reason="" if sha256 in anew else AGAIN)
        for sha256 in sorted(again)
    ]
    there = units.get_many(store, [each.unit_id for each in made])
    new = told_again(store, [each for each in made if each.unit_id not in there])
    origins = [Provenance(each.unit_id, each.mail_sha256, file_name=names[each.mail_sha256]) for each in new]
    add(store, new, origins, as_of)


def _id_again(sha256: str, as_of: datetime) -> str:
    return hashlib.sha256(f"{sha256} again {moment.told(as_of)}".encode()).hexdigest()[:16]
