"""Measure: what a process cost, all its children included, by the operating system's own accounts."""

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

BYTECODE = Path("build/bench/bytecode")
"""An installed program lies compiled on the disk; a checkout may not, where the shell forbids Python to write it."""


@dataclass(frozen=True)
class Cost:
    """What one process cost."""

    cpu: float
    """Seconds, user and system, of it and its children."""
    peak_mb: float
    """Most proportional set size of it and its children together, in MB; 0 where it was not looked at."""
    code: int


def cost(command: Sequence[str], *, memory: bool = False) -> Cost:
    """Runs ``command`` to its end; with ``memory`` looks at its processes' memory every 20 ms."""
    world = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    world["PYTHONPYCACHEPREFIX"] = str(BYTECODE.resolve())
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=world)
    watch = _Watch(process.pid) if memory else None
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = watch.stop() if watch else 0.0
    return Cost(used.ru_utime + used.ru_stime, peak, process.returncode)


class _Watch:
    """Looks at a process and its children until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.is_set():
            self._peak = max(self._peak, sum(_pss(pid) for pid in _family(self._pid)) / 1024)
            time.sleep(0.02)

    def stop(self) -> float:
        """Peak in MB."""
        self._over.set()
        self._thread.join()
        return self._peak


def _family(pid: int) -> list[int]:
    found, left = [], [pid]
    while left:
        each = left.pop()
        found.append(each)
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                left += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


@dataclass(frozen=True)
class Ratio:
    """One promise, measured."""

    name: str
    bar: float
    aim: float
    ratios: tuple[float, ...]
    above: float
    below: float
    """Medians of both sides, in seconds (or MB)."""

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.ratios)

    def line(self) -> str:
        """One row of the table."""
        met = "met" if self.median <= self.bar else "NOT MET"
        spread = f"{min(self.ratios):.2f} to {max(self.ratios):.2f}"
        figures = f"{self.above:9.3f} {self.below:9.3f}"
        return f"{self.name:<58} {self.median:7.2f} {self.bar:6.2f} {self.aim:6.2f}  {spread:>16} {figures}  {met}"


def interleaved(
    name: str, bar: float, aim: float, pairs: int, above: Callable[[], float], below: Callable[[], float]
) -> Ratio:
    """The ratio of two measurements taken in turn, pair by pair."""
    got = [(above(), below()) for _ in range(pairs)]
    ratios = tuple(one / other for one, other in got)
    return Ratio(name, bar, aim, ratios, statistics.median(g[0] for g in got), statistics.median(g[1] for g in got))
