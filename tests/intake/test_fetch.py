"""The rules of fetching (mail.md 1 to 8), against a real Dovecot and the Graph stand-in: each holds by either way."""

import hashlib
import imaplib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Kind, Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.intake import fetch as fetching
from cluster_sheets.intake import mime
from cluster_sheets.intake.fetch import Filed, file_away
from cluster_sheets.intake.keeping import keep_fetched
from cluster_sheets.intake.limits import MB
from cluster_sheets.intake.routes.choose import source
from cluster_sheets.store import audit, mails, units
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.units import State
from tests.connect.made import USER, access_of, route_of
from tests.intake.letters import TEXT, WORKBOOK, attached, letter
from tests.intake.postbox import SMALL, Postbox, postbox
from tests.servers.ca import Authority
from tests.servers.dovecot import Mailbox
from tests.servers.graph import Graph
from tests.servers.graph_answer import away, refused
from tests.servers.marks import needs_dovecot
from tests.servers.token import Tokens
from tests.store.asked import every_unit
from tests.store.made import NIGHT

real = pytest.mark.real
NEXT = NIGHT + timedelta(days=1)
PLACES = ("INBOX", "Processed", "Held", "Quarantine")


@dataclass
class Way:
    """A mailbox as its owner sees it, and the route to it."""

    route: Route
    deliver: Callable[[Sequence[bytes]], None]
    folders: Callable[[], dict[str, list[bytes]]]
    elsewhere: Callable[[bytes], None]
    """Its owner moves the mail that holds these bytes to another folder."""

    def counted(self) -> dict[str, int]:
        """How many mails lie in each folder that has any."""
        return {name: len(found) for name, found in self.folders().items() if found}


def by_imap(mailbox: Mailbox, authority: Authority, home: Path) -> Way:
    def elsewhere(mark: bytes) -> None:
        for folder in PLACES:
            for uid, raw in mailbox.mails(folder).items():
                if mark in raw:
                    with mailbox.opened() as client:
                        client.create("Elsewhere")
                        client.select(folder)
                        assert client.uid("MOVE", str(uid), "Elsewhere")[0] == "OK"

    return Way(route_of(mailbox, authority, home), mailbox.deliver, mailbox.folders, elsewhere)


def by_graph(graph: Graph, tokens: Tokens, home: Path, monkeypatch: pytest.MonkeyPatch) -> Way:
    kept = graph.box(USER)

    def deliver(raws: Sequence[bytes]) -> None:
        for raw in raws:
            kept.deliver(raw)

    def elsewhere(mark: bytes) -> None:
        for each in kept.messages:
            if mark in each.raw:
                kept.move(each, kept.add_folder("Elsewhere"))

    def folders() -> dict[str, list[bytes]]:
        return {"INBOX": kept.mails(), **{name: kept.mails(name) for name in PLACES[1:]}}

    access = access_of(graph, tokens, home, monkeypatch)
    return Way(Route(Kind.GRAPH, access, "cluster-sheets.toml:2", mailbox="inbox"), deliver, folders, elsewhere)


