"""The servers the tests stand on, each by itself: what a client sees of them is what the real thing would show."""

import base64
import imaplib
import smtplib
import time
from collections.abc import Callable
from email import message_from_bytes
from importlib import import_module
from typing import Any

import jwt
import pytest
import requests

from tests.servers.ca import HOST, Authority
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.graph import PREFERENCE, Graph
from tests.servers.graph_answer import away, throttled
from tests.servers.marks import needs_dovecot, needs_postfix, needs_sieve
from tests.servers.postfix import Postfix
from tests.servers.sieve import away as away_script
from tests.servers.sink import Cut, Sink, Taken
from tests.servers.token import GRAPH, MAIL, Tokens

BOX, APP, SECRET = "cluster@council.test", "example-app", "EXAMPLE-secret"


def mail(name: str, sender: str = "head@school.test", *more: str) -> bytes:
    heads = [f"From: {sender}", f"To: {BOX}", f"Subject: {name}", f"Message-ID: <{name}@school.test>", *more]
    return "\r\n".join([*heads, "", "EXAMPLE", ""]).encode()


def subjects(mails: dict[int, bytes]) -> dict[int, str]:
    return {uid: str(message_from_bytes(raw)["Subject"]) for uid, raw in mails.items()}


def session(authority: Authority) -> requests.Session:
    made = requests.Session()
    made.trust_env, made.verify = False, str(authority.file)
    return made


def signed_in(tokens: Tokens, authority: Authority, secret: str = SECRET, scope: str = MAIL) -> dict[str, object]:
    tokens.app(APP, SECRET, BOX)
    msal: Any = import_module("msal")
    with session(authority) as web:
        app = msal.ConfidentialClientApplication(
            APP, client_credential=secret, oidc_authority=f"{tokens.url}/v2.0", http_client=web
        )
        return dict(app.acquire_token_for_client([f"{scope}/.default"]))


def xoauth2(user: str, token: str) -> bytes:
    return f"user={user}\x01auth=Bearer {token}\x01\x01".encode()


def test_an_app_signs_in_for_the_scope_it_asks_for_and_with_its_own_secret_only(
    tokens: Tokens, authority: Authority
) -> None:
    given = str(signed_in(tokens, authority, scope=GRAPH)["access_token"])
    assert (tokens.accepts(BOX, given, GRAPH), tokens.accepts(BOX, given, MAIL)) == (True, False)
    assert signed_in(tokens, authority, secret="another")["error"] == "invalid_client"
    assert jwt.decode(given, options={"verify_signature": False})["iss"] == tokens.issuer
    tokens.void()
    assert not tokens.accepts(BOX, given, GRAPH)


def test_a_certificate_of_another_authority_is_not_trusted(tokens: Tokens, authority: Authority) -> None:
    with requests.Session() as web:
        web.trust_env = False
        with pytest.raises(requests.exceptions.SSLError):
            web.get(tokens.url)


@pytest.mark.real
@needs_dovecot
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
@pytest.mark.parametrize("how", ["XOAUTH2", "OAUTHBEARER", "password"])
def test_a_mailbox_is_opened_over_tls_by_password_and_by_token(
    how: str, tls: str, mailbox: Mailbox, tokens: Tokens, authority: Authority
) -> None:
    mailbox.deliver(mail("one"), "")
    server, token = mailbox.server, tokens.token(mailbox.address)
    bearer = f"n,a={mailbox.address},\x01auth=Bearer {token}\x01\x01".encode()
    told = {"XOAUTH2": xoauth2(mailbox.address, token), "OAUTHBEARER": bearer}
    if tls == "implicit":
        client: imaplib.IMAP4 = imaplib.IMAP4_SSL(HOST, server.imaps, ssl_context=authority.of_client())
    else:
        client = imaplib.IMAP4(HOST, server.imap)
        client.starttls(authority.of_client())
    with client:
        if how == "password":
            client.login(mailbox.address, mailbox.password)
        else:
            client.authenticate(how, lambda _: told[how])
        assert client.select("INBOX") == ("OK", [b"1"])
    (raw,) = mailbox.mails().values()
    assert raw.startswith(b"Return-Path: <>\r\n")


@pytest.mark.real
@needs_dovecot
@pytest.mark.parametrize("claims", [{"exp": 1}, {"iss": "https://elsewhere.test"}, {"aud": GRAPH}], ids=str)
def test_a_token_that_is_not_for_it_opens_nothing(claims: dict[str, object], mailbox: Mailbox, tokens: Tokens) -> None:
    with imaplib.IMAP4("127.0.0.1", mailbox.server.imap) as client, pytest.raises(imaplib.IMAP4.error, match="AUTH"):
        client.authenticate("XOAUTH2", lambda _: xoauth2(mailbox.address, tokens.token(mailbox.address, **claims)))


@pytest.mark.real
@needs_dovecot
def test_a_mail_is_moved_and_a_folder_renumbered(mailbox: Mailbox) -> None:
    mailbox.deliver([mail("one"), mail("two"), mail("three")])
    with mailbox.opened() as client:
        client.select("INBOX")
        assert client.uid("MOVE", "2", "Processed")[0] == "OK"
    assert mailbox.counted() == {"INBOX": 2, "Processed": 1, "Held": 0, "Quarantine": 0}
    assert subjects(mailbox.mails()) == {1: "one", 3: "three"}
    before = mailbox.uidvalidity()
    mailbox.renumber()
    assert subjects(mailbox.mails()) == {1: "three", 3: "one"}
    assert mailbox.uidvalidity() > before


@pytest.mark.real
@needs_dovecot
def test_nobody_else_has_a_tests_mailbox(new_mailbox: Callable[[], Mailbox]) -> None:
    one, other = new_mailbox(), new_mailbox()
    one.deliver(mail("one"))
    assert (one.counted()["INBOX"], other.counted()["INBOX"]) == (1, 0)


def sent(sink: Sink, authority: Authority, to: str = "head@school.test", name: str = "one") -> None:
    sink.passwords[BOX] = "EXAMPLE-password"
    with smtplib.SMTP(HOST, sink.starttls, timeout=10) as client:
        client.starttls(context=authority.of_client())
        client.login(BOX, "EXAMPLE-password")
        client.sendmail("", [to], mail(name, BOX))


def test_the_sink_takes_in_over_starttls_by_password(sink: Sink, authority: Authority) -> None:
    sent(sink, authority)
    assert sink.taken == [Taken("", ("head@school.test",), mail("one", BOX), BOX)]
    assert [each.message_id for each in sink.sent_to("head@school.test")] == ["<one@school.test>"]


def test_the_sink_takes_in_over_tls_by_token_and_by_a_good_one_only(
    sink: Sink, authority: Authority, tokens: Tokens
) -> None:
    for token, code in ((tokens.token(BOX, exp=1), 535), (tokens.token(BOX), 235)):
        with smtplib.SMTP_SSL(HOST, sink.tls, context=authority.of_client(), timeout=10) as client:
            client.ehlo()
            told = base64.b64encode(xoauth2(BOX, token)).decode()
            assert client.docmd("AUTH", f"XOAUTH2 {told}")[0] == code
    assert sink.logins == [(BOX, False), (BOX, True)]


def test_the_sink_asks_for_tls_and_a_login(sink: Sink) -> None:
    with smtplib.SMTP(HOST, sink.starttls, timeout=10) as client, pytest.raises(smtplib.SMTPException):
        client.sendmail(BOX, ["head@school.test"], mail("one"))
    with smtplib.SMTP(HOST, sink.plain, timeout=10) as client:
        client.sendmail(BOX, ["head@school.test"], mail("one"))
    assert len(sink.taken) == 1


def test_the_sink_says_what_it_is_told_to_say(sink: Sink, authority: Authority) -> None:
    sink.to_recipient = lambda address: "550 5.1.1 EXAMPLE unknown" if address.startswith("gone@") else ""
    sink.to_mail = lambda taken: "451 4.3.0 EXAMPLE later"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        sent(sink, authority, "gone@school.test")
    with pytest.raises(smtplib.SMTPDataError) as later:
        sent(sink, authority)
    assert (later.value.smtp_code, sink.taken) == (451, [])


@pytest.mark.parametrize(("cut", "taken"), [(Cut.IN_MAIL, 0), (Cut.AFTER_MAIL, 1)])
def test_the_sink_breaks_off(cut: Cut, taken: int, sink: Sink, authority: Authority) -> None:
    sink.to_mail = lambda _: cut
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        sent(sink, authority)
    assert len(sink.taken) == taken


@pytest.fixture
def asks(graph: Graph, tokens: Tokens, authority: Authority) -> Callable[..., requests.Response]:
    """Asks Graph for something."""
    graph.box(BOX)
    web = session(authority)

    def ask(method: str, path: str, immutable: bool = True, token: str = "", **more: Any) -> requests.Response:
        heads = {"Authorization": f"Bearer {token or tokens.token(BOX, aud=GRAPH)}"}
        heads |= {"Prefer": PREFERENCE} if immutable else {}
        heads |= more.pop("headers", {})
        url = path if path.startswith("https") else f"{graph.url}/users/{BOX}{path}"
        return web.request(method, url, headers=heads, timeout=10, **more)

    return ask


def test_graph_lists_in_pages_and_gives_the_mail_as_it_is(graph: Graph, asks: Callable[..., requests.Response]) -> None:
    for number in range(25):
        graph.box(BOX).deliver(mail(f"number-{number}"))
    found, url = [], "/mailFolders/inbox/messages"
    while url:
        page = asks("GET", url).json()
        found += page["value"]
        url = page.get("@odata.nextLink", "")
    assert [each["subject"] for each in found] == [f"number-{number}" for number in range(25)]
    assert asks("GET", f"/messages/{found[3]['id']}/$value").content == mail("number-3")
    assert [each.query.get("$skip") for each in graph.asked[:3]] == [None, "10", "20"]


@pytest.mark.parametrize("immutable", [True, False])
def test_graph_keeps_an_id_over_a_move_only_where_it_was_asked_to(
    immutable: bool, graph: Graph, asks: Callable[..., requests.Response]
) -> None:
    graph.box(BOX).deliver(mail("one"))
    folders = asks("GET", "/mailFolders", params={"$filter": "displayName eq 'Processed'"}).json()["value"]
    (before,) = asks("GET", "/mailFolders/inbox/messages", immutable).json()["value"]
    moved = asks("POST", f"/messages/{before['id']}/move", immutable, json={"destinationId": folders[0]["id"]})
    assert (moved.status_code, moved.json()["id"] == before["id"]) == (201, immutable)
    assert (graph.box(BOX).mails("Inbox"), graph.box(BOX).mails("Processed")) == ([], [mail("one")])
    assert asks("GET", f"/messages/{before['id']}", immutable).status_code == (200 if immutable else 404)


def test_graph_sends_a_mime_mail_and_keeps_it(graph: Graph, asks: Callable[..., requests.Response]) -> None:
    heads = {"Content-Type": "text/plain"}
    assert asks("POST", "/sendMail", headers=heads, data=base64.b64encode(mail("one"))).status_code == 202
    assert asks("POST", "/sendMail", headers=heads, data=b"*").status_code == 400
    where = {"$filter": "internetMessageId eq '<one@school.test>'"}
    (found,) = asks("GET", "/mailFolders/sentitems/messages", params=where).json()["value"]
    assert (found["subject"], graph.box(BOX).sent) == ("one", [mail("one")])


def test_graph_throttles_is_away_and_wants_a_good_token(
    graph: Graph, tokens: Tokens, asks: Callable[..., requests.Response]
) -> None:
    graph.next_answers += [throttled(7), away()]
    told = [asks("GET", "/mailFolders") for _ in range(3)]
    assert [(each.status_code, each.headers.get("Retry-After")) for each in told] == [
        (429, "7"), (503, None), (200, None),
    ]  # fmt: skip
    for token in (tokens.token(BOX), tokens.token("other@council.test", aud=GRAPH), "none"):
        assert asks("GET", "/mailFolders", token=token).json()["error"]["code"] == "InvalidAuthenticationToken"


@pytest.mark.real
@needs_sieve
def test_an_out_of_office_reply_comes_from_a_real_one(answering: Dovecot, sink: Sink) -> None:
    person = answering.mailbox("head@school.test")
    answering.away(person, away_script(person.address))
    letter, receipt = mail("a-letter", BOX), mail("a-receipt", BOX, "Auto-Submitted: auto-replied")
    person.deliver([each.replace(b"To: ", b"To: head@school.test, ") for each in (letter, letter, receipt)], BOX)
    wait_until(lambda: len(sink.taken) >= 2)
    assert [(each.sender, each.to, each.message["Auto-Submitted"]) for each in sink.taken] == [
        ("", (BOX,), "auto-replied (vacation)")
    ] * 2


@pytest.mark.real
@needs_dovecot
@needs_postfix
def test_a_bounce_comes_from_a_real_postfix(postfix: Postfix, sink: Sink, mailbox: Mailbox) -> None:
    sink.to_recipient = lambda address: "550 5.1.1 EXAMPLE no such mailbox"
    with smtplib.SMTP(HOST, postfix.port, timeout=10) as client:
        client.sendmail(mailbox.address, ["gone@school.test"], mail("one", mailbox.address))
    wait_until(lambda: mailbox.counted()["INBOX"])
    (raw,) = mailbox.mails().values()
    bounce = message_from_bytes(raw)
    assert (bounce.get_content_type(), bounce["Return-Path"]) == ("multipart/report", "<>")
    assert b"Message-ID: <one@school.test>" in raw


def wait_until(is_so: Callable[[], object], seconds: float = 20) -> None:
    """Waits for what a server does in its own time."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
