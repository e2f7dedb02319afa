import os
from pathlib import Path

import pytest

from cluster_sheets.connect.error import ConfigError
from cluster_sheets.connect.secret import secret

SECRET = "EXAMPLE-secret"


def closed(path: Path, text: str = f"{SECRET}\n", mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_secret_is_read_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_SECRET", SECRET)
    assert secret("env:EXAMPLE_SECRET", tmp_path) == SECRET


def test_a_secret_is_read_from_a_file_of_the_workspace_or_elsewhere(tmp_path: Path) -> None:
    there = closed(tmp_path / "imap")
    assert secret("file:imap", tmp_path) == secret(f"file:{there}", Path("/nowhere")) == SECRET


def test_what_notepad_puts_before_a_text_is_no_part_of_the_secret(tmp_path: Path) -> None:
    closed(tmp_path / "imap", f"\ufeff{SECRET}\r\n")
    assert secret("file:imap", tmp_path) == SECRET


def test_a_name_that_is_not_set_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXAMPLE_SECRET", raising=False)
    with pytest.raises(ConfigError, match="EXAMPLE_SECRET is not set: set it for the account"):
        secret("env:EXAMPLE_SECRET", tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps lists of who may open a file")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused_without_being_told(tmp_path: Path, mode: int) -> None:
    closed(tmp_path / "imap", mode=mode)
    with pytest.raises(ConfigError, match="chmod 600 imap") as refused:
        secret("file:imap", tmp_path)
    assert SECRET not in str(refused.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_account_is_refused(tmp_path: Path) -> None:
    os.chown(closed(tmp_path / "imap"), 12345, -1)
    with pytest.raises(ConfigError, match="belongs to another account"):
        secret("file:imap", tmp_path)


@pytest.mark.parametrize(("text", "why"), [("", "is empty"), ("\n", "is empty")])
def test_an_empty_file_is_told(tmp_path: Path, text: str, why: str) -> None:
    closed(tmp_path / "imap", text)
    with pytest.raises(ConfigError, match=why):
        secret("file:imap", tmp_path)


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="imap is missing"):
        secret("file:imap", tmp_path)
    (tmp_path / "imap").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "imap").chmod(0o600)
    with pytest.raises(ConfigError, match="can't be read"):
        secret("file:imap", tmp_path)
