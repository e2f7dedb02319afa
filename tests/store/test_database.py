import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cluster_sheets.store.database import PAGE_BYTES, Store
from cluster_sheets.store.error import StoreBusyError, StoreDiskError, StoreError
from tests.store.asked import every_unit
from tests.store.made import KEY, made

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes of files are a matter of POSIX")
OPEN_FILES = Path("/proc/self/fd")
NOTE = "INSERT INTO cluster.meta (name, value) VALUES (?, ?)"
NOTES = "SELECT name, value FROM cluster.meta ORDER BY name"
FORM = "INSERT INTO issued_form VALUES (?, '999001', 'CENTRAL', 'A2', ?, '1', 's', '2026', NULL)"


@POSIX
def test_a_new_workspace_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Store.open(tmp_path / "central", create=True).close()
    finally:
        os.umask(before)
    found = {
        str(each.relative_to(tmp_path)): stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "central").rglob("*")
    }
    assert found == {
        "central/private": 0o700,
        "central/private/identities.db": 0o600,
        "central/cluster.db": 0o600,
    }


def test_the_key_stays_and_each_workspace_has_its_own(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a", create=True) as one, Store.open(tmp_path / "b", create=True) as other:
        assert (len(one.key), one.key == other.key) == (32, False)
        key = one.key
    with Store.open(tmp_path / "a") as again, Store.open(tmp_path / "a", create=True) as once_more:
        assert (again.key, once_more.key) == (key, key)
    with pytest.raises(StoreError, match="a key of its own already"):
        Store.open(tmp_path / "a", create=True, key=KEY)


def test_the_folder_one_is_in_is_told_as_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r"There is no workspace in \.: make one with cluster-sheets init \.$"):
        Store.open(Path())


def test_a_workspace_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    where = tmp_path / "central"
    with pytest.raises(StoreError) as refused:
        Store.open(where)
    assert str(refused.value) == f"There is no workspace in {where}: make one with cluster-sheets init {where}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("gone", ["cluster.db", "private/identities.db"])
def test_half_a_workspace_is_refused(tmp_path: Path, gone: str) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / gone).unlink()
    with pytest.raises(StoreError, match=f"^{gone} is missing: restore"):
        Store.open(tmp_path)


def test_a_making_cut_short_is_finished_by_making_it_again(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    for name in ("cluster.db", "private/identities.db"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(StoreError, match="cut short: run cluster-sheets init again"):
        Store.open(tmp_path)
    with made(tmp_path) as store:
        assert store.key == KEY


@POSIX
@pytest.mark.parametrize("opened", ["private", "private/identities.db", "cluster.db"])
def test_what_others_can_open_is_refused(tmp_path: Path, opened: str) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / opened).chmod(0o755 if opened == "private" else 0o644)
    with pytest.raises(StoreError, match=f"Others on this computer can open {Path(opened).name}"):
        Store.open(tmp_path)


def test_a_new_workspace_has_large_pages_in_both_databases(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        found = [store.ask(f"PRAGMA {name}.page_size") for name in ("main", "cluster")]
    assert found == [[(PAGE_BYTES,)], [(PAGE_BYTES,)]]


def test_a_damaged_database_is_told_plainly(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / "cluster.db").write_bytes(b"EXAMPLE of rubbish" * 100)
    with pytest.raises(StoreError, match="is damaged"):
        Store.open(tmp_path)


def test_a_database_that_cannot_be_opened_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path, create=True).close()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **given: connect(tmp_path / "none" / "identities.db", **given))
    with pytest.raises(StoreDiskError, match="can't be used"):
        Store.open(tmp_path)


