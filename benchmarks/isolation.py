"""Isolation: what it costs to read each file in a worker process, and what happens when a worker comes to harm.

    python -m benchmarks.isolation [--pairs 5] [--size 1000] [--harm]

Prints, for the files of the bench set, CPU seconds of reading them in this very process and through the pool, and how
much a file costs more; with ``--harm`` what a worker that aborts, panics, loops or eats memory costs the files beside
it, and which hostile workbooks of the tests cost most. ``docs/hostile.md`` says what is refused.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.make_files import bench_set
from benchmarks.measure import cost

ORDERS = ("read", "abort", "panic", "loop", "eat", "hoard")
"""What the target of the tests does with a file that holds the word."""
WITHIN, THROUGH = "within", "through"
_BESIDE = 31
"""Good files beside the one that does harm: it shares its chunk with fifteen of them."""
_SHOWN = 5


def read(how: str, folder: Path, most: int) -> None:
    """Reads the files of a folder in this process or through the pool; runs in a process of its own, to be measured."""
    from cluster_sheets.intake.limits import Limits
    from cluster_sheets.intake.pool import Pool

    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())[:most]]
    if how == THROUGH:
        with Pool(Limits()) as pool:
            for _ in pool.stream(files):
                pass
        return
    from cluster_sheets.intake.precheck import checked
    from cluster_sheets.reading import raw

    for _, data in files:
        raw.read(data, checked(data, Limits()))


def per_file(folder: Path, size: int, pairs: int) -> None:
    """What isolation costs: of all files, of one of them, and of a night with a single one."""
    for most in (size, 1):
        got = [[_seconds(how, folder, most) for how in (WITHIN, THROUGH)] for _ in range(pairs)]
        within, through = (statistics.median(column) for column in zip(*got, strict=True))
        more = (through - within) / most * 1000
        ratio = statistics.median(pair[1] / pair[0] for pair in got)
        print(f"{most:6,} files: {within:.3f} s within, {through:.3f} s through workers, {ratio:.2f} times;", end=" ")
        print(f"{more:.2f} ms a file for being apart")


def _seconds(how: str, folder: Path, most: int) -> float:
    return cost((sys.executable, "-m", "benchmarks.isolation", "--read", how, str(folder), "--size", str(most))).cpu


def harm(limits_seconds: int = 2) -> None:
    """A worker comes to harm at one file among good ones; the limit of seconds is a small one, to wait less."""
    from cluster_sheets.intake.limits import Limits
    from cluster_sheets.intake.pool import Pool, Refused
    from tests.intake.files import with_part

    print(
        f"\n{'at one file of 32 a worker':<28}{'the file':<24}{'the others':<14}{'CPU s more':>10}{'by the clock':>14}"
    )
    limits = Limits(cpu_seconds=limits_seconds)
    base = (0.0, 0.0)
    for order in ORDERS:
        told = [("odd", order)] + [(f"{each}", "read") for each in range(_BESIDE)]
        files = [(name, with_part("order.txt", word.encode())) for name, word in told]
        begun, clock = _used(), time.monotonic()
        with Pool(limits, "tests.intake.targets:obey") as pool:
            answers = pool.read(files)
        spent = (_used() - begun, time.monotonic() - clock)
        base = spent if order == "read" else base
        odd = answers.pop("odd")
        good = sum(not isinstance(each, Refused) for each in answers.values())
        became = odd.code if isinstance(odd, Refused) else "read"
        print(
            f"{order:<28}{became:<24}{good:>2} of {_BESIDE} read {spent[0] - base[0]:>11.2f}{spent[1] - base[1]:>14.2f}"
        )


def _used() -> float:
    """CPU seconds of this process and of those it has waited for."""
    import resource

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def hostile() -> None:
    """The hostile workbooks of the tests that cost their worker most."""
    from tests.hostile.cost import Scales
    from tests.hostile.desk import Desk
    from tests.hostile.workbooks import KINDS

    with tempfile.TemporaryDirectory() as folder:
        good = Desk(Path(folder) / "central", 2, 0).soon[1]
    scales = Scales()
    told = [(scales.weigh(kind.make(good)), kind.name) for kind in KINDS]
    scales.end()
    print(f"\nOf {len(KINDS)} hostile workbooks the dearest, in CPU seconds:")
    for each, name in sorted(told, key=lambda one: -one[0].cpu)[:_SHOWN]:
        print(f"  {each.cpu:6.2f} s  {name}")
    print("and in memory of the worker:")
    for each, name in sorted(told, key=lambda one: -one[0].peak_mb)[:_SHOWN]:
        print(f"  {each.peak_mb:6.0f} MB  {name}")


def main(given: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--pairs", type=int, default=5)
    words.add_argument("--size", type=int, default=1000)
    words.add_argument("--into", type=Path, default=Path("build/bench"))
    words.add_argument("--harm", action="store_true")
    words.add_argument("--read", nargs=2, metavar=("HOW", "FOLDER"), help=argparse.SUPPRESS)
    told = words.parse_args(given)
    if told.read:
        read(told.read[0], Path(told.read[1]), told.size)
        return
    per_file(bench_set(told.into, told.size).files, told.size, told.pairs)
    if told.harm:
        harm()
        hostile()


if __name__ == "__main__":
    main()
