import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cluster_sheets.cli.main import cli
from cluster_sheets.report.run import Exit
from cluster_sheets.store import mails
from cluster_sheets.store.database import Store
from tests.connect.made import USER
from tests.intake.letters import letter
from tests.servers.graph import Graph
from tests.servers.graph_answer import refused
from tests.servers.token import Tokens

ROUTE = """[[mail.route]]
kind = "graph"
user = "{user}"
client_id = "app-1"
authority = "{authority}"
base_url = "{url}"
secret = "env:EXAMPLE_APP_SECRET"
ca_file = "{ca}"
"""


@pytest.fixture
def workspace(graph: Graph, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a mailbox by Graph, and two mails in it."""
    tokens.app("app-1", "EXAMPLE-app-secret", USER)
    monkeypatch.setenv("EXAMPLE_APP_SECRET", "EXAMPLE-app-secret")
    root = tmp_path / "central"
    assert CliRunner().invoke(cli, ["init", str(root)]).exit_code == Exit.CLEAN
    told = ROUTE.format(user=USER, authority=tokens.url, url=graph.url, ca=graph.authority.file)
    (root / "cluster-sheets.toml").write_text(told)
    for number in range(2):
        graph.box(USER).deliver(letter(Message_ID=f"<{number}@oak.example>"))
    return root


def fetched(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["fetch", "-w", str(root), *words])


def kept(root: Path) -> int:
    with Store.open(root) as store:
        return len(mails.unopened(store))


def test_mail_is_kept_for_the_night_and_left_where_it_lies(workspace: Path, graph: Graph) -> None:
    told = fetched(workspace, "--json")
    assert (told.exit_code, told.stderr) == (Exit.CLEAN, "1 mailbox looked into, 2 new messages kept.\n")
    assert json.loads(told.stdout) == {"mailboxes": 1, "new": 2, "left": 0, "unreachable": []}
    assert kept(workspace) == 2
    assert len(graph.box(USER).mails()) == 2
    assert "0 new messages kept" in fetched(workspace).stderr


def test_a_dry_run_looks_and_keeps_nothing(workspace: Path) -> None:
    told = fetched(workspace, "--dry-run")
    assert (told.exit_code, told.stderr) == (Exit.CLEAN, "1 mailbox looked into, 2 new messages would be kept.\n")
    assert kept(workspace) == 0


def test_a_mailbox_that_is_away_ends_with_5(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_APP_SECRET", "wrong")
    told = fetched(workspace, "--json")
    assert told.exit_code == Exit.UNREACHABLE
    (said,) = json.loads(told.stdout)["unreachable"]
    assert "the app's secret is wrong" in said
    assert said in told.stderr


def test_what_is_set_up_wrong_ends_with_2_and_is_told_at_its_line(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EXAMPLE_APP_SECRET")
    told = fetched(workspace)
    assert told.exit_code == Exit.SET_UP
    assert told.stderr.startswith("cluster-sheets.toml:1: EXAMPLE_APP_SECRET is not set")
    (workspace / "cluster-sheets.toml").write_text('[send]\nkind = "pigeon"\n')
    told = fetched(workspace)
    assert told.exit_code == Exit.SET_UP
    assert told.stderr.startswith("cluster-sheets.toml:2: kind must be one of: folder, smtp, graph.")


def test_without_a_mailbox_it_says_that_there_is_none(workspace: Path) -> None:
    (workspace / "cluster-sheets.toml").unlink()
    told = fetched(workspace)
    assert (told.exit_code, "No mailbox is set up" in told.stderr) == (Exit.CLEAN, True)
    assert told.stderr.endswith("the night takes in what lies in inbox.\n")
    (workspace / "cluster-sheets.toml").write_text('[[mail.route]]\nkind = "folder"\npath = "../shared"\n')
    assert fetched(workspace).stderr.endswith("what lies in the folders that it names and in inbox.\n")


def test_a_mail_that_can_t_be_got_out_ends_with_3(
    workspace: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = graph._told

    def told(handler: object, method: str, path: str, *more: object) -> object:
        if path.endswith("/$value") and graph.box(USER).messages[1].immutable_id in path:
            return refused(500, "ErrorInternalServerError")
        return listed(handler, method, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(graph, "_told", told)
    result = fetched(workspace)
    assert result.exit_code == Exit.NEEDED
    assert "1 message could not be taken out" in result.stderr
