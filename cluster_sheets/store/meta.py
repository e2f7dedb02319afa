"""Meta: single facts about a workspace, by name."""

from cluster_sheets.store.database import Store

_PUT = "INSERT INTO cluster.meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def get(store: Store, name: str) -> str | None:
    """The fact of that name."""
    rows = store.ask("SELECT value FROM cluster.meta WHERE name = ?", (name,))
    return rows[0][0] if rows else None


def put(store: Store, name: str, value: str) -> None:
    """Keeps a fact; never one about a person or a school."""
    store.write(_PUT, [(name, value)])
