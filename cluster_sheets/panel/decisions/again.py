"""A decisions workbook that is gone comes back, with what is recorded of its meeting.

In: the released packs, what was decided. Out: the meetings whose workbook is gone; what to type into a new one.
Never: brings back a workbook whose whole folder was deleted once all was decided: its time was over.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from cluster_sheets.form.shipped import form
from cluster_sheets.panel.decisions.keep import KIND
from cluster_sheets.panel.decisions.view import Typed
from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.store import cases, decisions, packs, seen_files
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import PackState
from cluster_sheets.store.places import Places


def lost(store: Store, places: Places, register: Register) -> Iterator[Meeting]:
    """Meetings with a released pack whose decisions workbook does not lie in its place."""
    out = {each.meeting for each in packs.everything(store) if each.state is PackState.RELEASED}
    for meeting in register.meetings:
        if meeting.meeting_id in out and not places.decisions(meeting.meeting_id).exists():
            decided = {each.application_ref for each in decisions.of_meeting(store, meeting.meeting_id)}
            waits = {each.application_ref for each in cases.standing(store, meeting.meeting_id)} - decided
            is_held = meeting.status != CANCELLED or decided
            if is_held and (waits or places.panel(meeting.meeting_id).exists()):
                yield meeting


def recorded(store: Store, meeting: str) -> Typed:
    """What the chair had typed, as far as it is recorded: who was in the chair is not, nor the Yes."""
    kept = decisions.of_meeting(store, meeting)
    if not kept:
        return Typed()
    outcome = form("decisions").field("decided.outcome")
    refs = {each.application_ref: each.case_ref for each in cases.of_meeting(store, meeting)}
    lines: dict[str, dict[str, Any]] = {}
    for each in kept:
        said = {
            "outcome": outcome.label_of(each.outcome),
            "award": each.amount_pence / 100 if each.amount_pence else None,
            "conditions": each.conditions or None,
            "feedback": each.feedback or None,
        }
        lines[refs[each.application_ref]] = {name: told for name, told in said.items() if told is not None}
    return Typed({"held_on": kept[0].decided_on, "present": kept[0].present}, lines)


def is_known(store: Store, meeting: str, data: bytes) -> None:
    """Notes that a workbook says what is recorded and no more, so that nobody is asked for its Yes again."""
    kept = decisions.of_meeting(store, meeting)
    if kept:
        with store.transaction():
            at = max(each.recorded_at for each in kept)
            seen_files.was_read(store, KIND, meeting, hashlib.sha256(data).hexdigest(), at)
