"""What a mailbox by Graph does besides the rules of fetching, which stand in ``tests.intake.test_fetch``."""

from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Kind, Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.graph import AnsweredError
from cluster_sheets.intake.routes.graph import GraphSource
from cluster_sheets.intake.routes.source import Move
from cluster_sheets.store.fetched import Fetched, Lies
from tests.connect.made import USER, access_of
from tests.intake.letters import letter
from tests.servers.graph import Graph
from tests.servers.graph_answer import away
from tests.servers.graph_box import Box
from tests.servers.token import Tokens


@pytest.fixture
def route(graph: Graph, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Route:
    """The way to the stand-in's mailbox."""
    graph.box(USER)
    return Route(Kind.GRAPH, access_of(graph, tokens, tmp_path, monkeypatch), "cluster-sheets.toml:2", mailbox="inbox")


@pytest.fixture
def box(graph: Graph) -> Box:
    """The mailbox itself."""
    return graph.box(USER)


def mail(uid: str, lies: Lies = Lies.INBOX) -> Fetched:
    return Fetched("m", "", uid, "0" * 64, 1, True, lies, "", uid)


def test_older_mails_come_first(route: Route, box: Box) -> None:
    kept = [box.deliver(letter(Message_ID=f"<{number}@oak.example>")) for number in range(25)]
    # The stand-in lists them in the order they came; the service tells the newest first.
    box.messages.reverse()
    assert [came.uid for came in GraphSource(route).mails(lambda _: frozenset(), 100_000)] == [
        each.immutable_id for each in kept
    ]


def test_a_folder_of_another_name_is_looked_into(route: Route, box: Box) -> None:
    box.add_folder("Cluster's funding")
    kept = box.deliver(letter(), "Cluster's funding")
    box.deliver(letter())
    other = GraphSource(replace(route, mailbox="Cluster's funding"))
    assert [came.uid for came in other.mails(lambda _: frozenset(), 100_000)] == [kept.immutable_id]
    with pytest.raises(UnreachableError, match=r"there is no folder Nowhere: look at cluster-sheets\.toml:2"):
        list(GraphSource(replace(route, mailbox="Nowhere")).mails(lambda _: frozenset(), 100_000))


def test_a_folder_that_is_missing_is_made_once(route: Route, box: Box) -> None:
    first, second = box.deliver(letter()), box.deliver(letter(Message_ID="<2@oak.example>"))
    other = GraphSource(replace(route, processed="Done"))
    for each in (first, second):
        moved = list(other.file_away([Move(mail(each.immutable_id), Lies.PROCESSED)]))
        assert moved == [mail(each.immutable_id, Lies.PROCESSED)]
    assert list(box.folders.values()).count("Done") == 1
    assert len(box.mails("Done")) == 2


def test_a_mail_that_is_gone_meanwhile_is_passed_over(route: Route, box: Box, graph: Graph) -> None:
    kept = box.deliver(letter())
    way = GraphSource(route)
    listing = way.mails(lambda _: frozenset(), 100_000)
    box.deliver(letter(Message_ID="<2@oak.example>"))
    next(listing)
    box.messages.remove(kept)
    assert [came.uid for came in listing] == []
    assert way.left == 0
    assert list(way.file_away([Move(mail(kept.immutable_id), Lies.HELD)])) == [mail(kept.immutable_id, Lies.GONE)]


def test_a_service_that_goes_away_half_way_is_no_fault_of_a_mail(route: Route, box: Box, graph: Graph) -> None:
    box.deliver(letter())
    graph.next_answers.append(away(10_000))
    with pytest.raises(AnsweredError, match="503"):
        list(GraphSource(route).file_away([Move(mail(box.messages[0].immutable_id), Lies.HELD)]))
