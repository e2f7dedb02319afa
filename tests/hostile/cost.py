"""What one file costs the worker that reads it, by the operating system's own accounts. Linux only."""

import os
from dataclasses import dataclass
from pathlib import Path

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.pool import Pool, Read

HELD = Path("/proc/self/clear_refs").exists()
_TICKS = os.sysconf("SC_CLK_TCK") if HELD else 1
_RESET_PEAK = "5"


@dataclass(frozen=True)
class Cost:
    """Of one file."""

    read: Read
    cpu: float
    """Seconds."""
    peak_mb: float
    """Most memory of the worker while it read, what it had before included."""


class Scales:
    """A pool of one worker, and its accounts before and after each file."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._pool = Pool(limits or Limits())
        self._pool.__enter__()

    def end(self) -> None:
        """Ends the worker."""
        self._pool.__exit__(None, None, None)

    def weigh(self, data: bytes) -> Cost:
        """Reads one file. Where it stops its worker, what the dead ones cost is not counted."""
        self._pool.read([("warm", b"")])
        pid = _child(self._pool)
        Path(f"/proc/{pid}/clear_refs").write_text(_RESET_PEAK)
        before = _cpu(pid)
        read = self._pool.read([("file", data)])["file"]
        after = _child(self._pool)
        return Cost(read, _cpu(after) - before if after == pid else 0.0, _peak_mb(after))


def _child(pool: Pool) -> int:
    """The worker's process."""
    assert pool._worker is not None
    return pool._worker._process._child.pid


def _cpu(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS


def _peak_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
