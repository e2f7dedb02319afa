"""Asked: what a request asked in the version that a meeting had before it, whatever came for the same form since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.base import columns
from cluster_sheets.base.record import Record
from cluster_sheets.store import answers, applications, decisions, packs, units
from cluster_sheets.store.applications import Application
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import PackState
from cluster_sheets.store.units import Unit

Key = tuple[str, str]
"""(meeting, application)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as one meeting read it."""

    pence: int
    least: int | None
    record: Record | None
    """Its answers; None once they are erased."""
    unit_id: str
    """The version that was read."""


def as_read(store: Store, wanted: Collection[Key]) -> dict[Key, Asked]:
    """What each request asked in the pack that the meeting last had when it decided; as it stands where it had none.

    Once the answers of an earlier version are erased, what stands is all that is known.
    """
    asked = applications.get_many(store, {ref for _, ref in wanted})
    of_form = units.of_forms(store, {each.form_ref for each in asked.values()})
    moments = _moments(store, wanted)
    version = {key: _version(asked[key[1]], of_form, moments.get(key)) for key in wanted}
    records = answers.get_many(store, set(version.values()))
    return {key: _asked(asked[key[1]], unit, records.get(unit)) for key, unit in version.items()}


def _moments(store: Store, wanted: Collection[Key]) -> dict[Key, datetime]:
    """When the pack that each decision was taken on was released; the newest one's where nothing is decided yet."""
    out: dict[str, list[datetime]] = {}
    for pack in packs.everything(store):
        if pack.state is PackState.RELEASED and pack.released_at:
            out.setdefault(pack.meeting, []).append(pack.released_at)
    first = {
        (each.meeting, each.application_ref): each.recorded_at
        for each in decisions.everything(store)
        if each.version == 1
    }
    found = {}
    for key in wanted:
        known = [at for at in out.get(key[0], ()) if key not in first or at <= first[key]]
        if known:
            found[key] = max(known)
    return found


def _version(asked: Application, of_form: Mapping[str, tuple[Unit, ...]], at: datetime | None) -> str:
    """The submission that stood at a moment: the last that had been accepted by then."""
    accepted = [each for each in of_form.get(asked.form_ref, ()) if each.application_ref == asked.application_ref]
    stood = [each for each in accepted if at and each.judged_at and each.judged_at <= at]
    last = max(stood, key=lambda each: (each.judged_at, each.version or 0), default=None)
    return last.unit_id if last else asked.current_unit


def _asked(asked: Application, unit_id: str, record: Record | None) -> Asked:
    if unit_id == asked.current_unit or record is None:
        return Asked(asked.asked_pence, asked.minimum_pence, record, unit_id)
    amount, least = record.form.get(columns.AMOUNT), record.form.get(columns.LEAST)
    pence = amount if isinstance(amount, int) else 0
    return Asked(pence, least if isinstance(least, int) else None, record, unit_id)
