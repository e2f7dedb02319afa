"""A night killed at any moment, and run again, ends as its undisturbed twin; no reply is told twice.

Every kill is SIGKILL to a real run, its workers with it: at 20 moments where every test is wanted, at a few elsewhere,
at as many as ``CLUSTER_SHEETS_MOMENTS`` says where it is set.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from tests.night.made import full, state

MOMENTS = int(os.environ.get("CLUSTER_SHEETS_MOMENTS") or (20 if os.environ.get("CLUSTER_SHEETS_REQUIRE_REAL") else 3))
SIZE = 24


def command(places: Places, at: str) -> list[str]:
    return [sys.executable, "-m", "cluster_sheets", "run", "-w", str(places.root), "--as-of", at]


def run_whole(places: Places, at: str) -> float:
    """Runs a night to its end; seconds it took."""
    begun = time.monotonic()
    done = subprocess.run(command(places, at), capture_output=True, check=False)
    assert done.returncode in (Exit.CLEAN, Exit.NEEDED), done.stderr.decode()
    return time.monotonic() - begun


def run_killed(places: Places, at: str, after: float) -> bool:
    """Runs a night and kills it, workers and all, so many seconds on; whether it was still running."""
    night = subprocess.Popen(
        command(places, at), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        night.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(night.pid, signal.SIGKILL)
        night.wait()
        return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="kills a whole process group, which is POSIX")
def test_killed_at_random_moments_a_night_ends_as_its_undisturbed_twin(tmp_path: Path) -> None:
    twin, moment = full(tmp_path / "twin" / "central", SIZE)
    at = moment.isoformat()
    whole = run_whole(twin, at)
    expected = state(twin)
    random_moments = random.Random(2026)
    hit = 0
    for number in range(MOMENTS):
        places, _ = full(tmp_path / str(number) / "central", SIZE)
        hit += run_killed(places, at, random_moments.uniform(0.05, 0.95) * whole)
        run_whole(places, at)
        assert state(places) == expected, f"killed at moment {number}"
    assert hit >= MOMENTS * 2 // 3


@pytest.mark.skipif(os.name == "nt", reason="kills a whole process group, which is POSIX")
def test_killed_again_and_again_a_night_ends_as_its_undisturbed_twin(tmp_path: Path) -> None:
    twin, moment = full(tmp_path / "twin" / "central", SIZE)
    places, _ = full(tmp_path / "other" / "central", SIZE)
    at = moment.isoformat()
    whole = run_whole(twin, at)
    for part in (0.3, 0.5, 0.7, 0.9):
        run_killed(places, at, part * whole)
    run_whole(places, at)
    assert state(places) == state(twin)
