from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.report.run import Crash
from cluster_sheets.report.summary import summary
from cluster_sheets.report.written import written
from cluster_sheets.store.places import Places
from tests.replies.made import NIGHT
from tests.report.made import RUN


def test_a_report_is_three_files_and_two_where_nobody_is_needed(tmp_path: Path) -> None:
    places = Places(tmp_path)
    folder = written(RUN, places)
    assert folder == tmp_path / "reports" / "2026-09-29-0100"
    assert sorted(path.name for path in folder.iterdir()) == ["needs-you.xlsx", "run.json", "summary.txt"]
    written(replace(RUN, needs=()), places)
    assert sorted(path.name for path in folder.iterdir()) == ["run.json", "summary.txt"]
    assert (folder / "run.json").read_text() == replace(RUN, needs=()).to_json()


def test_told_again_a_report_keeps_what_was_ticked_and_gets_back_what_is_gone(tmp_path: Path) -> None:
    places = Places(tmp_path)
    folder = written(RUN, places)
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "needs-you.xlsx").write_bytes(b"EXAMPLE of a tick")
    written(RUN, places)
    assert (folder / "needs-you.xlsx").read_bytes() == b"EXAMPLE of a tick"
    for name in whole:
        (folder / name).unlink()
        written(RUN, places)
        assert {path.name for path in folder.iterdir()} == whole.keys()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole


def test_what_the_program_said_where_it_broke_lies_in_private(tmp_path: Path) -> None:
    crash = Crash("0123456789abcdef", "ValueError: could not read ‘Ivy Sneyd’")
    written(replace(RUN, crashes=(crash,)), Places(tmp_path))
    trace = tmp_path / "private" / "traces" / "2026-09-29-0100-0123456789abcdef.txt"
    assert trace.read_text() == crash.trace
    assert trace.stat().st_mode & 0o777 == 0o600


def test_a_second_night_of_the_same_minute_leaves_the_report_of_the_first_as_it_is(tmp_path: Path) -> None:
    places, later = Places(tmp_path), NIGHT + timedelta(seconds=25)
    crash = Crash("0123456789abcdef", "ValueError: first")
    first = written(replace(RUN, crashes=(crash,)), places)
    lay = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    second = written(replace(RUN, as_of=later, needs=(), crashes=(replace(crash, trace="ValueError: second"),)), places)
    assert {path: path.read_bytes() for path in lay} == lay
    assert (first.name, second.name) == ("2026-09-29-0100", "2026-09-29-0100-25")
    assert "reports/2026-09-29-0100-25/summary.txt" in (second / "summary.txt").read_text()
    assert (places.private / "traces" / f"{second.name}-{crash.unit_id}.txt").read_text() == "ValueError: second"
    shown = summary(replace(RUN, as_of=later, needs=()), places)
    assert "2026-09-29-0100-25/summary.txt" in shown
