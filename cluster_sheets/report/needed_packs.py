"""What needs a person about the packs: what can go out, what came to a released one, what no meeting decided on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cluster_sheets.base.money import pounds
from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.store import audit, cases, decisions, nights, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Lies, Pack, PackState
from cluster_sheets.store.places import Places

_DECIDE, _FILE, _TELL = 2, 5, 5
"""Minutes a thing takes, by our own count: only to say what a morning holds."""


def of_packs(
    store: Store, register: Register, places: Places, as_of: datetime, *, finished: bool = True
) -> Iterator[Need]:
    """All of it; ``finished``: the night came to its end, so that what is checked may be released."""
    newest_ = newest(packs.everything(store))
    yield from _to_hear(store, register, as_of, newest_, finished=finished)
    yield from _not_as_released(store, register, places, as_of)
    yield from _undecided(store, register, places, as_of, newest_)
    yield from _other_decisions(store, register, places, as_of)
    yield from _moved_on(store, register, as_of)
    yield from _not_held(store, register)


def newest(every: Sequence[Pack]) -> Mapping[str, Pack]:
    """The newest version of each meeting's pack."""
    return {each.meeting: each for each in sorted(every, key=lambda pack: pack.version)}


def _to_hear(
    store: Store, register: Register, as_of: datetime, newest_: Mapping[str, Pack], *, finished: bool
) -> Iterator[Need]:
    """Packs of meetings to come that could go out, and those that hold more than a meeting can hear."""
    most, decided = register.settings.whole("cases_warn_over"), _decided(store)
    over = {meeting for meeting, _ in decided}
    for pack in newest_.values():
        meeting = register.meeting(pack.meeting)
        if meeting is None or meeting.status == CANCELLED or meeting.day < register.day_of(as_of):
            continue
        if pack.state is PackState.CHECKED and finished and pack.meeting not in over:
            yield _release(pack, meeting)
        count = sum((pack.meeting, ref) not in decided for ref in _standing(store, pack.meeting))
        if count > most:
            what = f"The pack has {count} cases; a meeting can hear about {most}."
            do = "Agree with the chair what the meeting can hear."
            yield Need(When.BEFORE_PACK, pack.meeting, what, do, 5, meeting.pack_out)


def _release(pack: Pack, meeting: Meeting) -> Need:
    what = "The pack is checked."
    if pack.version > 1:
        what = "A new version of the pack is checked; its first sheet says what changed."
    do = f"Release it: cluster-sheets panel release --meeting {pack.meeting}"
    return Need(When.BEFORE_PACK, pack.path, what, do, 1, meeting.pack_out, f"version {pack.version}")


def _not_as_released(store: Store, register: Register, places: Places, as_of: datetime) -> Iterator[Need]:
    """Released workbooks whose file is gone, or holds what nobody has checked."""
    for pack, lies in packs.not_as_released(store, places.root):
        what, do = "It was released, and is gone.", "Put it back from your backup."
        if lies is Lies.CHANGED:
            what = "It was changed after its release, and nobody has checked what was typed there."
            do = "Move it out of the folder, and put it back from your backup."
        do = f"{do[:-1]}, or have it written again: cluster-sheets panel release --meeting {pack.meeting}"
        yield Need(When.TODAY, pack.path, what, do, _FILE, register.day_of(as_of), f"version {pack.version}")


def _undecided(
    store: Store, register: Register, places: Places, as_of: datetime, newest_: Mapping[str, Pack]
) -> Iterator[Need]:
    """Cases of released packs whose meeting is over and whose decision is not in."""
    decided = _decided(store)
    for pack in newest_.values():
        meeting = register.meeting(pack.meeting)
        if not meeting or meeting.day >= register.day_of(as_of) or packs.released(store, pack.meeting) is None:
            continue
        left = sum((pack.meeting, ref) not in decided for ref in _standing(store, pack.meeting))
        if left:
            where = places.told(places.decisions(pack.meeting))
            what = f"{plural(left, 'case')} of the meeting {'has' if left == 1 else 'have'} no decision yet."
            do = (
                "Fill it in with the chair. If the meeting could not decide, put CANCELLED as its status into"
                " register.xlsx, Meetings: its cases then go to the next one."
            )
            yield Need(When.TODAY, where, what, do, left * _DECIDE, meeting.letters_by)


def _decided(store: Store) -> set[tuple[str, str]]:
    """(meeting, application) of all that any meeting decided."""
    return {(each.meeting, each.application_ref) for each in decisions.everything(store)}


def _standing(store: Store, meeting: str) -> list[str]:
    """Applications of the cases that stand in a meeting's pack."""
    return [each.application_ref for each in cases.standing(store, meeting)]


def _other_decisions(store: Store, register: Register, places: Places, as_of: datetime) -> Iterator[Need]:
    """Workbooks beside a decisions workbook that are called much like it: somebody may have filled in one of them."""
    for folder in sorted((places.root / "panel").glob("*")):
        read = places.decisions(folder.name)
        for path in sorted(folder.glob("[dD]ecision*")):
            if path.name == read.name:
                continue
            waits = {each.application_ref for each in cases.standing(store, folder.name)}
            waits -= {each.application_ref for each in decisions.of_meeting(store, folder.name)}
            what = f"It is not read. Of this folder only {read.name} is."
            do = f"If it says what was decided, put it in the place of {read.name}, under that name. Else move it away."
            when = When.TODAY if waits else When.LATER
            yield Need(when, places.told(path), what, do, _FILE, register.day_of(as_of) if waits else None)


def _moved_on(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """Cases that went on to another meeting than the one that was to hear them."""
    for told, count in audit.told_in(store, nights.span(store, as_of), audit.MOVED_ON).items():
        what = f"{plural(count, 'case')} went on from {told}."
        do = "Tell their schools: nobody was written to about it."
        yield Need(When.TODAY, "The packs", what, do, _TELL, register.day_of(as_of))


def _not_held(store: Store, register: Register) -> Iterator[Need]:
    """Meetings that gave money, and that the register says are not held or does not name any more."""
    given: Counter[str] = Counter()
    for each in decisions.standing(store):
        given[each.meeting] += each.amount_pence
    for meeting_id, pence in sorted(given.items()):
        meeting = register.meeting(meeting_id)
        if pence and (meeting is None or meeting.status == CANCELLED):
            what = "The register says that it is cancelled" if meeting else "The register names it no more"
            what = f"{what}, but {pounds(pence)} was given there, and stands."
            do = (
                "Put it back into register.xlsx, Meetings, as it was held: the statements of its year go by it."
                " What it gave is undone in its decisions workbook."
            )
            yield Need(When.LATER, meeting_id, what, do, _TELL)
