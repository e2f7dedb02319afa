import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cluster_sheets.store.lock import locked

HOLDS = """
import sys, time
from pathlib import Path
from cluster_sheets.store.lock import locked
with locked(Path(sys.argv[1])) as held:
    print(held, flush=True)
    time.sleep(60)
"""


def _is_free(path: Path) -> bool:
    with locked(path) as held:
        return held


def test_what_is_held_is_refused_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with locked(path) as held:
        assert held
        assert not _is_free(path)
        # One that was refused takes nothing from the one that holds it.
        assert not _is_free(path)
    assert _is_free(path)
    assert path.exists()


def test_one_that_failed_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with pytest.raises(KeyError), locked(path):
        raise KeyError
    assert _is_free(path)


def test_another_process_is_kept_out_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with subprocess.Popen((sys.executable, "-c", HOLDS, str(path)), stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert not _is_free(path)
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    assert _is_free(path)


def test_its_file_is_its_owners_and_what_stands_in_one_that_lies_there_stays(tmp_path: Path) -> None:
    path, kept = tmp_path / "run.lock", tmp_path / "kept.lock"
    kept.write_text("EXAMPLE")
    assert _is_free(path)
    assert _is_free(kept)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept.read_text() == "EXAMPLE"
