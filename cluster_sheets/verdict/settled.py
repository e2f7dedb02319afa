"""Settled: units whose verdict needs no reading: their mail said it, or we have the very file already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cluster_sheets.base.finding import Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.again import NOTHING, RECEIVED, looked_at, overtaken
from cluster_sheets.intake.again import SAME_FILE as AGAIN
from cluster_sheets.register.model import Register
from cluster_sheets.register.settings import Settings
from cluster_sheets.store import mails, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import ReplyState, State, Unit
from cluster_sheets.verdict.meeting import moment_in_words
from cluster_sheets.verdict.submission import QUARANTINED, Submission

EARLIER = "earlier-version-again"
"""Code of the same bytes once more, where a newer version of their form came since."""
SILENT = (
    "auto-reply", "bounce", "reply-returned", "delivery-note", "own-mail", "mailing-list", "received-again",
    "reaction",
)  # fmt: skip
"""Mail-level reasons after which a unit is set aside and nobody is answered."""


def settle(store: Store, form: Form, settings: Settings, batch: Sequence[Submission]) -> None:
    """Gives those of ``batch`` whose mail said it their state, with the finding that says why.

    What was taken in as the same again is read nevertheless where none of the same was judged yet: the one that came
    first is, and which that is, the order of being taken in does not say. So is an earlier version of a form: the form
    says whom to tell.
    """
    waiting = [each for each in batch if each.unit.state is State.PENDING and each.unit.reason]
    alike = {each.unit.file_sha256 for each in waiting if each.unit.reason == AGAIN}
    judged = looked_at(store, alike) if alike else frozenset()
    known = judged - overtaken(store, judged).keys()
    twice = _delivered_twice(store, [each for each in waiting if each.unit.reason == AGAIN])
    for each in waiting:
        if each.unit.reason == AGAIN and each.unit.file_sha256 not in known:
            each.unit = replace(each.unit, reason="")
        elif each.unit.unit_id in twice:
            _settle(form, each, RECEIVED)
        else:
            _settle(form, each, each.unit.reason, limit_of(settings, each.unit.reason))


def settle_again(store: Store, form: Form, register: Register, wave: Sequence[Submission]) -> None:
    """Sets those aside whose very bytes came before; asked once all that came before them is judged.

    Who sends an earlier version once more may mean that one: the school is told which counts, and how it can be this.
    """
    fresh = [each for each in wave if each.settled is None and each.unit.state is State.PENDING]
    judged = looked_at(store, {each.unit.file_sha256 for each in fresh})
    newer = overtaken(store, judged)
    twice = _delivered_twice(store, [each for each in fresh if each.unit.file_sha256 in judged])
    for each in fresh:
        if each.unit.file_sha256 in judged:
            instead, school = newer.get(each.unit.file_sha256), _school(each)
            each.form, each.findings = None, []
            if instead is not None and school is not None:
                each.sender = replace(each.sender, verified=True, schools=(school,))
                _settle(form, each, EARLIER, moment_in_words(instead.received_at, register.zone))
            else:
                _settle(form, each, RECEIVED if each.unit.unit_id in twice else AGAIN)


def _delivered_twice(store: Store, again: Sequence[Submission]) -> frozenset[str]:
    """Units whose very message brought the same file in another copy: To and Cc an alias, and the like (mail.md 4).

    Whoever sent it sent it once, and is answered once: not where the other copy was in mail that is never answered.
    """
    came = units.of_files(store, {each.unit.file_sha256 for each in again} - {NOTHING}) if again else {}
    borne = {sha256: mail.message_ref for sha256, mail in mails.get_many(store, _mails(came, again)).items()}
    return frozenset(
        each.unit.unit_id
        for each in again
        if (ref := borne[each.unit.mail_sha256])
        and any(
            other.mail_sha256 != each.unit.mail_sha256 and other.reply is not ReplyState.NONE
            for other in came.get(each.unit.file_sha256, ())
            if borne[other.mail_sha256] == ref
        )
    )


def _mails(came: Mapping[str, Sequence[Unit]], again: Sequence[Submission]) -> set[str]:
    return {each.unit.mail_sha256 for each in again} | {unit.mail_sha256 for found in came.values() for unit in found}


def _school(each: Submission) -> str | None:
    """The school whose form it is, where that is who sent it: a bare file's stamp says so."""
    urn = each.form.urn if each.form else None
    sent = each.sender.verified and urn in each.sender.schools if each.arrived.by_mail else True
    return urn if sent else None


def _settle(form: Form, each: Submission, reason: str, limit: str = "") -> None:
    each.settled, each.reason = _state(form, reason), reason
    if form.has_rule(reason):
        each.find(form, reason, limit=limit)


def _state(form: Form, reason: str) -> State:
    if reason in SILENT:
        return State.SET_ASIDE
    if not form.has_rule(reason) or reason in QUARANTINED:
        return State.QUARANTINED
    return State.RETURNED if form.severity(reason) == Severity.RETURN else State.SET_ASIDE


def limit_of(settings: Settings, reason: str) -> str:
    """The limit that a reason speaks of, in words; empty where it speaks of none."""
    if reason == "mail-past-a-limit":
        return f"{settings.words('mail_max_mb')} MB, {settings.words('attachments_max')} attachments"
    return ""
