"""``leakcheck``. Every name is invented."""

import contextlib
import json
from pathlib import Path

from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.night import run
from cluster_sheets.report.run import Exit
from tests.anonymise.test_leak_files import docx
from tests.night.made import full


def checked(tmp_path: Path, *words: str) -> tuple[int, str, str]:
    with contextlib.chdir(tmp_path):
        told = CliRunner().invoke(cli, ["leakcheck", *words])
    return told.exit_code, told.stdout, told.stderr


def test_without_a_workspace_what_the_register_that_ships_knows_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "good.docx").write_bytes(docx("Groups for [school A]."))
    (tmp_path / "bad.docx").write_bytes(docx("Groups at Abbey Hulton."))
    code, out, words = checked(tmp_path, "good.docx", "bad.docx")
    lines = words.splitlines()
    assert (code, out) == (Exit.INTEGRITY, "")
    assert lines[0].startswith("There is no workspace in central:")
    assert lines[1:] == ["good.docx: nothing found", "bad.docx:", "  a school's name in word/document.xml"]
    assert checked(tmp_path, "good.docx")[0] == Exit.CLEAN


def test_in_a_workspace_the_people_of_every_application_are_looked_for(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    (tmp_path / "k7.docx").write_bytes(docx("Led by EXAMPLE Amina Fenwick."))
    pack, *_ = sorted(places.root.glob("panel/*/panel-*.xlsx"))
    code, out, words = checked(tmp_path, str(pack), "k7.docx", "--as-of", at.isoformat(), "--json")
    assert (code, words) == (Exit.INTEGRITY, "")
    first, second = json.loads(out)
    assert (first["file"], first["leaks"]) == (pack.name, [])
    assert second["leaks"] == [{"what": "a person's name", "part": "word/document.xml", "cell": ""}]
