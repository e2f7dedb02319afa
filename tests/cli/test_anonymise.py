"""``anonymise text``. Every name is invented."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.form.shipped import workbook
from cluster_sheets.night.workspace import REGISTER
from cluster_sheets.report.run import Exit
from tests.anonymise.tagged import model, spacy

LINE = {
    "id": 1,
    "known": {"people": ["Zsofia Okonkwo"]},
    "text": "Zsofia said so; Kayleigh is our only Year 3 wheelchair user.",
}


def anonymised(typed: str, *words: str) -> tuple[int, str, str]:
    told = CliRunner().invoke(cli, ["anonymise", "text", "--as-of", "2026-11-02", *words], input=typed)
    return told.exit_code, told.stdout, told.stderr


def test_lines_of_json_are_answered_one_by_one() -> None:
    code, out, words = anonymised(f"{json.dumps(LINE)}\n\n{json.dumps(LINE | {'id': 'b', 'text': ''})}\n", "--json")
    first, second = map(json.loads, out.splitlines())
    assert (code, words) == (Exit.CLEAN, "")
    assert (first["id"], first["text"]) == (1, "[person A] said so; [name A] is our only Year 3 wheelchair user.")
    assert second == {"id": "b", "text": "", "spans": [], "review": []}


def test_a_line_that_cannot_be_read_is_told_and_costs_no_other() -> None:
    code, out, words = anonymised(f'{json.dumps(LINE)}\nnonsense\n{{"id": 2}}\n{json.dumps(LINE)}\n')
    assert (code, len(out.splitlines())) == (Exit.SET_UP, 2)
    assert [line[:19] for line in words.splitlines()] == ["Line 2 is left out:", "Line 3 is left out:"]


def test_a_plain_text_is_shown_as_the_panel_would_read_it() -> None:
    assert anonymised("Mrs Ahmed asked Ofsted.\n") == (Exit.CLEAN, "[person A] asked Ofsted.\n", "")
    code, out, _ = anonymised("Mrs Ahmed asked Ofsted.\n", "--json")
    assert (code, json.loads(out)["text"]) == (Exit.CLEAN, "[person A] asked Ofsted.")


def test_explained_each_stretch_is_marked_and_says_why_it_goes_or_stays() -> None:
    code, out, _ = anonymised(json.dumps(LINE), "--explain")
    lines = out.splitlines()
    assert (code, lines[0]) == (Exit.CLEAN, "[Zsofia]1 said so; [Kayleigh]2 is our only Year 3 wheelchair user.")
    assert lines[1].startswith("  1  'Zsofia': ")
    assert lines[2].endswith("The admin is asked.")
    assert lines[3].startswith("  ?  ")
    assert lines[3].endswith("It stays; the admin is asked.")


def test_another_register_may_be_named_and_a_faulty_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / REGISTER
    path.write_bytes(workbook(REGISTER))
    assert anonymised("She left Abbey Hulton.", "--register", str(path))[1] == "She left [school A].\n"
    path.write_bytes(b"EXAMPLE")
    code, out, words = anonymised("She left Abbey Hulton.", "--register", str(path))
    assert (code, out, bool(words)) == (Exit.SET_UP, "", True)


def test_a_tagger_may_have_a_vote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = spacy(monkeypatch, "Dawn")
    folder = model(tmp_path / "m")
    assert anonymised("Dawn chorus walks help them.", "--tagger", str(folder))[:2] == (
        Exit.CLEAN,
        "[name A] chorus walks help them.\n",
    )
    assert loaded == [folder]


@pytest.mark.parametrize("named", ["en_nowhere", "./nowhere", ""])
def test_a_tagger_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    spacy(monkeypatch)
    code, out, words = anonymised("Dawn chorus walks help them.", "--tagger", named)
    assert (code, out, words.startswith("--tagger: there is no ")) == (Exit.SET_UP, "", True)
