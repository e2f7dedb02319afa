import json
from pathlib import Path

from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.night import init
from cluster_sheets.report.run import Exit
from tests.register.made import REGISTER

URN = "146487"
AT = "2026-09-14T08:00"


def test_forms_are_made_for_one_school_and_a_higher_number_adds_more(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    words = ["issue", "-w", str(places.root), "--round", "CEN-2627-A1", "--school", URN]
    folder = places.templates("CEN-2627-A1")
    for more, count in ((("--as-of", AT), 3), (("--as-of", "2026-09-15T08:00", "--forms", "4"), 4)):
        told = CliRunner().invoke(cli, [*words, *more, "--json"])
        assert told.exit_code == Exit.CLEAN
        assert len(json.loads(told.stdout)["forms"]) == len(list(folder.iterdir())) == count


def test_forms_are_counted_in_plain_english(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    words = ["issue", "-w", str(places.root), "--round", "CEN-2627-A1", "--school", URN, "--as-of", AT, "--forms"]
    said = [CliRunner().invoke(cli, [*words, many]).stderr.splitlines()[-1] for many in ("1", "2")]
    folder = places.templates("CEN-2627-A1").as_posix()
    assert said == [f"{count} in {folder}. E-mail each school its own." for count in ("1 form is", "2 forms are")]


def test_a_dry_run_makes_no_form(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    words = ["issue", "-w", str(places.root), "--round", "CEN-2627-A1", "--school", URN, "--as-of", AT, "--dry-run"]
    told = CliRunner().invoke(cli, words)
    assert (told.exit_code, "would be" in told.stderr) == (Exit.CLEAN, True)
    people = sum(each.name.startswith("EXAMPLE ") for each in REGISTER.members)
    warned = f"{people} people of the register are still EXAMPLE: put the real ones into the sheet Members before"
    assert told.stderr.count(warned) == 1
    assert not places.templates("CEN-2627-A1").exists()


def test_a_round_that_is_no_meeting_ends_with_2(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    told = CliRunner().invoke(cli, ["issue", "-w", str(places.root), "--round", "CEN-9999-A1", "--as-of", AT])
    assert told.exit_code == Exit.SET_UP


def test_a_round_that_has_closed_ends_with_2_and_says_when(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    words = ["issue", "-w", str(places.root), "--round", "CEN-2627-A2", "--as-of", "2026-11-30T08:00"]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == Exit.SET_UP
    assert "has closed: its forms were due by 17:00 on Thursday 19 November 2026." in told.stderr


def test_a_round_whose_meeting_is_over_ends_with_2(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    words = ["issue", "-w", str(places.root), "--round", "CEN-2627-A1", "--as-of", "2026-12-01T08:00"]
    told = CliRunner().invoke(cli, words)
    assert (told.exit_code, told.stderr.startswith("The meeting CEN-2627-A1 is over:")) == (Exit.SET_UP, True)
