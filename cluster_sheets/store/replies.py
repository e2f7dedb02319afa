"""Replies: one row of the outbox for each message, with the verdicts it tells, so that nothing is told twice.

A row is written with the verdict. Its message id hangs on nothing but the submission and the kind of reply, so a
message that goes out again after a kill is still the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.marks import SAID
from cluster_sheets.store.nights import Span
from cluster_sheets.store.table import Table

OWN_DOMAIN = "replies.cluster-sheets.example"
"""Of the message ids we give: mail that carries one is ours."""


class OutboxState(StrEnum):
    """How far a reply has come."""

    DUE = "due"
    """Its verdict is kept; the message is not made yet."""
    WRITTEN = "written"
    """It lies in the outbox, for a person to send."""
    QUEUED = "queued"
    """It lies in the outbox, and waits for the mail server."""
    SENDING = "sending"
    """It was about to be handed over: nobody knows yet whether the server has it."""
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDELIVERABLE = "undeliverable"
    """It was sent, and came back."""


UNFINISHED = (OutboxState.DUE, OutboxState.QUEUED, OutboxState.SENDING)
"""States that the next run has something to do about."""
OUT = (OutboxState.WRITTEN, OutboxState.SENDING, OutboxState.SENT)
"""States of a message that somebody may have had: only such a one can come back."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a school."""

    message_id: str
    """Always the same for the same form, version, kind and ordinal of the first verdict it tells."""
    thread: str
    """Of the mail it answers and the school it goes to (``thread_of``)."""
    kind: str
    """The most pressing of the verdicts it tells."""
    state: OutboxState
    path: str
    """Of its file, from the private folder."""
    judged_at: datetime
    """When the verdict was given: the moment that the message bears."""
    attempts: int = 0
    """In how many runs it was handed to the mail server."""
    answer: str = ""
    """The server's last code, such as ``550 5.1.1``; never its words, which may name somebody."""
    tried_at: datetime | None = None
    """The run that last handed it over."""
    sent_at: datetime | None = None
    returned_in: str | None = None
    """The unit that is the delivery report saying nobody has it."""

    @property
    def name(self) -> str:
        """What people call it: the name of its file, without the folder and the ending."""
        return self.path.rpartition("/")[2].removesuffix(".eml")


@dataclass(frozen=True, slots=True)
class About:
    """One verdict that a message tells."""

    unit_id: str
    kind: str
    version: int
    ordinal: int
    message_id: str

    @property
    def verdict(self) -> tuple[str, str, int, int]:
        """What is told at most once."""
        return self.unit_id, self.kind, self.version, self.ordinal


_TABLE = Table(
    "cluster.outbox",
    Reply,
    ("message_id",),
    {
        "state": (str, OutboxState),
        "judged_at": (moment.told, moment.read),
        "tried_at": (moment.told_or_none, moment.read_or_none),
        "sent_at": (moment.told_or_none, moment.read_or_none),
    },
)
_ABOUT = Table("cluster.outbox_about", About, ("unit_id", "kind", "version", "ordinal"))
_IN_ORDER = "ORDER BY judged_at, message_id"
_SCHOOL_MAIL = "reply"
_ADDRESS = "address"
_PUT_ADDRESS = (
    "INSERT INTO reply_to (message_id, address) VALUES (?, ?)"
    " ON CONFLICT (message_id) DO UPDATE SET address = excluded.address"
)


def thread_of(store: Store, mail_sha256: str, urn: str) -> str:
    """What the messages have in common that answer one mail to one school."""
    return keyed_hash(store.key, _SCHOOL_MAIL, mail_sha256, urn)


def save_many(store: Store, replies: Iterable[Reply], about: Iterable[About] = ()) -> None:
    """Keeps replies as they now stand, and verdicts that they tell."""
    store.write(_TABLE.put, _TABLE.written(replies))
    store.write(_ABOUT.insert, _ABOUT.written(about))


def move_many(store: Store, message_ids: Iterable[str], state: OutboxState) -> None:
    """Notes how far these replies have come."""
    moved = [(str(state), message_id) for message_id in message_ids]
    store.write("UPDATE cluster.outbox SET state = ? WHERE message_id = ?", moved)


def in_state(store: Store, *states: OutboxState) -> tuple[Reply, ...]:
    """Replies that have come just so far, by the moment of their verdict."""
    marks = ", ".join(f"'{state}'" for state in states)
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE state IN ({marks}) {_IN_ORDER}"))


