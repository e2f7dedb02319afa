"""Units: one workbook received, or one mail without any, and the one state each is in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.marks import LETTERS, SENT_BACK
from cluster_sheets.store.nights import Span
from cluster_sheets.store.table import Table


class State(StrEnum):
    """Where a unit stands: pending until judged, then one of five for good or until judged again."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    HELD = "held"
    QUARANTINED = "quarantined"
    SET_ASIDE = "set-aside"


class ReplyState(StrEnum):
    """Whether the sender is still to be told."""

    NONE = "none"
    DUE = "due"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of intake, by references only."""

    unit_id: str
    """16 hex figures, from the mail's sha256 and its place in it, or from the file's sha256."""
    mail_sha256: str
    """The file as received; of a dropped workbook the same as ``file_sha256``."""
    file_sha256: str
    ordinal: int
    received_at: datetime
    first_seen_night: datetime
    state: State = State.PENDING
    reason: str = ""
    """Code of why it is held, quarantined or set aside."""
    attempts: int = 0
    """How often its reading was begun: what kills the reader twice is quarantined."""
    form_ref: str | None = None
    """Keyed hash of the form id (``forms.form_ref``)."""
    application_ref: str | None = None
    version: int | None = None
    """1 for the first submission of a form, then 2, 3."""
    supersedes: str | None = None
    superseded_by: str | None = None
    round: str | None = None
    meeting: str | None = None
    judged_at: datetime | None = None
    judged_under: str | None = None
    """Sha256 of the register it was judged by."""
    frozen: bool = False
    """The verdict was answered: it is never judged again."""
    returns: int = 0
    queries: int = 0
    notes: int = 0
    reply: ReplyState = ReplyState.NONE

    @property
    def place(self) -> tuple[datetime, bool, int, str, str]:
        """Where it stands among others in order of receipt: the same in memory as in what is read from the store.

        A file that was found lying is known by the moment it was found, so a mail of that moment was before it. Of what
        came in one mail, in the order it is attached: of two versions of a form the last one counts.
        """
        found_lying = self.mail_sha256 == self.file_sha256
        return self.received_at, found_lying, self.ordinal, self.file_sha256, self.unit_id


_TABLE = Table(
    "cluster.unit",
    Unit,
    ("unit_id",),
    {
        "received_at": (moment.told, moment.read),
        "first_seen_night": (moment.told, moment.read),
        "judged_at": (moment.told_or_none, moment.read_or_none),
        "state": (str, State),
        "reply": (str, ReplyState),
        "frozen": (int, bool),
    },
)
NO_FORM = "mail-without-a-form"
"""Reason of a mail in which no form came."""
SEALED, SIGNED = "mail-encrypted", "mail-signed"
"""Reasons of a mail that cannot be looked into, as it is encrypted or sealed within a signature."""
_IN_ORDER = "ORDER BY received_at, mail_sha256 = file_sha256, ordinal, file_sha256, unit_id LIMIT ?"
_MARKED = "unit_id IN (SELECT unit_id FROM mark WHERE kind IN (SELECT value FROM json_each(?)))"
_EVERY = -1
_OF_NIGHT = "first_seen_night > ? AND first_seen_night <= ?"


def add_many(store: Store, units: Iterable[Unit]) -> int:
    """Keeps new units; one that is known by its id stays as it is. How many were new. Their mails come first."""
    return store.write(_TABLE.insert_new, _TABLE.written(units))


def save_many(store: Store, units: Iterable[Unit]) -> None:
    """Keeps units as they now stand, in place of what was kept under their ids."""
    store.write(_TABLE.put, _TABLE.written(units))


def note_written(store: Store, unit_ids: Collection[str]) -> None:
    """Notes that the replies to these units are written; all else of them stays as it is."""
    of_these = "unit_id IN (SELECT value FROM json_each(?))"
    store.write(f"UPDATE cluster.unit SET reply = '{ReplyState.WRITTEN}' WHERE {of_these}", [(listed(unit_ids),)])


def pending(store: Store, limit: int = _EVERY) -> tuple[Unit, ...]:
    """Units that wait to be judged, by time of receipt, then their ``place``: the same order on every run."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE state = 'pending' {_IN_ORDER}", (limit,)))


def held(store: Store, limit: int = _EVERY) -> tuple[Unit, ...]:
    """Units that wait for a person's word, in order of receipt."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE state = 'held' {_IN_ORDER}", (limit,)))


def quarantined(store: Store) -> tuple[Unit, ...]:
    """Units that were set apart unread and wait to be released or rejected, in order of receipt."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE state = 'quarantined' {_IN_ORDER}", (_EVERY,)))


def how_many(store: Store) -> int:
    """How many units there are, whatever their state."""
    return int(store.ask("SELECT COUNT(*) FROM cluster.unit")[0][0])


def ids_of_night(store: Store, night: Span) -> tuple[str, ...]:
    """Ids of the units that one night tells of."""
    rows = store.ask(f"SELECT unit_id FROM cluster.unit WHERE {_OF_NIGHT}", night.bounds)
    return tuple(unit_id for (unit_id,) in rows)


def marked(store: Store, kind: str, night: Span) -> tuple[Unit, ...]:
    """Units of one night that bear a mark of a kind, in order of receipt."""
    asked = f"{_TABLE.select} WHERE {_OF_NIGHT} AND {_MARKED} {_IN_ORDER}"
    return _TABLE.read(store.ask(asked, (*night.bounds, listed([kind]), _EVERY)))