def test_a_database_that_fails_in_the_middle_of_a_question_is_told_plainly(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        store._connection.set_progress_handler(lambda: 1, 1)
        with pytest.raises(StoreError, match="can't be used"):
            store.ask("SELECT form_id FROM issued_form")
        with pytest.raises(StoreError, match="can't be used"):
            _noted(store)
        store._connection.set_progress_handler(None, 1)


def _noted(store: Store) -> None:
    with store.transaction():
        store.write(NOTE, [("a", "kept")])


def test_a_question_put_wrongly_is_our_mistake_and_not_the_disk_s(tmp_path: Path) -> None:
    with made(tmp_path) as store, pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.ask("SELECT 1 FROM nothing_of_the_kind")


def test_a_transaction_that_fails_leaves_neither_file_changed(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            store.write(NOTE, [("a", "kept")])
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(store)
        assert store.ask(NOTES) == [("a", "kept")]
        assert store.ask("SELECT form_id FROM issued_form") == []


def _write_and_fail(store: Store) -> None:
    with store.transaction():
        store.write(NOTE, [("b", "lost")])
        store.write(FORM, [("F-1", 1)])
        raise ZeroDivisionError


def test_nothing_is_written_outside_a_transaction_nor_in_two(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with pytest.raises(RuntimeError, match="outside"):
            store.write(NOTE, [("a", "b")])
        with store.transaction(), pytest.raises(RuntimeError, match="within"), store.transaction():
            pass


def test_two_writers_do_not_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cluster_sheets.store.database._WAIT_SECONDS", 0.01)
    with (
        made(tmp_path) as one,
        Store.open(tmp_path) as other,
        one.transaction(),
        pytest.raises(StoreBusyError, match="Another run"),
        other.transaction(),
    ):
        pass


def test_the_settings_that_keep_it_whole_are_on(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        asked = ("foreign_keys", "main.journal_mode", "cluster.journal_mode", "main.synchronous", "cluster.synchronous")
        found = [store.ask(f"PRAGMA {each}")[0][0] for each in (*asked, "recursive_triggers", "main.secure_delete")]
    assert found == [1, "delete", "delete", 2, 2, 1, 1]


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="needs a list of open files")
def test_what_a_statement_may_have_to_undo_lies_in_no_folder_of_others(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        store.write(NOTE, [(str(number), "x" * 3000) for number in range(300)])
        with pytest.raises(sqlite3.IntegrityError):
            store.write("UPDATE cluster.meta SET value = CASE name WHEN '299' THEN NULL ELSE 'y' END", [()])
        files = [str(each.readlink()) for each in OPEN_FILES.iterdir() if each.is_symlink()]
    outside = [each for each in files if "etilqs" in each and not each.startswith(str(tmp_path))]
    assert outside == []


@POSIX
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_in_a_transaction_keeps_both_files_or_neither(tmp_path: Path, when: str) -> None:
    program = f"""
import os, signal, sys
from pathlib import Path
from cluster_sheets.store.database import PAGE_BYTES, Store
store = Store.open(Path(sys.argv[1]))
store._connection.execute("PRAGMA main.cache_size = 1"); store._connection.execute("PRAGMA cluster.cache_size = 1")
with store.transaction():
    store.write({NOTE!r}, [(str(number), "x" * 3000) for number in range(300)])
    store.write({FORM!r}, [(f"F-{{number}}", number + 1) for number in range(300)])
    if sys.argv[2] == "before": os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""
    made_first = Store.open(tmp_path, create=True)
    made_first.close()
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path), when], check=False, capture_output=True)
    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, b"")
    kept = 0 if when == "before" else 300
    with Store.open(tmp_path) as store:
        assert len(store.ask(NOTES)) == kept
        assert store.ask("SELECT COUNT(*) FROM issued_form") == [(kept,)]
        assert store.ask("PRAGMA cluster.integrity_check") == [("ok",)]


def test_an_idle_night_loads_no_heavy_library(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    program = (
        "import sys; from pathlib import Path; from cluster_sheets.store import units\n"
        "from cluster_sheets.store.database import Store\n"
        "with Store.open(Path(sys.argv[1])) as store: assert not units.pending(store)\n"
        "print(sorted({'pandas', 'cryptography', 'openpyxl', 'numpy'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, capture_output=True, text=True)
    assert said.stdout == "[]\n"


def test_a_row_that_breaks_a_rule_of_the_schema_is_our_mistake(tmp_path: Path) -> None:
    with made(tmp_path) as store, pytest.raises(sqlite3.IntegrityError), store.transaction():
        store.write("INSERT INTO provenance (unit_id, blob_sha256) VALUES (?, ?)", [("u", "no such blob")])
    with Store.open(tmp_path) as store:
        assert every_unit(store) == ()


@pytest.mark.parametrize(("journal", "left"), [(True, ["identities.db-mj1"]), (False, [])])
def test_what_a_kill_in_a_commit_leaves_behind_is_swept_once_no_journal_needs_it(
    tmp_path: Path, journal: bool, left: list[str]
) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / "private" / "identities.db-mj1").write_bytes(b"")
    if journal:
        (tmp_path / "cluster.db-journal").write_bytes(b"")
    Store.open(tmp_path).close()
    assert [each.name for each in (tmp_path / "private").glob("*-mj*")] == left
