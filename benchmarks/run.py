"""Run: every promise of speed in one run, each as a ratio of CPU seconds, with its bar.

    python -m benchmarks.run [--pairs 5] [--small 1000] [--large 10000] [--only NAME]

Exit code 1 where a bar is not met. ``benchmarks/README.md`` says how each figure is measured.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.make_files import BenchSet, bench_set
from benchmarks.measure import Cost, Ratio, cost, interleaved

PYTHON = sys.executable
PASS = (PYTHON, "-c", "pass")
HEAD = f"{'':<58} {'ratio':>7} {'bar':>6} {'aim':>6}  {'least to most':>16} {'above':>9} {'below':>9}"


class Bench:
    """The sets, and what is measured on them."""

    def __init__(self, pairs: int, small: int, large: int, folder: Path) -> None:
        self.pairs, self.folder = pairs, folder
        self.sizes = (small, large)
        self._sets: dict[int, BenchSet] = {}
        self._done_with: list[Path] = []

    def of(self, size: int) -> BenchSet:
        """The bench set of a size, made when first wanted."""
        if size not in self._sets:
            self._sets[size] = bench_set(self.folder, size)
        return self._sets[size]

    def night(self, size: int, *, again: bool = False, memory: bool = False) -> Cost:
        """A night over so many new files; with ``again`` the one after it, with nothing new."""
        made = self.of(size)
        # What is done with is kept until the end: where much was just deleted a file system may take ten times as long
        # to make a file.
        folder = Path(tempfile.mkdtemp(prefix="cluster-sheets-bench-"))
        self._done_with.append(folder)
        workspace = folder / "central"
        shutil.copytree(made.workspace, workspace)
        for path in made.files.iterdir():
            shutil.copy(path, workspace / "inbox" / path.name)
        words = ("run", "-w", str(workspace), "--as-of", made.as_of.isoformat())
        told = _done(cost((PYTHON, "-m", "cluster_sheets", *words), memory=memory))
        if again:
            told = _done(cost((PYTHON, "-m", "cluster_sheets", *words)))
        return told

    def tidy(self) -> None:
        """Removes what was made to be measured."""
        while self._done_with:
            shutil.rmtree(self._done_with.pop(), ignore_errors=True)

    def idle(self, size: int) -> Callable[[], float]:
        """Measures a night with so many known files and nothing new, on one workspace that has had its first night."""
        made = self.of(size)
        workspace = self.folder / f"idle-{size}"
        shutil.rmtree(workspace, ignore_errors=True)
        shutil.copytree(made.workspace, workspace)
        for path in made.files.iterdir():
            shutil.copy(path, workspace / "inbox" / path.name)
        words = (PYTHON, "-m", "cluster_sheets", "run", "-w", str(workspace), "--as-of", made.as_of.isoformat())
        _done(cost(words))
        return lambda: _done(cost(words)).cpu

    def reading(self, size: int, reader: str) -> float:
        """A process that only opens the same files and takes the same sheets' values."""
        return _done(cost((PYTHON, "-m", "benchmarks.only_read", reader, str(self.of(size).files)))).cpu

    def peak(self, size: int) -> float:
        """Most memory of a night and its workers, in MB."""
        return self.night(size, memory=True).peak_mb


def _done(told: Cost) -> Cost:
    if told.code not in (0, 3):
        raise SystemExit(f"a measured process ended with {told.code}: nothing it cost counts")
    return told


def figures(bench: Bench) -> dict[str, Callable[[], Ratio]]:
    """Each promise (speed.md's table), by a short name."""
    small, large = bench.sizes
    pairs = bench.pairs

    def ratio(name: str, bar: float, aim: float, above: Callable[[], float], below: Callable[[], float]) -> Ratio:
        return interleaved(name, bar, aim, pairs, above, below)

    return {
        "night": lambda: ratio(
            f"a night over {small:,} new files ÷ only reading them", 5.0, 3.3,
            lambda: bench.night(small).cpu, lambda: bench.reading(small, "calamine"),
        ),
        "large": lambda: ratio(
            f"a night over {large:,} new files ÷ only reading them", 3.0, 2.0,
            lambda: bench.night(large).cpu, lambda: bench.reading(large, "calamine"),
        ),
        "openpyxl": lambda: ratio(
            f"a night over {small:,} new files ÷ openpyxl loading them", 0.20, 0.12,
            lambda: bench.night(small).cpu, lambda: bench.reading(small, "openpyxl"),
        ),
        "idle": lambda: ratio(
            f"a night with {small:,} known files, nothing new ÷ python -c pass", 15, 8,
            bench.idle(small), lambda: cost(PASS).cpu,
        ),
        "help": lambda: ratio(
            "cluster-sheets --help ÷ python -c pass", 8, 5,
            lambda: cost((PYTHON, "-m", "cluster_sheets", "--help")).cpu, lambda: cost(PASS).cpu,
        ),
        "memory": lambda: ratio(
            f"peak memory at {large:,} ÷ at {small:,} (MB)", 1.2, 1.1,
            lambda: bench.peak(large), lambda: bench.peak(small),
        ),
        "panel": lambda: _panel(bench, pairs),
    }  # fmt: skip


def _panel(bench: Bench, pairs: int) -> Ratio:
    from benchmarks.panel import Panel

    panel = Panel(bench.folder)
    return interleaved(
        f"panel workbook of {panel.cases} cases ÷ XlsxWriter, same content",
        1.0, 0.65, max(pairs, 7), panel.ours, panel.plain,
    )  # fmt: skip


def main() -> int:
    """Measures and prints; 1 where a bar is not met."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--pairs", type=int, default=5)
    words.add_argument("--small", type=int, default=1_000)
    words.add_argument("--large", type=int, default=10_000)
    words.add_argument("--into", type=Path, default=Path("build/bench"))
    words.add_argument("--only", action="append", default=[])
    given = words.parse_args()
    bench = Bench(given.pairs, given.small, given.large, given.into)
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, median of {given.pairs} interleaved pairs")
    print(HEAD)
    made = []
    for name, figure in figures(bench).items():
        if not given.only or name in given.only:
            made.append(figure())
            print(made[-1].line(), flush=True)
    bench.tidy()
    if not given.only or "copies" in given.only:
        from benchmarks.panel import marked_up_ms

        print(f"a marked-up copy costs {statistics.median(marked_up_ms(bench.of(given.small))):.0f} ms each")
    return int(any(each.median > each.bar for each in made))


if __name__ == "__main__":
    raise SystemExit(main())
