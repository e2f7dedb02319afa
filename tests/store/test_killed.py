"""Killed at any write and run again, a night ends as if nobody had touched it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cluster_sheets.store import integrity
from cluster_sheets.store.database import Store
from tests.night.faults import strace
from tests.store import night
from tests.store.dump import dump

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of POSIX")
THOROUGH = bool(os.environ.get("CLUSTER_SHEETS_REQUIRE_REAL")) or os.environ.get("CI") == "true"
"""Every moment to be killed at is tried where nothing may be skipped; elsewhere every few, from end to end."""
CALLS = ("fsync", "fdatasync", "unlink", "rename", "openat", "pwrite64")


def _inbox(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for number in range(2):
        (folder / f"{number}.xlsx").write_bytes(f"EXAMPLE {number}".encode())
    return folder


def _told(workspace: Path) -> str:
    with Store.open(workspace) as store:
        assert integrity.problems(store) == ()
        lying = sorted(str(path.relative_to(workspace)) for path in workspace.rglob("*") if path.is_file())
        return dump(store) + "\n".join(lying)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    base = tmp_path_factory.mktemp("twin")
    night.run(base / "central", _inbox(base / "inbox"))
    return _told(base / "central")


def _run(base: Path, picked: int = 0) -> int:
    # A fork costs a hundredth of a new Python, so that every single write can be tried.
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if picked:
            night.arm(picked)
        night.run(base / "central", base / "inbox")
        os._exit(0)
    finally:
        os._exit(1)


def test_killed_at_each_write_and_run_again(tmp_path: Path, undisturbed: str) -> None:
    for picked in range(1, 500, 1 if THOROUGH else 4):
        base = tmp_path / str(picked)
        _inbox(base / "inbox")
        ended = _run(base, picked)
        assert ended in (-signal.SIGKILL, 0)
        assert _run(base) == 0
        assert _told(base / "central") == undisturbed
        if ended == 0:
            assert picked > 40
            return
    raise AssertionError("the night never came to its end")


@pytest.mark.real
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_each_system_call_that_writes(tmp_path: Path, undisturbed: str, call: str) -> None:
    traced = strace()
    step = {"openat": 97, "pwrite64": 9}.get(call, 1) * (1 if THOROUGH else 6)
    for turn in range(1, 2000, step):
        base = tmp_path / str(turn)
        _inbox(base / "inbox")
        injected = (
            traced,
            "-f",
            "-o",
            "/dev/null",
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:signal=KILL:when={turn}",
        )
        program = (sys.executable, "-m", "tests.store.night", str(base / "central"), str(base / "inbox"))
        ended = subprocess.run([*injected, *program], check=False, capture_output=True).returncode
        assert _run(base) == 0
        assert _told(base / "central") == undisturbed
        if ended == 0:
            assert turn > 1
            return
    raise AssertionError("the night never came to its end")
