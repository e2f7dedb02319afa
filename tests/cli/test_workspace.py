from pathlib import Path

from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.report.run import Exit


def test_a_workspace_is_made_and_what_comes_next_is_said(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["init", str(tmp_path / "central")])
    assert told.exit_code == Exit.CLEAN
    assert (tmp_path / "central" / "register.xlsx").exists()
    assert "cluster-sheets issue" in told.stderr
