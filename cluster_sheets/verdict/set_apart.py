"""Set apart: what a person is told of something in quarantine, in words, so that they can say what becomes of it.

In: a unit in quarantine. Out: why it is there and what can be done; for their own eyes, who claims to have sent it.
Never: believes what the mail says of itself.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cluster_sheets.base.date import in_words
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.arrived import MAIL
from cluster_sheets.intake.mail import opened, words
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.register.model import Register
from cluster_sheets.store import blobs, mails, marks, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import NO_FORM, State, Unit
from cluster_sheets.verdict.quarantine import ONLY_REJECT, RELEASES, found
from cluster_sheets.verdict.settled import limit_of

_NOT_KNOWN = "It could not be taken."
_NO_FORM = "Nothing: it is set aside. Answer whoever wrote it from your own mailbox."
_LETTER = "A message with words for a person; what came with it is no form that we can take."
_ANSWER = "Nothing to let out. Answer whoever wrote it from your own mailbox."
_NO_SUBJECT, _UNNAMED = "none", "a file without a name"


@dataclass(frozen=True, slots=True)
class Apart:
    """What may be told anywhere: references, moments and reasons."""

    unit_id: str
    came: str
    """In words, by the clock of the scheme."""
    code: str
    why: str
    can_release: bool
    then: str
    """What release does, or why there is none."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What only the admin may see: what the thing says of itself, none of it proven."""

    sender: str
    subject: str
    files: tuple[tuple[str, int], ...]
    """(name, bytes) of what is attached; empty where it was not opened."""
    words: str = ""
    """What the mail says, where it holds no form and so is for a person."""


def shown(store: Store, unit_id: str) -> Unit:
    """What ``quarantine show`` shows: the unit in quarantine, or the mail without a form, of that id.

    Raises NotMovedError.
    """
    known = units.get_many(store, [unit_id]).get(unit_id)
    return known if known is not None and _has_words(store, known) else found(store, unit_id)


def _has_words(store: Store, unit: Unit) -> bool:
    """True of a mail whose words are for a person: no form is in it."""
    return unit.reason == NO_FORM or any(marks.of_kind(store, kind, [unit.unit_id]) for kind in marks.LETTERS)


def apart(register: Register, form: Form, unit: Unit) -> Apart:
    """What may be told of a unit in quarantine, or of a letter."""
    local = unit.received_at.astimezone(ZoneInfo(register.zone))
    limit = limit_of(register.settings, unit.reason)
    stays = unit.state is State.QUARANTINED
    why, _ = form.wording(unit.reason).told({"limit": limit}) if form.has_rule(unit.reason) else ("", "")
    return Apart(
        unit_id=unit.unit_id,
        came=f"{in_words(local.date())}, {local:%H:%M}",
        code=unit.reason,
        why=why or (_NOT_KNOWN if stays else _LETTER),
        can_release=stays and unit.reason in RELEASES,
        then=RELEASES.get(unit.reason, ONLY_REJECT) if stays else _NO_FORM if unit.reason == NO_FORM else _ANSWER,
    )


def claims(store: Store, rules: MailRules, unit: Unit) -> Claims:
    """Who and what, from the bytes we kept. Raises StoreError where they are erased, missing or altered."""
    raw = blobs.read(store, unit.mail_sha256)
    if mails.get_many(store, [unit.mail_sha256])[unit.mail_sha256].kind != MAIL:
        name = provenance.get_many(store, [unit.unit_id])[unit.unit_id].file_name or _UNNAMED
        return Claims("nobody: it was put into the inbox as a file", _NO_SUBJECT, ((name, len(raw)),))
    mail = opened(raw, rules)
    told = mail.envelope
    proven = "our own mail server vouches for it" if told.verified else "not proven"
    sender = f"{told.sender} ({proven})" if told.sender else told.claim or "nobody"
    first = tuple(dict.fromkeys(each.claim for each in mail.attachments if each.claim))
    sent_on = f"; sent on, first from {', '.join(first)}" if first else ""
    files = tuple((each.name or _UNNAMED, len(each.data)) for each in mail.attachments)
    said = words(raw, rules) if _has_words(store, unit) else ""
    return Claims(f"{sender}{sent_on}", told.subject or _NO_SUBJECT, files, said)
