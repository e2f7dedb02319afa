"""Finds of fuzzing, read ever after; and a short run of it, where the fuzzer is installed (``pip install atheris``)."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.verdict import structure
from tests.checks.batch import judged
from tests.fuzz.walked import FORM, raw_form
from tests.replies.test_marked import copy

CORPUS = Path(__file__).with_name("corpus")
FINDS = {
    "a-day-below-all-bounds.xlsx": "file-broken",
    "a-sheet-that-is-not-there.xlsx": "read",
    "a-workbook-without-sheets.xlsx": "file-broken",
    "an-address-in-no-letters.xlsx": "file-broken",
    "an-amount-without-end.xlsx": "read",
    "formulas-without-end.xlsx": "file-broken",
}
"""What became of each, once it was mended."""
RUNS, SEED = 3000, 1
"""A test says the same thing twice: another seed is for a run by hand, and what that finds goes into the corpus."""
atheris = pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")


@pytest.mark.parametrize("name", FINDS)
def test_what_broke_the_reader_once_breaks_it_no_more(name: str) -> None:
    begun = time.process_time()
    told = raw_form((CORPUS / name).read_bytes())
    assert time.process_time() - begun < 2
    assert (told if isinstance(told, str) else "read") == FINDS[name]
    if isinstance(told, RawForm):
        found = (*structure.findings(FORM, told, name), *judged(told)[0])
        assert RawForm(**read(copy(told, found))).ours


def test_every_find_is_looked_at() -> None:
    assert sorted(path.name for path in CORPUS.iterdir()) == sorted(FINDS)


@pytest.mark.real
@atheris
def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    found = tmp_path / "found"
    options = (f"-runs={RUNS}", f"-seed={SEED}", "-rss_limit_mb=2000", f"-artifact_prefix={tmp_path}/")
    ran = subprocess.run(
        (sys.executable, "-m", "tests.fuzz.fuzz_reader", str(found), str(CORPUS), *options),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert "DONE" in ran.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["found"]
