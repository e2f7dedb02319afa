import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from cluster_sheets.store.file import PRIVATE, write_many, write_whole

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes of files are a matter of POSIX")


def test_bytes_and_writers_are_both_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"EXAMPLE")
    write_whole(tmp_path / "b", lambda file: file.write(b"EXAMPLE too"))
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a": b"EXAMPLE", "b": b"EXAMPLE too"}


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_whole(path, b"old")

    def half(file: BinaryIO) -> None:
        file.write(b"new")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_whole(path, half)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a": b"old"}


@POSIX
def test_private_files_are_their_owners_alone(tmp_path: Path) -> None:
    (tmp_path / ".a.part").write_bytes(b"left by a kill")
    (tmp_path / ".a.part").chmod(0o644)
    before = os.umask(0)
    try:
        write_whole(tmp_path / "a", b"", PRIVATE)
        write_many(tmp_path, [("b", b"")])
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"] == [0o600, 0o600]


@POSIX
def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_we_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, os.replace
    folder = tmp_path.stat().st_ino

    def synced(descriptor: int) -> None:
        done.append("folder synced" if os.fstat(descriptor).st_ino == folder else "file synced")
        sync(descriptor)

    def renamed(source: Path, target: Path) -> None:
        done.append("renamed")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    write_whole(tmp_path / "a", b"EXAMPLE")
    write_many(tmp_path, [("b", b""), ("c", b"")])
    one = ["file synced", "renamed", "folder synced"]
    assert done == [*one, "file synced", "file synced", "renamed", "renamed", "folder synced"]


def test_many_files_are_written_whole(tmp_path: Path) -> None:
    contents = {f"{number:03d}": bytes([number % 256]) * number * 1000 for number in range(300)}
    write_many(tmp_path, contents.items())
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == contents


@POSIX
def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    program = (
        "import sys, pathlib; from cluster_sheets.store.file import write_whole\n"
        "path = pathlib.Path(sys.argv[1]); print('begun', flush=True)\n"
        "while True:\n"
        "    for letter in b'ab': write_whole(path, bytes([letter]) * 3_000_000)\n"
    )
    for turn in range(5):
        with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(0.02 + 0.013 * turn)
            running.send_signal(signal.SIGKILL)
        if path.exists():
            assert path.read_bytes() in (b"a" * 3_000_000, b"b" * 3_000_000)
    write_whole(path, b"after")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
