"""Opening: mails that are kept become units, with where each came from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.intake.again import repeated_ids, told_again
from cluster_sheets.intake.bounce import NOT_FINAL, RETURNED, Report, report
from cluster_sheets.intake.envelope import BOUNCE
from cluster_sheets.intake.keeping import add
from cluster_sheets.intake.mail import OpenedMail, opened
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.intake.twice import body_of, ref_of_body, told_once, word_for_word
from cluster_sheets.store import blobs, fetched, mails, marks, replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.mails import Mail, MailState
from cluster_sheets.store.provenance import Provenance
from cluster_sheets.store.units import Unit


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail as it is to be kept, and its units."""

    mail: Mail
    units: tuple[Unit, ...]
    origins: tuple[Provenance, ...]
    letter: str
    """Which mark says that a person wrote it and no form is in it; empty where that is not so."""
    echo: bool = False
    """A program's answer to a message of ours."""


def open_mails(store: Store, waiting: Sequence[Mail], rules: MailRules, as_of: datetime) -> None:
    """Opens mails that are kept, in one transaction."""
    # A mail that was fetched by day is this night's.
    by_sha256 = {mail.mail_sha256: replace(mail, first_seen_night=as_of) for mail in waiting}
    cut = fetched.cut_off(store, by_sha256)
    taken: list[Taken] = []
    reports, bodies = dict[str, Report](), dict[str, str]()
    for sha256, raw in blobs.read_many(store, by_sha256):
        bodies[sha256] = body_of(raw)
        mail = replace(by_sha256[sha256], message_ref=ref_of_body(store.key, bodies[sha256]))
        told = opened(raw, rules, whole=False) if sha256 in cut else opened(raw, rules)
        taken.append(taken_apart(store.key, mail, told))
        reports |= {each.unit_id: report(raw, rules) for each in taken[-1].units if each.reason == BOUNCE}
    ids = [(each.mail.mail_sha256, each.mail.message_ref) for each in taken]
    known = mails.with_message_refs(store, {message_ref for _, message_ref in ids if message_ref is not None})
    repeated = repeated_ids(known, ids)
    with store.transaction():
        mails.save_many(store, [each.mail for each in taken])
        before = word_for_word(store, ids, bodies, repeated, known)
        units = told_once([unit for each in taken for unit in each.units], before)
        echoes = {unit.unit_id for each in taken if each.echo for unit in each.units}
        made = told_again(store, _linked(store, units, reports) if reports else units, repeated, echoes)
        add(store, made, [origin for each in taken for origin in each.origins], as_of)
        for kind in (marks.LETTER, marks.QUIET_LETTER):
            # The words are the mail's: one of its units stands for them, and a mail that comes twice says nothing new.
            of_kind = [each for each in taken if each.letter == kind and each.mail.mail_sha256 not in before]
            marks.replace_many(store, kind, [(each.units[0].unit_id, [""]) for each in of_kind])


def _linked(store: Store, units: Sequence[Unit], reports: Mapping[str, Report]) -> list[Unit]:
    """Units with the reason of those that are reports about messages of ours; what nobody has is noted as such."""
    known = replies.get_many(store, {each for told in reports.values() for each in told.message_ids})
    reasons, lost = {}, []
    for unit_id, told in reports.items():
        ours = sorted(told.message_ids & known.keys())
        if not told.final:
            reasons[unit_id] = NOT_FINAL
        elif ours:
            reasons[unit_id] = RETURNED
            lost += [(message_id, unit_id) for message_id in ours]
    replies.returned(store, lost)
    return [replace(unit, reason=reasons.get(unit.unit_id, unit.reason)) for unit in units]


def taken_apart(key: bytes, mail: Mail, told: OpenedMail) -> Taken:
    """The units of a mail; one for the whole of it where nothing in it is read."""
    envelope = told.envelope
    # The moment is our exchanger's; one after we saw the mail is a clock gone wrong.
    received = min(envelope.received or mail.received_at, mail.received_at)
    message_ref = keyed_hash(key, "message-id", envelope.message_id) if envelope.message_id else mail.message_ref
    kept = replace(mail, received_at=received, state=MailState.OPENED, message_ref=message_ref)
    read = () if told.reason else told.attachments
    files = [(each.name, hashlib.sha256(each.data).hexdigest(), each.reason) for each in read]
    made, origins = [], []
    for ordinal, (name, sha256, reason) in enumerate(files or [("", mail.mail_sha256, told.reason)]):
        unit_id = hashlib.sha256(f"{mail.mail_sha256} {ordinal}".encode()).hexdigest()[:16]
        made.append(Unit(unit_id, mail.mail_sha256, sha256, ordinal, received, mail.first_seen_night, reason=reason))
        origins.append(
            Provenance(
                unit_id,
                mail.mail_sha256,
                sender=envelope.sender,
                file_name=name,
                subject=envelope.subject,
                message_id=envelope.message_id,
            )
        )
    letter = (marks.QUIET_LETTER if envelope.quiet else marks.LETTER) if told.letter else ""
    return Taken(kept, tuple(made), tuple(origins), letter, envelope.echo)
