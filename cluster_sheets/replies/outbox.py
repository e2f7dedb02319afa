"""The outbox as a person handles it: what lies in it and how far it has come; sent once more, or never.

In: names of messages, who says so and why. Out: rows as they then stand, a line of the audit for each.
Never: sends anything itself (the next run does), or tells of a school's name but where it is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cluster_sheets.register.model import Register
from cluster_sheets.replies.stage import address
from cluster_sheets.store import audit, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState, Reply
from cluster_sheets.verdict.word import NotDoneError, Word

HOW_FAR: Mapping[OutboxState, str] = {
    OutboxState.DUE: "to be written by the next run",
    OutboxState.WRITTEN: "in private/outbox, for you to send",
    OutboxState.QUEUED: "waits to be sent",
    OutboxState.SENDING: "nobody knows yet whether the mail server has it: the next run finds out",
    OutboxState.SENT: "sent",
    OutboxState.FAILED: "not sent: refused, or put off too often",
    OutboxState.CANCELLED: "cancelled",
    OutboxState.UNDELIVERABLE: "undeliverable: it came back",
}
"""How far a message has come, in words."""


class OutboxError(NotDoneError):
    """Something cannot be done with a message; the message says why, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One message as it is told of: by references, never by a school's name."""

    name: str
    kind: str
    state: str
    how_far: str
    about: tuple[str, ...]
    """References of its applications; units where there is none."""
    judged_at: str
    sent_at: str
    attempts: int
    answer: str


@dataclass(frozen=True, slots=True)
class To:
    """Whom a message goes to."""

    school: str
    address: str
    """By the register as it is now; empty where it has none."""


def listed(store: Store, some: Sequence[Reply]) -> tuple[Listed, ...]:
    """Messages as they are told of."""
    about = _about(store, some)
    return tuple(
        Listed(
            name=each.name,
            kind=each.kind,
            state=str(each.state),
            how_far=HOW_FAR[each.state],
            about=about[each.message_id],
            judged_at=_minute(each.judged_at),
            sent_at=_minute(each.sent_at),
            attempts=each.attempts,
            answer=each.answer,
        )
        for each in some
    )


def found(store: Store, told: str) -> Reply:
    """The message of that name or that file, or the only one that begins so or is about that application or unit.

    Raises OutboxError.
    """
    told = told.replace("\\", "/").rpartition("/")[2].removesuffix(".eml")
    every = replies.everything(store)
    about, name = _about(store, every), told.casefold()
    meant = [each for each in every if each.name.casefold() == name] or [
        each
        for each in every
        if name
        and (each.name.casefold().startswith(name) or {told.upper(), f"Unit {name}"} & {*about[each.message_id]})
    ]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise OutboxError(f"There is no message {told} in the outbox. See all with: cluster-sheets outbox list")
    names = "\n".join(f"  {each.name}" for each in meant)
    raise OutboxError(f"{len(meant)} messages are meant by {told}. Name one:\n{names}")


def to_whom(store: Store, register: Register, reply: Reply, as_of: datetime) -> To:
    """Whom a message goes to, by the register as it is now."""
    told = replies.told_of(store, [reply.message_id])[reply.message_id]
    urn = provenance.urns(store, [each.unit_id for each in told]).get(told[0].unit_id, "")
    school = register.schools.get(urn)
    return To(school.name if school else "", address(register, urn, register.day_of(as_of)))


def retry(store: Store, some: Sequence[Reply], said: Word) -> tuple[Reply, ...]:
    """Has these written and sent once more by the next run, all of them or none; those as they then stand.

    They go to whomever the school has by then, under the message ids they had. Raises OutboxError.
    """
    for each in some:
        if each.state in replies.UNFINISHED:
            raise OutboxError(f"{each.name} needs no retry: it {_waiting(each.state)}.")
        if each.state is OutboxState.SENT:
            raise OutboxError(f"{each.name} was sent. If the school has lost it, send it on from the mailbox.")
    again = tuple(
        replace(
            each, state=OutboxState.DUE, attempts=0, answer="", tried_at=None, sent_at=None, returned_in=None
        )
        for each in some
    )  # fmt: skip
    _keep(store, again, "reply-retry", said)
    return again


def cancel(store: Store, places: Places, some: Sequence[Reply], said: Word) -> tuple[Reply, ...]:
    """Has these never sent, all of them or none, and takes their files out of the outbox. Raises OutboxError."""
    for each in some:
        if each.state is OutboxState.SENT:
            raise OutboxError(f"{each.name} was sent: it cannot be called back.")
    cancelled = tuple(replace(each, state=OutboxState.CANCELLED) for each in some)
    fresh = [each for each, before in zip(cancelled, some, strict=True) if before.state is not OutboxState.CANCELLED]
    _keep(store, fresh, "reply-cancelled", said)
    for each in cancelled:
        (places.private / each.path).unlink(missing_ok=True)
    return cancelled


def _waiting(state: OutboxState) -> str:
    return "is written by the next run" if state is OutboxState.DUE else "waits, and the next run sends it"


def _keep(store: Store, some: Sequence[Reply], event: str, said: Word) -> None:
    if not some:
        return
    told = replies.told_of(store, [each.message_id for each in some])
    known = units.get_many(store, {each.unit_id for many in told.values() for each in many})
    lines = []
    for each in some:
        unit = known[told[each.message_id][0].unit_id]
        text = f"{each.name}: {said.why}"
        lines.append(audit.Line(said.at, said.who, event, text, unit.unit_id, unit.application_ref))
    with store.transaction():
        replies.save_many(store, some)
        audit.append_many(store, lines)


def _about(store: Store, some: Sequence[Reply]) -> dict[str, tuple[str, ...]]:
    told = replies.told_of(store, [each.message_id for each in some])
    known = units.get_many(store, {each.unit_id for many in told.values() for each in many})
    return {
        message_id: tuple(known[each.unit_id].application_ref or f"Unit {each.unit_id}" for each in many)
        for message_id, many in told.items()
    }


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%dT%H:%M}Z"
