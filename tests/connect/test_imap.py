"""IMAP against a real Dovecot: over TLS both ways, by password and by token, and what it says where it can't."""

import imaplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.connect import imap
from cluster_sheets.connect.config import STARTTLS, XOAUTH2, Access, Kind, Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.imap import opened
from tests.connect.made import route_of
from tests.intake.letters import letter
from tests.servers.ca import Authority
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.marks import needs_dovecot
from tests.servers.token import Tokens

real = pytest.mark.real


@pytest.fixture
def route(mailbox: Mailbox, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Route:
    """The way to a mailbox, by password."""
    monkeypatch.setenv("EXAMPLE_PASSWORD", mailbox.password)
    return route_of(mailbox, authority, tmp_path)


@real
@needs_dovecot
def test_mails_are_listed_with_their_sizes_and_come_as_they_are_without_being_marked(
    mailbox: Mailbox, route: Route
) -> None:
    mailbox.deliver([letter(Subject=f"Request {number}") for number in range(3)])
    lying = mailbox.mails()
    with opened(route) as box:
        sizes = dict(box.sizes())
        assert sizes == {str(uid): len(raw) for uid, raw in lying.items()}
        assert dict(box.mails(list(sizes))) == {str(uid): raw for uid, raw in lying.items()}
        assert all(raw.endswith(b"\r\n\r\n") for _, raw in box.heads(list(sizes)))
        assert list(box.mails([])) == list(box.mails(["999"])) == []
        assert len(box.sizes(last=2)) == 2
    with mailbox.opened() as client:
        client.select("INBOX", readonly=True)
        assert client.search(None, "SEEN")[1] == [b""]


@real
@needs_dovecot
@pytest.mark.parametrize("tls", ["implicit", STARTTLS])
def test_it_is_reached_by_both_kinds_of_tls(mailbox: Mailbox, route: Route, tls: str) -> None:
    port = mailbox.server.imap if tls == STARTTLS else mailbox.server.imaps
    with opened(replace(route, access=replace(route.access, tls=tls, port=port))) as box:
        assert box.sizes() == []


@real
@needs_dovecot
def test_it_is_opened_by_a_token_that_msal_gets(mailbox: Mailbox, route: Route, tokens: Tokens) -> None:
    tokens.app("app-1", mailbox.password, mailbox.address)
    by_token = replace(route.access, auth=XOAUTH2, client_id="app-1", authority=tokens.url)
    with opened(replace(route, access=by_token)) as box:
        assert box.can_move
    wrong = replace(route, access=replace(by_token, client_id="app-2"))
    with pytest.raises(UnreachableError, match="gives us no token"), opened(wrong):
        pass


@real
@needs_dovecot
def test_a_token_of_no_use_is_told(
    mailbox: Mailbox, route: Route, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", tokens.token(mailbox.address, exp=1))
    old = replace(route, access=replace(route.access, auth=XOAUTH2, token="env:EXAMPLE_TOKEN"))
    with pytest.raises(UnreachableError, match="whether the app may use IMAP"), opened(old):
        pass


@real
@needs_dovecot
@pytest.mark.parametrize("password", ["wrong", 'quo"te\\', "pässword"])
def test_a_wrong_password_is_told_without_being_repeated(
    route: Route, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_PASSWORD", password)
    with (
        pytest.raises(UnreachableError, match=r"does not let us in as told in cluster-sheets\.toml:2") as told,
        opened(route),
    ):
        pass
    assert password not in str(told.value)


@real
@needs_dovecot
def test_a_password_that_is_not_ascii_is_right_all_the_same(
    dovecot: Dovecot, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Mailbox(dovecot, "umlaut@council.test", "pässword")
    with (dovecot.root / "users").open("a", encoding="utf-8") as users:
        users.write(f"{box.address}:{box.password}::::::\n")
    monkeypatch.setenv("EXAMPLE_PASSWORD", box.password)
    end = time.monotonic() + 5
    while True:  # until Dovecot has looked at its users anew, which it does every second
        try:
            with opened(route_of(box, authority, tmp_path)) as mailbox:
                assert mailbox.sizes() == []
                return
        except UnreachableError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@real
@needs_dovecot
def test_a_login_is_not_enough_the_folder_must_open(route: Route) -> None:
    with (
        pytest.raises(UnreachableError, match="let us in, but Nowhere is not there"),
        opened(replace(route, mailbox="Nowhere")),
    ):
        pass


@real
@needs_dovecot
def test_a_mailbox_that_may_only_be_read_is_told_as_that(route: Route, monkeypatch: pytest.MonkeyPatch) -> None:
    get = imaplib.IMAP4._get_line  # type: ignore[attr-defined]
    monkeypatch.setattr(imaplib.IMAP4, "_get_line", lambda self: get(self).replace(b"[READ-WRITE]", b"[READ-ONLY]"))
    with opened(route) as box:
        assert box.sizes() == []
    with (
        pytest.raises(
            UnreachableError, match=r"let us in, but INBOX is not there or nothing may be moved .* full access"
        ),
        opened(route, write=True),
    ):
        pass


@real
@needs_dovecot
def test_a_certificate_of_an_authority_nobody_named_is_not_trusted(route: Route) -> None:
    with (
        pytest.raises(UnreachableError, match=r"certificate that is not trusted here .* ca_file"),
        opened(replace(route, access=replace(route.access, ca_file=None))),
    ):
        pass


@real
@needs_dovecot
def test_a_port_that_speaks_something_else_is_told(mailbox: Mailbox, route: Route) -> None:
    with (
        pytest.raises(UnreachableError, match="look at port and tls"),
        opened(replace(route, access=replace(route.access, port=mailbox.server.imap))),
    ):
        pass
    starttls = replace(route.access, tls=STARTTLS, port=mailbox.server.lmtp)
    with pytest.raises(UnreachableError, match="look at port and tls"), opened(replace(route, access=starttls)):
        pass


@real
@needs_dovecot
def test_a_folder_is_made_once_and_mails_moved_to_it_are_found_there(mailbox: Mailbox, route: Route) -> None:
    mailbox.deliver([letter(Subject=f"Request {number}") for number in range(4)])
    lying = mailbox.mails()
    first, second, *_ = map(str, lying)
    with opened(route, write=True) as box:
        assert not box.has("Bücher & Co")
        assert box.make("Bücher & Co")
        assert not box.make("Bücher & Co")
        assert box.has("Bücher & Co")
        moved = box.move([first, second, "999"], "Bücher & Co")
        validity = box.select("Bücher & Co")
        assert moved == {first: (validity, "1"), second: (validity, "2")}
        assert [raw for _, raw in box.mails(["1", "2"])] == [lying[int(first)], lying[int(second)]]
        box.select("INBOX", write=True)
        assert box.move(["999"], "Processed") == {}
    assert len(mailbox.mails()) == 2


@contextmanager
def talking(heard: list[bytes], *lines: bytes) -> Iterator[int]:
    """A server on loopback that says each line in answer to whatever it hears, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            client, _ = server.accept()
            with client:
                for line in lines:
                    client.sendall(line)
                    heard.append(client.recv(4096))
                    if not heard[-1]:
                        return

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def to(port: int, **given: object) -> Route:
    """A route to a port of this machine."""
    whole = {
        "host": "127.0.0.1",
        "port": port,
        "user": "cluster@council.example",
        "secret": "env:EXAMPLE_PASSWORD",
        **given,
    }
    return Route(Kind.IMAP, Access(Path("/"), **whole))  # type: ignore[arg-type]


def test_a_server_without_starttls_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_PASSWORD", "EXAMPLE-password")
    heard: list[bytes] = []
    plain = talking(heard, b"* OK EXAMPLE\r\n", b"* CAPABILITY IMAP4rev1\r\n1 OK done\r\n", b"* BAD\r\n")
    refused = pytest.raises(UnreachableError, match="not as a mailbox over TLS")
    with plain as port, refused, opened(to(port, tls=STARTTLS)):
        pass
    assert len(heard) == 2
    assert heard[0].endswith(b"CAPABILITY\r\n")
    assert heard[1] == b""


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"host": "nowhere.invalid", "port": 993}, "Nobody knows where nowhere.invalid:993 is"),
        ({"port": 1}, "Nothing answers at 127.0.0.1:1"),
    ],
)
def test_a_server_that_is_not_there_is_told(where: dict[str, object], said: str) -> None:
    with pytest.raises(UnreachableError, match=said), opened(to(**{"port": 1} | where)):  # type: ignore[arg-type]
        pass


def test_a_server_that_says_nothing_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "SECONDS", 0.2)
    silent = socket.create_server(("127.0.0.1", 0))
    late = pytest.raises(UnreachableError, match="did not answer in time")
    with silent as server, late, opened(to(server.getsockname()[1])):
        pass


class Client:
    """As much of imaplib as says what a server says; it answers each question with what it was given."""

    def __init__(self, *told: object, responses: dict[str, list[bytes | None]] | None = None) -> None:
        self.told, self.asked, self.responses = list(told), list[tuple[str, ...]](), responses or {}

    def capability(self) -> tuple[str, list[bytes]]:
        return "OK", [b"IMAP4rev1 MOVE UIDPLUS"]

    def uid(self, *words: str) -> tuple[str, object]:
        self.asked.append(words)
        told = self.told.pop(0)
        if isinstance(told, Exception):
            raise told
        return ("NO", [told]) if isinstance(told, bytes) else ("OK", told)

    def response(self, name: str) -> tuple[str, list[bytes | None]]:
        return name, self.responses.get(name, [None])


def spoken(client: Client) -> imap.Mailbox:
    return imap.Mailbox(client, to(993).access)  # type: ignore[arg-type]


def test_a_mail_is_known_whether_its_number_comes_before_its_bytes_or_after() -> None:
    client = Client(
        [(b"1 (UID 5 BODY[] {3}", b"one"), b")", b"2 (FLAGS (\\Seen))", (b"3 (BODY[] {3}", b"two"), b" UID 9)", None]
    )
    assert list(spoken(client).mails(["5", "9"])) == [("5", b"one"), ("9", b"two")]


def test_a_server_that_does_not_say_where_it_moved_a_mail_has_moved_it() -> None:
    client = Client([b"done"])
    assert spoken(client).move(["5"], "Held") == {}
    assert client.asked == [("MOVE", "5", '"Held"')]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"[OVERQUOTA] EXAMPLE", ": it is full. Ask IT for more room, or delete there what is not wanted any more."),
        (
            b"EXAMPLE: Mailbox is full",
            ": it is full. Ask IT for more room, or delete there what is not wanted any more.",
        ),
        (b"[SERVERBUG] EXAMPLE", "."),
    ],
)
def test_a_folder_that_takes_no_mail_is_told_with_its_name_and_whether_it_is_full(said: bytes, why: str) -> None:
    with pytest.raises(imap.RefusedError) as told:
        spoken(Client(said)).move(["5"], "Held")
    assert str(told.value) == f"127.0.0.1:993 refused to move mail to Held{why}"


def test_numbers_in_a_row_are_told_apart() -> None:
    client = Client([b"done"], responses={"COPYUID": [b"17 2,4:6 11:13,20"]})
    assert spoken(client).move(["2", "4", "5", "6"], "Held") == {
        "2": ("17", "11"), "4": ("17", "12"), "5": ("17", "13"), "6": ("17", "20"),
    }  # fmt: skip


def test_a_range_is_read_from_either_end() -> None:
    client = Client([b"done"], responses={"COPYUID": [b"17 3:1,5 9:7,12"]})
    assert spoken(client).move(["1", "2", "3", "5"], "Held") == {
        "1": ("17", "7"), "2": ("17", "8"), "3": ("17", "9"), "5": ("17", "12"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        b"17 1:3 9:8", b"17 1:3", b"17", b"", b"17 1:3 7:9 x", b"17 x 7", b"17 1:3 7:*", b"17 , ,",
        b"17 1:4294967295 1:4294967295",
    ],
)  # fmt: skip
def test_where_mails_went_that_is_told_amiss_is_as_not_told(told: bytes) -> None:
    client = Client([b"done"], responses={"COPYUID": [told]})
    assert spoken(client).move(["1", "2", "3"], "Held") == {}


@pytest.mark.parametrize("greeting", [b"* BYE EXAMPLE too many connections\r\n", b"* BYE [UNAVAILABLE] EXAMPLE\r\n"])
def test_a_server_that_hangs_up_with_a_word_is_busy_not_on_a_wrong_port(greeting: bytes) -> None:
    heard: list[bytes] = []
    busy = pytest.raises(UnreachableError, match="is busy or about to close: try again later")
    with talking(heard, greeting) as port, busy, opened(to(port, tls=STARTTLS)):
        pass


@pytest.mark.parametrize("said", [b"[UNAVAILABLE] EXAMPLE", b"[INUSE] EXAMPLE", b"[LIMIT] EXAMPLE"])
def test_a_sign_in_that_is_refused_for_now_is_not_blamed_on_the_secret(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_PASSWORD", "EXAMPLE-password")

    class Refuses:
        def authenticate(self, *_: object) -> None:
            raise imaplib.IMAP4.error(said)

    with pytest.raises(UnreachableError, match="is busy or about to close"):
        imap._sign_in(Refuses(), to(993))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (imaplib.IMAP4.abort("EXAMPLE"), "broke off"),
        (imaplib.IMAP4.error("EXAMPLE secret"), "refused FETCH"),
        (ConnectionResetError("EXAMPLE"), "broke off"),
        (TimeoutError(), "did not answer in time"),
    ],
)
def test_a_connection_that_breaks_is_a_server_that_can_t_be_reached(raised: Exception, said: str) -> None:
    with pytest.raises(UnreachableError, match=said) as told:
        spoken(Client(raised)).sizes()
    assert "EXAMPLE" not in str(told.value)
