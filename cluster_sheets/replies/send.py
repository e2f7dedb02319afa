"""Sending: what is queued in the outbox goes to the mail server, each message once as far as SMTP lets us know.

Before a message is handed over its row says ``sending``; after it, what became of it. A kill in between leaves
``sending``: the next run looks whether the mailbox has sent it, and else sends it again under the same message id.
A run sends so many messages, and so many to one address on one day, as the settings say; the rest stays queued.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.connect.config import Config
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.register.model import Register
from cluster_sheets.replies.stage import gathered
from cluster_sheets.replies.transport.choose import transport
from cluster_sheets.replies.transport.outcome import Later, Never, Outcome, Sent, Transport, Unsure
from cluster_sheets.replies.writer import Due
from cluster_sheets.store import audit, replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState, Reply

_LONGEST_DAY = timedelta(days=2)
"""What was sent on the same day by the scheme's clock was sent within it."""
_TO = b"\r\nTo: <%s>\r\n"


@dataclass(slots=True)
class Sending:
    """How the sending went."""

    sent: int = 0
    over_run: int = 0
    """Messages that wait because a run sends no more."""
    over_day: int = 0
    """Messages that wait because their address has had enough for one day."""
    put_off: int = 0
    """Messages that a mail server wants to be offered again."""
    unsure: int = 0
    """Messages of which nobody knows whether the mail server has them."""
    unreachable: str = ""
    """Why the sending stopped, in a sentence."""


def send_due(
    store: Store,
    places: Places,
    config: Config,
    register: Register,
    as_of: datetime,
    progress: Progress = silent,
    way_out: Transport | None = None,
) -> Sending:
    """Sends what is queued, oldest verdict first. A second call as of the same moment sends nothing more.

    ``way_out`` is the transport; the one that ``config`` asks for where it is not given.
    """
    waiting = (
        *replies.in_state(store, OutboxState.SENDING),
        *(each for each in replies.in_state(store, OutboxState.QUEUED) if each.tried_at != as_of),
    )
    if not config.sends and way_out is None:
        _leave(store, waiting)
        return Sending()
    told = Sending()
    if waiting:
        with way_out or transport(config) as out:
            run = _Run(store, places, register, as_of, out, told)
            try:
                run.send(gathered(store, register, as_of, waiting), progress)
            except (UnreachableError, ConfigError) as failed:
                told.unreachable = str(failed)
    return told


def _leave(store: Store, waiting: Sequence[Reply]) -> None:
    """No mail server is set up any more: what waited for one lies there for a person."""
    queued = [each.message_id for each in waiting if each.state is OutboxState.QUEUED]
    if queued:
        with store.transaction():
            replies.move_many(store, queued, OutboxState.WRITTEN)


def write_again(store: Store, places: Places, register: Register, as_of: datetime) -> None:
    """Makes queued messages due again whose file is gone, or whose school is to be written to elsewhere by now."""
    queued = replies.in_state(store, OutboxState.QUEUED)
    if not queued:
        return
    good = {due.reply.message_id for due in gathered(store, register, as_of, queued) if _raw(places, due)}
    again = [each.message_id for each in queued if each.message_id not in good]
    if again:
        with store.transaction():
            replies.move_many(store, again, OutboxState.DUE)


def _raw(places: Places, due: Due) -> bytes:
    """The message as it lies in the outbox; nothing where it is gone or addressed to somebody else."""
    try:
        raw = (places.private / due.reply.path).read_bytes()
    except FileNotFoundError:
        return b""
    head = raw.partition(b"\r\n\r\n")[0]
    return raw if _TO % due.to.encode() in head else b""


class _Run:
    """One run's sending."""

    def __init__(
        self, store: Store, places: Places, register: Register, as_of: datetime, out: Transport, told: Sending
    ) -> None:
        self._store, self._places, self._as_of, self._out, self._told = store, places, as_of, out, told
        self._stopped = False
        settings, today = register.settings, register.day_of(as_of)
        self._most_tries = settings.whole("reply_attempts_max")
        self._most_a_day = settings.whole("replies_per_sender_a_day")
        before = replies.sent_since(store, as_of - _LONGEST_DAY)
        self._of_today = Counter(mark for mark, at in before if register.day_of(at) == today)
        self._left = settings.whole("replies_per_run") - sum(at == as_of for _, at in before)

    def send(self, due: Sequence[Due], progress: Progress) -> None:
        """Sends what may be sent. Raises UnreachableError, ConfigError: what is left then waits."""
        for done, each in enumerate(due):
            progress("Sending", done, len(due))
            if not self._one(each):
                self._told.put_off += len(due) - done - 1
                break
        progress("Sending", len(due), len(due))

    def _one(self, due: Due) -> bool:
        """One message; False where the mail server takes no more tonight."""
        reply = due.reply
        if reply.state is OutboxState.SENDING and self._out.has_sent(reply.message_id):
            self._note(due, replace(reply, state=OutboxState.SENT, sent_at=self._as_of), "found among sent mail")
            return True
        raw = _raw(self._places, due)
        if not raw:
            # It was taken away, or its school has another address since: the next run writes it anew.
            self._note(due, replace(reply, state=OutboxState.DUE), "to be written again")
            return True
        if not self._may(due):
            return True
        self._hand_over(due, raw)
        return not self._stopped

    def _hand_over(self, due: Due, raw: bytes) -> None:
        self._out.reach()
        reply = due.reply
        tried = reply.attempts + (reply.tried_at != self._as_of)
        begun = replace(reply, state=OutboxState.SENDING, attempts=tried, tried_at=self._as_of)
        with self._store.transaction():
            replies.save_many(self._store, [begun])
            replies.note_address(self._store, reply.message_id, due.to)
        try:
            outcome = self._out.send(raw, due.sender, due.to)
        except UnreachableError:
            with self._store.transaction():
                replies.save_many(self._store, [reply])
            raise
        self._keep(due, begun, outcome)
        self._stopped = isinstance(outcome, Later) and outcome.stop

    def _may(self, due: Due) -> bool:
        """Whether the limits of the settings leave room for it (mail.md 12)."""
        mark = replies.address_mark(self._store, due.to)
        if self._left <= 0:
            self._told.over_run += 1
            return False
        if self._of_today[mark] >= self._most_a_day:
            self._told.over_day += 1
            return False
        return True

    def _keep(self, due: Due, begun: Reply, outcome: Outcome) -> None:
        over = begun.attempts >= self._most_tries
        match outcome:
            case Sent(answer=answer):
                self._note(due, replace(begun, state=OutboxState.SENT, sent_at=self._as_of, answer=answer), "sent")
            case Never(answer=answer):
                self._note(due, replace(begun, state=OutboxState.FAILED, answer=answer), "refused")
            case Later(answer=answer):
                state = OutboxState.FAILED if over else OutboxState.QUEUED
                self._told.put_off += not over
                self._note(due, replace(begun, state=state, answer=answer), "given up" if over else "put off")
            case Unsure():
                state = OutboxState.FAILED if over else OutboxState.SENDING
                self._told.unsure += not over
                self._note(due, replace(begun, state=state, answer=""), "given up" if over else "the line broke")

    def _note(self, due: Due, reply: Reply, what: str) -> None:
        if reply.state is OutboxState.SENT:
            self._told.sent += 1
            self._left -= 1
            self._of_today[replies.address_mark(self._store, due.to)] += 1
        told = f"{due.reply.name}: {what}{f' ({reply.answer})' if reply.answer else ''}"
        unit = due.parts[0].unit
        line = audit.Line(
            self._as_of, audit.NIGHT, "reply", told, unit_id=unit.unit_id, application_ref=unit.application_ref
        )
        with self._store.transaction():
            replies.save_many(self._store, [reply])
            if reply.state is OutboxState.SENT:
                replies.note_address(self._store, reply.message_id, due.to)
            audit.append_many(self._store, [line])
