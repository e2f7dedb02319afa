"""The inbox as it lies: which files are taken in, and how one leaves it once it is kept.

Left alone: hidden names, locks of office programs and what the system itself puts there, without a word; files that a
program has not finished with, what may not be read and whatever is no plain file, which are told. Folders are looked
into, but no link is followed.
"""

import errno
import os
import re
import signal
import stat
import sys
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cluster_sheets.intake.kind import MAIL_NAMES, begins_as_mail, is_outlook_message
from cluster_sheets.intake.limits import MB, Limits

_PACKED = b"PK\x03\x04"
"""How a workbook begins, and a mail never."""
_LEFT_ALONE = re.compile(r"\.|~\$|(?:desktop\.ini|thumbs\.db)\Z", re.IGNORECASE)
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")
"""How copies and downloads are called until they are whole."""
_TIMES = 4
"""A file so many times larger than the largest mail is not even kept: it stays where it lies."""


class Stays(StrEnum):
    """Why something stays in the inbox, in words that follow a number."""

    UNFINISHED = "still being copied or downloaded"
    UNREADABLE = "closed to this program"
    LINK = "no plain file, such as a link"


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file in the inbox."""

    path: Path
    name: str
    """From the inbox, with forward slashes."""
    size: int
    mark: tuple[int, int, int]
    """Tells whether it is still the same file with the same contents."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What lies in an inbox."""

    files: tuple[Dropped, ...]
    stays: tuple[tuple[str, Stays], ...]
    """(name, why) of what is not among them and what nobody expects to stay."""


def swept(inbox: Path) -> Swept:
    """What lies in the inbox and in its folders, each folder's own files first, in order of their names."""
    found: list[Dropped] = []
    stays: list[tuple[str, Stays]] = []
    waiting = [(inbox, "")]
    while waiting:
        folder, before = waiting.pop(0)
        try:
            entries = _entries(folder)
        except OSError:
            # What one folder does not give keeps nobody from the others.
            stays.append((before, Stays.UNREADABLE))
            continue
        for entry in entries:
            each = _looked_at(entry, before)
            match each:
                case Dropped():
                    found.append(each)
                case Stays():
                    stays.append((f"{before}{entry.name}", each))
                case Path():
                    waiting.append((each, f"{before}{entry.name}/"))
    return Swept(tuple(found), tuple(stays))


def contents(file: Dropped) -> bytes | Stays | None:
    """The bytes of a file; why it stays, where they can't be had whole; None where it has gone."""
    try:
        # Nothing that took its place since may lead elsewhere.
        descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as opened:
            if _is_being_written(descriptor):
                return Stays.UNFINISHED
            raw = opened.read()
            return raw if _mark(os.fstat(descriptor)) == file.mark else Stays.UNFINISHED
    except FileNotFoundError:
        return None
    except OSError as refused:
        return Stays.LINK if refused.errno == errno.ELOOP else Stays.UNREADABLE


def _is_being_written(descriptor: int) -> bool:
    """True where some program has the file open to write to it, as far as this system tells.

    Linux does: it grants a lease to a reader only while nobody writes. Windows lets no such file be moved. Asked of the
    system and not of a clock, so that the same inbox gives the same night.
    """
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        # Who opens it to write in this very moment waits for the lease to end; we are told by a signal that is ignored.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        # Another's file, or a file system without leases.
        return False
    return False


def remove(file: Dropped, into: Path) -> None:
    """Takes a file that is kept out of the inbox; one that was written to since stays, and so does one in use.

    It goes into the folder ``into``, to be deleted at leisure; where the inbox is another disk, at once.
    """
    try:
        if _mark(file.path.lstat()) != file.mark:
            return
        try:
            # Of two names of one file each goes: a rename to itself would do nothing.
            file.path.replace(into / f"{file.mark[0]}-{zlib.crc32(os.fsencode(file.name)):08x}")
        except OSError:
            file.path.unlink()
    except OSError:
        return


def is_mail(name: str, raw: bytes) -> bool:
    """True of a mail: by its name, or because it begins as one; not of a workbook that somebody called a mail."""
    if raw.startswith(_PACKED):
        return False
    return name.lower().endswith(MAIL_NAMES) or is_outlook_message(raw) or begins_as_mail(raw)


def is_left_alone(name: str) -> bool:
    """True of a name under which nobody sends anything: hidden, a lock, or the system's own."""
    return _LEFT_ALONE.match(name) is not None


def most_kept(limits: Limits) -> int:
    """Bytes beyond which a file or a mail is far beyond anything that is opened: not even kept whole."""
    return _TIMES * max(limits.mail_bytes, limits.file_bytes, MB)


def too_big_to_keep(file: Dropped, limits: Limits) -> bool:
    """True of a file far beyond anything that is opened."""
    return file.size > most_kept(limits)


def _looked_at(entry: os.DirEntry[str], before: str) -> Dropped | Stays | Path | None:
    """A file, why it stays, a folder to look into, or None of what is left alone or has gone."""
    if is_left_alone(entry.name):
        return None
    try:
        # Not what the folder's listing says: on Windows that lacks the file's number.
        found = os.lstat(entry.path)
    except OSError as refused:
        return None if isinstance(refused, FileNotFoundError) else Stays.UNREADABLE
    if stat.S_ISDIR(found.st_mode):
        return Path(entry.path)
    if not stat.S_ISREG(found.st_mode):
        return Stays.LINK
    if entry.name.lower().endswith(_UNFINISHED):
        return Stays.UNFINISHED
    return Dropped(Path(entry.path), f"{before}{entry.name}", found.st_size, _mark(found))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: each.name)
    except FileNotFoundError:
        return []


def _mark(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns
