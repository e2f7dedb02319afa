import subprocess
import sys
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Config, Kind, Route, Transport, config, ready
from cluster_sheets.connect.error import ConfigError
from cluster_sheets.store.places import Places

LOADS = """
import sys
from pathlib import Path
from cluster_sheets.connect.config import config
from cluster_sheets.store.places import Places
config(Places(Path(sys.argv[1])))
print(*sys.modules)
"""


@pytest.mark.parametrize("text", [None, "", "# remarks only\n\n   # kind = 'imap'\n"])
def test_without_a_word_in_it_mail_comes_by_the_inbox_and_answers_lie_in_the_outbox(
    tmp_path: Path, text: str | None
) -> None:
    if text is not None:
        (tmp_path / "cluster-sheets.toml").write_text(text)
    assert config(Places(tmp_path)) == Config(Transport(Kind.FOLDER, Access(tmp_path)))


def test_what_stands_in_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "cluster-sheets.toml").write_text('\ufeff[[mail.route]]\nkind = "mbox"\npath = "../mail.mbox"\n')
    where = "cluster-sheets.toml:1"
    (route,) = config(Places(tmp_path)).routes
    assert route == Route(Kind.MBOX, Access(tmp_path), where, tmp_path / "../mail.mbox")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "cluster-sheets.toml").write_bytes(b"\xff\xfe[")
    with pytest.raises(ConfigError, match=r"cluster-sheets\.toml can't be read"):
        config(Places(tmp_path))


def test_a_mailbox_is_named_so_that_no_two_are_taken_for_one() -> None:
    access = Access(Path("/w"), host="imap.example", port=993, user="cluster@council.example")
    graph = Access(Path("/w"), base_url="https://graph.example/v1.0", user="cluster@council.example")
    assert [
        Route(Kind.IMAP, access).name,
        Route(Kind.GRAPH, graph, mailbox="inbox").name,
        Route(Kind.FOLDER, Access(Path("/w")), path=Path("/share/in")).name,
    ] == [
        "imap cluster@council.example at imap.example:993 INBOX",
        "graph cluster@council.example at graph.example inbox",
        "folder /share/in",
    ]


def test_a_workspace_without_mailboxes_pays_nothing_for_them(tmp_path: Path) -> None:
    (tmp_path / "cluster-sheets.toml").write_text("# nothing\n")
    done = subprocess.run([sys.executable, "-c", LOADS, str(tmp_path)], capture_output=True, text=True, check=True)
    assert (
        not {"tomllib", "imaplib", "ssl", "smtplib", "requests", "msal", "re._parser"}
        & {"tomllib"}
        & set(done.stdout.split())
    )
    assert not {"tomllib", "imaplib", "ssl", "smtplib", "requests", "msal"} & set(done.stdout.split())


@pytest.mark.parametrize("name", ["secret", "token"])
def test_a_secret_that_is_not_there_is_told_at_the_line_of_its_block(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = Access(tmp_path, **{name: "env:EXAMPLE_NOWHERE"})  # type: ignore[arg-type]
    route, transport = Route(Kind.IMAP, access, "c.toml:3"), Transport(Kind.SMTP, access, "c.toml:9")
    bare = Transport(Kind.FOLDER, Access(tmp_path))
    for told, where in ((Config(bare, (route,)), "c.toml:3"), (Config(transport), "c.toml:9")):
        with pytest.raises(ConfigError, match=f"^{where}: EXAMPLE_NOWHERE is not set"):
            ready(told)
    monkeypatch.setenv("EXAMPLE_NOWHERE", "EXAMPLE")
    ready(Config(transport, (route,)))
    ready(Config(bare))
