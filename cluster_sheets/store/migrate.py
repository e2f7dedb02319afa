"""Migrations: numbered SQL that brings both databases from one version to the next, together or not at all."""

import sqlite3

from cluster_sheets.store.error import StoreError

LATEST = 5
"""Number of the newest file in ``migrations/``; kept here so that an idle night need not list them."""


def version(connection: sqlite3.Connection) -> int:
    """Version both databases are at; 0 where they are new. Raises StoreError where they differ or are too new."""
    (identities,) = connection.execute("PRAGMA main.user_version").fetchone()
    (cluster,) = connection.execute("PRAGMA cluster.user_version").fetchone()
    if identities != cluster:
        raise StoreError(
            "private/identities.db and cluster.db are not of the same night: restore both from the same backup."
        )
    if identities > LATEST:
        raise StoreError("This workspace was made by a newer cluster-sheets: install the newer one and run again.")
    return int(identities)


def migrate(connection: sqlite3.Connection, start: int) -> None:
    """Runs what comes after ``start``; the caller holds the transaction."""
    from importlib import resources

    folder = resources.files("cluster_sheets.store") / "migrations"
    for number in range(start + 1, LATEST + 1):
        for half in ("identities", "cluster"):
            for statement in _statements(folder.joinpath(f"{number:04d}-{half}.sql").read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA main.user_version = {number}")
        connection.execute(f"PRAGMA cluster.user_version = {number}")


def _statements(script: str) -> list[str]:
    # executescript would commit the caller's transaction first, so the script is taken a statement at a time.
    found, held = [], ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            found.append(held)
            held = ""
    if held.strip():
        raise ValueError(f"a migration ends in the middle of a statement: {held.strip()[:40]}")
    return found
