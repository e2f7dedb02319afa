import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.intake.fetch import Filed
from cluster_sheets.intake.limits import MB
from cluster_sheets.intake.routes.folder import FolderSource, there
from cluster_sheets.store import provenance
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.units import State
from tests.intake.letters import WORKBOOK, letter
from tests.intake.postbox import Postbox, postbox
from tests.store.asked import every_unit
from tests.store.made import NIGHT

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The folder."""
    path = tmp_path / "OneDrive"
    path.mkdir()
    return path


@pytest.fixture
def route(shared: Path, tmp_path: Path) -> Route:
    """The way to it."""
    return Route(Kind.FOLDER, Access(tmp_path), "cluster-sheets.toml:2", shared)


@pytest.fixture
def desk(route: Route, tmp_path: Path) -> Iterator[Postbox]:
    """A workspace with this way in."""
    with postbox(tmp_path / "central", route) as opened:
        yield opened


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_mails_and_workbooks_are_kept_and_moved_to_where_they_belong(desk: Postbox, shared: Path) -> None:
    (shared / "Monday").mkdir()
    (shared / "a.eml").write_bytes(letter())
    (shared / "Monday" / "form.xlsx").write_bytes(WORKBOOK + b"2")
    (shared / "~$form.xlsx").write_bytes(b"EXAMPLE")
    assert desk.night(State.HELD).new == 2
    assert names(shared) == ["Held/a.eml", "Held/form.xlsx", "~$form.xlsx"]
    assert {each.file_name for each in provenance.get_many(desk.store, unit_ids(desk)).values()} == {
        "request.xlsx",
        "form.xlsx",
    }
    assert desk.fetch(NEXT).new == 0
    desk.settle(State.ACCEPTED, State.HELD)
    assert desk.file_away() == {}
    assert names(shared) == ["Processed/a.eml", "Processed/form.xlsx", "~$form.xlsx"]


def test_folders_within_may_lie_one_within_the_other(desk: Postbox, shared: Path, route: Route) -> None:
    desk.routes = (replace(route, processed="Done/2026"),)
    (shared / "form.xlsx").write_bytes(WORKBOOK)
    desk.night(State.ACCEPTED)
    assert names(shared) == ["Done/2026/form.xlsx"]
    assert desk.fetch(NEXT).new == 0


def test_a_folder_within_that_was_removed_is_told_once(desk: Postbox, shared: Path) -> None:
    (shared / "form.xlsx").write_bytes(WORKBOOK)
    desk.night(State.HELD)
    (shared / "Held").rename(shared.with_name("elsewhere"))
    desk.settle(State.ACCEPTED, State.HELD)
    assert dict(desk.filed().lost) == {("cluster-sheets.toml:2", "Held"): 1}
    assert desk.filed() == Filed()


def unit_ids(desk: Postbox) -> list[str]:
    return [each.unit_id for each in every_unit(desk.store)]


def test_a_file_that_is_saved_anew_under_its_name_is_another(desk: Postbox, shared: Path) -> None:
    (shared / "form.xlsx").write_bytes(WORKBOOK + b"1")
    desk.night(State.ACCEPTED)
    (shared / "form.xlsx").write_bytes(WORKBOOK + b"2")
    desk.night(State.ACCEPTED, NEXT)
    assert len(names(shared)) == 2
    first, second = names(shared)
    assert (first.startswith("Processed/form-"), second) == (True, "Processed/form.xlsx")
    assert {(shared / name).read_bytes() for name in (first, second)} == {WORKBOOK + b"1", WORKBOOK + b"2"}


@pytest.mark.parametrize(("state", "reason"), [(State.ACCEPTED, "same-file-again"), (State.RETURNED, "")])
def test_the_same_file_put_there_again_is_told_and_moved_and_judged_again_if_it_went_back(
    desk: Postbox, shared: Path, state: State, reason: str
) -> None:
    for night in (NIGHT, NEXT):
        (shared / "form.xlsx").write_bytes(WORKBOOK)
        desk.night(state, night)
    assert [each.reason for each in every_unit(desk.store)] == ["", reason]
    assert all(name.startswith("Processed/") for name in names(shared))


def test_a_file_moved_before_a_kill_is_found_moved_and_one_that_was_changed_is_left(
    desk: Postbox, shared: Path
) -> None:
    for name in ("moved.xlsx", "changed.xlsx", "removed.xlsx"):
        (shared / name).write_bytes(WORKBOOK + name.encode())
    desk.fetch()
    desk.settle(State.ACCEPTED)
    (shared / "Processed").mkdir()
    (shared / "moved.xlsx").rename(shared / "Processed" / "moved.xlsx")
    (shared / "changed.xlsx").write_bytes(b"EXAMPLE")
    (shared / "removed.xlsx").unlink()
    assert desk.file_away() == {}
    assert desk.lies() == {Lies.PROCESSED: 1, Lies.GONE: 2}
    assert names(shared) == ["Processed/moved.xlsx", "changed.xlsx"]
    assert desk.fetch(NEXT).new == 1


def test_a_file_far_too_large_stays_and_is_counted(desk: Postbox, shared: Path) -> None:
    (shared / "huge.xlsx").write_bytes(b"x" * (4 * MB + 1))
    told = desk.fetch()
    assert (told.new, told.left) == (0, 1)
    assert names(shared) == ["huge.xlsx"]


def test_a_file_that_somebody_has_open_is_moved_the_next_night(
    desk: Postbox, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shared / "form.xlsx").write_bytes(WORKBOOK)
    desk.fetch()
    desk.settle(State.ACCEPTED)

    def in_use(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", in_use)
        assert desk.file_away() == {}
    assert desk.lies() == {Lies.INBOX: 1}
    assert desk.file_away() == {}
    assert desk.lies() == {Lies.PROCESSED: 1}


def test_a_folder_that_is_not_there_is_told(desk: Postbox, shared: Path, route: Route) -> None:
    (shared / "form.xlsx").write_bytes(WORKBOOK)
    desk.fetch()
    desk.settle(State.ACCEPTED)
    shared.rename(shared.with_name("elsewhere"))
    said = "The folder OneDrive is not there: is its drive connected? See path at cluster-sheets.toml:2."
    assert desk.fetch().unreachable == desk.file_away() == {route.name: said}


def test_a_disk_that_is_full_is_told(desk: Postbox, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shared / "form.xlsx").write_bytes(WORKBOOK)
    desk.fetch()
    desk.settle(State.ACCEPTED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        (said,) = desk.file_away().values()
    assert "Nothing can be moved within OneDrive (No space left on device)" in said
    assert desk.lies() == {Lies.INBOX: 1}


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_file_whose_name_is_no_utf_8_is_kept_and_filed_under_its_name(desk: Postbox, shared: Path) -> None:
    odd = os.fsdecode(b"Ecole Fran\xe7aise.xlsx")
    (shared / odd).write_bytes(WORKBOOK)
    (shared / "a.xlsx").write_bytes(WORKBOOK + b"2")
    assert desk.night(State.HELD).new == 2
    assert names(shared) == [f"Held/{odd}", "Held/a.xlsx"]
    assert desk.fetch(NEXT).new == 0
    desk.settle(State.ACCEPTED, State.HELD)
    assert desk.file_away() == {}
    assert names(shared) == [f"Processed/{odd}", "Processed/a.xlsx"]


def test_one_file_that_cannot_be_moved_keeps_no_other_from_it(desk: Postbox, shared: Path) -> None:
    long = f"{'y' * 250}.xlsx"
    (shared / long).write_bytes(WORKBOOK)
    (shared / "z.xlsx").write_bytes(WORKBOOK + b"2")
    desk.fetch()
    desk.settle(State.ACCEPTED)
    (shared / "Processed").mkdir()
    (shared / "Processed" / long).write_bytes(b"EXAMPLE of another")
    assert desk.file_away() == {}
    assert names(shared) == [f"Processed/{long}", "Processed/z.xlsx", long]


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_what_is_no_plain_file_stays_and_is_counted_but_not_where_we_filed_it(desk: Postbox, shared: Path) -> None:
    (shared / "Held").mkdir()
    for name in ("a.xlsx", "Held/b.xlsx"):
        (shared / name).symlink_to(shared / "elsewhere")
    assert desk.fetch().left == 1


def test_the_inbox_itself_is_no_route(route: Route) -> None:
    with pytest.raises(ValueError, match="inbox itself"):
        there(replace(route, path=None))
    assert FolderSource(route).left == 0