def any_in(store: Store, *states: OutboxState) -> bool:
    """Whether a reply has come just so far."""
    marks = ", ".join(f"'{state}'" for state in states)
    return bool(store.ask(f"SELECT 1 FROM cluster.outbox WHERE state IN ({marks}) LIMIT 1"))


def everything(store: Store) -> tuple[Reply, ...]:
    """All replies, by the moment of their verdict."""
    return _TABLE.read(store.ask(f"{_TABLE.select} {_IN_ORDER}"))


def get_many(store: Store, message_ids: Collection[str]) -> dict[str, Reply]:
    """The replies of these ids; unknown ids are left out."""
    rows = store.ask(f"{_TABLE.select} WHERE message_id IN (SELECT value FROM json_each(?))", (listed(message_ids),))
    return {each.message_id: each for each in _TABLE.read(rows)}


def due_in(store: Store, threads: Collection[str]) -> dict[str, tuple[Reply, ...]]:
    """Replies of these threads that are not written yet: one more verdict can still be told in them."""
    rows = store.ask(
        f"{_TABLE.select} WHERE state = 'due' AND thread IN (SELECT value FROM json_each(?)) {_IN_ORDER}",
        (listed(threads),),
    )
    found: dict[str, tuple[Reply, ...]] = {}
    for reply in _TABLE.read(rows):
        found[reply.thread] = (*found.get(reply.thread, ()), reply)
    return found


def told_of(store: Store, message_ids: Collection[str]) -> dict[str, tuple[About, ...]]:
    """The verdicts that each of these messages tells."""
    rows = store.ask(
        f"{_ABOUT.select} WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, unit_id, kind",
        (listed(message_ids),),
    )
    found: dict[str, tuple[About, ...]] = {}
    for each in _ABOUT.read(rows):
        found[each.message_id] = (*found.get(each.message_id, ()), each)
    return found


def verdicts_of(store: Store, unit_ids: Collection[str]) -> tuple[About, ...]:
    """All that was told, or is to be told, about each of these units."""
    rows = store.ask(
        f"{_ABOUT.select} WHERE unit_id IN (SELECT value FROM json_each(?)) ORDER BY unit_id, kind, version, ordinal",
        (listed(unit_ids),),
    )
    return _ABOUT.read(rows)


def counted(store: Store, night: Span | None = None) -> dict[str, dict[str, int]]:
    """How many replies of each kind have come how far; of one night: those about the verdicts it tells of."""
    where, given = ("WHERE judged_at > ? AND judged_at <= ?", night.bounds) if night else ("", ())
    asked = f"SELECT kind, state, COUNT(*) FROM cluster.outbox {where} GROUP BY kind, state ORDER BY kind, state"
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in store.ask(asked, given):
        found.setdefault(kind, {})[state] = number
    return found


def not_told_again(store: Store, night: Span) -> tuple[str, ...]:
    """Units of one night whose school was not told, because it had been told just that some days before."""
    rows = store.ask(
        "SELECT unit_id FROM cluster.unit JOIN mark USING (unit_id) WHERE kind = ? AND first_seen_night > ?"
        " AND first_seen_night <= ? AND reply = 'none'"
        " AND unit_id NOT IN (SELECT unit_id FROM cluster.outbox_about) ORDER BY unit_id",
        (SAID, *night.bounds),
    )
    return tuple(unit_id for (unit_id,) in rows)


def note_address(store: Store, message_id: str, address: str) -> None:
    """Notes to whom a message goes."""
    store.write(_PUT_ADDRESS, [(message_id, address_mark(store, address))])


def address_mark(store: Store, address: str) -> str:
    """The keyed hash that an address is counted under."""
    return keyed_hash(store.key, _ADDRESS, address.casefold())


def sent_since(store: Store, since: datetime) -> tuple[tuple[str, datetime], ...]:
    """(mark of the address, when) of each message sent from a moment on."""
    rows = store.ask(
        "SELECT reply_to.address, outbox.sent_at FROM cluster.outbox JOIN reply_to USING (message_id)"
        " WHERE outbox.sent_at >= ? ORDER BY 2, 1",
        (moment.told(since),),
    )
    return tuple((mark, moment.read(at)) for mark, at in rows)


def returned(store: Store, pairs: Iterable[tuple[str, str]]) -> int:
    """Notes messages that came back (message id, unit that is the report); how many of them somebody could have had."""
    marks = ", ".join(f"'{state}'" for state in OUT)
    return store.write(
        f"UPDATE cluster.outbox SET state = 'undeliverable', returned_in = ?2 WHERE message_id = ?1"
        f" AND state IN ({marks})",
        pairs,
    )
