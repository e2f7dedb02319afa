"""What a night with nothing to do may load: hardly more than Python itself (speed.md: 15 times ``python -c pass``)."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.night import run
from cluster_sheets.night.quiet import is_quiet
from cluster_sheets.night.workspace import opened
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from tests.night.made import full
from tests.whole.test_stops import unguarded

COUNTER = slice(24, 28)
"""Where an SQLite file counts its commits."""
TELLS = """
import sys
from cluster_sheets.__main__ import main
try:
    main()
finally:
    print(*sys.modules)
"""
DECLARED = frozenset({"tomllib", "decimal", "cluster_sheets.form.load", "cluster_sheets.form.declared"})
"""What the declaration of the form takes: where a request is held, as one is here, its rule's sentence is told."""
DRAWS = frozenset({"xlsxwriter", "cluster_sheets.look", "zipfile", "shutil"})
"""What a night of another day takes: its list of what needs a person bears its own date."""
HEAVY = DECLARED | DRAWS | {
    "pandas", "numpy", "pandera", "openpyxl", "python_calamine", "cryptography", "rapidfuzz", "rich", "email",
    "imaplib", "smtplib", "ssl", "requests", "msal", "mailbox", "cluster_sheets.connect.config",
    "multiprocessing", "asyncio", "logging", "csv", "cluster_sheets.register.read", "cluster_sheets.intake",
    "cluster_sheets.reading", "cluster_sheets.checks", "cluster_sheets.verdict.judging", "cluster_sheets.anonymise",
    "cluster_sheets.panel", "cluster_sheets.money.statement", "cluster_sheets.replies.stage",
}  # fmt: skip


@pytest.fixture
def done(tmp_path: Path) -> tuple[Places, datetime]:
    """A workspace that has had its night."""
    places, at = full(tmp_path / "central")
    run(places.root, at)
    return places, at


def loaded(places: Places, at: datetime) -> frozenset[str]:
    """Those of the heavy modules and rooms that a night by itself loads."""
    words = (sys.executable, "-c", TELLS, "run", "-w", str(places.root), "--as-of", at.isoformat())
    told = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "COVERAGE_RUN": ""})
    assert told.returncode == Exit.NEEDED, told.stderr
    return HEAVY & set(told.stdout.splitlines()[-1].split())


def test_a_night_told_again_loads_nothing_that_is_heavy(done: tuple[Places, datetime]) -> None:
    places, at = done
    assert loaded(places, at) <= DECLARED


def test_the_night_after_may_draw_what_needs_a_person_and_no_more(done: tuple[Places, datetime]) -> None:
    places, at = done
    assert DRAWS - DECLARED <= loaded(places, at + timedelta(days=1)) <= DRAWS | DECLARED
    assert loaded(places, at + timedelta(days=1)) <= DECLARED


def test_a_night_with_work_loads_them(done: tuple[Places, datetime]) -> None:
    places, at = done
    (places.inbox / "form.xlsx").write_bytes(b"EXAMPLE")
    assert {"cluster_sheets.intake", "cluster_sheets.form.load"} <= loaded(places, at)


def test_a_ledger_altered_behind_the_store_s_back_is_found_by_a_night_that_sees_no_change(
    done: tuple[Places, datetime],
) -> None:
    places, at = done
    database = places.root / "cluster.db"
    before = database.read_bytes()
    with unguarded(database) as ledger:
        ledger.execute("UPDATE entry SET amount_pence = amount_pence + 1 WHERE account = 'main:CEN'")
        ledger.execute("UPDATE entry SET amount_pence = amount_pence - 1 WHERE account = 'allocation:CEN'")
    altered = bytearray(database.read_bytes())
    assert altered != before
    altered[COUNTER] = before[COUNTER]
    database.write_bytes(altered)
    with opened(places, at) as night:
        assert is_quiet(night)
    assert run(places.root, at + timedelta(days=1)).exit_code == Exit.INTEGRITY
