"""A folder beside the workspace, such as one that OneDrive keeps in step: saved mails and workbooks.

The workspace's own inbox needs no route; it is emptied. Here each file is moved to a folder within, and stays.
"""

import errno
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cluster_sheets.connect.config import Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.intake.routes.source import ALWAYS, Came, Move, Seen, folder, is_it, named, told
from cluster_sheets.intake.sweep import Dropped, contents, swept
from cluster_sheets.store.fetched import Fetched, Lies

_OF_THIS_FILE = (errno.EBUSY, errno.ENAMETOOLONG, errno.EISDIR, errno.EINVAL, errno.EILSEQ)
"""Faults that say nothing of the folder, only of the one file that was to be moved."""
FILED = (Lies.PROCESSED, Lies.HELD, Lies.QUARANTINE)


class FolderSource:
    """One folder."""

    first = Lies.INBOX

    def __init__(self, route: Route) -> None:
        self._route, self._root, self.coming, self.left = route, there(route), 0, 0
        self.missing = set[Lies]()

    def mails(self, seen: Seen, most: int) -> Iterator[Came]:
        """Files that are new, or have changed."""
        self.left = 0
        known = seen(ALWAYS)
        _must_be(self._root, self._route)
        filed = tuple(f"{folder(self._route, lies)}/".casefold() for lies in FILED)
        lies = swept(self._root)
        self.left = sum(not name.casefold().startswith(filed) for name, _ in lies.stays)
        found = [file for file in lies.files if not file.name.casefold().startswith(filed)]
        new = [(_uid(file), file) for file in found if _uid(file) not in known]
        self.coming = len(new)
        for uid, file in new:
            raw = contents(file) if file.size <= most else None
            if not isinstance(raw, bytes):
                self.left += 1
                continue
            yield Came(ALWAYS, uid, raw, len(raw), name=file.name, at=told(file.name))

    def file_away(self, moves: Sequence[Move]) -> Iterator[Fetched]:
        """Moves files; one that cannot be moved, as one that somebody has open, stays for the next night."""
        _must_be(self._root, self._route)
        filed_in = {move.mail.lies for move in moves} - {Lies.INBOX}
        self.missing = {lies for lies in filed_in if not (self._root / folder(self._route, lies)).is_dir()}
        for mail, to in moves:
            within = "" if mail.lies is Lies.INBOX else folder(self._route, mail.lies)
            try:
                yield _moved(mail, self._root / within / named(mail.at_uid), self._root / folder(self._route, to), to)
            except OSError as failed:
                if isinstance(failed, PermissionError) or failed.errno in _OF_THIS_FILE:
                    continue
                raise UnreachableError(
                    f"Nothing can be moved within {self._root.name} ({failed.strerror}): look at {self._route.where}."
                ) from failed


def there(route: Route) -> Path:
    """Where a route of files lies."""
    if route.path is None:
        raise ValueError("a folder route without a path is the inbox itself")
    return route.path


def _must_be(root: Path, route: Route) -> None:
    if not root.is_dir():
        raise UnreachableError(
            f"The folder {root.name} is not there: is its drive connected? See path at {route.where}."
        )


def _uid(file: Dropped) -> str:
    """A file that is saved anew under the same name is another."""
    return told(f"{file.name}|{file.mark[1]}|{file.mark[2]}")


def _moved(mail: Fetched, source: Path, target: Path, to: Lies) -> Fetched:
    """The mail as it lies once it is moved."""
    name = source.name
    own = f"{source.stem}-{mail.sha256[:8]}{source.suffix}"
    if not _is(source, mail):
        # Moved already by a night that was cut short; or changed, moved or removed by somebody else.
        found = next((each for each in (name, own) if _is(target / each, mail)), None)
        return replace(mail, lies=Lies.GONE) if found is None else replace(mail, lies=to, at_uid=told(found))
    target.mkdir(parents=True, exist_ok=True)
    if (target / name).exists():
        name = own
    source.replace(target / name)
    return replace(mail, lies=to, at_uid=told(name))


def _is(path: Path, mail: Fetched) -> bool:
    try:
        return path.is_file() and path.stat().st_size == mail.size and is_it(path.read_bytes(), mail)
    except FileNotFoundError:
        return False
