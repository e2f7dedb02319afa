import sqlite3
from pathlib import Path

import pytest

from cluster_sheets.store import audit, integrity
from tests.store.made import NIGHT, apply, made, unit_of

UNIT = unit_of(b"EXAMPLE workbook CEN-2627-0001")


def _filled(workspace: Path) -> None:
    with made(workspace) as store, store.transaction():
        apply(store)
        audit.append_many(store, [audit.Line(NIGHT, "admin", "released")])


@pytest.mark.parametrize(
    ("half", "tampered", "said"),
    [
        ("private/identities.db", "DELETE FROM envelope; DELETE FROM provenance", "has lost where it came from."),
        ("private/identities.db", "DELETE FROM provenance", "What envelope keeps of"),
        (
            "private/identities.db",
            "DELETE FROM issued_form",
            "private/identities.db: a row of provenance points nowhere.",
        ),
        ("cluster.db", "DELETE FROM unit", "cluster.db: a row of application points nowhere."),
        ("cluster.db", "DELETE FROM application; DELETE FROM unit", "is known to private/identities.db only."),
        (
            "cluster.db",
            "INSERT INTO entry VALUES (1, 1, 'main', 5, 'C', '', '', 'MAIN', 'COMMIT', NULL, NULL, '', NULL, '')",
            "Movement 1 of the ledger does not come to nought.",
        ),
        ("cluster.db", "DROP TRIGGER audit_is_never_removed; DELETE FROM audit", "The audit ends at line 0"),
    ],
)
def test_each_thing_that_is_not_whole_is_told(tmp_path: Path, half: str, tampered: str, said: str) -> None:
    _filled(tmp_path)
    connection = sqlite3.connect(tmp_path / half)
    connection.executescript(tampered)
    connection.close()
    with made(tmp_path) as store:
        assert any(said in problem for problem in integrity.problems(store))


@pytest.mark.parametrize("thorough", [True, False])
def test_what_a_night_looks_at_is_all_but_the_databases_own_checks(tmp_path: Path, thorough: bool) -> None:
    _filled(tmp_path)
    connection = sqlite3.connect(tmp_path / "cluster.db")
    connection.executescript("DELETE FROM unit; DROP TRIGGER audit_is_never_removed; DELETE FROM audit")
    connection.close()
    with made(tmp_path) as store:
        said = integrity.problems(store, thorough=thorough)
    assert said[0].startswith("The audit ends at line 0")
    assert said[1] == f"Unit {UNIT.unit_id} is known to private/identities.db only."
    assert ("cluster.db: a row of application points nowhere." in said) is thorough


def test_the_first_few_are_told_with_what_to_do() -> None:
    said = integrity.told([f"{number}." for number in range(1, 6)])
    assert said == (
        "Something else than this program changed the records. 1. 2. 3. And 2 more. Restore the whole workspace from"
        " the last backup before that, and run again; keep what is here for whoever looks after the program."
    )
    assert "more" not in integrity.told(["1.", "2.", "3."])


def test_a_whole_store_has_no_problem_and_a_file_gone_is_one(tmp_path: Path) -> None:
    _filled(tmp_path)
    with made(tmp_path) as store:
        assert integrity.problems(store) == ()
        with store.transaction():
            store.write("DELETE FROM received", [()])
        assert integrity.problems(store) == (f"The bytes of the file {UNIT.mail_sha256[:12]} are missing.",)
