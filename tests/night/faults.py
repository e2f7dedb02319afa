"""Faults at the system calls of a night: each call that writes is told apart, and can be made to kill or to fail.

The night runs in a fork of the test, so that nothing needs to be loaded again; strace holds on to the fork.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import pytest

from cluster_sheets.cli.main import cli
from cluster_sheets.store.places import Places
from tests.servers.process import REQUIRED

CALLS = (
    "openat", "write", "pwrite64", "writev", "sendto", "sendmsg", "fsync", "fdatasync", "ftruncate", "rename",
    "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "link", "linkat", "fchmod", "chmod",
)  # fmt: skip
_LINE = re.compile(r"(\w+)\((.*)")
_OPENS_TO_WRITE = ("O_WRONLY", "O_RDWR", "O_CREAT")
_SENDS = ("write", "writev", "sendto", "sendmsg")
_VARIES = re.compile(r"(?<=-mj)[0-9A-F]+|[0-9a-f]{8,}|\d+")
Act = Callable[[], int]
"""What is run in the fork; its exit code."""


@dataclass(frozen=True)
class Point:
    """One system call of a night that writes."""

    call: str
    turn: int
    """The how-many-eth call of that name it is."""
    where: str
    """What it writes to, less what differs from file to file; ``socket`` where it goes to a server."""


@dataclass(frozen=True)
class Fault:
    """What befalls a call."""

    name: str
    injected: str

    def at(self, point: Point) -> list[str]:
        """The words for strace."""
        return ["-e", f"trace={point.call}", "-e", f"inject={point.call}:{self.injected.format(turn=point.turn)}"]


KILL = Fault("kill", "signal=KILL:when={turn}")
FAULTY_DISK = Fault("EIO", "error=EIO:when={turn}")
FULL_DISK = Fault("ENOSPC", "error=ENOSPC:when={turn}")
STAYS_FULL = Fault("ENOSPC from then on", "error=ENOSPC:when={turn}+")
FAULTS = (KILL, FAULTY_DISK, FULL_DISK, STAYS_FULL)


def strace() -> str:
    """Where strace is; skips where it is not, or may not trace."""
    found = shutil.which("strace")
    if found and subprocess.run([found, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0:
        return found
    if REQUIRED:
        raise AssertionError("strace is missing, or may not trace here")
    pytest.skip("strace is missing, or may not trace here: apt-get install strace")


def night(places: Places, at: datetime) -> Callable[[], int]:
    """The command, as somebody types it."""

    def act() -> int:
        try:
            cli(["run", "-w", str(places.root), "--as-of", at.isoformat()])
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    return act


class Fork:
    """A fork of this process that waits for a word, then does what it is to do; all it prints goes to ``said``."""

    def __init__(self, act: Act, said: Path) -> None:
        ready, self._go = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._go)
            _in_child(act, ready, said)
        os.close(ready)

    def go(self) -> None:
        """Says the word."""
        os.write(self._go, b".")

    def end(self) -> int:
        """Waits for its end; its exit code, as subprocess tells it. One that was told nothing ends by itself."""
        os.close(self._go)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def ended(act: Act, said: Path, *, watched: Iterable[str] | None = None) -> int:
    """Exit code of ``act`` in a fork; watched by strace where it is told how."""
    child = Fork(act, said)
    with nullcontext() if watched is None else _held(child.pid, watched):
        child.go()
        return child.end()


def _in_child(act: Act, ready: int, said: Path) -> None:
    code = 1
    try:
        printed = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        # What pytest put in their place is its own.
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        # Left by itself once the parent is gone.
        if os.read(ready, 1):
            code = act()
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


@contextmanager
def _held(child: int, words: Iterable[str]) -> Iterator[None]:
    holder = subprocess.Popen(
        [strace(), "-y", "-s", "0", *words, "-p", str(child)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        status = Path(f"/proc/{child}/status")
        while f"TracerPid:\t{holder.pid}\n" not in status.read_text():
            if holder.poll() is not None:
                os.kill(child, signal.SIGKILL)
                raise AssertionError("strace let go")
            time.sleep(0.001)
        yield
    finally:
        holder.wait(60)


def recorded(act: Act, root: Path, folder: Path) -> list[Point]:
    """Every call of ``act`` that writes below ``root`` or to a server, in order."""
    log = folder / "calls"
    code = ended(act, folder / "said", watched=["-o", str(log), "-e", f"trace={','.join(CALLS)}"])
    assert code in (0, 3), (folder / "said").read_text()
    return list(_points(log.read_text(errors="replace").splitlines(), str(root)))


def _points(lines: Iterable[str], root: str) -> Iterator[Point]:
    turns: Counter[str] = Counter()
    for line in lines:
        found = _LINE.match(line)
        if not found:
            continue
        call, told = found[1], found[2]
        turns[call] += 1
        if call in _SENDS and re.match(r"\d+<(TCP|socket):", told):
            yield Point(call, turns[call], "socket")
        elif root in told and (call != "openat" or any(flag in told for flag in _OPENS_TO_WRITE)):
            path = told.partition(root)[2]
            yield Point(call, turns[call], _VARIES.sub("#", re.split(r'[>"]', path)[0]))


def sampled(points: Iterable[Point], most: int) -> list[Point]:
    """Of each kind of call to each kind of place so many, spread from the first to the last."""

    def kind(point: Point) -> tuple[str, str]:
        return point.call, point.where

    picked = []
    for _, alike in groupby(sorted(points, key=lambda each: (*kind(each), each.turn)), kind):
        found = list(alike)
        step = max(1, -(-len(found) // most))
        picked += found[::step]
    return picked
