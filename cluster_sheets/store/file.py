"""Files that are whole or not there: a temporary name in the same folder, fsync, rename, fsync of the folder."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
OPEN_TO_GROUP = 0o644
_FILES_AT_ONCE, _BYTES_AT_ONCE = 64, 16_000_000

Writer = Callable[[BinaryIO], object]


def write_whole(path: Path, content: bytes | Writer, mode: int = OPEN_TO_GROUP) -> None:
    """Writes ``content`` (bytes, or a function that writes to an open file) to ``path``, replacing what is there.

    A kill at any moment leaves the old file or the new one. Pass ``mode=PRIVATE`` for what holds an identity.
    """
    temporary = _temporary(path)
    with _gone_on_failure(temporary):
        with _opened(temporary, mode) as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                content(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    sync_folder(path.parent)


def write_many(folder: Path, contents: Iterable[tuple[str, bytes]], mode: int = PRIVATE) -> None:
    """Writes many files (name, bytes) into ``folder``, each whole; the folder is fsynced once, at the end."""
    batch: list[tuple[str, bytes]] = []
    size = 0
    for name, content in contents:
        batch.append((name, content))
        size += len(content)
        if len(batch) == _FILES_AT_ONCE or size > _BYTES_AT_ONCE:
            _write_batch(folder, batch, mode)
            batch.clear()
            size = 0
    _write_batch(folder, batch, mode)
    sync_folder(folder)


def _write_batch(folder: Path, batch: list[tuple[str, bytes]], mode: int) -> None:
    # All are written before the first is fsynced: the disk takes them in one go.
    opened: list[tuple[int, Path, Path]] = []
    try:
        for name, content in batch:
            path = folder / name
            temporary = _temporary(path)
            descriptor = os.open(temporary, _FLAGS, mode)
            opened.append((descriptor, temporary, path))
            _write_all(descriptor, content)
        for descriptor, _, _ in opened:
            os.fsync(descriptor)
    finally:
        for descriptor, _, _ in opened:
            os.close(descriptor)
    for _, temporary, path in opened:
        temporary.replace(path)


def sync_folder(folder: Path) -> None:
    """Makes names just given in ``folder`` last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_FLAGS = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_TRUNC
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


def _temporary(path: Path) -> Path:
    # One fixed name for each file: what a kill left behind is written over by the next try, never heaped up.
    return path.with_name(f".{path.name}.part")


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


@contextmanager
def _opened(path: Path, mode: int) -> Iterator[BinaryIO]:
    with os.fdopen(os.open(path, _FLAGS, mode), "wb") as file:
        if mode == PRIVATE and os.name != "nt":
            # What a kill left under the temporary name may have been open to others.
            os.fchmod(file.fileno(), mode)
        yield file


@contextmanager
def _gone_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
