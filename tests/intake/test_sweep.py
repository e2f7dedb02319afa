import os
from pathlib import Path

import pytest

from cluster_sheets.intake import sweep
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.sweep import contents, dropped, is_mail, remove, too_big_to_keep
from tests.intake.files import workbook
from tests.intake.letters import letter


def put(inbox: Path, *names: str) -> None:
    for name in names:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(name.encode())


def test_files_and_those_of_folders_are_found_in_order_of_name(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", "a.eml", "from Oak/c.xlsx", "from Oak/deeper/d.xlsx")
    assert [(each.name, contents(each)) for each in dropped(tmp_path)] == [
        ("a.eml", b"a.eml"),
        ("b.xlsx", b"b.xlsx"),
        ("from Oak/c.xlsx", b"from Oak/c.xlsx"),
        ("from Oak/deeper/d.xlsx", b"from Oak/deeper/d.xlsx"),
    ]


def test_hidden_and_temporary_files_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, ".DS_Store", "~$form.xlsx", ".~lock.form.xlsx#", ".sync/form.xlsx", "folder/.hidden")
    assert dropped(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "secret.xlsx")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "file.xlsx").symlink_to(tmp_path / "elsewhere" / "secret.xlsx")
    (inbox / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(inbox / "pipe.xlsx")
    assert dropped(inbox) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_file_that_has_become_a_link_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "b")
    (found,) = [each for each in dropped(tmp_path) if each.name == "a.xlsx"]
    found.path.unlink()
    found.path.symlink_to(tmp_path / "b")
    assert contents(found) is None


def test_an_inbox_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert dropped(tmp_path / "inbox") == []


def test_a_kept_file_leaves_the_inbox_unless_it_was_written_to_since(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "b.xlsx", "c.xlsx")
    first, second, third = dropped(tmp_path)
    second.path.write_bytes(b"the rest of it came")
    third.path.unlink()
    leaving = tmp_path / ".leaving"
    leaving.mkdir()
    for each in (first, second, third):
        remove(each, leaving)
    assert [each.name for each in dropped(tmp_path)] == ["b.xlsx"]
    assert contents(third) is None
    assert len(list(leaving.iterdir())) == 1


def test_a_kept_file_on_another_disk_leaves_the_inbox_for_good(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    (found,) = dropped(tmp_path)
    remove(found, tmp_path / "not there")  # as little to be reached as another disk
    assert list(tmp_path.iterdir()) == []


def test_a_mail_is_known_by_its_name_or_by_how_it_begins() -> None:
    assert is_mail("a.EML", b"whatever")
    assert is_mail("1700.M1.host:2,S", letter())
    assert not is_mail("a.xlsx", workbook())
    assert not is_mail("notes.txt", b"Note: the head was away\nFrom: nobody\n")
    assert not is_mail("notes.txt", b"Subject to change\nDate: none\nFrom: nobody\n")


def test_only_what_is_far_beyond_any_mail_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.xlsx")
    (found,) = dropped(tmp_path)
    monkeypatch.setattr(sweep, "MB", 1)
    assert not too_big_to_keep(found, Limits(mail_bytes=2, file_bytes=1))
    assert too_big_to_keep(found, Limits(mail_bytes=1, file_bytes=1))
