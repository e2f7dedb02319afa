"""Audit: who did what when, each line bound to the one before by a keyed hash, so that a change is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cluster_sheets.base.reference import digest
from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.nights import Span

NIGHT = "night"
"""Who, where the program did it by itself."""
MOVED_ON = "moved-on"
"""A case waits for another meeting than the one that was to hear it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: references and hashes only, never a name or what was typed."""

    at: datetime
    who: str
    event: str
    text: str = ""
    unit_id: str | None = None
    application_ref: str | None = None
    in_hash: str | None = None
    out_hash: str | None = None


_COLUMNS = tuple(each.name for each in fields(Line))
_PUT = (
    f"INSERT INTO cluster.audit (number, hash, {', '.join(_COLUMNS)}) VALUES (?, ?, {', '.join('?' * len(_COLUMNS))})"
)
_GET = f"SELECT number, hash, {', '.join(_COLUMNS)} FROM cluster.audit WHERE number > ? ORDER BY number LIMIT ?"
_AT_ONCE = 5_000
"""Lines read at a time: the audit of many years takes no more memory than that of one."""
_HEAD = "SELECT number, hash FROM audit_head"
_PUT_HEAD = """
INSERT INTO audit_head (id, number, hash) VALUES (1, ?, ?)
 ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash
"""


def append_many(store: Store, lines: Iterable[Line]) -> None:
    """Adds lines to the end of the chain."""
    number, last = _head(store)
    rows = []
    for line in lines:
        number += 1
        values = (moment.told(line.at), *(getattr(line, name) for name in _COLUMNS[1:]))
        last = _hash(store.key, last, number, values)
        rows.append((number, last, *values))
    store.write(_PUT, rows)
    store.write(_PUT_HEAD, [(number, last)])


def everything(store: Store) -> tuple[Line, ...]:
    """The whole audit, in the order it was written."""
    return tuple(Line(moment.read(at), *rest) for _, _, at, *rest in _rows(store))


def texts(store: Store, event: str) -> tuple[str, ...]:
    """What the lines of one event say, in the order they were written."""
    return tuple(
        text for (text,) in store.ask("SELECT text FROM cluster.audit WHERE event = ? ORDER BY number", (event,))
    )


def of_event(store: Store, event: str) -> tuple[Line, ...]:
    """The lines of one event, in the order they were written."""
    asked = f"SELECT {', '.join(_COLUMNS)} FROM cluster.audit WHERE event = ? ORDER BY number"
    return tuple(Line(moment.read(at), *rest) for at, *rest in store.ask(asked, (event,)))


def newest_hashes(store: Store, event: str) -> dict[str, str]:
    """The hash that the last line of one event on each request ends in; requests without any are left out."""
    # Of the other columns SQLite gives those of the row that has the greatest number.
    asked = (
        "SELECT application_ref, out_hash, MAX(number) FROM cluster.audit"
        " WHERE event = ? AND application_ref IS NOT NULL AND out_hash IS NOT NULL GROUP BY application_ref"
    )
    return {ref: out_hash for ref, out_hash, _ in store.ask(asked, (event,))}


def told_in(store: Store, night: Span, event: str) -> dict[str, int]:
    """What the lines of one event say that one night tells of, and how many say so; in the order of their texts."""
    asked = (
        "SELECT text, COUNT(*) FROM cluster.audit WHERE event = ? AND at > ? AND at <= ? GROUP BY text ORDER BY text"
    )
    return dict(store.ask(asked, (event, *night.bounds)))


def verify(store: Store) -> tuple[str, ...]:
    """A sentence for each break in the chain; none where it is whole."""
    breaks = []
    expected, last = 0, ""
    for number, kept, *values in _rows(store):
        expected += 1
        if number != expected:
            breaks.append(f"Line {expected} of the audit is missing.")
            expected = number
        elif kept != _hash(store.key, last, number, values):
            breaks.append(f"Line {number} of the audit was altered.")
        last = kept
    told, head = _head(store)
    if told > expected:
        breaks.append(f"The audit ends at line {expected}; it was {told} lines long.")
    elif (told, head) != (expected, last):
        breaks.append(f"The audit was added to or altered after line {told} by something else than this program.")
    return tuple(breaks)


def _rows(store: Store) -> Iterator[tuple[Any, ...]]:
    last = 0
    while rows := store.ask(_GET, (last, _AT_ONCE)):
        yield from rows
        last = rows[-1][0]


def _head(store: Store) -> tuple[int, str]:
    rows = store.ask(_HEAD)
    return rows[0] if rows else (0, "")


def _hash(key: bytes, last: str, number: int, values: Iterable[str | None]) -> str:
    told = ("-" if value is None else f"={value}" for value in values)
    return digest(key, "audit", last, str(number), *told).hex()
