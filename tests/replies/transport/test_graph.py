"""Against a stand-in for Microsoft Graph on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster_sheets.connect.config import XOAUTH2, Access, Kind, Transport
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.replies.transport.graph import GraphMail
from cluster_sheets.replies.transport.outcome import Later, Never, Outcome, Sent, Unsure
from tests.replies.transport.desk import APP, APP_SECRET, BOX, MESSAGE_ID, TO, message, secret_in
from tests.servers.graph import Graph
from tests.servers.graph_answer import Answer, refused
from tests.servers.graph_box import Box
from tests.servers.token import Tokens


@pytest.fixture
def box(graph: Graph, tokens: Tokens) -> Box:
    tokens.app(APP, APP_SECRET, BOX)
    return graph.box(BOX)


@pytest.fixture
def out(graph: Graph, tokens: Tokens, box: Box, tmp_path: Path) -> Iterator[GraphMail]:
    access = Access(
        tmp_path, ca_file=graph.authority.file, user=BOX, auth=XOAUTH2, secret=secret_in(tmp_path, APP_SECRET),
        client_id=APP, authority=f"{tokens.url}/v2.0", base_url=graph.url,
    )  # fmt: skip
    with GraphMail(Transport(Kind.GRAPH, access)) as made:
        yield made


def handed(out: GraphMail) -> Outcome:
    out.reach()
    return out.send(message(), BOX, TO)


def test_a_message_arrives_byte_for_byte(out: GraphMail, box: Box) -> None:
    assert [handed(out), handed(out)] == [Sent("202"), Sent("202")]
    assert box.sent == [message()] * 2


def test_what_was_sent_is_found_by_its_id(out: GraphMail, box: Box) -> None:
    assert out.has_sent(MESSAGE_ID) is False
    handed(out)
    assert out.has_sent(MESSAGE_ID) is True
    assert out.has_sent("<other@example>") is False


@pytest.mark.parametrize(
    ("answers", "becomes"),
    [
        ([refused(400, "ErrorInvalidRecipients")], Never("400")),
        ([refused(413, "RequestEntityTooLarge")], Never("413")),
        ([refused(500, "ErrorInternalServerError")], Unsure()),
        ([refused(504, "GatewayTimeout")], Unsure()),
        ([refused(429, "ApplicationThrottled", {"Retry-After": "900"})], Later("429", stop=True)),
        ([refused(429, "ApplicationThrottled", {"Retry-After": "0"})], Sent("202")),
    ],
)
def test_what_the_service_says_is_what_becomes_of_a_message(
    out: GraphMail, graph: Graph, answers: list[Answer], becomes: Outcome
) -> None:
    out.reach()
    graph.next_answers.extend(answers)
    assert out.send(message(), BOX, TO) == becomes


def test_an_app_that_may_not_send_stops_the_sending(out: GraphMail, graph: Graph) -> None:
    out.reach()
    graph.next_answers.append(refused(403, "ErrorAccessDenied"))
    with pytest.raises(UnreachableError, match="403 ErrorAccessDenied"):
        out.send(message(), BOX, TO)


def test_a_token_that_runs_out_is_renewed(out: GraphMail, tokens: Tokens, box: Box) -> None:
    out.reach()
    tokens.void()
    assert out.send(message(), BOX, TO) == Sent("202")
    assert box.sent == [message()]
