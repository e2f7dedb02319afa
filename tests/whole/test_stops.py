"""Nights that stop to be safe, or leave something where it lies, and say so without a name."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from cluster_sheets.night import run
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from tests.night.made import full

GUARD = "cluster.entry_is_never_changed"


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A ledger whose guard somebody has taken away, and puts back afterwards."""
    database = sqlite3.connect(path)
    (guard,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_is_never_changed'").fetchone()
    database.execute("DROP TRIGGER entry_is_never_changed")
    yield database
    database.execute(guard)
    database.commit()
    database.close()


def alter_the_audit(path: Path) -> None:
    """Takes the audit's guards away, alters its line 5 and removes line 20."""
    database = sqlite3.connect(path)
    database.executescript(
        "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_removed;"
        "UPDATE audit SET who = 'somebody else' WHERE number = 5; DELETE FROM audit WHERE number = 20"
    )
    database.close()


def gone_out(places: Places) -> dict[Path, bytes]:
    """What was written for schools and for the panel."""
    folders = (places.outbox, places.root / "panel")
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*.*")}


def test_an_audit_that_was_tampered_with_ends_the_night_and_releases_nothing(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    last = min(path for path in places.inbox.iterdir() if path.suffix == ".eml")
    last.rename(tmp_path / last.name)
    run(places.root, at)
    (tmp_path / last.name).rename(last)
    alter_the_audit(places.root / "cluster.db")
    released = gone_out(places)
    assert released
    at += timedelta(days=1)
    for _ in range(2):
        told = run(places.root, at)
        assert (told.exit_code, told.why) == (
            Exit.INTEGRITY,
            "Something else than this program changed the records. Line 5 of the audit was altered. Line 20 of the"
            " audit is missing. Restore the whole workspace from the last backup before that, and run again; keep what"
            " is here for whoever looks after the program.",
        )
        assert gone_out(places) == released
        assert last.exists()


def test_half_a_workspace_put_back_from_a_backup_ends_the_night(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    old = (places.root / "cluster.db").read_bytes()
    run(places.root, at)
    (places.root / "cluster.db").write_bytes(old)
    told = run(places.root, at + timedelta(days=1))
    assert told.exit_code == Exit.INTEGRITY
    assert told.why.startswith(
        "Something else than this program changed the records. The audit ends at line 2; it was"
    ), told.why


def test_a_ledger_that_was_tampered_with_ends_the_night_and_releases_nothing(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    waiting = tmp_path / "waiting"
    places.inbox.rename(waiting)
    places.inbox.mkdir()
    assert run(places.root, at).exit_code == Exit.CLEAN
    places.inbox.rmdir()
    waiting.rename(places.inbox)
    with unguarded(places.root / "cluster.db") as ledger:
        # Both sides of a movement, so that it still comes to nought.
        for account, pence in (("main:CEN", 1), ("allocation:CEN", -1)):
            ledger.execute(
                "UPDATE entry SET amount_pence = amount_pence + ? WHERE account = ? AND movement ="
                " (SELECT movement FROM entry WHERE account = 'main:CEN' ORDER BY entry_no LIMIT 1)",
                (pence, account),
            )
    at += timedelta(days=1)
    told = run(places.root, at)
    report = places.reports(at)
    controls = json.loads((report / "run.json").read_text())["controls"]
    assert (told.exit_code, told.why) == (
        Exit.INTEGRITY,
        "The ledger does not tie (R1, R17 and L2 of CEN 2026-27): see the statement in finance.",
    )
    apart = [each for each in controls if not each["ties"]]
    told_apart = [(each["rule"], each["la_fy"], each["difference"]) for each in apart]
    assert told_apart == [("R1", "2026-27", 1), ("R17", "2026-27", -1), ("L2", "2026-27", 2)]
    assert all(each["first"] - each["second"] == each["difference"] for each in controls)
    assert apart[1]["words"].startswith("DOES NOT TIE. Lines of the ledger up to number 8 are not those of last night")
    summary = " ".join((report / "summary.txt").read_text().split())
    assert summary.startswith("Night of Thursday 1 October 2026. STOPPED to be safe. Nothing was released. The ledger")
    assert "CEN 2026-27, R17. Last night's closing, and tonight's opening" in summary
    assert (list(places.outbox.iterdir()), list((places.root / "panel").iterdir())) == ([], [])
    assert (told.tonight.received, told.tonight.conserves) == (16, True)


def test_a_file_too_large_to_be_taken_stays_and_is_told_without_its_name(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    large = places.inbox / "Ivy Sneyd of Abbey Hulton.xlsx"
    large.touch()
    os.truncate(large, 500 * 1024 * 1024)
    told = run(places.root, at)
    (need,) = (each for each in told.needs if each.where == "inbox")
    assert (need.about, need.what) == ("1 file", "It is too large to be taken, so it stays there.")
    assert list(places.inbox.iterdir()) == [large]
    reports = b"".join(path.read_bytes() for path in places.reports(at).iterdir() if path.suffix != ".xlsx")
    assert b"Ivy" not in reports
    assert Places(places.root).told(large) not in reports.decode()
