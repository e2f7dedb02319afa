"""Telling: the rows of the outbox that a wave of verdicts makes, kept in the verdicts' own transaction.

In: submissions of a wave, and their units as judged. Out: rows; whoever sent several workbooks in one mail gets one
message for each school they count for.
Never: tells a verdict twice, or answers mail that a program must not answer (mail.md 9); nor, to what brings nothing
new, gives the same answer twice within some days: a program at the other end may be answering ours.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cluster_sheets.base.finding import Severity
from cluster_sheets.register.model import Register
from cluster_sheets.store import marks, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.replies import About, OutboxState, Reply
from cluster_sheets.store.units import ReplyState, State, Unit
from cluster_sheets.verdict.decided import closed
from cluster_sheets.verdict.submission import RETURN, Submission
from cluster_sheets.verdict.turns import Turns

PRESSING = ("mend", "refused", "held", "late", "receipt", "note")
"""Kinds of reply: a message that tells several verdicts is called after the first of these."""
_EVERY_TIME = ("receipt", "late")
"""Kinds that only what is accepted brings: there is always something new to tell."""


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
        turns = Turns(self._store, [each.unit_id for _, each, _, _, _ in wanted])
        again = self._told_lately({unit.unit_id: says for _, _, unit, _, says in wanted if says})
        waiting = self._waiting({thread for thread, _, _, _, _ in wanted})
        for thread, before, unit, kind, _ in wanted:
            turn = turns.of(before, unit, kind, counts=kind in _EVERY_TIME)
            if not turn:
                told.states[unit.unit_id] = unit.reply
                continue
            if unit.unit_id in again:
                continue
            message = self._joined(waiting.setdefault(thread, []), thread, unit, kind, turn)
            told.about.append(About(unit.unit_id, kind, unit.version or 1, turn, message.reply.message_id))
            told.states[unit.unit_id] = ReplyState.DUE
        told.replies = [each.reply for found in waiting.values() for each in found if each.changed]
        return told

    def _wanted(self, wave: Sequence[Submission], judged: Sequence[Unit]) -> Iterator[tuple[str, Unit, Unit, str, str]]:
        """(thread, unit as it was, as judged, kind of reply, what it says) of each that a school is to be told.

        Also where the school has no address now: then the reply waits until it has one.
        """
        for each, unit in zip(wave, judged, strict=True):
            kind = reply_kind(each, unit)
            if kind and not each.arrived.quiet and each.urn:
                says = "" if kind in _EVERY_TIME else _says(each, unit, kind)
                yield replies.thread_of(self._store, unit.mail_sha256, each.urn), each.unit, unit, kind, says

    def _told_lately(self, says: Mapping[str, str]) -> frozenset[str]:
        """Units that would be told just what their school was told some days ago, or is told of a unit before them."""
        if not says:
            return frozenset()
        marks.replace_many(self._store, marks.SAID, [(unit_id, (text,)) for unit_id, text in says.items()])
        alike = marks.units_with(self._store, marks.SAID, set(says.values()))
        others = {unit_id for found in alike.values() for unit_id in found} - says.keys()
        since = self._as_of - timedelta(days=self._register.settings.whole("same_reply_after_days"))
        known = units.get_many(self._store, others)
        lately = {unit_id for unit_id, unit in known.items() if unit.judged_at and unit.judged_at > since}
        told = {each.unit_id for each in replies.verdicts_of(self._store, lately)}
        said = {text for text, found in alike.items() if told.intersection(found)}
        again = set()
        for unit_id, text in says.items():
            if text in said:
                again.add(unit_id)
            said.add(text)
        return frozenset(again)

    def _waiting(self, threads: set[str]) -> dict[str, list[_Open]]:
        """Messages of these threads that a chunk before has made, and no night has written."""
        found = replies.due_in(self._store, threads)
        if not found:
            return {}
        about = replies.told_of(self._store, [each.message_id for many in found.values() for each in many])
        return {thread: [_Open(each, _units(about, each)) for each in many] for thread, many in found.items()}

    def _joined(self, waiting: list[_Open], thread: str, unit: Unit, kind: str, turn: int) -> _Open:
        """The message that tells this verdict: one to the same school about the same mail, or a new one."""
        for each in waiting:
            if unit.unit_id not in each.units:
                each.units.add(unit.unit_id)
                if PRESSING.index(kind) < PRESSING.index(each.reply.kind):
                    path = each.reply.path.replace(f"-{each.reply.kind}-", f"-{kind}-", 1)
                    each.reply, each.changed = replace(each.reply, kind=kind, path=path), True
                return each
        waiting.append(_Open(self._new(thread, unit, kind, turn), {unit.unit_id}, changed=True))
        return waiting[-1]

    def _new(self, thread: str, unit: Unit, kind: str, turn: int) -> Reply:
        version = unit.version or 1
        name = f"{kind}.{unit.form_ref or unit.unit_id}.{version}.{turn}"
        # By day and kind in a listing of the folder; a reference, never a name: the path stands in cluster.db.
        again = f"-{turn}" if turn > 1 else ""
        path = f"outbox/{self._today}-{kind}-{unit.application_ref or unit.unit_id}-v{version}{again}.eml"
        return Reply(f"<{name}@{replies.OWN_DOMAIN}>", thread, kind, OutboxState.DUE, path, self._as_of)


def _units(about: Mapping[str, Sequence[About]], reply: Reply) -> set[str]:
    return {each.unit_id for each in about.get(reply.message_id, ())}


def _says(each: Submission, unit: Unit, kind: str) -> str:
    """What tells one answer from another: the school, what was found, and the answers or the file it was found in.

    A mail with nothing in it to be read is like any other of its school; of a form, what is only noted is nothing new.
    """
    counts = [one for one in each.findings if one.severity != Severity.NOTE or not each.typed]
    found = sorted(f"{one.code} {one.place.sheet} {one.place.cell} {one.detail}" for one in counts)
    nothing = kind == "note" and each.arrived.by_mail and unit.file_sha256 == unit.mail_sha256
    what = each.typed.record().to_json() if each.typed else "" if nothing else unit.file_sha256
    return json.dumps([each.urn, kind, unit.form_ref, found, what])


def reply_kind(each: Submission, unit: Unit) -> str:
    """What a school is told of a verdict; empty where there is nothing to tell."""
    match unit.state:
        case State.ACCEPTED:
            return "late" if each.waits.code else "receipt"
        case State.RETURNED if closed(each.findings, returned=each.answer == RETURN):
            # Whatever else is the matter with it: mended, it would change nothing.
            return "note"
        case State.RETURNED:
            return "mend" if each.raw and each.raw.ours else "refused"
        case State.HELD:
            return "held"
        case State.QUARANTINED:
            return "refused"
        case _:
            return "note" if each.findings else ""
