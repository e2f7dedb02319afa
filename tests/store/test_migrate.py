import sqlite3
from importlib import resources
from pathlib import Path

import pytest

from cluster_sheets.store import migrate
from cluster_sheets.store.error import StoreError


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(tmp_path / "identities.db", isolation_level=None)
    opened.execute("ATTACH ? AS cluster", (str(tmp_path / "cluster.db"),))
    return opened


def test_each_number_has_one_file_for_each_database() -> None:
    found = sorted(each.name for each in (resources.files("cluster_sheets.store") / "migrations").iterdir())
    assert found == sorted(
        f"{number:04d}-{half}.sql" for number in range(1, migrate.LATEST + 1) for half in ("cluster", "identities")
    )


def test_a_new_pair_is_brought_to_the_latest_version(connection: sqlite3.Connection) -> None:
    assert migrate.version(connection) == 0
    connection.execute("BEGIN")
    migrate.migrate(connection, 0)
    connection.execute("COMMIT")
    assert migrate.version(connection) == migrate.LATEST
    connection.close()


def test_every_table_is_strict(connection: sqlite3.Connection) -> None:
    migrate.migrate(connection, 0)
    loose = connection.execute(
        "SELECT schema, name FROM pragma_table_list WHERE NOT strict AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    assert loose == []
    connection.close()


@pytest.mark.parametrize(
    ("identities", "cluster", "said"), [(1, 0, "restore both"), (99, 99, "newer cluster-sheets: install the newer")]
)
def test_a_pair_that_does_not_fit_is_refused(
    connection: sqlite3.Connection, identities: int, cluster: int, said: str
) -> None:
    connection.execute(f"PRAGMA main.user_version = {identities}")
    connection.execute(f"PRAGMA cluster.user_version = {cluster}")
    with pytest.raises(StoreError, match=said):
        migrate.version(connection)
    connection.close()


def test_questions_of_an_earlier_version_keep_their_answers(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ("q1", "CEN-2627-A1", "u1", None, "redaction", "name", "summary", 0, 5, "keep", "2026-10-08T02:00:00Z")
    insert = f"INSERT INTO cluster.question VALUES ({', '.join('?' * len(row))})"
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "LATEST", 3)
        migrate.migrate(connection, 0)
    connection.execute(insert, row)
    migrate.migrate(connection, 3)
    assert connection.execute("SELECT * FROM cluster.question").fetchall() == [row]
    connection.execute(insert, ("q2", *row[1:4], "fact", *row[5:]))
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute(insert, ("q3", *row[1:4], "guess", *row[5:]))
    connection.close()


def test_cases_of_an_earlier_version_have_stood_in_their_pack_once(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ("CEN-2627-A1", "CEN-2627-0001", "K7", 1, 1, 2, None)
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "LATEST", 4)
        migrate.migrate(connection, 0)
    connection.execute("INSERT INTO cluster.pack_case VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    migrate.migrate(connection, 4)
    assert connection.execute("SELECT * FROM cluster.pack_case").fetchall() == [(*row, "[]")]
    connection.close()
