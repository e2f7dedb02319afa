"""The panel stage: which case stands in which pack, the workbook of the meeting next due, and its release.

In: applications with their redacted texts in the store, the register, the finder of known identities.
Out: ``panel/<meeting>/panel-<meeting>-v<N>.xlsx``, its row, and questions: is a case ready, may a fact be shown?
Never: writes a file that holds a known identity, changes a released pack, or releases what is not checked.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from cluster_sheets import __version__
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.form.declared import Form
from cluster_sheets.panel import decisions_again
from cluster_sheets.panel.assign import assign, next_version
from cluster_sheets.panel.fit import ask_facts
from cluster_sheets.panel.late import too_late
from cluster_sheets.panel.ready import READY, ask_ready, changes_in
from cluster_sheets.panel.restore import NotReadyError, restored
from cluster_sheets.panel.stale import remove_drafts
from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.store import applications, audit, cases, decisions, file, meta, packs, questions, redactions
from cluster_sheets.store.cases import Case
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Lies, Pack, PackState
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.anonymise.known import Finder
    from cluster_sheets.panel.gather import Gathered, Standing
    from cluster_sheets.panel.position import Position
    from cluster_sheets.panel.view import PackView

__all__ = ["READY", "NotReadyError", "assign", "build", "due", "release"]
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
FinderOf = Callable[[], "Finder"]
"""Gives the finder when it is first wanted: a night with nothing to do never makes one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the work on every pack needs."""

    store: Store
    places: Places
    register: Register
    form: Form
    finder: FinderOf
    as_of: datetime
    progress: Progress = silent


def due(register: Register, as_of: datetime) -> tuple[Meeting, ...]:
    """The meetings whose pack is made now: the next of each cluster, and the city's."""
    return register.due(as_of)


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
    for meeting in due(register, as_of):
        _build(desk, meeting)
    _write_lost(desk)
    remove_drafts(store, places, register, [each.meeting_id for each in due(register, as_of)])


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
    if current.state is PackState.DRAFT or left:
        raise NotReadyError(
            f"The pack of {meeting_id} is a draft with {left} open questions: answer them in"
            f" {places.told(places.review)}/{meeting_id}.xlsx, then run again."
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
    had = _positions(desk, meeting, pack.released_at)
    before = packs.released(desk.store, meeting.meeting_id, below=pack.version)
    changes = changes_in(desk.store, meeting, pack.version, found, _left_since(desk, meeting, before, had))
    stands = gather.Standing(pack.version, PackState.RELEASED, pack.released_at or desk.as_of, 0, changes)
    return _written(desk, gather.view(desk.register, meeting, found.cases, had, stands), found)


def _release(desk: Desk, meeting: Meeting, current: Pack) -> Pack:
    from cluster_sheets.panel import gather

    standing = cases.standing(desk.store, meeting.meeting_id)
    found = gather.gathered(desk.store, desk.register, desk.form, meeting, standing)
    if found.content_hash(desk.store.key, meeting) != current.content_hash or not found.complete:
        raise NotReadyError(f"The pack of {meeting.meeting_id} has changed since it was checked: run again first.")
    has = _positions(desk, meeting)
    changes = changes_in(desk.store, meeting, current.version, found, _moved(desk, meeting, has))
    stands = gather.Standing(current.version, PackState.RELEASED, desk.as_of, 0, changes)
    shown = gather.view(desk.register, meeting, found.cases, has, stands)
    data = _written(desk, shown, found)
    released = replace(
        current, state=PackState.RELEASED, file_sha256=hashlib.sha256(data).hexdigest(), released_at=desk.as_of
    )
    _keep(desk, meeting, released, data)
    # The chair decides on what the panel was given. Where a kill comes first, the next run sees that it is to be done.
    _write_decisions(desk, meeting, found)
    with desk.store.transaction():
        _remember(desk, meeting, _shown(desk, shown, current.content_hash))
    return released


def _build(desk: Desk, meeting: Meeting) -> None:
    from cluster_sheets.panel import gather

    store = desk.store
    standing, current = cases.standing(store, meeting.meeting_id), packs.current(store, meeting.meeting_id)
    # What was decided on stays as it was read, however cases leave it then for a later meeting.
    if (not standing and current is None) or decisions.of_meeting(store, meeting.meeting_id):
        return
    inputs, shown_before = _known(desk, meeting)
    if inputs == _inputs(desk, meeting) and _is_there(desk, current) and _decisions_are_there(desk, meeting):
        return
    found = gather.gathered(store, desk.register, desk.form, meeting, standing)
    content = found.content_hash(store.key, meeting)
    with store.transaction():
        ask_facts(store, meeting, found)
        packs.keep_few(store, meeting.meeting_id, sum(fit.fits < fit.k for fit in found.fits.values()))
        left = ask_ready(store, meeting, found)
    has = _positions(desk, meeting)
    moved = _moved(desk, meeting, has)
    if _reads_so(current, content, moved):
        _write_decisions(desk, meeting, found)
        with store.transaction():
            _remember(desk, meeting, shown_before)
        return
    version = next_version(current)
    # A new version may hold no case: it says of a pack that went out that they have gone.
    tells = bool(found.cases) or version > 1
    state = PackState.CHECKED if tells and found.complete and not left else PackState.DRAFT
    stands = gather.Standing(version, state, desk.as_of, left, changes_in(store, meeting, version, found, moved))
    view = gather.view(desk.register, meeting, found.cases, has, stands)
    shown = _shown(desk, view, content)
    before = current if current is not None and current.version == version else None
    if before is not None and shown == shown_before:
        stands = replace(
            stands, at=before.checked_at if state is PackState.CHECKED and before.checked_at else before.made_at
        )
        view = gather.view(desk.register, meeting, found.cases, has, stands)
    data = _written(desk, view, found)
    _write_decisions(desk, meeting, found)
    _keep(desk, meeting, _pack(desk, meeting, stands, content, data, before), data, shown)


def _reads_so(pack: Pack | None, content: str, moved: Sequence[tuple[str, int, int]]) -> bool:
    """Whether a pack is released and reads as it should now: the same cases, and as much left for them."""
    return pack is not None and pack.state is PackState.RELEASED and pack.content_hash == content and not moved


def _moved(desk: Desk, meeting: Meeting, has: Mapping[str, "Position"]) -> tuple[tuple[str, int, int], ...]:
    """Funds of which another sum is left than the released pack tells: code, pence then, pence now.

    What is left is what a meeting decides from. A payment only takes from what was promised: it makes no new version.
    """
    return _left_since(desk, meeting, packs.released(desk.store, meeting.meeting_id), has)


def _left_since(
    desk: Desk, meeting: Meeting, told: Pack | None, has: Mapping[str, "Position"]
) -> tuple[tuple[str, int, int], ...]:
    """Funds of which ``has`` says another sum than a released pack tells."""
    if told is None:
        return ()
    then = _positions(desk, meeting, told.released_at)
    pence = ((pot, then[pot].left_pence, each.left_pence) for pot, each in has.items())
    return tuple((pot, before, now) for pot, before, now in pence if before != now)


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


def _written(desk: Desk, view: "PackView", found: "Gathered") -> bytes:
    """The workbook, searched for every identity that is known. Raises LeakError."""
    from cluster_sheets.panel.book import workbook

    data = workbook(view, desk.progress)
    _search(desk, data, found, lambda: workbook(replace(view, cases=(), changes=None)))
    return data


def _search(desk: Desk, data: bytes, found: "Gathered", empty: Callable[[], bytes]) -> None:
    """Raises LeakError where a file meant for the panel holds what ``empty``, the same of no case, does not."""
    from cluster_sheets.anonymise.leak import LeakError, leaks

    leaked = leaks(data, desk.finder(), found.own, empty)
    if leaked:
        raise LeakError(leaked)


def _keep(desk: Desk, meeting: Meeting, pack: Pack, data: bytes, shown: str = "") -> None:
    """Puts the file under its name, then its row: a kill between the two is made good by the next run.

    Without ``shown`` the next run looks at the pack once more, until it is remembered.
    """
    path = desk.places.root / pack.path
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        file.write_whole(path, data)
    before = packs.current(desk.store, pack.meeting)
    with desk.store.transaction():
        packs.save(desk.store, pack)
        if shown:
            _remember(desk, meeting, shown)
        if before is None or (before.version, before.state) != (pack.version, pack.state):
            line = audit.Line(
                desk.as_of,
                audit.NIGHT,
                f"pack-{pack.state.lower()}",
                f"{pack.meeting} v{pack.version}",
                out_hash=pack.file_sha256,
            )
            audit.append_many(desk.store, [line])


def _write_lost(desk: Desk) -> None:
    """Decisions workbooks of released packs that are gone, as when somebody gave them another name."""
    from cluster_sheets.panel import gather

    for meeting in decisions_again.lost(desk.store, desk.places, desk.register):
        held = [each for each in cases.of_meeting(desk.store, meeting.meeting_id) if each.version_out is None]
        _write_decisions(desk, meeting, gather.gathered(desk.store, desk.register, desk.form, meeting, held))


def _write_decisions(desk: Desk, meeting: Meeting, found: "Gathered") -> None:
    """The workbook the chair fills in, searched like the panel workbook. Raises LeakError."""
    from cluster_sheets.panel.decisions import write_decisions

    def gate(data: bytes, empty: Callable[[], bytes]) -> None:
        _search(desk, data, found, empty)

    write_decisions(desk.store, desk.places, desk.register, desk.form, meeting, desk.as_of, gate)


def _positions(desk: Desk, meeting: Meeting, upto: datetime | None = None) -> "dict[str, Position]":
    from cluster_sheets.panel.gather import positions

    return positions(desk.store, desk.register, meeting, upto)


def _is_there(desk: Desk, pack: Pack | None) -> bool:
    """Whether a pack's file is as it was written; a released one is never written again."""
    if pack is None or pack.state is PackState.RELEASED:
        return True
    path = desk.places.root / pack.path
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == pack.file_sha256


def _decisions_are_there(desk: Desk, meeting: Meeting) -> bool:
    """Whether the chair's workbook lies there, and is not one that was left as it was and has changed since."""
    from cluster_sheets.panel.decisions_left import has_changed

    there = desk.places.decisions(meeting.meeting_id).exists()
    return there and not has_changed(desk.store, desk.places, meeting.meeting_id)


def _inputs(desk: Desk, meeting: Meeting) -> str:
    """A hash of all that a pack depends on and that is cheap to ask: where it is the same, nothing has changed."""
    store = desk.store
    standing = cases.standing(store, meeting.meeting_id)
    asked = applications.get_many(store, [each.application_ref for each in standing])
    told = [(each.question_id, each.answer) for each in questions.of_meeting(store, meeting.meeting_id)]
    units = sorted(redactions.those_kept(store) & {each.current_unit for each in asked.values()})
    lines = store.ask(
        "SELECT COUNT(*), COALESCE(MAX(entry_no), 0) FROM cluster.entry WHERE meeting IS NOT ?", (meeting.meeting_id,)
    )
    out = packs.released(store, meeting.meeting_id)
    parts = (__version__, desk.register.sha256, repr(meeting), repr(standing), repr(sorted(asked.items())), repr(told))
    return keyed_hash(store.key, "pack inputs", *parts, repr(units), repr(lines), repr(out and out.version))


def _shown(desk: Desk, view: "PackView", content: str) -> str:
    """A hash of all that the workbook shows but the moment of its making."""
    timeless = replace(view, cases=(), moment=_NEVER, made_on=_NEVER.date())
    return keyed_hash(desk.store.key, "pack shown", content, repr(timeless))


def _known(desk: Desk, meeting: Meeting) -> tuple[str, str]:
    """What was remembered of a pack: hash of its inputs, hash of what it shows."""
    inputs, _, shown = (meta.get(desk.store, f"pack {meeting.meeting_id}") or "").partition(" ")
    return inputs, shown


def _remember(desk: Desk, meeting: Meeting, shown: str) -> None:
    meta.put(desk.store, f"pack {meeting.meeting_id}", f"{_inputs(desk, meeting)} {shown}")
