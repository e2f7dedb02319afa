"""Replies: what was told about each unit, so that nothing is told twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table

OWN_DOMAIN = "replies.cluster-sheets.example"
"""Of the message ids we give: mail that carries one is ours."""


class OutboxState(StrEnum):
    """How far a reply has come: due with the verdict, written once its file lies in the outbox."""

    DUE = "due"
    WRITTEN = "written"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a school."""

    message_id: str
    """Always the same for the same form, version, kind and ordinal."""
    unit_id: str
    kind: str
    version: int
    ordinal: int
    state: OutboxState
    path: str
    """Of its file, from the private folder."""


_TABLE = Table("cluster.reply", Reply, ("message_id",), {"state": (str, OutboxState)})
_IN_ORDER = "ORDER BY unit_id, kind, version, ordinal"
_JUDGED = "WHERE unit_id IN (SELECT unit_id FROM cluster.unit WHERE judged_at = ?)"


def add_many(store: Store, replies: Iterable[Reply]) -> int:
    """Keeps new replies; one whose message id is known stays as it is. How many were new."""
    return store.write(_TABLE.insert_new, _TABLE.written(replies))


def move_many(store: Store, message_ids: Iterable[str], state: OutboxState) -> None:
    """Notes how far these replies have come."""
    moved = [(str(state), message_id) for message_id in message_ids]
    store.write("UPDATE cluster.reply SET state = ? WHERE message_id = ?", moved)


def in_state(store: Store, state: OutboxState) -> tuple[Reply, ...]:
    """Replies that have come just so far."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE state = ? {_IN_ORDER}", (str(state),)))


def counted(store: Store, night: datetime | None = None) -> dict[str, dict[str, int]]:
    """How many replies of each kind have come how far; of one night: those about units it judged."""
    where, given = ("", ()) if night is None else (_JUDGED, (moment.told(night),))
    asked = f"SELECT kind, state, COUNT(*) FROM cluster.reply {where} GROUP BY kind, state ORDER BY kind, state"
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in store.ask(asked, given):
        found.setdefault(kind, {})[state] = number
    return found


def of_units(store: Store, unit_ids: Collection[str]) -> dict[str, tuple[Reply, ...]]:
    """What was told about each of these units; units nothing was told about are left out."""
    rows = store.ask(
        f"{_TABLE.select} WHERE unit_id IN (SELECT value FROM json_each(?)) {_IN_ORDER}", (listed(unit_ids),)
    )
    found: dict[str, tuple[Reply, ...]] = {}
    for reply in _TABLE.read(rows):
        found[reply.unit_id] = (*found.get(reply.unit_id, ()), reply)
    return found


def known(store: Store, message_ids: Collection[str]) -> frozenset[str]:
    """Those of these message ids that are ours."""
    rows = store.ask(
        "SELECT message_id FROM cluster.reply WHERE message_id IN (SELECT value FROM json_each(?))",
        (listed(message_ids),),
    )
    return frozenset(message_id for (message_id,) in rows)
