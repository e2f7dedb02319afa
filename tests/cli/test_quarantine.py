import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli import quarantine as command
from cluster_sheets.cli.main import cli
from cluster_sheets.night import init, run
from cluster_sheets.report.run import Exit
from cluster_sheets.store import audit, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State
from tests.intake.files import zipped
from tests.intake.letters import letter
from tests.night.made import state

AT = "2026-09-28T02:00"
NIGHT = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
UNSAFE = zipped({"xl/workbook.xml": b"<workbook/>", "XL/WORKBOOK.XML": b"<workbook/>"})
SAID = ("--by", "EXAMPLE Admin", "--why", "rang the office")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("apart") / "central"
    places = init(root, key=bytes(32))
    mail = letter(From=["senco@oak.example", "evil@x.example"], Subject="About EXAMPLE pupils")
    (places.inbox / "two.eml").write_bytes(mail)
    (places.inbox / "unsafe.xlsx").write_bytes(UNSAFE)
    asks = "Content-Type: text/plain\r\n\r\nPlease withdraw it: the EXAMPLE pupil has moved.\r\n"
    (places.inbox / "asks.eml").write_bytes(letter(asks, Message_ID="<asks@oak.example>"))
    run(root, NIGHT)
    return root


@pytest.fixture
def places(apart: Path, tmp_path: Path) -> Places:
    return Places(Path(shutil.copytree(apart, tmp_path / "central")))


def ids(places: Places) -> dict[str, str]:
    """Unit of each reason."""
    with Store.open(places.root) as store:
        return {each.reason: each.unit_id for each in units.quarantined(store)}


def told(places: Places, *words: str) -> tuple[int, str, str]:
    """(exit code, what a person reads, what a program reads)."""
    said = CliRunner().invoke(cli, ["quarantine", words[0], "-w", str(places.root), "--as-of", AT, *words[1:]])
    return said.exit_code, said.stderr, said.stdout


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen:
        stderr = type("Screen", (), {"isatty": staticmethod(lambda: True)})

    monkeypatch.setattr(command, "sys", Screen)


def test_rule_31_what_is_in_quarantine_is_listed_with_its_reason_and_what_can_be_done(places: Places) -> None:
    code, words, document = told(places, "list", "--json")
    assert code == Exit.CLEAN
    assert words.startswith("2 in quarantine.\n")
    assert "  The message does not say who sent it, or names more than one sender.\n  To release it: " in words
    assert "  To do: It is never opened. Reject it, and ask the school for another file." in words
    listed = {each["code"]: each for each in json.loads(document)}
    assert {code: each["can_release"] for code, each in listed.items()} == {
        "mail-sender-unclear": True,
        "file-unsafe-zip": False,
    }
    assert listed["mail-sender-unclear"]["unit_id"] == ids(places)["mail-sender-unclear"]


def test_an_empty_quarantine_says_so(tmp_path: Path) -> None:
    places = init(tmp_path / "central", key=bytes(32))
    assert told(places, "list") == (Exit.CLEAN, "Nothing is in quarantine.\n", "")
    assert json.loads(told(places, "list", "--json")[2]) == []


def test_rule_31_who_claims_to_have_sent_it_is_shown_on_a_terminal(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch)
    code, words, _ = told(places, "show", ids(places)["mail-sender-unclear"][:8])
    assert code == Exit.CLEAN
    lines = words.splitlines()
    assert lines[-3] == "  From:    senco@oak.example; evil@x.example"
    assert lines[-2] == "  Subject: About EXAMPLE pupils"
    assert lines[-1].startswith("  File:    request.xlsx (")


def test_rule_27_nothing_of_who_sent_it_goes_anywhere_but_to_a_terminal(places: Places) -> None:
    said = told(places, "show", *ids(places).values(), "--json")
    assert said[0] == Exit.CLEAN
    assert [
        word for word in ("oak.example", "evil", "pupils", "unsafe.xlsx", "request") if word in said[1] + said[2]
    ] == []
    assert said[1].count("on a terminal only") == 2


