"""A way out that says what a test tells it to, and notes what it was given; and messages that are queued for it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from cluster_sheets.connect.config import Access, Config, Kind, Transport
from cluster_sheets.register.model import Register
from cluster_sheets.replies.send import Sending, send_due
from cluster_sheets.replies.stage import write_due
from cluster_sheets.replies.transport.outcome import Outcome, Sent
from cluster_sheets.store import replies
from cluster_sheets.store.replies import OutboxState, Reply
from tests.register.made import REGISTER
from tests.replies.made import FORM, NIGHT, Workspace, came, issued

MAIL = Config(Transport(Kind.SMTP, Access(Path(), "mail.example", 587, user="cluster.central@council.example")))
SENT = Sent("250 2.0.0")


@dataclass
class Post:
    """The way out."""

    told: Callable[[str], Outcome] = lambda _: SENT
    """What becomes of a message, by its id; may raise."""
    sent_mail: frozenset[str] | None = None
    """Message ids of the mailbox's sent mail; None: there is no telling."""
    reached: Callable[[], None] = lambda: None
    given: list[tuple[str, str]] = field(default_factory=list)
    """(message id, address) of all that was handed over."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing to close."""

    def reach(self) -> None:
        self.reached()

    def send(self, raw: bytes, sender: str, to: str) -> Outcome:
        message_id = raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()
        self.given.append((message_id, to))
        return self.told(message_id)

    def has_sent(self, message_id: str) -> bool | None:
        return None if self.sent_mail is None else message_id in self.sent_mail


def limited(**settings: int) -> Register:
    """The register with these figures in its settings."""
    lines = {**REGISTER.settings.lines}
    lines |= {name: replace(lines[name], value=str(value)) for name, value in settings.items()}
    return replace(REGISTER, settings=replace(REGISTER.settings, lines=lines))


def queued(at: Workspace, count: int = 1) -> tuple[str, ...]:
    """Message ids of so many receipts to one school that wait for the mail server, in the order they will go."""
    for number in range(count):
        came(at, "receipt", content=f"EXAMPLE {number}".encode(), about=issued(at.store) if number == 0 else None)
    write(at)
    return tuple(each.message_id for each in replies.in_state(at.store, OutboxState.QUEUED))


def write(at: Workspace, register: Register = REGISTER) -> None:
    """Writes what is due, for the mail server."""
    write_due(at.store, at.places, register, FORM, at.raw_of, NIGHT, queued=True)


def send(at: Workspace, post: Post, as_of: datetime = NIGHT, register: Register = REGISTER) -> Sending:
    """One run's sending."""
    return send_due(at.store, at.places, MAIL, register, as_of, way_out=post)


def only(at: Workspace) -> Reply:
    """The one reply there is."""
    (reply,) = replies.everything(at.store)
    return reply
