"""What the doctor finds, on workspaces that are well and ones that are not; mailboxes and mail servers are real."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.demo.play import START
from cluster_sheets.night import doctor, init, run
from cluster_sheets.night.doctor import Found, looked_over
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.report.run import Exit
from cluster_sheets.store import audit, nights, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreBusyError
from cluster_sheets.store.lock import locked
from cluster_sheets.store.nights import Night
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.places import Places
from tests.anonymise.tagged import model, spacy
from tests.connect.made import USER
from tests.intake.letters import letter
from tests.night.made import full
from tests.servers.ca import HOST, Authority
from tests.servers.dovecot import Mailbox
from tests.servers.graph import Graph
from tests.servers.marks import needs_dovecot
from tests.servers.sink import Sink
from tests.servers.token import Tokens
from tests.whole.test_stops import alter_the_audit

real = pytest.mark.real
IMAP = """[[mail.route]]
kind = "imap"
host = "{host}"
port = {port}
user = "{user}"
secret = "env:EXAMPLE_PASSWORD"
ca_file = "{ca}"
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A new workspace whose register names our own exchanger."""
    return init(tmp_path / "central", register=register_workbook({"mail_authserv_name": "mx.council.test"}))


def found(places: Places, as_of: datetime = START) -> dict[str, tuple[str, Exit]]:
    """All that is found, by what it is about; nothing is looked at twice."""
    told = list(looked_over(places, as_of))
    assert len({each.what for each in told}) == len(told)
    return {each.what: (each.said, each.code) for each in told}


def worst(places: Places, as_of: datetime = START) -> list[Found]:
    return [each for each in looked_over(places, as_of) if each.code is not Exit.CLEAN]


def test_a_new_workspace_is_well(places: Places) -> None:
    told = found(places)
    assert list(told) == ["Workspace", "Records", "Last night", "Register", "Reader", "Mailbox", "Way out"]
    assert {code for _, code in told.values()} == {Exit.CLEAN}
    assert told["Way out"][0] == "Answers lie in private/outbox, for you to send."


def test_the_folder_one_is_in_is_told_by_its_name(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(places.root)
    said = "central is there, and private is closed to others."
    assert found(Places(Path()))["Workspace"] == (said, Exit.CLEAN)


def test_it_changes_nothing(places: Places) -> None:
    def stamps() -> dict[Path, tuple[int, int]]:
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in places.root.rglob("*")}

    before = stamps()
    found(places)
    assert stamps() == before


def test_an_audit_that_was_tampered_with_is_told_line_by_line(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    assert found(places, at)["Records"] == (
        "Both databases, the ledger and every line of the audit are whole.",
        Exit.CLEAN,
    )
    alter_the_audit(places.root / "cluster.db")
    said, code = found(places, at)["Records"]
    assert code == Exit.INTEGRITY
    assert "Line 5 of the audit was altered. Line 20 of the audit is missing. Restore the whole workspace" in said


def test_every_break_is_told(places: Places) -> None:
    with Store.open(places.root) as store, store.transaction():
        audit.append_many(store, [audit.Line(START, audit.NIGHT, "example")] * 5)
    database = sqlite3.connect(places.root / "cluster.db")
    database.executescript("DROP TRIGGER audit_is_never_changed; UPDATE audit SET text = 'other'")
    database.close()
    said, code = found(places)["Records"]
    first, *more = said.splitlines()
    assert (code, "And 2 more." in first) == (Exit.INTEGRITY, True)
    assert more == ["Line 4 of the audit was altered.", "Line 5 of the audit was altered."]


def test_records_are_not_looked_at_while_another_run_writes(places: Places) -> None:
    with locked(places.lock) as held:
        assert held
        said, code = found(places)["Records"]
    assert (said.startswith("Another run is writing"), code) == (True, Exit.NEEDED)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps lists of who may open a folder")
def test_a_private_folder_that_others_can_open_is_told_with_what_to_type(places: Places) -> None:
    places.outbox.chmod(0o755)
    assert worst(places) == [
        Found(
            "Workspace",
            "Others on this computer can open outbox. Close it to them with: chmod 700 outbox",
            Exit.SET_UP,
        )
    ]


def test_where_permissions_can_t_be_looked_at_it_says_so(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ON_WINDOWS", True)
    said, code = found(places)["Workspace"]
    assert (said.startswith("Windows keeps lists of who may open"), code) == (True, Exit.CLEAN)


@pytest.mark.parametrize(
    ("code", "ago", "said"),
    [
        (None, 1, "it was cut short. Run it again"),
        (Exit.FAILED, 1, "it ended with code 1. See reports/"),
        (Exit.INTEGRITY, 1, "it ended with code 6."),
        (Exit.UNREACHABLE, 1, "it ended with code 5."),
        (Exit.CLEAN, 5, "5 days ago. Does the task scheduler still start it?"),
        (Exit.NEEDED, 1, ""),
        (Exit.CLEAN, 1, ""),
    ],
)
def test_how_the_last_night_ended_is_told(places: Places, code: Exit | None, ago: int, said: str) -> None:
    with Store.open(places.root) as store, store.transaction():
        nights.save(store, Night(START, "0" * 64, None if code is None else int(code)))
    told = worst(places, START + timedelta(days=ago))
    if said:
        assert [(each.what, each.code, said in each.said) for each in told] == [("Last night", Exit.NEEDED, True)]
    else:
        assert told == []


def test_what_is_to_be_mended_in_the_register_is_told_at_its_cell(places: Places) -> None:
    book = openpyxl.load_workbook(places.register)
    sheet = book["Settings"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "mail_max_mb")
    row[2].value = "many"
    book.save(places.register)
    (told,) = worst(places)
    assert (told.what, told.code) == ("Register", Exit.SET_UP)
    assert f"register.xlsx Settings {row[2].coordinate}: " in told.said


def test_a_reader_without_limits_is_told(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "limits_hold", lambda: False)
    assert found(places)["Reader"][0].startswith("Limits on CPU and memory are off")


def test_another_run_that_writes_is_not_taken_for_a_fault(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> Store:
        raise StoreBusyError("EXAMPLE")

    monkeypatch.setattr(Store, "open", busy)
    with pytest.raises(StoreBusyError):
        found(places)


def test_faults_of_cluster_sheets_toml_are_told_all_of_them(places: Places) -> None:
    places.config.write_text('[[mail.route]]\nkind = "imap"\n[send]\nkind = "pigeon"\n')
    (told,) = worst(places)
    assert (told.what, told.code) == ("Mail", Exit.SET_UP)
    assert [line.partition(": ")[0] for line in told.said.splitlines()] == [
        "cluster-sheets.toml:1", "cluster-sheets.toml:1", "cluster-sheets.toml:1", "cluster-sheets.toml:4",
    ]  # fmt: skip


@pytest.fixture
def mailed(
    places: Places, mailbox: Mailbox, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Sets a mailbox up; what is given is told otherwise."""
    monkeypatch.setenv("EXAMPLE_PASSWORD", mailbox.password)

    def set_up(more: str = "", **given: object) -> None:
        whole = {"host": HOST, "port": mailbox.server.imaps, "user": mailbox.address, "ca": authority.file, **given}
        places.config.write_text(IMAP.format(**whole) + more)

    return set_up


