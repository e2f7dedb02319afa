"""Fuzzing, led by coverage: pre-check, reader and typed answers must meet any workbook without breaking.

    pip install atheris
    nice python -m tests.fuzz.fuzz_reader build/fuzz tests/fuzz/corpus -max_total_time=900 -rss_limit_mb=2000

The first folder takes what the run finds interesting; what breaks the program is left where it was started, as
``crash-…`` (or ``timeout-…``, ``oom-…``). Such a file goes into ``tests/fuzz/corpus``: the tests read it ever after.
"""

import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["cluster_sheets.intake", "cluster_sheets.reading", "cluster_sheets.form.kind"]
):
    from tests.fuzz.walked import raw_form, typed

from tests.fuzz.packed import packed
from tests.reading.workbooks import workbook
from tests.requests import KINDS

_TOKENS = Path(__file__).with_name("xlsx.dict")
_ONE_IN = 8
"""Of so many mutations one is of the archive's own bytes, the others of a part."""


def one(data: bytes) -> None:
    """Walks one input; whatever is raised is a find."""
    raw = raw_form(data)
    if not isinstance(raw, str) and raw.ours:
        typed(raw)


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """``data`` changed a little: mostly within one of its parts."""
    if seed % _ONE_IN == 0:
        return bytes(atheris.Mutate(data, most))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - not an archive any more: only its bytes can be changed
        return bytes(atheris.Mutate(data, most))
    name = sorted(parts)[seed // _ONE_IN % len(parts)] if parts else ""
    if name:
        parts[name] = bytes(atheris.Mutate(parts[name], len(parts[name]) + 200))
    made = packed(parts)
    return made if len(made) <= most else bytes(atheris.Mutate(data, most))


def seeds(into: Path) -> None:
    """Good workbooks to start from."""
    for number, kind in enumerate(KINDS.values()):
        with zipfile.ZipFile(io.BytesIO(workbook(kind))) as archive:
            (into / f"{number}.xlsx").write_bytes(packed({name: archive.read(name) for name in archive.namelist()}))


def main() -> None:
    """Runs until libFuzzer's own options say to stop."""
    for word in sys.argv[1:]:
        if not word.startswith("-"):
            Path(word).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        seeds(Path(folder))
        words = [*sys.argv, folder, f"-dict={_TOKENS}", "-max_len=400000", "-timeout=20"]
        atheris.Setup(words, one, custom_mutator=mutated)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
