"""Desk: what the work on every pack needs, and what is done alike for a draft and for a release.

In: the workspace. Out: a workbook that was searched, put under its name with its row; what a pack was made from.
Never: puts a file that holds a known identity anywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cluster_sheets import __version__
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import Meeting, Register
from cluster_sheets.store import applications, audit, cases, file, meta, packs, questions, redactions
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Pack
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.anonymise.known import Finder
    from cluster_sheets.panel.gather import Gathered
    from cluster_sheets.panel.position import Position
    from cluster_sheets.panel.view import Fund, PackView

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


def positions_of(desk: Desk, meeting: Meeting, upto: datetime | None = None) -> "dict[str, Position]":
    """What each fund of a meeting has left, by its code; as it was at ``upto`` where that is given."""
    from cluster_sheets.panel.gather import positions

    return positions(desk.store, desk.register, meeting, upto)


def funds_of(
    desk: Desk, meeting: Meeting, found: "Gathered", has: Mapping[str, "Position"], upto: datetime | None = None
) -> "tuple[Fund, ...]":
    """The same with what the cases ask of each."""
    from cluster_sheets.panel.gather import funds

    return funds(desk.store, desk.register, meeting, found, has, upto)


def moved(desk: Desk, meeting: Meeting, has: Mapping[str, "Position"]) -> tuple[tuple[str, int, int], ...]:
    """Funds of which another sum is left than the released pack tells: code, pence then, pence now.

    What is left is what a meeting decides from. A payment only takes from what was promised: it makes no new version.
    """
    return left_since(desk, meeting, packs.released(desk.store, meeting.meeting_id), has)


def left_since(
    desk: Desk, meeting: Meeting, told: Pack | None, has: Mapping[str, "Position"]
) -> tuple[tuple[str, int, int], ...]:
    """Funds of which ``has`` says another sum than a released pack tells."""
    if told is None:
        return ()
    then = positions_of(desk, meeting, told.released_at)
    pence = ((pot, then[pot].left_pence, each.left_pence) for pot, each in has.items())
    return tuple((pot, before, now) for pot, before, now in pence if before != now)


def written(desk: Desk, view: "PackView", found: "Gathered") -> bytes:
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


def keep(desk: Desk, meeting: Meeting, pack: Pack, data: bytes, shown: str = "") -> None:
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
            remember(desk, meeting, shown)
        if before is None or (before.version, before.state) != (pack.version, pack.state):
            line = audit.Line(
                desk.as_of,
                audit.NIGHT,
                f"pack-{pack.state.lower()}",
                f"{pack.meeting} v{pack.version}",
                out_hash=pack.file_sha256,
            )
            audit.append_many(desk.store, [line])


def write_chairs(desk: Desk, meeting: Meeting, found: "Gathered") -> None:
    """The workbook the chair fills in, searched like the panel workbook. Raises LeakError."""
    from cluster_sheets.panel.decisions.workbook import write_decisions

    def gate(data: bytes, empty: Callable[[], bytes]) -> None:
        _search(desk, data, found, empty)

    write_decisions(desk.store, desk.places, desk.register, desk.form, meeting, gate)


def inputs_of(desk: Desk, meeting: Meeting) -> str:
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


def shown_hash(desk: Desk, view: "PackView", content: str) -> str:
    """A hash of all that the workbook shows but the moment of its making."""
    timeless = replace(view, cases=(), moment=_NEVER, made_on=_NEVER.date())
    return keyed_hash(desk.store.key, "pack shown", content, repr(timeless))


def known(desk: Desk, meeting: Meeting) -> tuple[str, str]:
    """What was remembered of a pack: hash of its inputs, hash of what it shows."""
    inputs, _, shown = (meta.get(desk.store, f"pack {meeting.meeting_id}") or "").partition(" ")
    return inputs, shown


def remember(desk: Desk, meeting: Meeting, shown: str) -> None:
    """Notes what a pack was made from and what it shows, for ``known``. Within the caller's transaction."""
    meta.put(desk.store, f"pack {meeting.meeting_id}", f"{inputs_of(desk, meeting)} {shown}")
