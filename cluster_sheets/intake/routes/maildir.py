"""A Maildir: one file for each mail, named once and for all; it is filed by a rename."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cluster_sheets.connect.config import Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.intake.routes.folder import there
from cluster_sheets.intake.routes.source import ALWAYS, Came, Move, Seen, folder, headers, told
from cluster_sheets.store.fetched import Fetched, Lies

_FLAGS = ":"
"""Behind it stands who has done what with a mail; before it, its name."""
_HEAD = 256 * 1024
_SEEN_BY_NOBODY = ":2,"


class MaildirSource:
    """One Maildir."""

    first = Lies.INBOX

    def __init__(self, route: Route) -> None:
        self._route, self._root, self.coming, self.left = route, there(route), 0, 0
        self.missing = set[Lies]()

    def mails(self, seen: Seen, most: int) -> Iterator[Came]:
        """What it has not given before, in the order of names, which begin with the time of delivery."""
        self.left = 0
        known = seen(ALWAYS)
        new = sorted((uid, path) for uid, path in self._lying(self._root).items() if uid not in known)
        self.coming = len(new)
        for uid, path in new:
            try:
                size = path.stat().st_size
                with path.open("rb") as file:
                    raw = file.read(min(size, most) if size <= most else _HEAD)
            except FileNotFoundError:
                continue
            except OSError:
                self.left += 1
                continue
            whole = size <= most
            yield Came(ALWAYS, uid, raw if whole else headers(raw), size, whole)

    def file_away(self, moves: Sequence[Move]) -> Iterator[Fetched]:
        """Moves mails to folders of the same Maildir."""
        filed_in = {move.mail.lies for move in moves} - {Lies.INBOX}
        self.missing = {lies for lies in filed_in if not self._folder(lies).is_dir()}
        for mail, to in moves:
            here, target = self._folder(mail.lies), self._folder(to)
            path = self._lying(here).get(mail.at_uid) if here.is_dir() else None
            try:
                if path is not None:
                    _made(target)
                    path.rename(
                        target / "cur" / (path.name if _FLAGS in path.name else f"{path.name}{_SEEN_BY_NOBODY}")
                    )
                elif not (target.is_dir() and mail.at_uid in self._lying(target)):
                    yield replace(mail, lies=Lies.GONE)
                    continue
            except OSError as failed:
                raise UnreachableError(
                    f"Nothing can be moved within {self._root.name} ({failed.strerror}): look at {self._route.where}."
                ) from failed
            yield replace(mail, lies=to)

    def _folder(self, lies: Lies) -> Path:
        return self._root if lies is Lies.INBOX else self._root / f".{folder(self._route, lies)}"

    def _lying(self, maildir: Path) -> dict[str, Path]:
        """The mails in a folder, by name."""
        found: dict[str, Path] = {}
        for half in ("new", "cur"):
            try:
                with os.scandir(maildir / half) as entries:
                    found |= {
                        told(entry.name.partition(_FLAGS)[0]): Path(entry.path)
                        for entry in entries
                        if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
                    }
            except OSError as failed:
                raise UnreachableError(
                    f"{maildir.name} can't be read as a Maildir ({failed.strerror}): see path at {self._route.where}."
                ) from failed
        return found


def _made(maildir: Path) -> None:
    for half in ("cur", "new", "tmp"):
        (maildir / half).mkdir(parents=True, exist_ok=True, mode=0o700)
    (maildir / "maildirfolder").touch()
