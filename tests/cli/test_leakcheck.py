"""``leakcheck``. Every name is invented."""

import contextlib
import errno
import json
from pathlib import Path

import pytest
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


def test_a_file_that_cannot_be_read_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone.docx").write_bytes(b"")
    (tmp_path / "odd.eml").write_bytes(b"Subject: K7\nContent-Type: text/plain; charset=x-foo\n\nNothing.")
    (tmp_path / "bad.docx").write_bytes(docx("Groups at Abbey Hulton."))
    read = Path.read_bytes

    def torn(path: Path) -> bytes:
        if path.name == "gone.docx":
            raise OSError(errno.EIO, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", torn)
    code, _, words = checked(tmp_path, "gone.docx", "odd.eml", "bad.docx")
    assert (code, words.splitlines()[1:]) == (
        Exit.INTEGRITY,
        [
            "gone.docx:", "  something that cannot be looked into in the whole file",
            "odd.eml:", "  something that cannot be looked into in the whole file",
            "bad.docx:", "  a school's name in word/document.xml",
        ],
    )  # fmt: skip


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
