import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.store import audit
from cluster_sheets.store.audit import Line
from cluster_sheets.store.nights import Span
from tests.store.made import NIGHT, made

LINES = (
    Line(NIGHT, audit.NIGHT, "received", "1 file", unit_id="ab" * 8, in_hash="c" * 64),
    Line(NIGHT, "admin", "answered", application_ref="CEN-2627-0001", out_hash="d" * 64),
    Line(NIGHT, "admin", "released"),
)
CHANGED = "DROP TRIGGER audit_is_never_changed; "
REMOVED = "DROP TRIGGER audit_is_never_removed; "


def _filled(workspace: Path) -> None:
    with made(workspace) as store:
        with store.transaction():
            audit.append_many(store, LINES[:2])
        with store.transaction():
            audit.append_many(store, [])
            audit.append_many(store, LINES[2:])
        assert audit.everything(store) == LINES
        assert audit.texts(store, "received") == ("1 file",)
        assert audit.texts(store, "posted") == ()


def test_a_whole_chain_has_no_break(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        assert audit.verify(store) == ()
    _filled(tmp_path)
    with made(tmp_path) as store:
        assert audit.verify(store) == ()


def test_an_audit_is_read_a_few_lines_at_a_time_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_AT_ONCE", 2)
    _filled(tmp_path)
    with made(tmp_path) as store:
        assert (audit.everything(store), audit.verify(store)) == (LINES, ())


@pytest.mark.parametrize(
    ("tampered", "said"),
    [
        (CHANGED + "UPDATE audit SET text = '2 files' WHERE number = 1", ("Line 1 of the audit was altered.",)),
        (CHANGED + "UPDATE audit SET in_hash = NULL WHERE number = 1", ("Line 1 of the audit was altered.",)),
        (CHANGED + "UPDATE audit SET in_hash = '' WHERE number = 2", ("Line 2 of the audit was altered.",)),
        (
            CHANGED + "UPDATE audit SET hash = 'f' WHERE number = 1",
            ("Line 1 of the audit was altered.", "Line 2 of the audit was altered."),
        ),
        (REMOVED + "DELETE FROM audit WHERE number = 2", ("Line 2 of the audit is missing.",)),
        (REMOVED + "DELETE FROM audit WHERE number = 3", ("The audit ends at line 2; it was 3 lines long.",)),
        (REMOVED + "DELETE FROM audit", ("The audit ends at line 0; it was 3 lines long.",)),
        (
            "INSERT INTO audit SELECT 4, at, who, event, unit_id, application_ref, in_hash, out_hash, text, hash"
            " FROM audit WHERE number = 3",
            (
                "Line 4 of the audit was altered.",
                "The audit was added to or altered after line 3 by something else than this program.",
            ),
        ),
    ],
)
def test_each_tampering_is_found_at_its_line(tmp_path: Path, tampered: str, said: tuple[str, ...]) -> None:
    _filled(tmp_path)
    connection = sqlite3.connect(tmp_path / "cluster.db")
    connection.executescript(tampered)
    connection.close()
    with made(tmp_path) as store:
        assert audit.verify(store) == said


@pytest.mark.parametrize("statement", ["UPDATE cluster.audit SET who = ?", "DELETE FROM cluster.audit WHERE who <> ?"])
def test_a_line_is_never_changed_nor_removed(tmp_path: Path, statement: str) -> None:
    _filled(tmp_path)
    with made(tmp_path) as store:
        with pytest.raises(sqlite3.IntegrityError, match="a line of the audit is never"), store.transaction():
            store.write(statement, [("other",)])
        assert audit.everything(store) == LINES


def test_what_one_event_of_one_night_says_is_counted(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        told = [
            Line(NIGHT, audit.NIGHT, audit.MOVED_ON, text) for text in ("A2 to A3: EXAMPLE", "A1 to A2", "A1 to A2")
        ]
        audit.append_many(store, [*LINES, *told, Line(NIGHT + timedelta(days=1), audit.NIGHT, audit.MOVED_ON, "later")])
        assert audit.told_in(store, Span(None, NIGHT), audit.MOVED_ON) == {"A1 to A2": 2, "A2 to A3: EXAMPLE": 1}
        assert audit.told_in(store, Span(None, NIGHT), "received") == {"1 file": 1}
