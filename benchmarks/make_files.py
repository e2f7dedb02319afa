"""Makes the bench set: a workspace with its forms issued, and N filled forms beside it, kept for the next time.

    python benchmarks/make_files.py --size 1000 --into build/bench

``<into>/<size>-<seed>/workspace`` has forms and nothing received; ``files/`` holds what goes into its inbox.
"""

import argparse
import hashlib
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cluster_sheets import __version__
from cluster_sheets.demo import bulk
from cluster_sheets.demo.play import CLUSTER, KEY, START
from cluster_sheets.demo.requests import rounds
from cluster_sheets.night import init, opened
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.store import migrate
from cluster_sheets.store.database import PAGE_BYTES

SEED = 1
_DONE = "done.txt"


@dataclass(frozen=True)
class BenchSet:
    """Where a bench set lies, and the moment its night is told as of."""

    workspace: Path
    files: Path
    as_of: datetime


def bench_set(into: Path, size: int, seed: int = SEED) -> BenchSet:
    """The bench set of that size; made where it is not there yet, or was made by another version."""
    folder = into / f"{size}-{seed}"
    workspace, files, done = folder / "workspace", folder / "files", folder / _DONE
    register = register_workbook({})
    # A set made under another register or another store is another set.
    made_from = f"{__version__} {migrate.LATEST} {PAGE_BYTES} {hashlib.sha256(register).hexdigest()}"
    if not done.is_file() or done.read_text() != made_from:
        shutil.rmtree(folder, ignore_errors=True)
        files.mkdir(parents=True)
        places = init(workspace, register=register, key=KEY)
        with opened(places, START) as night:
            for name, data in bulk.filled(night.store, night.register, night.form, CLUSTER, size, seed, START, told):
                (files / name).write_bytes(data)
        done.write_text(made_from)
    with opened(init(workspace), START) as night:
        closes = rounds(night.register, CLUSTER, START)[0].closes_at
    return BenchSet(workspace, files, closes - timedelta(hours=20))


def told(what: str, done: int, of: int) -> None:
    """Says how far it is, now and then."""
    if done % 500 == 0 or done == of:
        print(f"{what}: {done} of {of}", file=sys.stderr)


def main() -> None:
    """Makes one set and says where it is."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--size", type=int, default=1000)
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--into", type=Path, default=Path("build/bench"))
    given = words.parse_args()
    made = bench_set(given.into, given.size, given.seed)
    print(f"{made.files}: {sum(1 for _ in made.files.iterdir())} files for a night as of {made.as_of.isoformat()}")


if __name__ == "__main__":
    main()
