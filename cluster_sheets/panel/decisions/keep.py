"""Keeps what a meeting decided, all of it in one transaction: decisions, where each case stands now, the audit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.panel.assign import next_version
from cluster_sheets.panel.decisions.check import Decided, Judged
from cluster_sheets.panel.decisions.view import ADVICE
from cluster_sheets.register.model import Meeting
from cluster_sheets.store import applications, audit, cases, decisions, packs, seen_files
from cluster_sheets.store.applications import VALID, Application
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import (
    ADVICE_ONLY,
    DEFERRED,
    NOT_AGREED,
    TO_CONTINGENCY,
    WITHDRAWN,
    Decision,
)

KIND = "decisions"
"""Of the file, as the store calls those it has seen."""
CHAIR = "chair"
"""Who, in the audit."""
CONTINGENCY = "CONTINGENCY"
_STATES = {
    NOT_AGREED: applications.NOT_AGREED,
    ADVICE_ONLY: applications.ADVISED,
    WITHDRAWN: applications.WITHDRAWN,
    DEFERRED: VALID,
    TO_CONTINGENCY: VALID,
}
"""State of an application after each outcome that gives no money."""


def keep(store: Store, meeting: Meeting, told: Judged, sha256: str, as_of: datetime) -> tuple[Decision, ...]:
    """Keeps the decisions of a meeting and gives back those that say something new."""
    with store.transaction():
        by_ref = {each.facts.application_ref: each for each in told.decided}
        before = {each.application_ref: each for each in decisions.of_meeting(store, meeting.meeting_id)}
        new = decisions.record_many(store, [_decision(meeting, told, each, as_of) for each in told.decided])
        changed = [by_ref[each.application_ref] for each in new if _differs(each, before.get(each.application_ref))]
        # What a later meeting has had before it is that meeting's: only words about it can change here.
        _carry(store, meeting, [each for each in changed if not each.facts.gone_on_to])
        audit.append_many(store, [_line(store, each, sha256, as_of) for each in new])
        if told.decided:
            decisions.keep_quorum(store, meeting.meeting_id, meeting.quorum_needed, as_of, CHAIR)
        seen_files.was_read(store, KIND, meeting.meeting_id, sha256, as_of)
        return new


def _differs(each: Decision, before: Decision | None) -> bool:
    """Whether a decision says something else of its case: not only of the meeting, and not in other words.

    Where it does not, the case stays as it is: what was not agreed may have come back since.
    """
    return before is None or (each.outcome, each.amount_pence, each.pot) != (
        before.outcome,
        before.amount_pence,
        before.pot,
    )


def _decision(meeting: Meeting, told: Judged, each: Decided, as_of: datetime) -> Decision:
    return Decision(
        meeting=meeting.meeting_id,
        application_ref=each.facts.application_ref,
        outcome=each.outcome,
        amount_pence=each.pence,
        pot="" if each.facts.purpose == ADVICE else each.facts.fund[1],
        eligible=told.eligible,
        present=told.present,
        in_favour=None,
        against=None,
        abstain=None,
        decided_on=told.held_on,
        recorded_at=as_of,
        conditions=each.conditions,
        feedback=each.feedback,
    )


def _carry(store: Store, meeting: Meeting, changed: Sequence[Decided]) -> None:
    """Puts cases off to their next meeting, or takes them back where the chair has changed that."""
    asked = applications.get_many(store, [each.facts.application_ref for each in changed])
    listed = {each.application_ref: each for each in cases.of_meeting(store, meeting.meeting_id)}
    moved = []
    for each in changed:
        case = listed[each.facts.application_ref]
        if case.carried_to != each.carried_to:
            moved.append(replace(case, carried_to=each.carried_to))
    _take_out_of_drafts(store, meeting, [each.application_ref for each in moved])
    cases.save_many(store, moved)
    applications.save_many(store, [_after(asked[each.facts.application_ref], meeting, each) for each in changed])


def _take_out_of_drafts(store: Store, meeting: Meeting, application_refs: Sequence[str]) -> None:
    """Cases whose being put off has changed leave the later pack, never released, that they have come into since."""
    stand = cases.of_applications(store, application_refs).values()
    there = [each for each in stand if each.meeting != meeting.meeting_id]
    out = [replace(each, version_out=next_version(packs.current(store, each.meeting))) for each in there]
    cases.save_many(store, out)


def _after(application: Application, meeting: Meeting, each: Decided) -> Application:
    """An application after the decision: its state, the meeting it is before, and the fund it asks."""
    passed_on = each.outcome == TO_CONTINGENCY
    return replace(
        application,
        state=_STATES.get(each.outcome, applications.AGREED),
        meeting=each.carried_to or meeting.meeting_id,
        pot=CONTINGENCY if passed_on else each.facts.fund[1],
    )


def _line(store: Store, each: Decision, sha256: str, as_of: datetime) -> audit.Line:
    return audit.Line(
        as_of,
        CHAIR,
        decisions.DECIDED,
        decisions.told(each),
        application_ref=each.application_ref,
        in_hash=keyed_hash(store.key, "file", sha256),
        out_hash=each.content_hash,
    )
