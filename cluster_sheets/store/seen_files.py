"""Seen files: workbooks that people fill in, by the contents last read back, so that nothing is read twice."""

from datetime import datetime

from cluster_sheets.store import moment
from cluster_sheets.store.database import Store

_PUT = """
INSERT INTO cluster.file_seen (kind, name, sha256, seen_at) VALUES (?, ?, ?, ?)
 ON CONFLICT (kind, name) DO UPDATE SET sha256 = excluded.sha256, seen_at = excluded.seen_at
"""


def last_read(store: Store, kind: str, name: str) -> str | None:
    """Sha256 of the contents last read, of ``kind`` such as review or decisions, and name such as a meeting's id."""
    rows = store.ask("SELECT sha256 FROM cluster.file_seen WHERE kind = ? AND name = ?", (kind, name))
    return rows[0][0] if rows else None


def was_read(store: Store, kind: str, name: str, sha256: str, at: datetime) -> None:
    """Notes that these contents were read."""
    store.write(_PUT, [(kind, name, sha256, moment.told(at))])
