import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli import doctor as command
from cluster_sheets.cli.main import cli
from cluster_sheets.night import doctor
from cluster_sheets.night.doctor import Found
from cluster_sheets.report.run import Exit

WELL, LOOK, AWAY, MEND = (
    Found("A", "fine"), Found("B", "look", Exit.NEEDED), Found("C", "away", Exit.UNREACHABLE),
    Found("D", "first\nsecond", Exit.SET_UP),
)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([WELL], Exit.CLEAN),
        ([WELL, LOOK], Exit.NEEDED),
        ([LOOK, AWAY, WELL], Exit.UNREACHABLE),
        ([MEND, AWAY, LOOK, WELL], Exit.SET_UP),
        ([MEND, Found("E", "stop", Exit.INTEGRITY)], Exit.INTEGRITY),
    ],
)
def test_the_gravest_says_how_it_ends(found: list[Found], code: Exit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "looked_over", lambda *_: iter(found))
    assert CliRunner().invoke(cli, ["doctor"]).exit_code == code


def test_each_thing_is_told_to_people_and_to_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "looked_over", lambda *_: iter([WELL, LOOK, MEND]))
    told = CliRunner().invoke(cli, ["doctor", "--json"])
    assert told.stderr == "well  A: fine\nLOOK  B: look\nMEND  D: first\n      second\n"
    assert json.loads(told.stdout) == {
        "exit_code": 2,
        "found": [
            {"what": "A", "mark": "well", "said": "fine"},
            {"what": "B", "mark": "look", "said": "look"},
            {"what": "D", "mark": "mend", "said": "first\nsecond"},
        ],
    }


def test_every_code_it_may_end_with_has_a_mark() -> None:
    assert set(command.MARKS) == set(doctor.ORDER)


def test_a_folder_without_a_workspace_ends_with_2_and_says_what_to_do(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["doctor", "-w", str(tmp_path / "nowhere")])
    assert told.exit_code == Exit.SET_UP
    assert "cluster-sheets init" in told.stderr


def test_a_new_workspace_is_well(tmp_path: Path) -> None:
    CliRunner().invoke(cli, ["init", str(tmp_path / "central")])
    told = CliRunner().invoke(cli, ["doctor", "-w", str(tmp_path / "central")])
    assert told.exit_code == Exit.CLEAN, told.stderr
    assert {line[:4] for line in told.stderr.splitlines()} == {"well"}
