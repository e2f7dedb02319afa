"""Settled: units whose verdict needs no reading: their mail said it, or we have the very file already."""

from collections.abc import Sequence

from cluster_sheets.base.finding import Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.register.settings import Settings
from cluster_sheets.store import units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.submission import QUARANTINED, Submission

SILENT = ("auto-reply", "bounce", "own-mail", "mailing-list")
"""Mail-level reasons after which a unit is set aside and nobody is answered."""
AGAIN = "same-file-again"


def settle(store: Store, form: Form, settings: Settings, batch: Sequence[Submission]) -> None:
    """Gives those of ``batch`` their state that need no reading, with the finding that says why."""
    firsts = units.first_of_files(store, {each.unit.file_sha256 for each in batch})
    first_units = units.get_many(store, set(firsts.values()))
    for each in batch:
        if each.unit.state is not State.PENDING:
            continue
        reason = each.unit.reason
        if not reason and _is_again(each.unit, first_units.get(firsts.get(each.unit.file_sha256, ""))):
            reason = AGAIN
        if reason:
            each.settled = _state(form, reason)
            each.reason = reason
            if form.has_rule(reason):
                each.find(form, reason, limit=_limit(settings, reason))


def _is_again(unit: Unit, first: Unit | None) -> bool:
    """Whether the same bytes came before; those that only their sender kept from being judged don't count."""
    if first is None or first.unit_id == unit.unit_id:
        return False
    return not (first.state is State.HELD and first.reason.startswith("sender-"))


def _state(form: Form, reason: str) -> State:
    if reason in SILENT:
        return State.SET_ASIDE
    if not form.has_rule(reason) or reason in QUARANTINED:
        return State.QUARANTINED
    return State.RETURNED if form.severity(reason) == Severity.RETURN else State.SET_ASIDE


def _limit(settings: Settings, reason: str) -> str:
    if reason == "mail-past-a-limit":
        return f"{settings.words('mail_max_mb')} MB, {settings.words('attachments_max')} attachments"
    return ""
