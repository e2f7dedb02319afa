import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cluster_sheets.intake import sweep
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.sweep import Stays, contents, is_left_alone, is_mail, remove, swept, too_big_to_keep
from tests.intake.files import workbook
from tests.intake.letters import letter


def put(inbox: Path, *names: str) -> None:
    for name in names:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(name.encode())


def test_files_and_those_of_folders_are_found_in_order_of_name(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", "a.eml", "from Oak/c.xlsx", "from Oak/deeper/d.xlsx")
    assert [(each.name, contents(each)) for each in swept(tmp_path).files] == [
        ("a.eml", b"a.eml"),
        ("b.xlsx", b"b.xlsx"),
        ("from Oak/c.xlsx", b"from Oak/c.xlsx"),
        ("from Oak/deeper/d.xlsx", b"from Oak/deeper/d.xlsx"),
    ]


def test_hidden_and_temporary_files_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, ".DS_Store", "~$form.xlsx", ".~lock.form.xlsx#", ".sync/form.xlsx", "folder/.hidden")
    put(tmp_path, "desktop.ini", "Thumbs.db", "folder/Desktop.INI")
    assert swept(tmp_path) == sweep.Swept((), ())


def test_a_school_may_be_called_anything(tmp_path: Path) -> None:
    put(tmp_path, "~locksley primary.xlsx", "thumbs.db.xlsx", "a~$.xlsx")
    assert [each.name for each in swept(tmp_path).files] == [
        "a~$.xlsx",
        "thumbs.db.xlsx",
        "~locksley primary.xlsx",
    ]
    assert is_left_alone(".~lock.form.xlsx#")
    assert not is_left_alone("~lock.xlsx")


def test_what_a_program_has_not_finished_with_stays_and_is_told(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "b.xlsx.part", "from Oak/c.crdownload", "d.XLSX.TMP", "tmp")
    found = swept(tmp_path)
    assert [each.name for each in found.files] == ["a.xlsx", "tmp"]
    assert found.stays == tuple(
        (name, Stays.UNFINISHED) for name in ("b.xlsx.part", "d.XLSX.TMP", "from Oak/c.crdownload")
    )


@contextmanager
def closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What nobody may open, also where the tests are run by somebody who may open all."""
    scandir, opened = os.scandir, os.open

    def refused(real: object) -> object:
        def instead(at: str | Path, *rest: object) -> object:
            if Path(at) == path:
                raise PermissionError(13, "Permission denied")
            return real(at, *rest)  # type: ignore[operator]

        return instead

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refused(scandir))
        patched.setattr(os, "open", refused(opened))
        yield


def test_a_folder_that_may_not_be_opened_keeps_nobody_from_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.xlsx", "closed/b.xlsx", "open/c.xlsx")
    with closed(tmp_path / "closed", monkeypatch):
        found = swept(tmp_path)
    assert [each.name for each in found.files] == ["a.xlsx", "open/c.xlsx"]
    assert found.stays == (("closed/", Stays.UNREADABLE),)


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_folder_too_deep_to_be_named_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=here)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    found = swept(tmp_path)
    assert [each.name for each in found.files] == ["a.xlsx"]
    assert [why for _, why in found.stays] == [Stays.UNREADABLE]


def test_a_file_that_may_not_be_opened_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.xlsx")
    (found,) = list(swept(tmp_path).files)
    with closed(found.path, monkeypatch):
        assert contents(found) is Stays.UNREADABLE


def test_a_file_that_is_written_to_while_it_is_read_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.xlsx")
    (found,) = list(swept(tmp_path).files)
    found.path.write_bytes(b"one half of it, and the other half")
    assert contents(found) is Stays.UNFINISHED


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell")
def test_a_file_that_somebody_is_writing_stays_until_it_is_closed(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as copy:
        copy.write(b"one half")
        copy.flush()
        (found,) = list(swept(tmp_path).files)
        assert contents(found) is Stays.UNFINISHED
    (found,) = list(swept(tmp_path).files)
    assert contents(found) == b"one half"


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_of_two_names_of_one_file_both_leave(tmp_path: Path) -> None:
    inbox, leaving = tmp_path / "inbox", tmp_path / "leaving"
    put(inbox, "a.xlsx")
    leaving.mkdir()
    os.link(inbox / "a.xlsx", inbox / "b.xlsx")
    for each in list(swept(inbox).files):
        remove(each, leaving)
    assert list(inbox.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "secret.xlsx")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "file.xlsx").symlink_to(tmp_path / "elsewhere" / "secret.xlsx")
    (inbox / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(inbox / "pipe.xlsx")
    assert list(swept(inbox).files) == []
    assert swept(inbox).stays == tuple((name, Stays.LINK) for name in ("file.xlsx", "folder", "pipe.xlsx"))


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_file_that_has_become_a_link_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "b")
    (found,) = [each for each in list(swept(tmp_path).files) if each.name == "a.xlsx"]
    found.path.unlink()
    found.path.symlink_to(tmp_path / "b")
    assert contents(found) is Stays.LINK


def test_an_inbox_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(swept(tmp_path / "inbox").files) == []


def test_a_kept_file_leaves_the_inbox_unless_it_was_written_to_since(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "b.xlsx", "c.xlsx")
    first, second, third = list(swept(tmp_path).files)
    second.path.write_bytes(b"the rest of it came")
    third.path.unlink()
    leaving = tmp_path / ".leaving"
    leaving.mkdir()
    for each in (first, second, third):
        remove(each, leaving)
    assert [each.name for each in swept(tmp_path).files] == ["b.xlsx"]
    assert contents(third) is None
    assert len(list(leaving.iterdir())) == 1


def test_a_kept_file_on_another_disk_leaves_the_inbox_for_good(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    (found,) = list(swept(tmp_path).files)
    remove(found, tmp_path / "not there")  # as little to be reached as another disk
    assert list(tmp_path.iterdir()) == []


def test_a_mail_is_known_by_its_name_or_by_how_it_begins() -> None:
    assert is_mail("a.EML", b"whatever")
    assert is_mail("1700.M1.host:2,S", letter())
    assert not is_mail("a.xlsx", workbook())
    assert not is_mail("a.eml", workbook())
    assert not is_mail("notes.txt", b"Note: the head was away\nFrom: nobody\n")
    assert not is_mail("notes.txt", b"Subject to change\nDate: none\nFrom: nobody\n")


def test_only_what_is_far_beyond_any_mail_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.xlsx")
    (found,) = list(swept(tmp_path).files)
    monkeypatch.setattr(sweep, "MB", 1)
    assert not too_big_to_keep(found, Limits(mail_bytes=2, file_bytes=1))
    assert too_big_to_keep(found, Limits(mail_bytes=1, file_bytes=1))
