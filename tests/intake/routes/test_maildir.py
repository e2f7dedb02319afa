import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.intake.fetch import Filed
from cluster_sheets.intake.limits import MB
from cluster_sheets.store.database import Store
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.units import State
from tests.intake.letters import TEXT, attached, letter
from tests.intake.postbox import Postbox, postbox
from tests.store.asked import every_unit
from tests.store.made import NIGHT

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """The Maildir."""
    path = tmp_path / "Maildir"
    for half in ("cur", "new", "tmp"):
        (path / half).mkdir(parents=True)
    return path


@pytest.fixture
def desk(maildir: Path, tmp_path: Path) -> Iterator[Postbox]:
    """A workspace with this way in."""
    with postbox(tmp_path / "central", Route(Kind.MAILDIR, Access(tmp_path), "c.toml:2", maildir)) as opened:
        yield opened


def put(maildir: Path, name: str, half: str = "new", **changed: str) -> bytes:
    raw = letter(TEXT, Message_ID=f"<{name}>", **changed)
    (maildir / half / name).write_bytes(raw)
    return raw


def names(maildir: Path) -> list[str]:
    return sorted(
        path.relative_to(maildir).as_posix()
        for path in maildir.rglob("*")
        if path.is_file() and path.name != "maildirfolder"
    )


def test_mails_read_or_unread_are_kept_as_they_are_and_filed_under_their_names(desk: Postbox, maildir: Path) -> None:
    raws = [put(maildir, "1.a"), put(maildir, "2.b:2,S", "cur")]
    put(maildir, "3.half-written", "tmp")
    assert desk.night(State.ACCEPTED).new == 2
    assert desk.kept() == sorted(raws)
    assert names(maildir) == [".Processed/cur/1.a:2,", ".Processed/cur/2.b:2,S", "tmp/3.half-written"]
    assert desk.fetch(NEXT).new == 0


def test_a_held_mail_is_filed_again_though_somebody_has_read_it_meanwhile(desk: Postbox, maildir: Path) -> None:
    put(maildir, "1.a")
    desk.night(State.HELD)
    held = maildir / ".Held" / "cur"
    (held / "1.a:2,").rename(held / "1.a:2,RS")
    desk.settle(State.ACCEPTED, State.HELD)
    assert desk.file_away() == {}
    assert names(maildir) == [".Processed/cur/1.a:2,RS"]


def test_a_folder_that_was_removed_is_told_once(desk: Postbox, maildir: Path) -> None:
    put(maildir, "1.a")
    desk.night(State.HELD)
    (maildir / ".Held").rename(maildir.with_name("elsewhere"))
    desk.settle(State.ACCEPTED, State.HELD)
    assert dict(desk.filed().lost) == {("c.toml:2", "Held"): 1}
    assert desk.filed() == Filed()


def test_a_mail_moved_before_a_kill_is_found_moved_and_one_that_is_gone_is_no_fault(
    desk: Postbox, maildir: Path
) -> None:
    put(maildir, "1.a")
    put(maildir, "2.b")
    put(maildir, "3.c")
    desk.fetch()
    desk.open()
    desk.settle(State.ACCEPTED)
    done = maildir / ".Processed" / "cur"
    done.mkdir(parents=True)
    (maildir / ".Processed" / "new").mkdir()
    (maildir / "new" / "1.a").rename(done / "1.a:2,")
    (maildir / "new" / "2.b").unlink()
    assert desk.file_away() == {}
    assert desk.lies() == {Lies.PROCESSED: 2, Lies.GONE: 1}
    assert names(maildir) == [".Processed/cur/1.a:2,", ".Processed/cur/3.c:2,"]


def test_of_a_mail_far_too_large_the_headers_are_kept(desk: Postbox, maildir: Path) -> None:
    raw = letter(TEXT, attached(data=b"x" * (4 * MB)))
    (maildir / "new" / "1.a").write_bytes(raw)
    desk.fetch()
    (kept,) = desk.kept()
    assert raw.startswith(kept)
    assert kept.endswith(b"\r\n\r\n")
    assert [each.reason for each in desk.open()] == ["mail-past-a-limit"]


def test_a_folder_that_is_no_maildir_is_told(desk: Postbox, maildir: Path) -> None:
    put(maildir, "1.a")
    (maildir / "cur").rmdir()
    (said,) = desk.fetch().unreachable.values()
    assert said == "Maildir can't be read as a Maildir (No such file or directory): see path at c.toml:2."
    assert every_unit(desk.store) == ()


def test_a_disk_that_is_full_is_told(desk: Postbox, maildir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(maildir, "1.a")
    desk.fetch()
    desk.open()
    desk.settle(State.ACCEPTED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", full)
        (said,) = desk.file_away().values()
    assert "Nothing can be moved within Maildir (No space left on device)" in said
    assert desk.lies() == {Lies.INBOX: 1}


class Stop:
    """Breaks off at one write or one rename, counted over a whole night."""

    def __init__(self, at: int, patched: pytest.MonkeyPatch) -> None:
        self.left = at
        write, rename = Store.write, Path.rename

        def writes(store: Store, statement: str, rows: Iterable[tuple[object, ...]]) -> int:
            self.tick()
            return write(store, statement, rows)

        def renames(path: Path, target: Path) -> Path:
            self.tick()
            moved = rename(path, target)
            self.tick()
            return moved

        patched.setattr(Store, "write", writes)
        patched.setattr(Path, "rename", renames)

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def test_rule_07_broken_off_between_any_two_steps_and_run_again_it_ends_as_if_it_never_had_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def workspace(name: str) -> tuple[Path, Route]:
        maildir = tmp_path / name / "Maildir"
        for half in ("cur", "new", "tmp"):
            (maildir / half).mkdir(parents=True)
        for number in range(3):
            put(maildir, f"{number}.a")
        return maildir, Route(Kind.MAILDIR, Access(tmp_path), "c.toml:2", maildir)

    def told(desk: Postbox, maildir: Path) -> tuple[str, list[str]]:
        return desk.told().replace(maildir.as_posix(), "Maildir"), names(maildir)

    maildir, route = workspace("undisturbed")
    with postbox(tmp_path / "undisturbed" / "central", route) as desk:
        desk.night(State.HELD)
        undisturbed = told(desk, maildir)
    assert len(undisturbed[1]) == 3
    for at in range(1, 100):
        maildir, route = workspace(str(at))
        with postbox(tmp_path / str(at) / "central", route) as desk:
            with monkeypatch.context() as patched:
                stop = Stop(at, patched)
                try:
                    desk.night(State.HELD)
                except KeyboardInterrupt:
                    stop.left = 0
            if stop.left > 0:
                break
            desk.night(State.HELD)
            assert told(desk, maildir) == undisturbed, at
    assert at > 15


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_mail_whose_name_is_no_utf_8_is_kept_and_filed_under_its_name(desk: Postbox, maildir: Path) -> None:
    odd = os.fsdecode(b"1.b\xff\xfe")
    (maildir / "new" / odd).write_bytes(letter(TEXT))
    assert desk.night(State.HELD).new == 1
    assert names(maildir) == [f".Held/cur/{odd}:2,"]
    assert desk.fetch(NEXT).new == 0
    desk.settle(State.ACCEPTED, State.HELD)
    assert desk.file_away() == {}
    assert names(maildir) == [f".Processed/cur/{odd}:2,"]
