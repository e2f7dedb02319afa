import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.night import init
from cluster_sheets.report.run import Exit
from cluster_sheets.store import forms
from cluster_sheets.store.database import Store
from tests.register.made import REGISTER
from tests.store.made import keep

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


def test_forms_written_anew_and_those_that_stay_are_told_with_their_number(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    words = ["issue", "-w", str(places.root), "--round", "CEN-2627-A1", "--school", URN, "--as-of", AT]
    assert "of them" not in CliRunner().invoke(cli, words).stderr
    book = openpyxl.load_workbook(places.register)
    (name,) = [row[1] for row in book["Members"].iter_rows() if row[0].value == "M001"]
    name.value = "EXAMPLE Nina Newcomer"
    book.save(places.register)
    with Store.open(places.root) as store, store.transaction():
        keep(store, b"EXAMPLE", forms.of_round(store, "CEN-2627-A1")[0].form_id)
    tried = CliRunner().invoke(cli, [*words, "--dry-run"]).stderr
    assert "2 of them would be written anew" in tried
    assert CliRunner().invoke(cli, words).stderr.splitlines()[-2:] == [
        "2 of them are written anew, as the register has changed: send what you sent before once more.",
        "1 that would read otherwise now has come back already and stays as it is.",
    ]


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
