"""Fetching: mails of mailboxes are kept, each with its number, before anything looks into them; later they are filed.

In: the routes that cluster-sheets.toml tells of. Out: bytes kept, in the same transaction as the numbers they had; and
mails moved to where what became of them wants them, first in the store's eyes, then in the mailbox.
Never: takes a mail in twice, or lets one mailbox that is away keep another from being looked at.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.connect.config import Kind, Route
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.intake.keeping import keep_fetched
from cluster_sheets.intake.limits import MB, Limits
from cluster_sheets.intake.routes.choose import source
from cluster_sheets.intake.routes.source import Came, Move, folder
from cluster_sheets.intake.sweep import most_kept
from cluster_sheets.store import fetched
from cluster_sheets.store.database import Store
from cluster_sheets.store.fetched import Fetched, Lies

_AT_ONCE, _BYTES_AT_ONCE = 50, 32 * MB
_MOVED_AT_ONCE = 20
T = TypeVar("T")


@dataclass
class Told:
    """How a look into the mailboxes went."""

    new: int = 0
    """Mails that were not there before."""
    looked_at: int = 0
    """Mailboxes."""
    left: int = 0
    """Mails that lie in a mailbox and could not be got out of it."""
    unreachable: dict[str, str] = field(default_factory=dict)
    """Why, by the name of each mailbox that could not be reached."""


@dataclass
class Filed:
    """How the filing went."""

    unreachable: dict[str, str] = field(default_factory=dict)
    """Why, by the name of each mailbox that could not be reached."""
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many mails lay in a folder that is not there any more, by where its mailbox is told of and what it is called.

    They count as gone, so it is told once.
    """


def fetch(store: Store, routes: Sequence[Route], limits: Limits, as_of: datetime, progress: Progress = silent) -> Told:
    """Keeps what mailboxes hold and have not given before. ``as_of`` is when we saw it."""
    told = Told()
    for route in routes:
        try:
            _fetched(store, route, limits, as_of, told, progress)
            told.looked_at += 1
        except (UnreachableError, ConfigError) as away:
            told.unreachable[route.name] = str(away)
    return told


def _fetched(store: Store, route: Route, limits: Limits, as_of: datetime, told: Told, progress: Progress) -> None:
    way, done = source(route), 0
    came = way.mails(lambda validity: fetched.numbers(store, route.name, validity), most_kept(limits))
    for chunk in _chunks(came, _AT_ONCE, lambda each: len(each.raw)):
        told.new += keep_fetched(
            store,
            [(each.name, each.raw) for each in chunk],
            as_of,
            lambda sha256s, some=chunk: [  # type: ignore[misc]
                _row(route, way.first, each, sha256) for sha256, each in zip(sha256s, some, strict=True)
            ],
            again=route.kind is Kind.FOLDER,
        )
        done += len(chunk)
        if done < way.coming:
            progress("Fetching mail", done, way.coming)
    progress("Fetching mail", way.coming, way.coming)
    told.left += way.left


def _row(route: Route, lies: Lies, came: Came, sha256: str) -> Fetched:
    at = came.at or came.uid
    return Fetched(route.name, came.validity, came.uid, sha256, came.size, came.whole, lies, came.validity, at)


def file_away(store: Store, routes: Sequence[Route], leave: Iterable[str] = (), progress: Progress = silent) -> Filed:
    """Moves mails to where they belong by now.

    ``leave`` are names of mailboxes that are known to be away. What a kill leaves undone the next night finds done or
    does: a mail is looked for where it lay, then where it should lie.
    """
    due: dict[str, list[Move]] = {}
    for mail, to in fetched.to_file_away(store):
        due.setdefault(mail.mailbox, []).append(Move(mail, to))
    told, away = Filed(), set(leave)
    for route in routes:
        moves = due.get(route.name, [])
        if not moves or route.name in away:
            continue
        try:
            _filed(store, route, moves, told, progress)
        except (UnreachableError, ConfigError) as failed:
            told.unreachable[route.name] = str(failed)
    return told


def _filed(store: Store, route: Route, moves: Sequence[Move], told: Filed, progress: Progress) -> None:
    way, done = source(route), 0
    lay = {(mail.validity, mail.uid): mail.lies for mail, _ in moves}
    for chunk in _chunks(way.file_away(moves), _MOVED_AT_ONCE, lambda _: 0):
        with store.transaction():
            fetched.save_many(store, chunk)
        gone = [lay[mail.validity, mail.uid] for mail in chunk if mail.lies is Lies.GONE]
        told.lost.update((route.where, folder(route, lies)) for lies in gone if lies in way.missing)
        done += len(chunk)
        progress("Filing mail", done, len(moves))
    progress("Filing mail", len(moves), len(moves))


def _chunks(came: Iterator[T], most: int, size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """What comes, as it is noted at once; where the mailbox breaks off, what came before that is noted."""
    chunk: list[T] = []
    size = 0
    try:
        for each in came:
            chunk.append(each)
            size += size_of(each)
            if len(chunk) == most or size > _BYTES_AT_ONCE:
                yield chunk
                chunk, size = [], 0
    except (UnreachableError, ConfigError):
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