@real
@needs_dovecot
def test_a_mailbox_is_really_opened(places: Places, mailbox: Mailbox, mailed: Callable[..., None]) -> None:
    mailbox.deliver([letter(), letter(Message_ID="<2@oak.example>")])
    mailed()
    said, code = found(places)["Mailbox at cluster-sheets.toml:1"]
    assert code == Exit.CLEAN
    assert said == f"{HOST}:{mailbox.server.imaps} lets us in: 2 messages in INBOX."
    mailed('processed = "Done"\nheld = "Waiting"\n')
    assert found(places)["Mailbox at cluster-sheets.toml:1"][0].endswith("; the first night makes Done, Waiting.")


@real
@needs_dovecot
def test_a_login_that_works_is_not_enough(places: Places, mailed: Callable[..., None]) -> None:
    mailed('mailbox = "Somebody else"\n')
    (told,) = worst(places)
    assert (told.code, "let us in, but Somebody else is not there" in told.said) == (Exit.UNREACHABLE, True)


@real
@needs_dovecot
def test_a_server_that_can_t_move_mail_is_told(
    places: Places, mailed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed()
    monkeypatch.setattr("cluster_sheets.connect.imap.Mailbox.can_move", False)
    (told,) = worst(places)
    assert (told.code, "it lacks MOVE" in told.said) == (Exit.NEEDED, True)


@real
@needs_dovecot
def test_without_the_name_of_our_exchanger_it_is_told_that_nothing_counts_as_verified(
    places: Places, mailed: Callable[..., None]
) -> None:
    mailed()
    places.register.write_bytes(register_workbook({"mail_authserv_name": ""}))
    (told,) = worst(places)
    assert (told.what, told.code) == ("Settings", Exit.NEEDED)


def test_a_secret_that_is_not_there_is_to_be_mended_and_a_server_that_is_not_is_away(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"host": "127.0.0.1", "port": 1, "user": USER, "ca": "nowhere.pem"}
    places.config.write_text(IMAP.format(**given).rpartition("ca_file")[0])
    monkeypatch.setenv("EXAMPLE_PASSWORD", "EXAMPLE")
    assert [each.code for each in worst(places)] == [Exit.UNREACHABLE]
    places.config.write_text(IMAP.format(**given))
    assert [(each.code, "nowhere.pem" in each.said) for each in worst(places)] == [(Exit.SET_UP, True)]


def test_graph_is_really_asked(places: Places, graph: Graph, tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.app("app-1", "EXAMPLE-app-secret", USER)
    monkeypatch.setenv("EXAMPLE_APP_SECRET", "EXAMPLE-app-secret")
    graph.box(USER)
    block = (
        f'kind = "graph"\nuser = "{USER}"\nclient_id = "app-1"\nauthority = "{tokens.url}"\n'
        f'secret = "env:EXAMPLE_APP_SECRET"\nbase_url = "{graph.url}"\nca_file = "{graph.authority.file}"\n'
    )
    places.config.write_text(f"[[mail.route]]\n{block}\n[send]\n{block}")
    told = found(places)
    assert [said.partition(" lets us in")[1:] != ("", "") for said, _ in list(told.values())[-2:]] == [True, True]
    assert [each.path.rpartition("/")[2] for each in graph.asked] == ["inbox", "messages", "sentitems"]
    places.config.write_text(f"[[mail.route]]\n{block.replace(USER, 'nobody@council.test')}")
    assert [(each.code, "look at user" in each.said) for each in worst(places)] == [(Exit.UNREACHABLE, True)]


@pytest.mark.parametrize(("password", "code"), [("EXAMPLE-password", Exit.CLEAN), ("wrong", Exit.UNREACHABLE)])
def test_the_way_out_is_really_signed_in_to(
    places: Places, sink: Sink, authority: Authority, password: str, code: Exit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink.passwords[USER] = "EXAMPLE-password"
    monkeypatch.setenv("EXAMPLE_SMTP", password)
    places.config.write_text(
        f'[send]\nkind = "smtp"\nhost = "{HOST}"\nport = {sink.starttls}\nuser = "{USER}"\n'
        f'secret = "env:EXAMPLE_SMTP"\nca_file = "{authority.file}"\n'
    )
    said, found_code = found(places)["Way out at cluster-sheets.toml:1"]
    assert found_code == code
    assert password not in said
    assert sink.logins == [(USER, code is Exit.CLEAN)]
    assert sink.taken == []


@pytest.mark.parametrize(("kind", "there", "code"), [
    ("folder", True, Exit.CLEAN), ("maildir", True, Exit.CLEAN), ("folder", False, Exit.UNREACHABLE),
])  # fmt: skip
def test_a_folder_is_looked_for(places: Places, kind: str, there: bool, code: Exit) -> None:
    places.config.write_text(f'[[mail.route]]\nkind = "{kind}"\npath = "../shared"\n')
    if there:
        (places.root.parent / "shared").mkdir()
    assert found(places)["Mailbox at cluster-sheets.toml:1"][1] == code


@pytest.mark.parametrize(
    ("kind", "holds", "said"),
    [
        ("mbox", b"From a@b.example Mon Nov 23 17:00:00 2026\n", "shared is there."),
        ("mbox", b"", "shared is there."),
        ("mbox", b"EXAMPLE", "shared is no mbox: look at path."),
        ("mbox", None, "shared is no file: look at path."),
        ("folder", b"EXAMPLE", "shared is no folder: look at path."),
        ("maildir", b"EXAMPLE", "shared is no folder: look at path."),
    ],
)
def test_a_path_leads_to_what_it_should(places: Places, kind: str, holds: bytes | None, said: str) -> None:
    places.config.write_text(f'[[mail.route]]\nkind = "{kind}"\npath = "../shared"\n')
    path = places.root.parent / "shared"
    path.mkdir() if holds is None else path.write_bytes(holds)
    code = Exit.CLEAN if said.endswith("there.") else Exit.SET_UP
    assert found(places)["Mailbox at cluster-sheets.toml:1"] == (said, code)


@pytest.mark.parametrize("lies", ["env:EXAMPLE_NOWHERE", "file:nowhere.txt"])
def test_a_secret_that_is_missing_is_told_though_the_server_is_away(places: Places, lies: str) -> None:
    server = f'host = "localhost"\nport = 9\nuser = "{USER}"\nsecret = "{lies}"\n'
    places.config.write_text(f'[[mail.route]]\nkind = "imap"\n{server}[send]\nkind = "smtp"\n{server}')
    told = found(places)
    for what in ("Mailbox at cluster-sheets.toml:1", "Way out at cluster-sheets.toml:7"):
        assert told[what][1] is Exit.SET_UP


def test_a_folder_that_may_not_be_written_to_is_told(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (places.root.parent / "shared").mkdir()
    places.config.write_text('[[mail.route]]\nkind = "folder"\npath = "../shared"\n')
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [each.code for each in worst(places)] == [Exit.SET_UP]


def test_a_tagger_is_really_loaded(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = spacy(monkeypatch)
    folder = model(places.root / "models" / "en")
    places.config.write_text('[anonymise]\ntagger = "./models/en"\n')
    said, code = found(places)["Tagger at cluster-sheets.toml:2"]
    assert (said.startswith("It has a vote on names: en_example 1.0 (licence MIT, by EXAMPLE Ltd)"), code) == (
        True,
        Exit.CLEAN,
    )
    assert loaded == [folder]
    (folder / "broken").touch()
    assert [(each.code, "can't load" in each.said) for each in worst(places)] == [(Exit.SET_UP, True)]


def test_a_tagger_that_is_not_there_is_to_be_mended(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    spacy(monkeypatch)
    places.config.write_text('[anonymise]\ntagger = "en_nowhere"\n')
    (told,) = worst(places)
    assert (told.code, told.said.startswith("cluster-sheets.toml:2: there is no package en_nowhere here.")) == (
        Exit.SET_UP,
        True,
    )


def test_a_released_workbook_that_is_not_as_it_was_released_is_told(places: Places) -> None:
    path = "panel/A1/panel-A1-v1.xlsx"
    sha256 = hashlib.sha256(b"EXAMPLE").hexdigest()
    with Store.open(places.root) as store, store.transaction():
        packs.save(store, Pack("A1", 1, PackState.RELEASED, "", sha256, path, START, START, START))
    more = "Put it back from your backup; the night's report says what else may be done."
    assert worst(places) == [Found("Pack of A1", f"{path} is gone. {more}", Exit.NEEDED)]
    (places.root / path).parent.mkdir(parents=True)
    (places.root / path).write_bytes(b"EXAMPLE")
    assert worst(places) == []
    (places.root / path).write_bytes(b"a name")
    assert worst(places) == [Found("Pack of A1", f"{path} was changed after its release. {more}", Exit.NEEDED)]
