from pathlib import Path

from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.report.run import Exit


def test_a_demo_says_where_everything_is(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["demo", "--size", "12", "--into", str(tmp_path / "demo")])
    assert told.exit_code == Exit.CLEAN
    for what in ("the panel workbook", "the statement", "a reply to a school"):
        assert what in told.stderr


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("EXAMPLE")
    told = CliRunner().invoke(cli, ["demo", "--into", str(tmp_path)])
    assert told.exit_code == Exit.SET_UP
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