@pytest.fixture(params=[pytest.param("imap", marks=[real, needs_dovecot]), "graph"])
def way(request: pytest.FixtureRequest, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Way:
    """One way in, then the other."""
    if request.param == "imap":
        mailbox: Mailbox = request.getfixturevalue("mailbox")
        monkeypatch.setenv("EXAMPLE_PASSWORD", mailbox.password)
        return by_imap(mailbox, authority, tmp_path)
    return by_graph(request.getfixturevalue("graph"), request.getfixturevalue("tokens"), tmp_path, monkeypatch)


@pytest.fixture
def desk(way: Way, tmp_path: Path) -> Iterator[Postbox]:
    """A workspace with this way in."""
    with postbox(tmp_path / "central", way.route) as opened:
        yield opened


@pytest.fixture
def imap(mailbox: Mailbox, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A workspace with a mailbox by IMAP."""
    monkeypatch.setenv("EXAMPLE_PASSWORD", mailbox.password)
    with postbox(tmp_path / "central", route_of(mailbox, authority, tmp_path)) as opened:
        yield opened


def requests(count: int, start: int = 1) -> list[bytes]:
    """Mails with a form each, no two alike."""
    return [
        letter(TEXT, attached(data=WORKBOOK + b"%d" % number), Message_ID=f"<{number}@oak.example>")
        for number in range(start, start + count)
    ]


def lying(way: Way) -> list[bytes]:
    return sorted(raw for found in way.folders().values() for raw in found)


def test_rule_01_the_bytes_are_kept_before_anything_looks_into_them(
    way: Way, desk: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    crooked = [letter(Message_ID="<[123@>"), b"From: \xff\r\n\r\n", b"no mail at all\r\n", *requests(1)]
    way.deliver(crooked)

    def breaks(*_: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        for name in ("headers", "parts"):
            patched.setattr(f"cluster_sheets.intake.mime.{name}", breaks)
        assert desk.fetch().new == 4
    assert desk.kept() == lying(way)
    assert {each.mail_sha256 for each in mails.unopened(desk.store)} == {
        hashlib.sha256(raw).hexdigest() for raw in lying(way)
    }


def test_rule_01_a_mail_that_breaks_the_parser_is_set_apart_and_the_others_go_on(
    way: Way, desk: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.deliver([letter(Message_ID="<[123@>", Subject="EXAMPLE breaks it"), *requests(2)])
    headers = mime.headers

    def breaks(raw: bytes) -> object:
        if b"EXAMPLE breaks it" in raw:
            raise IndexError
        return headers(raw)

    monkeypatch.setattr(mime, "headers", breaks)
    desk.fetch()
    assert sorted(each.reason for each in desk.open()) == ["", "", "mail-not-readable"]


@real
@needs_dovecot
def test_rule_02_a_mail_that_somebody_has_read_is_taken_in_all_the_same(mailbox: Mailbox, imap: Postbox) -> None:
    mailbox.deliver(requests(3))
    with mailbox.opened() as client:
        client.select("INBOX")
        client.uid("STORE", "1:2", "+FLAGS", r"(\Seen \Flagged \Answered)")
        client.uid("STORE", "3", "+FLAGS", r"(\Deleted)")
    assert imap.fetch().new == 3
    assert imap.fetch().new == 0
    with mailbox.opened() as client:
        client.select("INBOX", readonly=True)
        assert client.search(None, "SEEN")[1] == [b"1 2"]


def test_rule_02_what_was_read_before_we_came_is_taken_in_by_graph_too(
    graph: Graph, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = by_graph(graph, tokens, tmp_path, monkeypatch)
    found.deliver(requests(2))
    for kept in graph.box(USER).messages:
        kept.is_read = True
    with postbox(tmp_path / "central", found.route) as desk:
        assert desk.fetch().new == 2
    assert all(each.immutable for each in graph.asked)


@real
@needs_dovecot
@pytest.mark.parametrize("filed", [False, True])
def test_rule_03_uidvalidity_changes_and_nothing_is_taken_in_twice(
    mailbox: Mailbox, imap: Postbox, filed: bool
) -> None:
    mailbox.deliver(requests(3))
    imap.fetch()
    imap.open()
    before = imap.told().count("cluster.unit ")
    mailbox.deliver(requests(1, start=9))
    mailbox.renumber()
    assert imap.fetch(NEXT).new == 1
    assert before == 3
    assert len(imap.open(NEXT)) == 4
    assert imap.lies() == {Lies.GONE: 3, Lies.INBOX: 4}
    if filed:
        imap.settle(State.ACCEPTED)
        mailbox.renumber()
        assert imap.file_away() == {}
        assert mailbox.counted() == {"INBOX": 0, "Processed": 4, "Held": 0, "Quarantine": 0}
        assert sorted(mailbox.folders()["Processed"]) == imap.kept()


@real
@needs_dovecot
def test_rule_03_the_held_ones_are_found_again_in_a_folder_that_was_numbered_anew(
    mailbox: Mailbox, imap: Postbox
) -> None:
    mailbox.deliver(requests(3))
    imap.night(State.HELD)
    with mailbox.opened() as client:
        client.rename("Held", "Held-before")
        client.create("Held")
        client.select("Held-before")
        for uid in "31":
            client.uid("COPY", uid, "Held")
    third = b"<3@oak.example>"
    waiting = {each.mail_sha256: each for each in every_unit(imap.store)}
    settled = [
        replace(waiting[hashlib.sha256(raw).hexdigest()], state=State.ACCEPTED)
        for raw in imap.kept()
        if third in raw or b"<2@oak.example>" in raw
    ]
    with imap.store.transaction():
        units.save_many(imap.store, settled)
    assert imap.file_away() == {}
    assert [third in raw for raw in mailbox.folders()["Processed"]] == [True]
    assert mailbox.counted() == {"INBOX": 0, "Processed": 1, "Held": 1, "Quarantine": 0}
    assert imap.lies() == {Lies.PROCESSED: 1, Lies.GONE: 1, Lies.HELD: 1}


def test_rule_04_and_06_the_same_workbook_by_two_mails_is_read_once_and_told_by_both(way: Way, desk: Postbox) -> None:
    way.deliver([letter(), letter(From="head@oak.example", Message_ID="<two@oak.example>")])
    desk.fetch()
    assert sorted(each.reason for each in desk.open()) == ["", "same-file-again"]


def test_rule_05_the_same_message_id_with_other_content_is_set_apart(way: Way, desk: Postbox) -> None:
    way.deliver([letter()])
    desk.fetch()
    desk.open()
    way.deliver([letter(TEXT, attached(data=WORKBOOK + b"other"))])
    desk.fetch(NEXT)
    assert sorted(each.reason for each in desk.open(NEXT)) == ["", "message-id-again"]


def test_rule_07_what_was_moved_before_a_kill_is_found_moved_and_nothing_else_is_done_again(
    way: Way, desk: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.deliver(requests(3))
    desk.fetch()
    desk.open()
    desk.settle(State.ACCEPTED)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("cluster_sheets.store.fetched.save_many", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.file_away()
    assert way.counted() == {"Processed": 3}
    assert desk.lies() == {Lies.INBOX: 3}
    before = audit.everything(desk.store)
    assert desk.fetch().new == 0
    assert desk.file_away() == {}
    assert way.counted() == {"Processed": 3}
    assert desk.lies() == {Lies.PROCESSED: 3}
    assert audit.everything(desk.store) == before
    assert desk.file_away() == {}


def test_rule_07_what_was_fetched_before_a_kill_is_kept_with_its_number_or_not_at_all(
    way: Way, desk: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.deliver(requests(3))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("cluster_sheets.store.fetched.add_many", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.fetch()
    assert mails.unopened(desk.store) == ()
    assert desk.fetch(NEXT).new == 3
    assert [each.reason for each in desk.open(NEXT)] == ["", "", ""]


@real
@needs_dovecot
def test_rule_08_nothing_that_somebody_else_marked_as_deleted_goes_with_what_is_moved(
    mailbox: Mailbox, imap: Postbox
) -> None:
    mailbox.deliver(requests(4))
    imap.fetch()
    imap.open()
    with mailbox.opened() as client:
        client.select("INBOX")
        client.uid("STORE", "2", "+FLAGS", r"(\Deleted)")
    waits = hashlib.sha256(mailbox.mails()[2]).hexdigest()
    with imap.store.transaction():
        settled = [each for each in every_unit(imap.store) if each.mail_sha256 != waits]
        units.save_many(imap.store, [replace(each, state=State.ACCEPTED) for each in settled])
    assert imap.file_away() == {}
    assert list(mailbox.mails()) == [2]
    assert mailbox.counted() == {"INBOX": 1, "Processed": 3, "Held": 0, "Quarantine": 0}


@pytest.mark.parametrize(
    ("state", "where"),
    [
        (State.ACCEPTED, "Processed"),
        (State.RETURNED, "Processed"),
        (State.SET_ASIDE, "Processed"),
        (State.HELD, "Held"),
        (State.QUARANTINED, "Quarantine"),
    ],
)
def test_a_mail_is_filed_by_what_became_of_it(way: Way, desk: Postbox, state: State, where: str) -> None:
    way.deliver(requests(2))
    desk.night(state)
    assert way.counted() == {where: 2}
    assert sorted(way.folders()[where]) == desk.kept()


def test_a_held_mail_is_filed_again_once_it_is_settled(way: Way, desk: Postbox) -> None:
    way.deliver(requests(3))
    desk.night(State.HELD)
    desk.settle(State.RETURNED, State.HELD)
    assert desk.file_away() == {}
    assert way.counted() == {"Processed": 3}


@pytest.mark.parametrize("state", [State.HELD, State.ACCEPTED])
def test_a_mail_that_somebody_else_moved_is_no_fault_and_stays_where_it_was_put(
    way: Way, desk: Postbox, state: State
) -> None:
    way.deliver(requests(3))
    if state is State.HELD:
        desk.night(State.HELD)
    else:
        desk.fetch()
        desk.open()
    way.elsewhere(b"<2@oak.example>")
    desk.settle(State.ACCEPTED, State.HELD, State.PENDING)
    assert desk.file_away() == {}
    assert way.counted() == {"Processed": 2}
    assert desk.lies() == {Lies.PROCESSED: 2, Lies.GONE: 1}


@real
@needs_dovecot
@pytest.mark.parametrize("how", ["removed", "renamed", "called otherwise", "below it another"])
def test_a_folder_that_is_gone_takes_only_its_own_mails_and_is_told_once(
    mailbox: Mailbox, imap: Postbox, how: str
) -> None:
    imap.routes = (replace(imap.routes[0], held="Cluster held"),)
    mailbox.deliver(requests(2))
    imap.night(State.HELD)
    mailbox.deliver(requests(2, start=8))
    imap.fetch(NEXT)
    imap.open(NEXT)
    with mailbox.opened() as client:
        if how == "below it another":
            client.create('"Cluster held/2026"')
        if how == "renamed":
            client.rename('"Cluster held"', "Elsewhere")
        elif how != "called otherwise":
            client.delete('"Cluster held"')
    if how == "called otherwise":
        imap.routes = (replace(imap.routes[0], held="Waits, 100% & more"),)
    imap.settle(State.ACCEPTED, State.HELD, State.PENDING)
    told = imap.filed()
    assert told.unreachable == {}
    assert dict(told.lost) == {("cluster-sheets.toml:2", imap.routes[0].held): 2}
    assert len(mailbox.mails("Processed")) == 2
    assert imap.lies() == {Lies.PROCESSED: 2, Lies.GONE: 2}
    assert imap.filed() == Filed()


def test_a_folder_of_graph_that_is_gone_is_told_once_too(
    graph: Graph, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = by_graph(graph, tokens, tmp_path, monkeypatch)
    found.deliver(requests(2))
    with postbox(tmp_path / "central", found.route) as desk:
        desk.night(State.HELD)
        desk.routes = (replace(found.route, held="Waits"),)
        desk.settle(State.ACCEPTED, State.HELD)
        assert dict(desk.filed().lost) == {("cluster-sheets.toml:2", "Waits"): 2}
        assert desk.lies() == {Lies.GONE: 2}
        assert desk.filed() == Filed()


@real
@needs_dovecot
def test_a_folder_that_was_made_anew_the_same_night_is_told_as_gone_as_well(mailbox: Mailbox, imap: Postbox) -> None:
    imap.routes = (replace(imap.routes[0], held="Cluster held"),)
    mailbox.deliver(requests(1))
    imap.night(State.HELD)
    with mailbox.opened() as client:
        client.delete('"Cluster held"')
    imap.settle(State.ACCEPTED, State.HELD)
    mailbox.deliver(requests(1, start=8))
    imap.fetch(NEXT)
    imap.open(NEXT)
    imap.settle(State.HELD)
    assert dict(imap.filed().lost) == {("cluster-sheets.toml:2", "Cluster held"): 1}
    assert len(mailbox.mails("Cluster held")) == 1


@real
@needs_dovecot
def test_a_folder_that_is_full_is_told_and_what_else_was_moved_is_known_as_moved(
    mailbox: Mailbox, imap: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.deliver(requests(3))
    imap.fetch()
    imap.open()
    first, *others = every_unit(imap.store)
    with imap.store.transaction():
        states = [replace(first, state=State.QUARANTINED), *(replace(each, state=State.HELD) for each in others)]
        units.save_many(imap.store, states)
    uid = imaplib.IMAP4.uid

    def full(self: imaplib.IMAP4, *words: str) -> object:
        return ("NO", [b"[OVERQUOTA] EXAMPLE"]) if words[-1] == '"Held"' else uid(self, *words)

    monkeypatch.setattr(imaplib.IMAP4, "uid", full)
    for _ in "12":
        (said,) = imap.file_away().values()
        assert "refused to move mail to Held: it is full" in said
        assert mailbox.counted() == {"INBOX": 2, "Processed": 0, "Held": 0, "Quarantine": 1}
        assert imap.lies() == {Lies.INBOX: 2, Lies.QUARANTINE: 1}


@real
@needs_dovecot
def test_a_mail_that_somebody_put_back_is_filed_again_and_taken_in_no_more(mailbox: Mailbox, imap: Postbox) -> None:
    mailbox.deliver(requests(1))
    imap.night(State.ACCEPTED)
    with mailbox.opened() as client:
        client.select("Processed")
        client.uid("MOVE", "1:*", "INBOX")
    imap.night(State.ACCEPTED, NEXT)
    assert mailbox.counted() == {"INBOX": 0, "Processed": 1, "Held": 0, "Quarantine": 0}
    assert len(every_unit(imap.store)) == 1


def huge() -> bytes:
    """A mail beyond anything that is fetched."""
    return letter(TEXT, attached(data=b"x" * (4 * MB)), Message_ID="<huge@oak.example>")


def test_of_a_mail_far_too_large_the_headers_are_kept_and_it_is_set_apart_and_said(way: Way, desk: Postbox) -> None:
    way.deliver([huge(), *requests(1)])
    assert desk.fetch().new == 2
    assert max(len(raw) for raw in desk.kept()) < 64 * 1024
    assert sorted(each.reason for each in desk.open()) == ["", "mail-past-a-limit"]
    desk.settle(State.QUARANTINED)
    assert desk.file_away() == {}
    assert way.counted() == {"Quarantine": 2}


def test_many_mails_are_kept_in_batches_and_what_came_before_a_break_is_kept(
    way: Way, desk: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.deliver([letter(TEXT, Message_ID=f"<{number}@oak.example>") for number in range(23)])
    chunks: list[int] = []

    def counted(store: object, files: Sequence[object], *more: object, **named: object) -> int:
        chunks.append(len(files))
        return keep_fetched(store, files, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(fetching, "keep_fetched", counted)
    monkeypatch.setattr(fetching, "_AT_ONCE", 10)
    said: list[tuple[str, int, int]] = []
    told = fetching.fetch(desk.store, desk.routes, SMALL, NIGHT, lambda *each: said.append(each))
    assert told.new == 23
    assert chunks == [10, 10, 3]
    assert said == [("Fetching mail", done, 23) for done in (10, 20, 23)]


def test_a_mailbox_that_breaks_off_keeps_what_came_and_no_other_from_being_looked_into(
    way: Way, desk: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.deliver(requests(3))

    class Broken:
        first, coming, left = Lies.INBOX, 3, 0

        def mails(self, seen: object, most: int) -> Iterator[object]:
            for number, came in enumerate(source(way.route).mails(lambda _: frozenset(), most)):
                if number == 2:
                    raise UnreachableError("EXAMPLE broke off")
                yield came

    other = replace(way.route, access=replace(way.route.access, user="EXAMPLE"))
    desk.routes = (other, way.route)
    monkeypatch.setattr(fetching, "source", lambda route: Broken() if route is other else source(route))
    told = desk.fetch()
    assert (told.new, told.looked_at, told.unreachable) == (3, 1, {other.name: "EXAMPLE broke off"})
    assert desk.lies() == {Lies.INBOX: 5}
    assert len(mails.unopened(desk.store)) == 3


def test_a_mailbox_that_is_known_to_be_away_is_not_tried_to_be_filed_in(way: Way, desk: Postbox) -> None:
    way.deliver(requests(1))
    desk.fetch()
    desk.open()
    desk.settle(State.ACCEPTED)
    assert file_away(desk.store, desk.routes, {way.route.name}) == Filed()
    assert way.counted() == {"INBOX": 1}
    wrong = replace(way.route, access=replace(way.route.access, secret="env:EXAMPLE_NOWHERE"))
    assert list(file_away(desk.store, (wrong,)).unreachable.values()) == [
        "EXAMPLE_NOWHERE is not set: set it for the account that runs cluster-sheets."
    ]
    assert way.counted() == {"INBOX": 1}


def test_a_mail_that_the_service_can_t_give_keeps_no_other_back_and_is_counted(
    graph: Graph, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = by_graph(graph, tokens, tmp_path, monkeypatch)
    found.deliver(requests(3))
    listed = graph._told

    def told(handler: object, method: str, path: str, *more: object) -> object:
        if path.endswith("/$value") and graph.box(USER).messages[1].immutable_id in path:
            return refused(500, "ErrorInternalServerError")
        return listed(handler, method, path, *more)  # type: ignore[arg-type]

    with postbox(tmp_path / "central", found.route) as desk:
        with monkeypatch.context() as patched:
            patched.setattr(graph, "_told", told)
            first = desk.fetch()
        assert (first.new, first.left, first.unreachable) == (2, 1, {})
        again = desk.fetch(NEXT)
        assert (again.new, again.left) == (1, 0)


def test_a_service_that_is_away_is_told_and_tried_the_next_time(
    graph: Graph, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = by_graph(graph, tokens, tmp_path, monkeypatch)
    found.deliver(requests(1))
    graph.next_answers += [away(10_000)]
    with postbox(tmp_path / "central", found.route) as desk:
        assert "503" in desk.fetch().unreachable[found.route.name]
        assert desk.fetch(NEXT).new == 1
