"""Assign: an accepted application gets a case in its meeting's pack, and leaves it when it no longer belongs there.

In: applications that stand in no pack, cases that stand in the wrong one, those whose meeting is not to be.
Out: rows of the store, in one transaction.
Never: gives a reference twice, or changes the order of cases that have a place.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from cluster_sheets.base.reference import case_references, shuffle_key
from cluster_sheets.panel.moved_on import move_on
from cluster_sheets.register.model import Register
from cluster_sheets.store import applications, cases, decisions, packs, provenance
from cluster_sheets.store.applications import Application
from cluster_sheets.store.cases import Case, CaseKey
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Pack, PackState

_PLACE_BYTES = 6
_CHUNK = 2_000


def assign(store: Store, register: Register, as_of: datetime, claimed: Collection[str] = ()) -> None:
    """Brings every pack's list of cases up to what is accepted now; ``claimed`` is for ``move_on``."""
    with store.transaction():
        move_on(store, register, as_of, claimed)
        gone, waiting = cases.out_of_place(store), cases.without_pack(store)
        if not gone and not waiting:
            return
        _take_out(store, register, gone, as_of)
        # Asked again: what was taken out of one meeting may wait for another.
        refs = cases.without_pack(store)
        by_meeting: dict[str, list[Application]] = {}
        for start in range(0, len(refs), _CHUNK):
            for each in applications.get_many(store, refs[start : start + _CHUNK]).values():
                if each.meeting is not None:
                    by_meeting.setdefault(each.meeting, []).append(each)
        for meeting, wanted in sorted(by_meeting.items()):
            _put_in(store, meeting, wanted)


def next_version(pack: Pack | None) -> int:
    """Version of a pack that a change goes into: a released one changes only by a new version."""
    if pack is None:
        return 1
    return pack.version + 1 if pack.state is PackState.RELEASED else pack.version


def _take_out(store: Store, register: Register, gone: Iterable[Case], as_of: datetime) -> None:
    today = register.day_of(as_of)
    now = applications.get_many(store, [each.application_ref for each in gone])
    had = {(each.meeting, each.application_ref) for each in decisions.of_applications(store, list(now))}
    versions: dict[str, int] = {}
    out = []
    for each in gone:
        if each.meeting not in versions:
            versions[each.meeting] = next_version(packs.current(store, each.meeting))
        moved = now[each.application_ref].meeting
        carried = moved if moved != each.meeting else None
        meeting = register.meeting(each.meeting)
        # Once a meeting is over, or has decided on it, its pack stays as it was read; the case is only carried on.
        over = meeting is not None and meeting.day < today
        over = carried is not None and (over or (each.meeting, each.application_ref) in had)
        out.append(replace(each, carried_to=carried, version_out=None if over else versions[each.meeting]))
    cases.save_many(store, out)


def _put_in(store: Store, meeting: str, wanted: list[Application]) -> None:
    version = next_version(packs.current(store, meeting))
    before = cases.of_meeting_and(store, meeting, [each.application_ref for each in wanted])
    back = [case.back_in(version) for case in before.values()]
    new = list(_new(store, meeting, [each for each in wanted if each.application_ref not in before], version))
    cases.save_many(store, [*back, *new])
    urns = provenance.urns(store, [each.current_unit for each in wanted])
    units = {each.application_ref: each.current_unit for each in wanted}
    cases.put_keys(
        store,
        (
            CaseKey(meeting, case.case_ref, case.application_ref, urns[units[case.application_ref]])
            for case in (*back, *new)
            if units[case.application_ref] in urns
        ),
    )


def _new(store: Store, meeting: str, wanted: list[Application], version: int) -> Iterator[Case]:
    keyed = sorted(
        ((shuffle_key(store.key, meeting, each.form_ref), each) for each in wanted), key=lambda pair: pair[0]
    )
    forms = [each.form_ref for _, each in keyed]
    references = case_references(store.key, meeting, forms, cases.taken(store, meeting))
    for (place, each), reference in zip(keyed, references, strict=True):
        # A place of its own from the start, so that one who comes later moves nobody and is not seen to be late.
        position = int.from_bytes(place[:_PLACE_BYTES], "big")
        yield Case(meeting, each.application_ref, reference, position, version)
