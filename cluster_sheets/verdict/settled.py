"""Settled: units whose verdict needs no reading: their mail said it, or we have the very file already."""

from collections.abc import Sequence
from dataclasses import replace

from cluster_sheets.base.finding import Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.again import SAME_FILE as AGAIN
from cluster_sheets.intake.again import looked_at
from cluster_sheets.register.settings import Settings
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State
from cluster_sheets.verdict.submission import QUARANTINED, Submission

SILENT = (
    "auto-reply", "bounce", "reply-returned", "delivery-note", "own-mail", "mailing-list", "received-again",
)  # fmt: skip
"""Mail-level reasons after which a unit is set aside and nobody is answered."""


def settle(store: Store, form: Form, settings: Settings, batch: Sequence[Submission]) -> None:
    """Gives those of ``batch`` whose mail said it their state, with the finding that says why.

    What was taken in as the same again is read nevertheless where none of the same was judged yet: the one that came
    first is, and which that is, the order of being taken in does not say.
    """
    waiting = [each for each in batch if each.unit.state is State.PENDING and each.unit.reason]
    alike = {each.unit.file_sha256 for each in waiting if each.unit.reason == AGAIN}
    judged = looked_at(store, alike) if alike else frozenset()
    for each in waiting:
        if each.unit.reason == AGAIN and each.unit.file_sha256 not in judged:
            each.unit = replace(each.unit, reason="")
        else:
            _settle(form, each, each.unit.reason, limit_of(settings, each.unit.reason))


def settle_again(store: Store, form: Form, wave: Sequence[Submission]) -> None:
    """Sets those aside whose very bytes came before; asked once all that came before them is judged."""
    fresh = [each for each in wave if each.settled is None and each.unit.state is State.PENDING]
    judged = looked_at(store, {each.unit.file_sha256 for each in fresh})
    for each in fresh:
        if each.unit.file_sha256 in judged:
            each.form, each.findings = None, []
            _settle(form, each, AGAIN)


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
