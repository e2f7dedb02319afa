import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli import outbox as command
from cluster_sheets.cli.main import cli
from cluster_sheets.night import run
from cluster_sheets.report.run import Exit
from cluster_sheets.store import audit, replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState, Reply
from tests.night.made import full, state

AT = "2026-10-01T02:00"
SAID = ("--by", "EXAMPLE Admin", "--why", "rang the office")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    places, at = full(tmp_path_factory.mktemp("answered") / "central")
    run(places.root, at)
    with Store.open(places.root) as store, store.transaction():
        first = replies.everything(store)[0]
        replies.move_many(store, [first.message_id], OutboxState.UNDELIVERABLE)
    return places.root


@pytest.fixture
def places(answered: Path, tmp_path: Path) -> Places:
    return Places(Path(shutil.copytree(answered, tmp_path / "central")))


def told(places: Places, *words: str) -> tuple[int, str, str]:
    """(exit code, what a person reads, what a program reads)."""
    said = CliRunner().invoke(cli, ["outbox", words[0], "-w", str(places.root), "--as-of", AT, *words[1:]])
    return said.exit_code, said.stderr, said.stdout


def kept(places: Places, state: str = "undeliverable") -> Reply:
    with Store.open(places.root) as store:
        return replies.in_state(store, OutboxState(state))[0]


def test_messages_are_listed_by_how_far_they_have_come(places: Places) -> None:
    code, words, document = told(places, "list", "--json")
    assert code == Exit.CLEAN
    assert f"1 undeliverable: undeliverable: it came back\n  {kept(places).name}\n" in words
    assert " written: in private/outbox, for you to send\n" in words
    listed = json.loads(document)
    assert {each["state"] for each in listed} == {"undeliverable", "written"}
    assert kept(places).name in [each["name"] for each in listed]


def test_only_those_of_a_state_are_listed_and_none_is_said_so(places: Places) -> None:
    _, words, document = told(places, "list", "--state", "undeliverable", "--json")
    assert (words.count("\n"), len(json.loads(document))) == (2, 1)
    assert told(places, "list", "--state", "failed")[1] == "No message has come just so far.\n"


def test_whom_it_goes_to_is_told_on_a_terminal_only(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    name = kept(places).name
    code, words, document = told(places, "show", name, "--json")
    assert (code, "Whom it goes to is told on a terminal only" in words) == (Exit.CLEAN, True)
    assert ".example" not in words + document

    class Screen:
        stderr = type("Screen", (), {"isatty": staticmethod(lambda: True)})

    monkeypatch.setattr(command, "sys", Screen)
    _, words, document = told(places, "show", name, "--json")
    assert "  School:  " in words
    assert ".example" in words
    assert ".example" not in document


def test_a_retry_is_noted_with_who_and_why_and_made_by_the_next_run(places: Places) -> None:
    name = kept(places).name
    assert told(places, "retry", name, *SAID)[:2] == (Exit.CLEAN, f"Written and sent by the next run: {name}\n")
    with Store.open(places.root) as store:
        line = audit.everything(store)[-1]
    assert (line.who, line.event, line.text) == ("EXAMPLE Admin", "reply-retry", f"{name}: rang the office")
    assert kept(places, "due").name == name


def test_a_cancelled_one_leaves_the_folder(places: Places) -> None:
    reply = kept(places)
    code, words, document = told(places, "cancel", reply.name, *SAID, "--json")
    assert (code, words) == (Exit.CLEAN, f"Cancelled: {reply.name}\n")
    assert [each["state"] for each in json.loads(document)] == ["cancelled"]
    assert not (places.private / reply.path).exists()


@pytest.mark.parametrize("act", ["retry", "cancel"])
def test_a_dry_run_leaves_the_workspace_as_it_was(places: Places, act: str) -> None:
    name, before = kept(places).name, state(places)
    code, words, _ = told(places, act, name, *SAID, "--dry-run")
    assert (code, words.endswith("This was a dry run: the workspace is as it was.\n")) == (Exit.CLEAN, True)
    assert state(places) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retry", "nothing", *SAID), "There is no message nothing in the outbox."),
        (("retry", "2026", *SAID), "messages are meant by 2026. Name one:"),
        (("cancel", "2026", "--by", "EXAMPLE Admin", "--why", "a@b.example"), "without a name or an address"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_changes_nothing(places: Places, words: tuple[str, ...], said: str) -> None:
    before = state(places)
    given = tuple(kept(places).name if each == "2026" and words[0] == "cancel" else each for each in words)
    code, told_, _ = told(places, *given)
    assert (code, said in told_) == (Exit.SET_UP, True)
    assert state(places) == before
