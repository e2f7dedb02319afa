"""Seen files: workbooks that people fill in, by the contents last read back, so that nothing is read twice."""

import json
from collections.abc import Iterable
from datetime import datetime

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.store import meta, moment
from cluster_sheets.store.database import Store

_PUT = """
INSERT INTO cluster.file_seen (kind, name, sha256, seen_at) VALUES (?, ?, ?, ?)
 ON CONFLICT (kind, name) DO UPDATE SET sha256 = excluded.sha256, seen_at = excluded.seen_at
"""


def last_read(store: Store, kind: str, name: str) -> str | None:
    """Sha256 of the contents last read, of ``kind`` such as review or decisions, and name such as a meeting's id."""
    rows = store.ask("SELECT sha256 FROM cluster.file_seen WHERE kind = ? AND name = ?", (kind, name))
    return rows[0][0] if rows else None


def read_when(store: Store, kind: str, name: str, sha256: str) -> datetime | None:
    """When these very contents were last read; None where others were, or none."""
    question = "SELECT seen_at FROM cluster.file_seen WHERE kind = ? AND name = ? AND sha256 = ?"
    rows = store.ask(question, (kind, name, sha256))
    return moment.read(rows[0][0]) if rows else None


def was_read(store: Store, kind: str, name: str, sha256: str, at: datetime) -> None:
    """Notes that these contents were read."""
    store.write(_PUT, [(kind, name, sha256, moment.told(at))])


def note(store: Store, kind: str, name: str, notes: Iterable[Finding], at: datetime) -> None:
    """Keeps what a night notes of a file, to be told again should the same night be run again; code and cell only."""
    told = [[each.code, each.place.sheet, each.place.cell] for each in notes]
    if told:
        meta.put(store, f"noted {kind} {name}", json.dumps([moment.told(at), told]))


def noted(store: Store, kind: str, name: str, at: datetime) -> tuple[Finding, ...]:
    """What the night of ``at`` has noted of a file."""
    kept = meta.get(store, f"noted {kind} {name}")
    night, told = json.loads(kept) if kept else ("", ())
    if night != moment.told(at):
        return ()
    return tuple(Finding(Place(name, sheet, cell), code, Severity.NOTE) for code, sheet, cell in told)
