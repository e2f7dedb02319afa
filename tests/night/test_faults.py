"""A night that is killed, or whose disk fails or is full, at any system call that writes, heals when it is run again.

Every call is tried in each way where CLUSTER_SHEETS_EVERY_FAULT is 1, which takes an hour and more; where it is 2/4,
the second of every four such tries, so that several can share them. Else some of each kind of call, and more where
real programs are required. How many were tried is told on the screen.
"""

import os
import resource
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import cycle, islice, product
from pathlib import Path

import click
import pytest

from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from tests.night import faults
from tests.night.faults import FAULTS, Fault, Point, night
from tests.night.made import full, state
from tests.servers.process import IS_ROOT, REQUIRED

pytestmark = [pytest.mark.real, pytest.mark.skipif(os.name == "nt", reason="strace is a matter of Linux")]
SIZE = 3
EVERY = os.environ.get("CLUSTER_SHEETS_EVERY_FAULT")
TOLD_AFTER = 100
DONE = (Exit.CLEAN, Exit.NEEDED)
KILLED = -9


def tried(points: Sequence[Point]) -> Iterator[tuple[Point, Fault]]:
    """What is done to which call: everything to all of them, or one thing to each of some."""
    if EVERY:
        share, _, shares = EVERY.partition("/")
        return islice(product(points, FAULTS), int(share) - 1, None, int(shares or 1))
    picked = faults.sampled(points, 1)
    return zip(picked if REQUIRED else picked[::6], cycle(FAULTS), strict=False)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Point]]:
    """What a night nothing befell leaves, and its calls that write."""
    faults.strace()
    base = tmp_path_factory.mktemp("undisturbed")
    first, at = full(base / "first" / "central", SIZE)
    # In this process, so that every module the night wants is loaded before it is forked.
    assert night(first, at)() in DONE
    second, _ = full(base / "second" / "central", SIZE)
    points = faults.recorded(night(second, at), second.root, base)
    assert state(first) == state(second)
    return state(first), points


def healed(places: Places, at: datetime, folder: Path) -> str:
    """The state after another night, as of the same moment; the trace of what broke before it is no part of it."""
    said = folder / "said-again"
    assert faults.ended(night(places, at), said) in DONE, said.read_text()
    shutil.rmtree(places.private / "traces", ignore_errors=True)
    return state(places)


def cut_short(places: Places) -> list[str]:
    """Files under a name people or the next run read that are not whole."""
    found = [path for path in places.root.rglob("*.xlsx") if not path.name.startswith(".")]
    cut = [path for path in found if not zipfile.is_zipfile(path)]
    mails = [path for path in places.outbox.rglob("*.eml") if not path.read_bytes().rstrip().endswith(b"--")]
    told = [path for path in places.root.rglob("run.json") if not path.read_bytes().rstrip().endswith(b"}")]
    return [places.told(path) for path in (*cut, *mails, *told) if not path.name.startswith(".")]


def befallen(expected: str, point: Point, fault: Fault, folder: Path) -> list[str]:
    """What is wrong after a night in which that befell that call, and the night after it."""
    places, at = full(folder / "now" / "central", SIZE)
    said = folder / "said"
    code = faults.ended(night(places, at), said, watched=["-o", "/dev/null", *fault.at(point)])
    wrong = []
    if cut := cut_short(places):
        wrong.append(f"{cut} cut short")
    if fault is faults.KILL and code != KILLED:
        wrong.append(f"was not reached: ended with {code}")
    if "Traceback" in said.read_text():
        wrong.append(said.read_text())
    if code in DONE and fault is faults.STAYS_FULL and point.call in ("write", "fsync"):
        wrong.append("said to be done")
    if healed(places, at, folder) != expected:
        wrong.append("another state")
    shutil.rmtree(places.root.parent)
    return [f"{fault.name} at {point}: {each}" for each in wrong]


def test_whatever_befalls_a_call_that_writes_the_next_night_heals_it(
    undisturbed: tuple[str, list[Point]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected, points = undisturbed
    wrong: list[str] = []
    all_tried = list(tried(points))
    for done, (point, fault) in enumerate(all_tried):
        if EVERY and not done % TOLD_AFTER:
            with capsys.disabled():
                click.echo(f"  {done} of {len(all_tried)} tried, {len(wrong)} went wrong: {wrong[-1:]}")
        wrong += befallen(expected, point, fault, tmp_path)
    with capsys.disabled():
        click.echo(f"\n  {len(points)} calls that write; faults tried: {len(all_tried)}")
    assert not wrong, "\n".join(wrong)
    assert len(all_tried) > 5


def test_what_was_kept_is_not_judged_again_where_the_disk_fails_just_then(
    undisturbed: tuple[str, list[Point]], tmp_path: Path
) -> None:
    """A transaction over two databases is kept once the list of their journals has gone; the folder is told after."""
    expected, points = undisturbed
    told = [each for each in points if (each.call, each.where) == ("fdatasync", "/private")]
    assert len(told) > 10
    wrong = [each for point in told for each in befallen(expected, point, faults.FAULTY_DISK, tmp_path)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("most", [1_000, 20_000, 60_000, 150_000])
def test_where_no_file_may_grow_past_a_limit_the_next_night_heals_it(
    most: int, undisturbed: tuple[str, list[Point]], tmp_path: Path
) -> None:
    places, at = full(tmp_path / "central", SIZE)

    def held() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return night(places, at)()

    code = faults.ended(held, tmp_path / "said")
    assert (code in (Exit.FAILED, Exit.SET_UP), cut_short(places)) == (True, [])
    assert "Traceback" not in (tmp_path / "said").read_text()
    assert healed(places, at, tmp_path) == undisturbed[0]


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[int], None]]:
    """A disk in memory, and what makes it so many kB large; skips where this machine lets nobody mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=50M", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield lambda kilobytes: _sized(folder, kilobytes)
    finally:
        subprocess.run(["umount", folder], check=True)


def _sized(folder: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", folder], check=True)


@pytest.mark.skipif(not IS_ROOT, reason="only root may mount a small disk")
@pytest.mark.parametrize("left", [0, 100, 300])
def test_on_a_disk_that_is_really_full_the_next_night_heals_it(
    left: int, undisturbed: tuple[str, list[Point]], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk) as grown:
        places, at = full(disk / "central", SIZE)
        used = shutil.disk_usage(disk).used // 1024
        grown(used + left)
        code = faults.ended(night(places, at), tmp_path / "said")
        assert (code in (Exit.FAILED, Exit.SET_UP), cut_short(places)) == (True, [])
        assert "Traceback" not in (tmp_path / "said").read_text()
        grown(50_000)
        assert healed(places, at, tmp_path) == undisturbed[0]
