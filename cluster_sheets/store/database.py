"""The store itself: two SQLite files on one connection, and transactions that span both."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from cluster_sheets.store import migrate, permission
from cluster_sheets.store.error import StoreBusyError, StoreDiskError, StoreError

IDENTITIES = "identities.db"
CLUSTER = "cluster.db"
PRIVATE = "private"
PAGE_BYTES = 16_384
"""Of databases made from now on. Received files are long: pages of 4 kB took four times as many calls to the disk."""
_WAIT_SECONDS = 5.0
_OLDEST_SQLITE = (3, 38)
_UNBALANCED = """
SELECT movement FROM cluster.entry
 WHERE movement IN (SELECT movement FROM cluster.entry WHERE entry_no > ?)
 GROUP BY movement HAVING SUM(amount_pence) <> 0 ORDER BY movement
"""


class Store:
    """What a workspace knows. Opened with ``Store.open``; a context manager that closes."""

    def __init__(self, workspace: Path, connection: sqlite3.Connection, key: bytes) -> None:
        self.workspace = workspace
        self.private = workspace / PRIVATE
        self.key = key
        """The workspace's key: stamps, references and orders come from it."""
        self._connection = connection

    @classmethod
    def open(cls, workspace: Path, create: bool = False, key: bytes | None = None) -> "Store":
        """Opens the store of ``workspace``; with ``create`` makes it where there is none, or finishes the making.

        ``key`` fixes the workspace's key at the making (tests, the demo). Raises StoreError, StoreBusyError.
        """
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise StoreError("This Python brings an SQLite older than 3.38: install a newer Python.")
        if create:
            _make(workspace)
        _check(workspace)
        connection = _connected(workspace)
        try:
            with _told_plainly():
                kept = _readied(connection, create, key)
            _sweep(workspace)
            return cls(workspace, connection, kept)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Lets go of both files."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within are kept, in both files, or none is.

        Before they are kept every movement of the ledger must come to nought: StoreError otherwise.
        """
        if self._connection.in_transaction:
            raise RuntimeError("a transaction within a transaction")
        with _told_plainly():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            ((last,),) = self.ask("SELECT COALESCE(MAX(entry_no), 0) FROM cluster.entry")
            yield
            self._must_balance(last)
            with _told_plainly():
                self._connection.execute("COMMIT")
        except BaseException:
            _roll_back(self._connection)
            raise

    def _must_balance(self, last: int) -> None:
        found = self.ask(_UNBALANCED, (last,))
        if found:
            raise StoreError(f"Movement {found[0][0]} of the ledger does not come to nought: nothing was kept.")

    def ask(self, question: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT. Raises StoreError where the disk won't give them."""
        try:
            return self._connection.execute(question, tuple(values)).fetchall()
        except sqlite3.DatabaseError:
            with _told_plainly():
                raise

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> int:
        """Runs ``statement`` for each row and says how many rows it touched. RuntimeError outside a transaction.

        Raises StoreError where the disk won't take them.
        """
        if not self._connection.in_transaction:
            raise RuntimeError("a write outside a transaction")
        try:
            return self._connection.executemany(statement, rows).rowcount
        except sqlite3.DatabaseError:
            with _told_plainly():
                raise


def _make(workspace: Path) -> None:
    private = workspace / PRIVATE
    permission.make_folder(private)
    permission.make_file(private / IDENTITIES)
    permission.make_file(workspace / CLUSTER)


def _check(workspace: Path) -> None:
    private = workspace / PRIVATE
    places = (
        (private, permission.FOLDER),
        (private / IDENTITIES, permission.FILE),
        (workspace / CLUSTER, permission.FILE),
    )
    gone = [path for path, _ in places if not path.exists()]
    if len(gone) == len(places):
        raise StoreError(f"There is no workspace in {workspace}: make one with cluster-sheets init {workspace}")
    if gone:
        raise StoreError(f"{gone[0].relative_to(workspace)} is missing: restore the workspace from a backup.")
    for path, mode in places:
        permission.check(path, mode)


def _connected(workspace: Path) -> sqlite3.Connection:
    path = workspace / PRIVATE / IDENTITIES
    with _told_plainly():
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        with _told_plainly():
            connection.execute("ATTACH ? AS cluster", (str(workspace / CLUSTER),))
            for setting in (
                f"main.page_size = {PAGE_BYTES}",
                f"cluster.page_size = {PAGE_BYTES}",
                # What a statement may have to undo: it goes with the statement. Else pages of both would be written
                # to a folder that is everybody's, and stay there as long as the transaction.
                "temp_store = MEMORY",
                "foreign_keys = ON",
                "recursive_triggers = ON",  # else INSERT OR REPLACE removes a ledger line unseen by its trigger
                "main.journal_mode = DELETE",
                "cluster.journal_mode = DELETE",
                "main.synchronous = FULL",
                "cluster.synchronous = FULL",
                "main.cache_size = -4000",  # kB: ten times the files ask for no more
                "cluster.cache_size = -4000",
                "main.secure_delete = ON",  # a destroyed key is overwritten, not only unlinked
                "cluster.secure_delete = ON",
            ):
                connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _readied(connection: sqlite3.Connection, create: bool, key: bytes | None) -> bytes:
    start = migrate.version(connection)
    if start < migrate.LATEST:
        if start == 0 and not create:
            raise StoreError("The making of this workspace was cut short: run cluster-sheets init again.")
        _migrated(connection, key)
    (kept,) = connection.execute("SELECT key FROM workspace").fetchone()
    if key is not None and key != kept:
        raise StoreError("This workspace has a key of its own already: make the new one in an empty folder.")
    return bytes(kept)


def _sweep(workspace: Path) -> None:
    # A kill in the first moments of a commit over two files leaves SQLite's list of their journals behind. While a
    # journal is there the list may be needed; once there is none, nothing can point to it.
    stale = list((workspace / PRIVATE).glob(f"{IDENTITIES}-mj*"))
    journals = (workspace / PRIVATE / f"{IDENTITIES}-journal", workspace / f"{CLUSTER}-journal")
    if stale and not any(journal.exists() for journal in journals):
        for path in stale:
            path.unlink(missing_ok=True)


def _migrated(connection: sqlite3.Connection, key: bytes | None) -> None:
    from cluster_sheets.store.seal import new_key

    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again under the lock: two that open at once must not both migrate.
        start = migrate.version(connection)
        migrate.migrate(connection, start)
        if start == 0:
            connection.execute("INSERT INTO workspace (id, key) VALUES (1, ?)", (key or new_key(),))
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    # A full disk may have rolled it back already.
    if connection.in_transaction:
        with _told_plainly():
            connection.execute("ROLLBACK")


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a row that breaks a rule of the schema, or a question put wrongly, is our mistake, not the disk's
    except sqlite3.OperationalError as failed:
        if failed.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise  # likewise: no such table
        if failed.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusyError("Another run is writing to this workspace: wait until it has ended.") from failed
        raise StoreDiskError(
            f"The workspace's databases can't be used ({failed}): look at the disk, then run again."
        ) from failed
    except sqlite3.DatabaseError as failed:
        raise StoreError(f"A database of the workspace is damaged ({failed}): restore both from a backup.") from failed
