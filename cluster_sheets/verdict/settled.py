"""Settled: units whose verdict needs no reading: their mail said it, or we have the very file already."""

from collections.abc import Sequence

from cluster_sheets.base.finding import Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.again import counts
from cluster_sheets.register.settings import Settings
from cluster_sheets.store import units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.submission import QUARANTINED, Submission

SILENT = (
    "auto-reply", "bounce", "reply-returned", "delivery-note", "own-mail", "mailing-list", "received-again",
)  # fmt: skip
"""Mail-level reasons after which a unit is set aside and nobody is answered."""
AGAIN = "same-file-again"


def settle(form: Form, settings: Settings, batch: Sequence[Submission]) -> None:
    """Gives those of ``batch`` whose mail said it their state, with the finding that says why."""
    for each in batch:
        if each.unit.state is State.PENDING and each.unit.reason:
            _settle(form, each, each.unit.reason, limit_of(settings, each.unit.reason))


def settle_again(store: Store, form: Form, wave: Sequence[Submission]) -> None:
    """Sets those aside whose very bytes came before; asked once all that came before them is judged."""
    fresh = [each for each in wave if each.settled is None and each.unit.state is State.PENDING]
    firsts = units.first_of_files(store, {each.unit.file_sha256 for each in fresh})
    known = units.get_many(store, set(firsts.values()))
    for each in fresh:
        if _is_again(each.unit, known.get(firsts.get(each.unit.file_sha256, ""))):
            each.form, each.findings = None, []
            _settle(form, each, AGAIN)


def _settle(form: Form, each: Submission, reason: str, limit: str = "") -> None:
    each.settled, each.reason = _state(form, reason), reason
    if form.has_rule(reason):
        each.find(form, reason, limit=limit)


def _is_again(unit: Unit, first: Unit | None) -> bool:
    """Whether the same bytes came before; those that only their mail or sender kept from being judged don't count."""
    return first is not None and first.unit_id != unit.unit_id and counts(first)


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
