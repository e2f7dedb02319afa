"""The inbox as it lies: which files are taken in, and how one leaves it once it is kept.

Left alone: hidden names, locks and temporary files of office programs, and whatever is no plain file. Folders are
looked into, but no link is followed.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cluster_sheets.intake.kind import is_outlook_message
from cluster_sheets.intake.limits import MB, Limits

_LEFT_ALONE = (".", "~$", "~lock")
_MAIL_NAMES = (".eml", ".mime")
_HEADER = re.compile(rb"\A(?:From |[A-Za-z][A-Za-z0-9-]*:)")
_OF_MAIL = (
    re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^(?:date|message-id|mime-version|received|subject):", re.IGNORECASE | re.MULTILINE),
)
_HEAD = 64 * 1024
_TIMES = 4
"""A file so many times larger than the largest mail is not even kept: it stays where it lies."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file in the inbox."""

    path: Path
    name: str
    """From the inbox, with forward slashes."""
    size: int
    mark: tuple[int, int, int]
    """Tells whether it is still the same file with the same contents."""


def dropped(inbox: Path) -> list[Dropped]:
    """The files that lie in the inbox and in its folders, each folder's own first, in order of their names."""
    found: list[Dropped] = []
    waiting = [(inbox, "")]
    while waiting:
        folder, before = waiting.pop(0)
        found += _files(folder, before)
        inner = sorted(_entries(folder), key=lambda each: each.name)
        waiting += [
            (Path(each.path), f"{before}{each.name}/")
            for each in inner
            if each.is_dir(follow_symlinks=False) and not each.name.startswith(_LEFT_ALONE)
        ]
    return found


def contents(file: Dropped) -> bytes | None:
    """The bytes of a file; None where it has gone or may not be read."""
    try:
        # Nothing that took its place since may lead elsewhere.
        descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as opened:
            return opened.read()
    except OSError:
        return None


def remove(file: Dropped, into: Path) -> None:
    """Takes a file that is kept out of the inbox; one that was written to since stays, and so does one in use.

    It goes into the folder ``into``, to be deleted at leisure; where the inbox is another disk, at once.
    """
    try:
        if _mark(file.path.lstat()) != file.mark:
            return
        try:
            file.path.replace(into / str(file.mark[0]))
        except OSError:
            file.path.unlink()
    except OSError:
        return


def is_mail(name: str, raw: bytes) -> bool:
    """True of a mail: by its name, or because it begins as one."""
    if name.lower().endswith(_MAIL_NAMES):
        return True
    if is_outlook_message(raw):
        return True
    head = raw[:_HEAD]
    return _HEADER.match(head) is not None and all(each.search(head) for each in _OF_MAIL)


def most_kept(limits: Limits) -> int:
    """Bytes beyond which a file or a mail is far beyond anything that is opened: not even kept whole."""
    return _TIMES * max(limits.mail_bytes, limits.file_bytes, MB)


def too_big_to_keep(file: Dropped, limits: Limits) -> bool:
    """True of a file far beyond anything that is opened."""
    return file.size > most_kept(limits)


def _files(folder: Path, before: str) -> Iterator[Dropped]:
    for entry in sorted(_entries(folder), key=lambda each: each.name):
        if entry.name.startswith(_LEFT_ALONE):
            continue
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(found.st_mode):
            yield Dropped(Path(entry.path), f"{before}{entry.name}", found.st_size, _mark(found))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []


def _mark(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns
