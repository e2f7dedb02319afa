"""Graph against the stand-in of the tests: pages, throttling, tokens that run out, and what it must never do."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from cluster_sheets.connect import graph as client
from cluster_sheets.connect.config import Access
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.graph import AnsweredError, Graph
from tests.connect.made import USER, access_of
from tests.intake.letters import letter
from tests.servers.ca import Authority
from tests.servers.graph import Graph as Service
from tests.servers.graph_answer import away, expired, refused, throttled
from tests.servers.graph_box import Box
from tests.servers.token import GRAPH, Tokens


@pytest.fixture
def access(graph: Service, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    """How the stand-in's mailbox is signed in to."""
    return access_of(graph, tokens, tmp_path, monkeypatch)


@pytest.fixture
def box(graph: Service) -> Box:
    """The mailbox itself."""
    return graph.box(USER)


@pytest.fixture
def slept() -> list[float]:
    """What was slept."""
    return []


@pytest.fixture
def opened(access: Access, box: Box, slept: list[float]) -> Iterator[Graph]:
    """The mailbox as the program opens it; waiting costs no time."""
    with Graph(access, slept.append) as found:
        yield found


def test_a_list_is_read_over_all_its_pages_in_ids_that_stay(graph: Service, box: Box, opened: Graph) -> None:
    kept = [box.deliver(letter(Message_ID=f"<{number}@oak.example>")) for number in range(25)]
    assert [each["id"] for each in opened.every("/mailFolders/inbox/messages", select="id", top="50")] == [
        each.immutable_id for each in kept
    ]
    assert len(graph.asked) == 3
    assert all(each.immutable for each in graph.asked)


def test_a_mail_comes_as_it_is(box: Box, opened: Graph) -> None:
    raw = letter()
    kept = box.deliver(raw)
    path = f"/messages/{kept.immutable_id}/$value"
    assert opened.raw(path, 1_000_000) == (raw, True)
    assert opened.raw(path, len(raw)) == (raw, True)


@pytest.mark.parametrize("told", [True, False])
def test_no_more_is_fetched_than_is_wanted(
    box: Box, opened: Graph, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = letter("Content-Type: text/plain\r\n\r\n" + "x" * 1_000_000)
    kept = box.deliver(raw)
    if not told:
        monkeypatch.setattr(requests.Response, "headers", property(lambda _: {}, lambda *_: None), raising=False)
    part, whole = opened.raw(f"/messages/{kept.immutable_id}/$value", 200_000)
    assert not whole
    assert len(part) == (65_536 if told else 200_000)
    assert raw.startswith(part)


def test_where_it_is_told_to_wait_it_waits_as_long(graph: Service, opened: Graph, slept: list[float]) -> None:
    graph.next_answers += [throttled(7), away(), away(3)]
    assert opened.get("/mailFolders/inbox")["displayName"] == "Inbox"
    assert slept == [7.0, 4.0, 3.0]


def test_it_does_not_wait_for_ever(graph: Service, opened: Graph, slept: list[float]) -> None:
    graph.next_answers += [throttled(1)] * 5
    with pytest.raises(AnsweredError, match="429") as told:
        opened.get("/mailFolders/inbox")
    assert (told.value.status, slept) == (429, [1.0] * 4)
    graph.next_answers.append(throttled(100_000))
    with pytest.raises(AnsweredError, match="429"):
        opened.get("/mailFolders/inbox")
    assert slept == [1.0] * 4


def test_a_token_that_has_run_out_is_renewed_once(graph: Service, tokens: Tokens, opened: Graph) -> None:
    opened.get("/mailFolders/inbox")
    before = len(tokens.given)
    tokens.void()
    assert opened.get("/mailFolders/inbox")["displayName"] == "Inbox"
    assert len(tokens.given) == before + 1
    graph.next_answers += [expired(), expired()]
    with pytest.raises(AnsweredError, match=r"Mail\.ReadWrite"):
        opened.get("/mailFolders/inbox")
    assert len(tokens.given) == before + 2


def test_a_token_that_lies_ready_is_used_as_it_is(
    access: Access, tokens: Tokens, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", tokens.token(USER, aud=GRAPH))
    before = len(tokens.given)
    with Graph(replace(access, token="env:EXAMPLE_TOKEN", client_id="")) as opened:
        assert opened.get("/mailFolders/inbox")["displayName"] == "Inbox"
    monkeypatch.setenv("EXAMPLE_TOKEN", "good for nothing")
    no_use = Graph(replace(access, token="env:EXAMPLE_TOKEN", client_id=""))
    with no_use as opened, pytest.raises(AnsweredError, match="401"):
        opened.get("/mailFolders/inbox")
    assert len(tokens.given) == before


def test_what_is_sent_arrives_as_it_is(box: Box, opened: Graph) -> None:
    raw = letter()
    assert opened.post("/sendMail", base64.b64encode(raw), again=False) == {}
    assert box.sent == [raw]


def test_what_may_have_been_heard_is_not_said_twice(graph: Service, box: Box, opened: Graph) -> None:
    graph.next_answers.append(away(1))
    with pytest.raises(AnsweredError, match="503"):
        opened.post("/sendMail", base64.b64encode(letter()), again=False)
    assert box.sent == []
    graph.next_answers.append(throttled(1))
    opened.post("/sendMail", base64.b64encode(letter()), again=False)
    assert len(box.sent) == 1


def test_a_mailbox_nobody_has_is_told(access: Access, box: Box) -> None:
    refused_ = pytest.raises(AnsweredError, match="look at user")
    with Graph(replace(access, user="nobody@council.example")) as opened, refused_ as told:
        opened.get("/mailFolders/inbox")
    assert told.value.status == 404


def test_a_next_page_elsewhere_is_not_asked_for(graph: Service, opened: Graph) -> None:
    graph.next_answers.append((200, {"value": [], "@odata.nextLink": "https://evil.example/v1.0/users"}, {}))
    with pytest.raises(UnreachableError, match="sends us elsewhere"):
        list(opened.every("/mailFolders/inbox/messages"))


def test_the_token_follows_no_one_elsewhere(graph: Service, opened: Graph) -> None:
    graph.next_answers.append((302, None, {"Location": "https://evil.example/"}))
    with pytest.raises(AnsweredError, match="302"):
        opened.get("/mailFolders/inbox")
    assert len(graph.asked) == 1


def test_what_a_service_says_of_its_refusal_is_not_repeated(graph: Service, opened: Graph) -> None:
    graph.next_answers.append(refused(400, "ErrorInvalidRequest"))
    with pytest.raises(AnsweredError, match="400 ErrorInvalidRequest") as told:
        opened.get("/mailFolders/inbox")
    assert "EXAMPLE" not in str(told.value)


def test_an_authority_nobody_named_is_not_trusted_whatever_the_environment_says(
    access: Access, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = replace(access, token="env:HOME", ca_file=None)
    with Graph(token) as opened, pytest.raises(UnreachableError, match="ca_file"):
        opened.get("/mailFolders/inbox")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with Graph(access) as opened, pytest.raises(AnsweredError, match="404"):
        opened.get("/mailFolders/inbox")


def test_a_service_that_is_not_there_is_told(access: Access) -> None:
    away_ = replace(access, token="env:HOME", base_url="https://127.0.0.1:1/v1.0")
    with Graph(away_) as opened, pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1 can't be reached"):
        opened.get("/mailFolders/inbox")


def test_a_service_that_says_nothing_is_told_in_time(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(client, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        silent = replace(access, token="env:HOME", base_url=f"https://127.0.0.1:{server.getsockname()[1]}/v1.0")
        with Graph(silent) as opened, pytest.raises(UnreachableError, match="did not answer in time"):
            opened.get("/mailFolders/inbox")
