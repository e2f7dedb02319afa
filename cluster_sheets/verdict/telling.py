"""Telling: the rows of the outbox that a wave of verdicts makes, kept in the verdicts' own transaction.

In: submissions of a wave, and their units as judged. Out: rows; whoever sent several workbooks in one mail gets one
message for each school they count for.
Never: tells a verdict twice, or answers mail that a program must not answer (mail.md 9).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cluster_sheets.register.model import Register
from cluster_sheets.store import replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.replies import About, OutboxState, Reply
from cluster_sheets.store.units import ReplyState, State, Unit
from cluster_sheets.verdict.submission import Submission

PRESSING = ("mend", "refused", "held", "late", "receipt", "note")
"""Kinds of reply: a message that tells several verdicts is called after the first of these."""
_ORDINAL = 1
"""A verdict on one version of a form is told once, whatever it is."""


@dataclass
class Told:
    """What is to be told of a wave."""

    replies: list[Reply] = field(default_factory=list)
    """New rows, and rows that one more verdict changes."""
    about: list[About] = field(default_factory=list)
    states: dict[str, ReplyState] = field(default_factory=dict)
    """How far the telling has come, of the units that somebody is told about."""


@dataclass
class _Open:
    """A message that is not written yet, and the units it tells of."""

    reply: Reply
    units: set[str]
    changed: bool = False


class Telling:
    """Makes the rows. Made once for a wave."""

    def __init__(self, store: Store, register: Register, as_of: datetime) -> None:
        self._store, self._register, self._as_of = store, register, as_of
        self._today = register.day_of(as_of)

    def of(self, wave: Sequence[Submission], judged: Sequence[Unit]) -> Told:
        """The rows that these verdicts make."""
        told = Told()
        wanted = list(self._wanted(wave, judged))
        if not wanted:
            return told
        known = {each.verdict for each in replies.verdicts_of(self._store, [unit.unit_id for _, unit, _ in wanted])}
        waiting = self._waiting({thread for thread, _, _ in wanted})
        for thread, unit, kind in wanted:
            verdict = (unit.unit_id, kind, unit.version or 1, _ORDINAL)
            if verdict in known:
                told.states[unit.unit_id] = unit.reply
                continue
            message = self._joined(waiting.setdefault(thread, []), thread, unit, kind)
            told.about.append(About(*verdict, message.reply.message_id))
            told.states[unit.unit_id] = ReplyState.DUE
        told.replies = [each.reply for found in waiting.values() for each in found if each.changed]
        return told

    def _wanted(self, wave: Sequence[Submission], judged: Sequence[Unit]) -> Iterator[tuple[str, Unit, str]]:
        """(thread, unit, kind of reply) of each verdict that has somebody to be told to."""
        for each, unit in zip(wave, judged, strict=True):
            kind = reply_kind(each, unit)
            if kind and not each.arrived.quiet and each.urn and self._register.reply_addresses(each.urn, self._today):
                yield replies.thread_of(self._store, unit.mail_sha256, each.urn), unit, kind

    def _waiting(self, threads: set[str]) -> dict[str, list[_Open]]:
        """Messages of these threads that a chunk before has made, and no night has written."""
        found = replies.due_in(self._store, threads)
        if not found:
            return {}
        about = replies.told_of(self._store, [each.message_id for many in found.values() for each in many])
        return {thread: [_Open(each, _units(about, each)) for each in many] for thread, many in found.items()}

    def _joined(self, waiting: list[_Open], thread: str, unit: Unit, kind: str) -> _Open:
        """The message that tells this verdict: one to the same school about the same mail, or a new one."""
        for each in waiting:
            if unit.unit_id not in each.units:
                each.units.add(unit.unit_id)
                if PRESSING.index(kind) < PRESSING.index(each.reply.kind):
                    path = each.reply.path.replace(f"-{each.reply.kind}-", f"-{kind}-", 1)
                    each.reply, each.changed = replace(each.reply, kind=kind, path=path), True
                return each
        waiting.append(_Open(self._new(thread, unit, kind), {unit.unit_id}, changed=True))
        return waiting[-1]

    def _new(self, thread: str, unit: Unit, kind: str) -> Reply:
        version = unit.version or 1
        name = f"{kind}.{unit.form_ref or unit.unit_id}.{version}.{_ORDINAL}"
        # By day and kind in a listing of the folder; a reference, never a name: the path stands in cluster.db.
        path = f"outbox/{self._today}-{kind}-{unit.application_ref or unit.unit_id}-v{version}.eml"
        return Reply(f"<{name}@{replies.OWN_DOMAIN}>", thread, kind, OutboxState.DUE, path, self._as_of)


def _units(about: Mapping[str, Sequence[About]], reply: Reply) -> set[str]:
    return {each.unit_id for each in about.get(reply.message_id, ())}


def reply_kind(each: Submission, unit: Unit) -> str:
    """What a school is told of a verdict; empty where there is nothing to tell."""
    match unit.state:
        case State.ACCEPTED:
            return "late" if each.waits.code else "receipt"
        case State.RETURNED:
            return "mend" if each.raw and each.raw.ours else "refused"
        case State.HELD:
            return "held"
        case State.QUARANTINED:
            return "refused"
        case _:
            return "note" if each.findings else ""
