"""The panel stage: the workbook of each meeting next due, made anew where what is in it has changed.

In: applications with their redacted texts in the store, the register, the finder of known identities.
Out: ``panel/<meeting>/panel-<meeting>-v<N>.xlsx``, its row, and questions: is a case ready, may a fact be shown?
Never: writes a file that holds a known identity, or releases anything (``release``).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.form.declared import Form
from cluster_sheets.panel.assign import assign, next_version
from cluster_sheets.panel.decisions import again
from cluster_sheets.panel.desk import (
    Desk,
    FinderOf,
    funds_of,
    inputs_of,
    keep,
    known,
    moved,
    positions_of,
    remember,
    shown_hash,
    write_chairs,
    written,
)
from cluster_sheets.panel.fit import ask_facts
from cluster_sheets.panel.ready import READY, ask_ready, changes_in
from cluster_sheets.panel.stale import remove_drafts
from cluster_sheets.register.model import Meeting, Register
from cluster_sheets.store import cases, decisions, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.panel.gather import Standing

__all__ = ["READY", "assign", "build"]


def build(
    store: Store,
    places: Places,
    register: Register,
    form: Form,
    finder: FinderOf,
    as_of: datetime,
    progress: Progress = silent,
) -> None:
    """Writes the panel workbook of each meeting next due, where what is in it has changed.

    Raises LeakError, and writes nothing of that pack, where the finished workbook holds a known identity.
    """
    desk = Desk(store, places, register, form, finder, as_of, progress)
    due = register.due(as_of)
    for meeting in due:
        _build(desk, meeting)
    _write_lost(desk)
    remove_drafts(store, places, register, [each.meeting_id for each in due])


def _build(desk: Desk, meeting: Meeting) -> None:
    from cluster_sheets.panel import gather

    store = desk.store
    standing, current = cases.standing(store, meeting.meeting_id), packs.current(store, meeting.meeting_id)
    # What was decided on stays as it was read, however cases leave it then for a later meeting.
    if (not standing and current is None) or decisions.of_meeting(store, meeting.meeting_id):
        return
    inputs, shown_before = known(desk, meeting)
    if inputs == inputs_of(desk, meeting) and _is_there(desk, current) and _decisions_are_there(desk, meeting):
        return
    found = gather.gathered(store, desk.register, desk.form, meeting, standing)
    content = found.content_hash(store.key, meeting)
    with store.transaction():
        ask_facts(store, meeting, found)
        packs.keep_few(store, meeting.meeting_id, sum(fit.fits < fit.k for fit in found.fits.values()))
        left = ask_ready(store, meeting, found)
    has = positions_of(desk, meeting)
    since = moved(desk, meeting, has)
    if _reads_so(current, content, since):
        write_chairs(desk, meeting, found)
        with store.transaction():
            remember(desk, meeting, shown_before)
        return
    version = next_version(current)
    # A new version may hold no case: it says of a pack that went out that they have gone.
    tells = bool(found.cases) or version > 1
    state = PackState.CHECKED if tells and found.complete and not left else PackState.DRAFT
    stands = gather.Standing(version, state, desk.as_of, left, changes_in(store, meeting, version, found, since))
    funds = funds_of(desk, meeting, found, has)
    view = gather.view(desk.register, meeting, found.cases, funds, stands)
    shown = shown_hash(desk, view, content)
    before = current if current is not None and current.version == version else None
    if before is not None and shown == shown_before:
        stands = replace(
            stands, at=before.checked_at if state is PackState.CHECKED and before.checked_at else before.made_at
        )
        view = gather.view(desk.register, meeting, found.cases, funds, stands)
    data = written(desk, view, found)
    write_chairs(desk, meeting, found)
    keep(desk, meeting, _pack(desk, meeting, stands, content, data, before), data, shown)


def _reads_so(pack: Pack | None, content: str, moved: Sequence[tuple[str, int, int]]) -> bool:
    """Whether a pack is released and reads as it should now: the same cases, and as much left for them."""
    return pack is not None and pack.state is PackState.RELEASED and pack.content_hash == content and not moved


def _pack(desk: Desk, meeting: Meeting, stands: "Standing", content: str, data: bytes, before: Pack | None) -> Pack:
    """The row of a version that was just written; ``before`` is the row it had until now."""
    path = desk.places.panel(meeting.meeting_id) / f"panel-{meeting.meeting_id}-v{stands.version}.xlsx"
    checked = stands.at if stands.state is PackState.CHECKED else None
    same = before is not None and before.content_hash == content
    return Pack(
        meeting.meeting_id,
        stands.version,
        stands.state,
        content,
        hashlib.sha256(data).hexdigest(),
        desk.places.told(path),
        before.made_at if before is not None and same else stands.at,
        checked,
    )


def _write_lost(desk: Desk) -> None:
    """Decisions workbooks of released packs that are gone, as when somebody gave them another name."""
    from cluster_sheets.panel import gather

    for meeting in again.lost(desk.store, desk.places, desk.register):
        held = [each for each in cases.of_meeting(desk.store, meeting.meeting_id) if each.version_out is None]
        write_chairs(desk, meeting, gather.gathered(desk.store, desk.register, desk.form, meeting, held))


def _is_there(desk: Desk, pack: Pack | None) -> bool:
    """Whether a pack's file is as it was written; a released one is never written again."""
    if pack is None or pack.state is PackState.RELEASED:
        return True
    path = desk.places.root / pack.path
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == pack.file_sha256


def _decisions_are_there(desk: Desk, meeting: Meeting) -> bool:
    """Whether the chair's workbook lies there, and is not one that was left as it was and has changed since."""
    from cluster_sheets.panel.decisions.left import has_changed

    there = desk.places.decisions(meeting.meeting_id).exists()
    return there and not has_changed(desk.store, desk.places, meeting.meeting_id)
