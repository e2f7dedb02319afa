"""Moved on: cases of a meeting that decided nothing wait for the next meeting of its kind.

In: accepted applications without a decision, the register. Out: the meeting each waits for, in the store and the audit.
Never: moves what was decided for good, or a case of a released pack whose meeting is over: there only the chair can
say, and a meeting that met and could not decide is CANCELLED in the register. What is before a meeting again goes on
from one that has decided on it: that one never looks at it any more, and it would wait for good.
Source: submission.md, "an accepted application is in exactly one meeting's pack".
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from cluster_sheets.panel.view import CONTINGENCY
from cluster_sheets.register.model import CANCELLED, CITY, CLUSTER, Came, Register
from cluster_sheets.store import applications, audit, cases, decisions, packs, questions, redactions, units
from cluster_sheets.store.applications import Application
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Pack
from cluster_sheets.verdict import decided, listed
from cluster_sheets.verdict.decided import Heard

NOWHERE = "no meeting"
_GONE, _CANCELLED = "the register no longer has that meeting", "that meeting is cancelled"
_NOT_RELEASED = "that meeting is over, and its pack was never released"
_NOT_HELD = "that meeting is over, and its released pack did not hold them"
_DECIDED = "that meeting has decided on them already"
_AFTER_ALL = "that meeting is held after all"
_PLANNED = "it is planned now"
Why = Callable[[Application], str]
"""Why an application cannot wait for its meeting any longer; empty where it can."""


def move_on(store: Store, register: Register, as_of: datetime, claimed: Collection[str] = ()) -> None:
    """Has every case whose meeting will not decide on it wait for the next that will; within a transaction.

    Where the calendar has none, it waits without a meeting until it has one; where a meeting is held after all, its
    cases come back. ``claimed``: meetings of which the chair says that they have decided, though their pack was never
    released; the admin must say first which of it is true.
    """
    today = register.day_of(as_of)
    for each, own in applications.away(store):
        meeting = register.meeting(own)
        if meeting and meeting.status != CANCELLED and meeting.day >= today:
            _keep(store, [(each, own, _AFTER_ALL)], as_of)
    for meeting_id in applications.meetings_undecided(store):
        why = None if meeting_id in claimed else _why(store, register, meeting_id, today)
        if why is not None:
            waiting = applications.undecided(store, meeting_id)
            _go_on(store, register, [(each, told) for each in waiting if (told := why(each))], as_of)
    _go_on(store, register, [(each, _DECIDED) for each in _comes_back(store)], as_of)


def _comes_back(store: Store) -> list[Application]:
    """Those that wait, though the meeting they wait for has put them off, passed them on or not agreed."""
    waiting = applications.decided_where_they_wait(store)
    told = decisions.of_applications(store, [each.application_ref for each in waiting]) if waiting else ()
    back = {(each.meeting, each.application_ref) for each in told if each.outcome in decisions.COMES_BACK}
    return [each for each in waiting if (each.meeting, each.application_ref) in back]


def _why(store: Store, register: Register, meeting_id: str | None, today: date) -> Why | None:
    """Why cases of a meeting go on; None where all of them still wait for it."""
    if meeting_id is None:
        return lambda _: _PLANNED
    meeting = register.meeting(meeting_id)
    if meeting is None:
        return lambda _: _GONE
    if meeting.status == CANCELLED:
        return lambda _: _CANCELLED
    if meeting.day >= today:
        return None
    pack = packs.released(store, meeting_id)
    if pack is None:
        return lambda _: _NOT_RELEASED
    out = _held(store, pack)
    return lambda each: "" if each.application_ref in out else _NOT_HELD


def _held(store: Store, pack: Pack) -> frozenset[str]:
    """Applications whose case stands in a released pack."""
    standing = cases.standing(store, pack.meeting)
    return frozenset(each.application_ref for each in standing if each.version_in <= pack.version)


def _go_on(store: Store, register: Register, gone: Sequence[tuple[Application, str]], as_of: datetime) -> None:
    """Has these wait for the next meeting each, with why."""
    if not gone:
        return
    heard = decided.heard(store, [each.form_ref for each, _ in gone])
    found = units.get_many(store, [each.current_unit for each, _ in gone])
    today = register.day_of(as_of)
    wanted = []
    for each, told in gone:
        received = found[each.current_unit].received_at
        wanted.append((each, _next(register, each, received, today, heard.get(each.form_ref)), told))
    _keep(store, wanted, as_of)


def _keep(store: Store, wanted: Iterable[tuple[Application, str | None, str]], as_of: datetime) -> None:
    """Keeps which meeting each application waits for now, and why; one that waits as before is left alone."""
    moved = [told for told in wanted if told[0].meeting != told[1]]
    if not moved:
        return
    applications.save_many(store, [replace(each, meeting=after) for each, after, _ in moved])
    audit.append_many(store, [_line(*told, as_of) for told in moved])
    listed.look_once_more(store)
    # What was left to ask is asked by the meeting that hears the case; what was answered stays answered.
    about = [each.current_unit for each, _, _ in moved]
    questions.drop_open(store, about)
    redactions.forget_many(store, about)


def _line(each: Application, after: str | None, why: str, as_of: datetime) -> audit.Line:
    text = f"{each.meeting or NOWHERE} to {after or NOWHERE}: {why}"
    return audit.Line(as_of, audit.NIGHT, audit.MOVED_ON, text, application_ref=each.application_ref)


def _next(register: Register, each: Application, received: datetime, today: date, heard: Heard | None) -> str | None:
    """The next meeting of the kind that an application waited for, from today on, that it came in time for."""
    before = register.meeting(each.meeting) if each.meeting else None
    passed_on = heard is not None and heard.passed_on
    of_city = each.pot == CONTINGENCY if before is None else before.kind == CITY
    kind = CITY if passed_on or of_city else CLUSTER
    since = max(today, before.day if before else date.min)
    after = register.next_of(kind, each.cluster, since, Came(received, received), heard.decided if heard else ())
    return after.meeting_id if after else None
