from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.report.run import Exit


def last_line(folder: Path, at: str) -> str:
    told = CliRunner().invoke(cli, ["init", str(folder), "--as-of", at])
    assert told.exit_code == Exit.CLEAN
    assert (folder / "register.xlsx").exists()
    return str(told.stderr.splitlines()[-1])


@pytest.mark.parametrize(
    ("at", "round_id"),
    [("2026-09-14T08:00", "CEN-2627-A1"), ("2026-10-02T08:00", "CEN-2627-A2"), ("2026-11-30T08:00", "CEN-2627-Sp1")],
)
def test_a_workspace_is_made_and_the_next_round_is_named_that_issue_takes(
    tmp_path: Path, at: str, round_id: str
) -> None:
    folder = tmp_path / "central"
    assert last_line(folder, at) == f"Then: cluster-sheets issue -w {folder.as_posix()} --round {round_id}"
    words = ["issue", "-w", str(folder), "--round", round_id, "--school", "146487", "--as-of", at]
    assert CliRunner().invoke(cli, words).exit_code == Exit.CLEAN


def test_a_folder_with_a_space_is_told_in_quotes(tmp_path: Path) -> None:
    folder = tmp_path / "my central"
    told = last_line(folder, "2026-09-14T08:00")
    assert told.split(" -w ")[1][0] in "'\""
    assert told.endswith("my central' --round CEN-2627-A1")


def test_where_no_meeting_is_to_come_or_the_register_is_faulty_another_act_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "central"
    assert last_line(folder, "2030-01-01T08:00").startswith("Then: put the next meeting into the register")
    (folder / "register.xlsx").write_bytes(b"not a workbook")
    assert last_line(folder, "2026-09-14T08:00").startswith("Then: cluster-sheets doctor -w ")
