"""Arrived: the bytes of units that wait, with who sent them; got again from what was kept, never from memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cluster_sheets.intake.mail import Attachment, OpenedMail, opened
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.store import blobs, fetched, mails, provenance
from cluster_sheets.store.database import Store
from cluster_sheets.store.provenance import Provenance
from cluster_sheets.store.units import Unit

MAIL, FILE = "mail", "file"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One unit as it came."""

    unit_id: str
    data: bytes
    """The workbook; empty where a mail has none."""
    file_name: str
    """Display data only."""
    sender: str
    """Address of the sender; empty for a bare file."""
    verified: bool
    """That address is proven, or came by a way nobody else can use. A bare file is proven by its stamp alone."""
    by_mail: bool
    quiet: bool = False
    """It came in mail that a program must not answer."""
    listed: bool = False
    """It came through a mailing list."""
    beside: bool = False
    """Other files that are no forms came with it."""
    claim: str = ""
    """Who else is said to have sent it, display data: first sender of a mail sent on, or From where nothing is sure."""


def arrived(store: Store, units: Sequence[Unit], rules: MailRules) -> Iterator[Arrived]:
    """The units as they came; those of one mail follow one another, else in the order given.

    Raises StoreError where what was kept is erased, missing or altered.
    """
    together: dict[str, list[Unit]] = {}
    for unit in units:
        together.setdefault(unit.mail_sha256, []).append(unit)
    kinds = {sha256: mail.kind for sha256, mail in mails.get_many(store, together).items()}
    origins = provenance.get_many(store, [unit.unit_id for unit in units])
    # A mailbox takes mail from anybody: that nobody else drops files into the inbox says nothing of what lay there.
    posted = fetched.came_by_mail(store, together) if rules.folder_trusted else frozenset()
    for sha256, raw in blobs.read_many(store, together):
        mail = opened(raw, rules) if kinds[sha256] == MAIL else None
        trusted = rules.folder_trusted and sha256 not in posted
        for unit in together[sha256]:
            yield of_mail(unit, mail, trusted) if mail else _of_file(unit, raw, origins[unit.unit_id])


def _of_file(unit: Unit, raw: bytes, origin: Provenance) -> Arrived:
    return Arrived(unit.unit_id, raw, origin.file_name, "", verified=False, by_mail=False)


def of_mail(unit: Unit, mail: OpenedMail, trusted: bool) -> Arrived:
    """What a unit of a mail is; ``trusted``: it came by a way that nobody else can use."""
    told = mail.envelope
    found = mail.attachments[unit.ordinal] if unit.ordinal < len(mail.attachments) else Attachment("", b"")
    verified = told.verified or (trusted and bool(told.sender) and not told.listed)
    return Arrived(
        unit.unit_id,
        found.data,
        found.name,
        told.sender,
        verified=verified,
        by_mail=True,
        quiet=told.quiet,
        listed=told.listed,
        beside=mail.beside,
        claim=told.claim or (found.claim if found.claim != told.sender else ""),
    )
