"""Two nights started at once: one does the work, the other says so and leaves; what is left is the same every time."""

import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import click
import pytest

from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from tests.night.faults import Fork, night
from tests.night.made import full, state
from tests.servers.process import REQUIRED

TIMES = 50 if REQUIRED else 4
SIZE = 3
_BUSY = "Another run holds this workspace: wait until it has ended.\n"


def both(places: Places, at: datetime, folder: Path) -> list[tuple[int, str]]:
    """Exit code and words of each of two runs, begun as nearly at once as two processes can be."""
    said = [folder / "said-by-one", folder / "said-by-the-other"]
    runs = [Fork(night(places, at), each) for each in said]
    for each in runs:
        each.go()
    codes = [each.end() for each in runs]
    return list(zip(codes, [each.read_text() for each in said], strict=True))


@pytest.mark.real
@pytest.mark.skipif(os.name == "nt", reason="forks, which is POSIX")
def test_one_wins_and_the_other_says_that_it_is_busy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, at = full(tmp_path / "first" / "central", SIZE)
    assert night(first, at)() == Exit.NEEDED
    seen, codes = {state(first)}, Counter[tuple[int, ...]]()
    for number in range(TIMES):
        places, at = full(tmp_path / str(number) / "central", SIZE)
        ended = both(places, at, tmp_path)
        codes[tuple(sorted(code for code, _ in ended))] += 1
        assert [told for code, told in ended if code == Exit.BUSY] in ([], [_BUSY])
        seen.add(state(places))
    with capsys.disabled():
        click.echo(f"\n  two at once, {TIMES} times: {dict(codes)}")
    assert codes == {(Exit.NEEDED, Exit.BUSY): TIMES}
    assert len(seen) == 1
