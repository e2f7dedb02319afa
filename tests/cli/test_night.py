import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.demo import play
from cluster_sheets.night import opened
from cluster_sheets.night.workspace import init
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.report.run import Exit
from tests.night.made import full, state


def test_a_night_prints_its_summary_on_stderr_and_its_report_on_stdout(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    told = CliRunner().invoke(cli, ["run", "-w", str(places.root), "--as-of", at.isoformat(), "--json"])
    assert told.exit_code == Exit.NEEDED
    assert told.stdout == (places.reports(at) / "run.json").read_text()
    assert json.loads(told.stdout)["units"]["tonight"]["received"] == 16
    assert "What needs you" in told.stderr


def test_a_dry_run_tells_the_same_and_changes_nothing(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    before = state(places)
    words = ["run", "-w", str(places.root), "--as-of", at.isoformat()]
    told = CliRunner().invoke(cli, [*words, "--dry-run"])
    assert "This was a dry run" in told.stderr
    assert state(places) == before


def test_a_workspace_that_another_run_holds_ends_with_4(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    with opened(places, at):
        told = CliRunner().invoke(cli, ["run", "-w", str(places.root), "--as-of", at.isoformat()])
    assert (told.exit_code, "Another run holds" in told.stderr) == (Exit.BUSY, True)


def test_a_faulty_register_ends_with_2_and_says_which_cell(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    places.register.write_bytes(b"no workbook")
    told = CliRunner().invoke(cli, ["run", "-w", str(places.root), "--as-of", at.isoformat()])
    assert (told.exit_code, "register.xlsx" in told.stderr) == (Exit.SET_UP, True)


FAULTS = [
    ("timezone", "Mars/Base", "Mars/Base in timezone is not a time zone. Type its name in "),
    ("meetings_a_year", "0", "0 in meetings_a_year is too little or too much. Type a figure from 1 to 52 in "),
    ("small_number_threshold", "-1", "-1 in small_number_threshold is too little or too much. Type a figure from 3 to"),
    ("template_version", "CS-APP 2027.1", "template_version is CS-APP 2027.1. It must be one of template_versions_acc"),
]


@pytest.mark.parametrize(("name", "value", "said"), FAULTS)
@pytest.mark.parametrize(
    "words", [("doctor",), ("run",), ("issue", "--round", "CEN-2627-A1")], ids=lambda words: words[0]
)
def test_a_setting_that_may_not_stand_is_told_alike_by_every_command(
    name: str, value: str, said: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    places = init(tmp_path / "central", register=register_workbook({name: value}))
    told = CliRunner().invoke(cli, [*words, "-w", str(places.root), "--as-of", "2026-09-14T07:00Z"])
    assert told.exit_code == Exit.SET_UP, told.output
    assert f": {said}" in told.stderr
    assert "register.xlsx Settings C" in told.stderr


def test_a_demo_of_settings_that_may_not_stand_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, value, said = FAULTS[0]
    monkeypatch.setattr(play, "register_workbook", lambda _: register_workbook({name: value}))
    told = CliRunner().invoke(cli, ["demo", "--size", "12", "--into", str(tmp_path / "demo")])
    assert (told.exit_code, f": {said}" in told.stderr) == (Exit.SET_UP, True), told.output
