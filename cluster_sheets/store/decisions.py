"""Decisions: what each meeting decided on each case; a changed one is a new version, and the earlier is kept."""

import json
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, replace
from datetime import UTC, date, datetime

from cluster_sheets.base.money import pounds
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.store import applications, audit, drawer, meta, moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table


@dataclass(frozen=True, slots=True)
class Decision:
    """What one meeting decided on one application."""

    meeting: str
    application_ref: str
    outcome: str
    amount_pence: int
    pot: str
    eligible: int | None
    """How many might vote, how many were there, and how they voted."""
    present: int | None
    in_favour: int | None
    against: int | None
    abstain: int | None
    decided_on: date | None
    recorded_at: datetime
    version: int = 0
    """Given when it is kept: 1, then 2 where the chair changed it."""
    content_hash: str = ""
    """Given when it is kept."""
    conditions: str = ""
    """Kept sealed, as is the feedback: the chair's own words."""
    feedback: str = ""


_TABLE = Table(
    "cluster.decision",
    Decision,
    ("meeting", "application_ref", "version"),
    {
        "decided_on": (lambda day: day and day.isoformat(), lambda text: text and date.fromisoformat(text)),
        "recorded_at": (moment.told, moment.read),
    },
    apart=("conditions", "feedback"),
)
_TIMELESS = datetime(1, 1, 1, tzinfo=UTC)
DEFERRED, NOT_AGREED, TO_CONTINGENCY = "DEFERRED", "NOT_AGREED", "TO_CONTINGENCY"
ADVICE_ONLY, WITHDRAWN = "ADVICE_ONLY", "WITHDRAWN"
AGREED, LESS, WITH_CONDITIONS = "AGREED", "AGREED_LESS", "AGREED_WITH_CONDITIONS"
GIVES = (AGREED, LESS, WITH_CONDITIONS)
"""Outcomes that give money."""
COMES_BACK = (DEFERRED, TO_CONTINGENCY, NOT_AGREED)
"""Outcomes after which a request may come before another meeting."""
DECIDED, QUORUM = "decided", "quorum"
"""Events of the audit: a decision was taken; how many had to be there for a meeting's decisions."""


def record_many(store: Store, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Keeps decisions, and gives back those that say something new, with their version and hash.

    One that says what is kept already adds nothing. The applications come first.
    """
    wanted = list(decisions)
    meetings = {each.meeting for each in wanted}
    kept = {(each.meeting, each.application_ref): each for meeting in meetings for each in of_meeting(store, meeting)}
    new = []
    for each in wanted:
        hashed = content_hash(store.key, each)
        before = kept.get((each.meeting, each.application_ref))
        if before is None or before.content_hash != hashed:
            version = before.version + 1 if before else 1
            new.append(replace(each, version=version, content_hash=hashed))
    store.write(_TABLE.insert, _TABLE.written(new))
    units = applications.get_many(store, [each.application_ref for each in new])
    told_on = [
        (_id(each), units[each.application_ref].current_unit, json.dumps([each.conditions, each.feedback]))
        for each in new
        if each.conditions or each.feedback
    ]
    drawer.put_many(store, drawer.DECISION_TEXT, told_on)
    return tuple(new)


def content_hash(key: bytes, decision: Decision) -> str:
    """Keyed hash of all that a decision says, its words with it; not of when it was kept, and as which version."""
    said = replace(decision, version=0, content_hash="", recorded_at=_TIMELESS)
    return keyed_hash(key, "decision", *(repr(value) for value in astuple(said)))


def told(decision: Decision) -> str:
    """What the audit's line on it says."""
    amount = f" {pounds(decision.amount_pence)}" if decision.amount_pence else ""
    return f"{decision.meeting} {decision.outcome}{amount}, version {decision.version}"


def of_meeting(store: Store, meeting: str) -> tuple[Decision, ...]:
    """What stands decided in a meeting, by application: the newest version of each."""
    return _read(
        store,
        f"{_TABLE.select} AS d WHERE meeting = ? AND version = (SELECT MAX(version) FROM cluster.decision AS other"
        " WHERE other.meeting = d.meeting AND other.application_ref = d.application_ref) ORDER BY application_ref",
        (meeting,),
    )


def how_many(store: Store) -> dict[str, int]:
    """How many decisions of each meeting are kept, with every earlier version; meetings without any are left out."""
    return dict(store.ask("SELECT meeting, COUNT(*) FROM cluster.decision GROUP BY 1 ORDER BY 1"))


def standing(store: Store) -> tuple[Decision, ...]:
    """What stands decided in every meeting, by meeting and application: the newest version of each."""
    newest = {(each.meeting, each.application_ref): each for each in everything(store)}
    return tuple(newest.values())


def of_applications(store: Store, application_refs: Collection[str]) -> tuple[Decision, ...]:
    """What stands decided on these applications, by meeting: the newest version of each."""
    wanted = f"{_TABLE.select} WHERE application_ref IN (SELECT value FROM json_each(?))"
    told = _read(store, f"{wanted} ORDER BY meeting, application_ref, version", (listed(application_refs),))
    return tuple({(each.meeting, each.application_ref): each for each in told}.values())


def keep_quorum(store: Store, meeting: str, needed: int, at: datetime, who: str) -> None:
    """Keeps how many schools had to be there when a meeting decided: a year on the register may say otherwise."""
    meta.put(store, f"quorum {meeting}", str(needed))
    if quorums_told(store).get(meeting) != needed:
        audit.append_many(store, [audit.Line(at, who, QUORUM, f"{meeting} {needed}")])


def quorums_told(store: Store) -> dict[str, int]:
    """How many schools had to be there by the audit, of each meeting that it says so of."""
    said = [text.rpartition(" ") for text in audit.texts(store, QUORUM)]
    return {meeting: int(needed) for meeting, _, needed in said}


def quorum(store: Store, meeting: str) -> int | None:
    """How many schools had to be there when a meeting decided; None where it has not."""
    kept = meta.get(store, f"quorum {meeting}")
    return None if kept is None else int(kept)


def everything(store: Store) -> tuple[Decision, ...]:
    """All versions of all decisions, by meeting and application."""
    return _read(store, f"{_TABLE.select} ORDER BY meeting, application_ref, version", ())


def _read(store: Store, question: str, values: tuple[str, ...]) -> tuple[Decision, ...]:
    found = _TABLE.read(store.ask(question, values))
    texts = drawer.get_many(store, drawer.DECISION_TEXT, [_id(each) for each in found])
    return tuple(_with_words(each, texts.get(_id(each))) for each in found)


def _with_words(decision: Decision, sealed: str | None) -> Decision:
    if sealed is None:
        return decision
    conditions, feedback = json.loads(sealed)
    return replace(decision, conditions=conditions, feedback=feedback)


def _id(decision: Decision) -> str:
    return f"{decision.meeting} {decision.application_ref} {decision.version}"
