"""What a mailbox by IMAP does where its server is odd; with a real one: ``tests.intake.test_fetch``."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.imap import RefusedError, Spot
from cluster_sheets.intake.routes import imap
from cluster_sheets.intake.routes.imap import ImapSource
from cluster_sheets.intake.routes.source import Came, Move
from cluster_sheets.store.fetched import Fetched, Lies

ROUTE = Route(Kind.IMAP, Access(Path("/"), "imap.example", 993))
RAW = {"1": b"A: one\r\n\r\none", "2": b"A: two\r\n\r\ntwo!", "3": b"A: three\r\n\r\n" + b"x" * 5000}


class Box:
    """A mailbox as ``connect.imap`` has it; ``refuses`` are numbers that the server itself can't read."""

    def __init__(self, *refuses: str, can_move: bool = True, tells: bool = True) -> None:
        self.lying = {"INBOX": dict(RAW), "Processed": dict[str, bytes](), "Held": dict[str, bytes]()}
        self.refuses, self.can_move, self.tells = refuses, can_move, tells
        self.shut = set[str]()
        """Folders that neither take mails nor give any."""
        self.validity, self.here, self.asked = "7", "INBOX", list[list[str]]()

    def select(self, folder: str, *, write: bool = False) -> str:
        if folder in self.shut:
            raise RefusedError(f"EXAMPLE {folder}")
        self.here = folder
        return self.validity

    def make(self, folder: str) -> bool:
        if folder in self.shut and folder not in self.lying:
            raise RefusedError(f"EXAMPLE {folder}")
        there = folder in self.lying
        self.lying.setdefault(folder, {})
        return not there

    def sizes(self, last: int | None = None) -> list[tuple[str, int]]:
        return [(uid, len(raw)) for uid, raw in self.lying[self.here].items()]

    def mails(self, uids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        self.asked.append(list(uids))
        if set(uids) & set(self.refuses):
            raise RefusedError("EXAMPLE")
        yield from ((uid, self.lying[self.here][uid]) for uid in uids if uid in self.lying[self.here])
        yield "99", b"what nobody asked for"

    def heads(self, uids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        yield from ((uid, raw[:9]) for uid, raw in self.mails(uids))

    def move(self, uids: Sequence[str], folder: str) -> dict[str, Spot]:
        if folder in self.shut:
            raise RefusedError(f"EXAMPLE {folder}")
        found: dict[str, Spot] = {}
        for uid in uids:
            if uid in self.lying[self.here]:
                self.lying[folder][f"{uid}0"] = self.lying[self.here].pop(uid)
                found[uid] = (self.validity, f"{uid}0")
        return found if self.tells else {}


def source(monkeypatch: pytest.MonkeyPatch, box: Box) -> ImapSource:
    @contextmanager
    def opened(route: Route, *, write: bool = False) -> Iterator[Box]:
        yield box

    monkeypatch.setattr(imap, "opened", opened)
    return ImapSource(ROUTE)


def mail(uid: str, lies: Lies = Lies.INBOX, validity: str = "7") -> Fetched:
    raw = RAW[uid]
    return Fetched("m", "7", uid, sha256(raw).hexdigest(), len(raw), True, lies, validity, uid)


def test_what_it_gave_before_is_not_asked_for_and_what_is_too_large_gives_its_headers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    way = source(monkeypatch, Box())
    assert list(way.mails(lambda validity: frozenset({"1"} if validity == "7" else ()), 1000)) == [
        Came("7", "2", RAW["2"], len(RAW["2"])),
        Came("7", "3", b"A: three\r", len(RAW["3"]), whole=False),
    ]


def test_one_mail_that_the_server_can_t_read_keeps_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box("2", "3")
    way = source(monkeypatch, box)
    assert [came.uid for came in way.mails(lambda _: frozenset(), 1000)] == ["1"]
    assert way.left == 2
    assert box.asked == [["1", "2"], ["1"], ["2"], ["3"]]
    box.refuses = ()
    assert [came.uid for came in way.mails(lambda _: frozenset(), 10_000)] == ["1", "2", "3"]
    assert way.left == 0


@pytest.mark.parametrize(("at_once", "bytes_at_once"), [(2, 10_000), (50, 30)])
def test_mails_are_asked_for_in_groups(monkeypatch: pytest.MonkeyPatch, at_once: int, bytes_at_once: int) -> None:
    monkeypatch.setattr(imap, "_MAILS_AT_ONCE", at_once)
    monkeypatch.setattr(imap, "_BYTES_AT_ONCE", bytes_at_once)
    box = Box()
    assert len(list(source(monkeypatch, box).mails(lambda _: frozenset(), 10_000))) == 3
    assert box.asked == [["1", "2"], ["3"]]


def test_where_the_server_can_t_move_everything_stays_and_nothing_is_copied_or_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = Box(can_move=False)
    assert list(source(monkeypatch, box).file_away([Move(mail("1"), Lies.PROCESSED)])) == []
    assert box.lying["INBOX"] == RAW


def test_where_the_server_does_not_say_where_it_put_a_mail_it_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box(tells=False)
    moved = list(source(monkeypatch, box).file_away([Move(mail("1"), Lies.HELD), Move(mail("2"), Lies.PROCESSED)]))
    assert moved == [
        replace(mail("1"), lies=Lies.HELD, at_uid="10"),
        replace(mail("2"), lies=Lies.PROCESSED, at_uid="20"),
    ]


def test_a_mail_of_the_same_size_is_not_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box()
    gone = replace(mail("1"), sha256="0" * 64, at_uid="55")
    assert list(source(monkeypatch, box).file_away([Move(gone, Lies.PROCESSED)])) == [replace(gone, lies=Lies.GONE)]
    box.lying["Processed"]["4"] = RAW["1"]
    assert list(source(monkeypatch, box).file_away([Move(gone, Lies.PROCESSED)])) == [replace(gone, lies=Lies.GONE)]


def test_two_mails_alike_each_have_a_place_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box(tells=False)
    box.lying["INBOX"]["2"] = RAW["1"]
    twin = replace(mail("1"), uid="2", at_uid="2")
    moved = list(source(monkeypatch, box).file_away([Move(mail("1"), Lies.HELD), Move(twin, Lies.HELD)]))
    assert sorted(each.at_uid for each in moved) == ["10", "20"]


def test_mails_go_from_each_folder_to_each_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box()
    box.lying["Held"]["2"] = box.lying["INBOX"].pop("2")
    moves = [Move(mail("2", Lies.HELD), Lies.PROCESSED), Move(mail("1"), Lies.PROCESSED)]
    moved = list(source(monkeypatch, box).file_away(moves))
    assert [(each.uid, each.lies, each.at_uid) for each in moved] == [
        ("2", Lies.PROCESSED, "20"),
        ("1", Lies.PROCESSED, "10"),
    ]
    assert list(box.lying["INBOX"]) == ["3"]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_takes_nothing_keeps_no_mail_from_the_others_and_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(imap, "_MOVES_AT_ONCE", 1)
    box = Box()
    box.shut = {"Held"}
    if not there:
        del box.lying["Held"]
    moves = [Move(mail("1"), Lies.HELD), Move(mail("2"), Lies.HELD), Move(mail("3"), Lies.PROCESSED)]
    with pytest.raises(UnreachableError, match=r"^EXAMPLE Held$"):
        list(source(monkeypatch, box).file_away(moves))
    assert list(box.lying["INBOX"]) == ["1", "2"]
    assert list(box.lying["Processed"]) == ["30"]


def test_a_folder_that_gives_nothing_keeps_no_other_mail_from_where_it_belongs(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box()
    box.shut = {"Held"}
    box.lying["Held"]["2"] = box.lying["INBOX"].pop("2")
    moves = [Move(mail("2", Lies.HELD), Lies.PROCESSED), Move(mail("1"), Lies.PROCESSED)]
    told = source(monkeypatch, box).file_away(moves)
    assert replace(next(told), at_uid="1") == replace(mail("1"), lies=Lies.PROCESSED)
    with pytest.raises(UnreachableError, match=r"^EXAMPLE Held$"):
        next(told)
