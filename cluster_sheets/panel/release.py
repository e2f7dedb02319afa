"""Release: a checked pack goes out, or one that went out and was lost is written again.

In: the workspace and a meeting. Out: the file of the pack, its row, the chair's workbook of the same cases.
Never: changes a released pack, or releases what is not checked.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.form.declared import Form
from cluster_sheets.panel.desk import (
    Desk,
    FinderOf,
    funds_of,
    keep,
    left_since,
    moved,
    positions_of,
    remember,
    shown_hash,
    write_chairs,
    written,
)
from cluster_sheets.panel.late import too_late
from cluster_sheets.panel.ready import changes_in
from cluster_sheets.panel.restore import NotReadyError, restored
from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.store import cases, packs, questions
from cluster_sheets.store.cases import Case
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Lies, Pack, PackState
from cluster_sheets.store.places import Places

__all__ = ["NotReadyError", "release"]


def release(
    store: Store,
    places: Places,
    register: Register,
    form: Form,
    finder: FinderOf,
    meeting_id: str,
    as_of: datetime,
    progress: Progress = silent,
) -> Pack:
    """Releases the checked pack of a meeting and gives it; one that is released already stays as it is.

    Where the file of a released version is gone it is written again, if it can be made as it was to the byte, and given
    instead: a newer one waits for the next time. Raises NotReadyError where something is left to do, LeakError where
    the workbook holds a known identity.
    """
    desk = Desk(store, places, register, form, finder, as_of, progress)
    meeting, current = register.meeting(meeting_id), packs.current(store, meeting_id)
    if meeting is None or current is None:
        raise NotReadyError(f"There is no pack for {meeting_id}: cluster-sheets run makes it when the meeting is next.")
    if (back := _written_again(desk, meeting, current)) is not None:
        return back
    # A pack that went out and has lost all its cases since says so by a new version.
    is_out = packs.released(store, meeting_id) is not None
    if meeting.status == CANCELLED or not (is_out or cases.standing(store, meeting_id)):
        raise NotReadyError(f"There is no pack to release for {meeting_id}: no case waits for that meeting.")
    late = too_late(store, meeting, register.day_of(as_of))
    if late:
        raise NotReadyError(late)
    left = questions.left_open(store).get(meeting_id, 0)
    if left:
        asked, them = ("1 open question", "it") if left == 1 else (f"{left} open questions", "them")
        raise NotReadyError(
            f"The pack of {meeting_id} is a draft with {asked}: answer {them} in"
            f" {places.told(places.review)}/{meeting_id}.xlsx, then run again."
        )
    if current.state is PackState.DRAFT:
        raise NotReadyError(
            f"The pack of {meeting_id} is a draft, and nothing in it is left to answer: run again first."
        )
    return _release(desk, meeting, current)


def _written_again(desk: Desk, meeting: Meeting, current: Pack) -> Pack | None:
    """The newest released version, where that is ``current`` or one whose file was gone; older ones come back too."""
    found: Pack | None = None
    for pack in packs.released_ones(desk.store, meeting.meeting_id):
        is_current = pack.version == current.version
        if not is_current and packs.lies(desk.places.root, pack) is not Lies.GONE:
            continue
        try:
            made = restored(desk.store, desk.places.root, pack, partial(_as_it_was, desk, meeting, pack))
        except NotReadyError:
            # An older one that cannot be made as it was keeps no newer one back.
            if is_current or (found is None and current.state is PackState.DRAFT):
                raise
        else:
            found = found or made
    return found


def _as_it_was(desk: Desk, meeting: Meeting, pack: Pack, held: Sequence[Case]) -> bytes:
    """The workbook of a released pack, drawn again of the cases it held."""
    from cluster_sheets.panel import gather

    found = gather.gathered(desk.store, desk.register, desk.form, meeting, held)
    had = positions_of(desk, meeting, pack.released_at)
    funds = funds_of(desk, meeting, found, had, pack.released_at)
    before = packs.released(desk.store, meeting.meeting_id, below=pack.version)
    changes = changes_in(desk.store, meeting, pack.version, found, left_since(desk, meeting, before, had))
    stands = gather.Standing(pack.version, PackState.RELEASED, pack.released_at or desk.as_of, 0, changes)
    return written(desk, gather.view(desk.register, meeting, found.cases, funds, stands), found)


def _release(desk: Desk, meeting: Meeting, current: Pack) -> Pack:
    from cluster_sheets.panel import gather

    standing = cases.standing(desk.store, meeting.meeting_id)
    found = gather.gathered(desk.store, desk.register, desk.form, meeting, standing)
    if found.content_hash(desk.store.key, meeting) != current.content_hash or not found.complete:
        raise NotReadyError(f"The pack of {meeting.meeting_id} has changed since it was checked: run again first.")
    has = positions_of(desk, meeting)
    changes = changes_in(desk.store, meeting, current.version, found, moved(desk, meeting, has))
    stands = gather.Standing(current.version, PackState.RELEASED, desk.as_of, 0, changes)
    shown = gather.view(desk.register, meeting, found.cases, funds_of(desk, meeting, found, has), stands)
    data = written(desk, shown, found)
    released = replace(
        current, state=PackState.RELEASED, file_sha256=hashlib.sha256(data).hexdigest(), released_at=desk.as_of
    )
    keep(desk, meeting, released, data)
    # The chair decides on what the panel was given. Where a kill comes first, the next run sees that it is to be done.
    write_chairs(desk, meeting, found)
    with desk.store.transaction():
        remember(desk, meeting, shown_hash(desk, shown, current.content_hash))
    return released
