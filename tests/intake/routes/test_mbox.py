import mailbox
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.intake.limits import MB
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.units import State
from tests.intake.letters import TEXT, attached, letter
from tests.intake.postbox import Postbox, postbox
from tests.store.made import NIGHT

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The mbox."""
    return tmp_path / "cluster.mbox"


@pytest.fixture
def desk(path: Path, tmp_path: Path) -> Iterator[Postbox]:
    """A workspace with this way in."""
    with postbox(tmp_path / "central", Route(Kind.MBOX, Access(tmp_path), "c.toml:2", path)) as opened:
        yield opened


def delivered(path: Path, *raws: bytes) -> None:
    with path.open("ab") as box:
        for raw in raws:
            box.write(b"From senco@oak.example Mon Nov 23 17:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n")


def requests(count: int, start: int = 1) -> list[bytes]:
    return [letter(TEXT, Message_ID=f"<{number}@oak.example>") for number in range(start, start + count)]


def test_new_mails_are_kept_and_the_file_is_as_it_was(desk: Postbox, path: Path) -> None:
    delivered(path, *requests(3))
    before = path.read_bytes()
    assert desk.night(State.ACCEPTED).new == 3
    assert desk.kept() == sorted(raw.replace(b"\r\n", b"\n") for raw in requests(3))
    assert desk.lies() == {Lies.STAYS: 3}
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.lock*")) == []
    delivered(path, *requests(2, start=9))
    assert desk.fetch(NEXT).new == 2


def test_a_mail_taken_out_before_the_others_moves_their_places_and_nothing_else(desk: Postbox, path: Path) -> None:
    delivered(path, *requests(3))
    desk.fetch()
    path.unlink()
    delivered(path, *requests(2, start=2))
    assert desk.fetch(NEXT).new == 0


def test_a_file_in_use_is_told_and_no_mail_is_taken_in_half(desk: Postbox, path: Path) -> None:
    delivered(path, *requests(1))
    writes = mailbox.mbox(path)
    writes.lock()
    try:
        (said,) = desk.fetch().unreachable.values()
    finally:
        writes.close()
    assert said == "cluster.mbox is in use, or may not be locked: see path at c.toml:2."
    assert desk.fetch().new == 1


@pytest.mark.parametrize("holds", [b"PK\x03\x04" + bytes(1000), b"EXAMPLE", letter()])
def test_a_file_that_is_no_mbox_is_told(desk: Postbox, path: Path, holds: bytes) -> None:
    path.write_bytes(holds)
    (said,) = desk.fetch().unreachable.values()
    assert said == "cluster.mbox is no mbox: see path at c.toml:2."


@pytest.mark.parametrize("holds", [b"", b"\n"])
def test_an_mbox_with_nothing_in_it_is_one(desk: Postbox, path: Path, holds: bytes) -> None:
    path.write_bytes(holds)
    told = desk.fetch()
    assert (told.new, told.unreachable) == (0, {})


def test_a_file_that_is_not_there_is_told_and_not_made(desk: Postbox, path: Path) -> None:
    (said,) = desk.fetch().unreachable.values()
    assert said == "cluster.mbox is not there: see path at c.toml:2."
    assert not path.exists()


def test_of_a_mail_far_too_large_the_headers_are_kept_once(desk: Postbox, path: Path) -> None:
    delivered(path, letter(TEXT, attached(data=b"x" * (4 * MB))), *requests(1))
    assert desk.fetch().new == 2
    assert sorted(each.reason for each in desk.open()) == ["mail-past-a-limit", "mail-without-a-form"]
    assert desk.fetch(NEXT).new == 0
