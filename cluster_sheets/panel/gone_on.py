"""Gone on: which later meeting has had a case since this one decided on it, so that it is decided there.

In: the register, and of the store cases, packs and decisions. Out: by application, the last such meeting.
Never: counts a version that was not released: what no panel was given may be taken back.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.store import cases, decisions, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import PackState


def gone_on_to(store: Store, register: Register, meeting: Meeting, application_refs: Collection[str]) -> dict[str, str]:
    """For each case that has gone on from ``meeting``, the last meeting that has had it; the others are left out."""
    told = {(each.application_ref, each.meeting) for each in decisions.of_applications(store, application_refs)}
    had = _given(store, application_refs)
    for application_ref, where in told:
        had[application_ref].add(where)
    stands = {ref: case.meeting for ref, case in cases.of_applications(store, application_refs).items()}

    def counts(application_ref: str, where: str) -> bool:
        if where in (meeting.meeting_id, stands.get(application_ref)):
            return where != meeting.meeting_id
        later = register.meeting(where)
        # Who has not decided yet changes nothing by deciding; of two meetings the calendar says which came after.
        if later is None or later.day <= meeting.day or (application_ref, meeting.meeting_id) not in told:
            return False
        return later.status != CANCELLED or (application_ref, where) in told

    found = {}
    for application_ref, meetings in had.items():
        on = [where for where in meetings if counts(application_ref, where)]
        if on:
            found[application_ref] = max(on, key=lambda where: (_day(register, where), where))
    return found


def _given(store: Store, application_refs: Collection[str]) -> defaultdict[str, set[str]]:
    """The meetings that had each application in a released version of their pack."""
    out: defaultdict[str, list[int]] = defaultdict(list)
    for pack in packs.everything(store):
        if pack.state is PackState.RELEASED:
            out[pack.meeting].append(pack.version)
    given: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases.everywhere(store, application_refs):
        if any(case.stood_in(version) for version in out[case.meeting]):
            given[case.application_ref].add(case.meeting)
    return given


def _day(register: Register, meeting_id: str) -> date:
    meeting = register.meeting(meeting_id)
    return meeting.day if meeting else date.min