def letters(store: Store) -> tuple[Unit, ...]:
    """Every mail in which no form came, and those with words for a person beside what is no form; by receipt."""
    asked = f"{_TABLE.select} WHERE reason = ? OR {_MARKED} {_IN_ORDER}"
    return _TABLE.read(store.ask(asked, (NO_FORM, listed(LETTERS), _EVERY)))


def unread_of_night(store: Store, night: Span) -> tuple[Unit, ...]:
    """Units of one night that were set apart unread, and messages of ours that came back; in order of receipt."""
    asked = f"{_TABLE.select} WHERE {_OF_NIGHT} AND (state = 'quarantined' OR reason = 'bounce') {_IN_ORDER}"
    return _TABLE.read(store.ask(asked, (*night.bounds, _EVERY)))


def untold_of_night(store: Store, night: Span) -> tuple[Unit, ...]:
    """Units of one night that go back or were set apart unread, and that nobody is told about; in order of receipt.

    Those that bring nothing new are left out: their school was told before (``replies.not_told_again``).
    """
    asked = (
        f"{_TABLE.select} WHERE {_OF_NIGHT} AND reply = 'none' AND state IN ('returned', 'quarantined')"
        f" AND reason != 'bounce' AND unit_id NOT IN (SELECT unit_id FROM mark WHERE kind = 'said') {_IN_ORDER}"
    )
    return _TABLE.read(store.ask(asked, (*night.bounds, _EVERY)))


def unanswered_of_night(store: Store, night: Span) -> tuple[Unit, ...]:
    """Units of one night that were accepted, and that no reply is about; in order of receipt."""
    asked = f"{_TABLE.select} WHERE {_OF_NIGHT} AND reply = 'none' AND state = 'accepted' {_IN_ORDER}"
    return _TABLE.read(store.ask(asked, (*night.bounds, _EVERY)))


def get_many(store: Store, unit_ids: Collection[str]) -> dict[str, Unit]:
    """The units of these ids; unknown ids are left out."""
    rows = store.ask(f"{_TABLE.select} WHERE unit_id IN (SELECT value FROM json_each(?))", (listed(unit_ids),))
    return {each.unit_id: each for each in _TABLE.read(rows)}


def beginning(store: Store, told: str) -> tuple[str, ...]:
    """Ids of the units whose id begins so; none where nothing is told."""
    asked = "SELECT unit_id FROM cluster.unit WHERE ?1 <> '' AND SUBSTR(unit_id, 1, LENGTH(?1)) = ?1 ORDER BY unit_id"
    return tuple(unit_id for (unit_id,) in store.ask(asked, (told,)))


def of_forms(store: Store, form_refs: Collection[str]) -> dict[str, tuple[Unit, ...]]:
    """Units that came in each of these forms, in order of receipt; forms that nothing came in are left out."""
    rows = store.ask(
        f"{_TABLE.select} WHERE form_ref IN (SELECT value FROM json_each(?)) {_IN_ORDER}", (listed(form_refs), _EVERY)
    )
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in _TABLE.read(rows):
        if unit.form_ref is not None:
            found[unit.form_ref] = (*found.get(unit.form_ref, ()), unit)
    return found


def first_of_forms(store: Store, form_refs: Collection[str]) -> dict[str, datetime]:
    """When the first unit of each of these forms came; forms that nothing came in are left out."""
    rows = store.ask(
        "SELECT form_ref, MIN(received_at) FROM cluster.unit"
        " WHERE form_ref IN (SELECT value FROM json_each(?)) GROUP BY form_ref",
        (listed(form_refs),),
    )
    return {form_ref: moment.read(first) for form_ref, first in rows}


def of_files(store: Store, file_sha256s: Collection[str]) -> dict[str, tuple[Unit, ...]]:
    """Units that each of these files came as, in order of receipt; files that never came are left out."""
    rows = store.ask(
        f"{_TABLE.select} WHERE file_sha256 IN (SELECT value FROM json_each(?)) {_IN_ORDER}",
        (listed(file_sha256s), _EVERY),
    )
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in _TABLE.read(rows):
        found[unit.file_sha256] = (*found.get(unit.file_sha256, ()), unit)
    return found


def verdicts_of_files(store: Store, file_sha256s: Collection[str]) -> dict[str, frozenset[tuple[State, str]]]:
    """(state, reason) of the units that each of these files came as; files that never came are left out.

    What went back before a newer one took its place (``marks.SENT_BACK``) still is RETURNED here.
    """
    rows = store.ask(
        "SELECT DISTINCT file_sha256, CASE WHEN state = 'set-aside' AND EXISTS"
        f" (SELECT 1 FROM mark WHERE mark.unit_id = unit.unit_id AND kind = '{SENT_BACK}')"
        " THEN 'returned' ELSE state END, reason FROM cluster.unit"
        " WHERE file_sha256 IN (SELECT value FROM json_each(?))",
        (listed(file_sha256s),),
    )
    found: dict[str, frozenset[tuple[State, str]]] = {}
    for sha256, state, reason in rows:
        found[sha256] = found.get(sha256, frozenset()) | {(State(state), reason)}
    return found


def counts(store: Store, night: Span | None = None) -> dict[State, int]:
    """How many units stand in each state (every state is named); of those that one night tells of, or of all."""
    where, bounds = (f"WHERE {_OF_NIGHT}", night.bounds) if night else ("", ())
    rows = store.ask(f"SELECT state, COUNT(*) FROM cluster.unit {where} GROUP BY state", bounds)
    return dict.fromkeys(State, 0) | {State(state): number for state, number in rows}
