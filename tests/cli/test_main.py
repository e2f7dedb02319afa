"""The commands as typed: what they print where, and the exit code each ends with."""

import gc
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cluster_sheets import __version__
from cluster_sheets.cli.main import COMMANDS, EPILOG, cli
from cluster_sheets.cli.reference import page
from cluster_sheets.report.run import Exit


def test_every_command_has_help_and_an_example_of_its_use_in_the_docs() -> None:
    text = page()
    for name in COMMANDS:
        told = CliRunner().invoke(cli, [name, "--help"])
        assert told.exit_code == 0
        assert f"cluster-sheets {name}" in text


def test_the_list_of_commands_imports_none_of_them() -> None:
    seen = "import sys; from cluster_sheets.cli.main import cli; cli(['--help'], standalone_mode=False); "
    seen += "print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout
    loaded = set(out.splitlines()[-1].split())
    assert not {"pandas", "openpyxl", "xlsxwriter", "sqlite3", "rich", "cluster_sheets.night"} & loaded


def test_a_command_that_was_loaded_without_a_look_for_dead_values_has_them_looked_for_as_it_runs() -> None:
    gc.disable()
    try:
        assert cli.get_command(click.Context(cli), "nothing") is None
        assert not gc.isenabled()
        assert cli.get_command(click.Context(cli), "run") is not None
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.enable()
        gc.unfreeze()


def test_the_exit_codes_of_the_help_are_those_of_the_program() -> None:
    told = {int(line.split()[0]) for line in EPILOG.splitlines() if line[:4].strip().isdigit()}
    assert told == {int(code) for code in Exit}


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == f"cluster-sheets {__version__}\n"


@pytest.mark.parametrize("words", [["fly"], ["run", "--as-of", "tomorrow"], ["issue"], ["check"]])
def test_wrong_words_end_with_2(words: list[str]) -> None:
    assert CliRunner().invoke(cli, words).exit_code == 2


def test_a_folder_without_a_workspace_ends_with_2_and_says_what_to_do(tmp_path: Path) -> None:
    for words in (["run"], ["issue", "--round", "CEN-2627-A1"], ["panel", "release", "--meeting", "CEN-2627-A1"]):
        told = CliRunner().invoke(cli, [*words, "-w", str(tmp_path / "nowhere")])
        assert told.exit_code == 2
        assert "cluster-sheets init" in told.stderr
