import json
from pathlib import Path

from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.night import opened
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