def test_what_was_let_out_waits_and_the_next_run_judges_it(places: Places) -> None:
    unit = ids(places)["mail-sender-unclear"]
    code, words, document = told(places, "release", unit, *SAID, "--json")
    assert (code, json.loads(document)) == (Exit.CLEAN, [unit])
    assert words.startswith(f"Let out: {unit}. The next run reads each form in it and holds it for you")
    with Store.open(places.root) as store:
        assert units.get_many(store, [unit])[unit].state is State.PENDING
        line = audit.everything(store)[-1]
        assert (line.who, line.event, line.unit_id) == ("EXAMPLE Admin", "released", unit)
    run(places.root, NIGHT)
    with Store.open(places.root) as store:
        assert units.get_many(store, [unit])[unit].state is not State.PENDING
    assert told(places, "release", unit, *SAID)[0] == Exit.SET_UP


def test_what_was_rejected_is_set_aside(places: Places) -> None:
    both = ids(places)
    code, words, document = told(places, "reject", *both.values(), *SAID, "--json")
    assert (code, json.loads(document)) == (Exit.CLEAN, list(both.values()))
    assert words.count("Its bytes are kept.") == 2
    assert ids(places) == {}
    with Store.open(places.root) as store:
        assert {units.get_many(store, [each])[each].reason for each in both.values()} == {"rejected"}


@pytest.mark.parametrize("verb", ["release", "reject"])
def test_a_dry_run_leaves_the_workspace_as_it_is(places: Places, verb: str) -> None:
    before = state(places)
    code, words, _ = told(places, verb, ids(places)["mail-sender-unclear"], *SAID, "--dry-run")
    assert (code, words.splitlines()[-1]) == (Exit.CLEAN, "This was a dry run: the workspace is as it was.")
    assert state(places) == before


REFUSED: dict[tuple[str, ...], str] = {
    ("release", "zz", *SAID): "There is no unit zz in quarantine.",
    ("reject", "zz", *SAID): "There is no unit zz in quarantine.",
    ("show", "zz"): "There is no unit zz in quarantine.",
    ("release", "file-unsafe-zip", *SAID): "stays in quarantine. It is never opened",
    ("release", "mail-sender-unclear", "--by", "A", "--why", "senco@oak.example rang"): "without a name or an address",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_done_ends_with_2_and_changes_nothing(places: Places, words: tuple[str, ...]) -> None:
    before, known = state(places), ids(places)
    code, said, _ = told(places, words[0], known.get(words[1], words[1]), *words[2:])
    assert (code, REFUSED[words] in said) == (Exit.SET_UP, True)
    assert state(places) == before


def test_who_and_why_must_be_said(places: Places) -> None:
    unit = ids(places)["mail-sender-unclear"]
    for words in (("--by", "EXAMPLE Admin"), ("--why", "rang the office")):
        assert told(places, "release", unit, *words)[0] == Exit.SET_UP


def test_a_message_without_a_form_is_listed_and_its_words_are_read_on_a_terminal_only(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(places.root) as store:
        (unit,) = units.letters(store)
    code, listed, _ = told(places, "list", "--letters")
    assert (code, listed.splitlines()[0], unit.unit_id in listed) == (0, "1 message without a form.", True)
    _, hidden, _ = told(places, "show", unit.unit_id)
    assert "pupil" not in hidden
    on_a_terminal(monkeypatch)
    _, seen, _ = told(places, "show", unit.unit_id)
    assert "  | Please withdraw it: the EXAMPLE pupil has moved.\n" in seen
    assert "To do: Nothing: it is set aside." in seen
    code, said, _ = told(places, "release", unit.unit_id, *SAID)
    assert code != 0
    assert f"Unit {unit.unit_id} is not in quarantine" in said
