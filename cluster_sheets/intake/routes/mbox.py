"""An mbox: all mails in one file. It is only read: to move a mail out of it would mean to write all of it anew."""

import hashlib
import mailbox
from collections.abc import Iterator, Sequence
from pathlib import Path

from cluster_sheets.connect.config import Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.intake.routes.folder import there
from cluster_sheets.intake.routes.source import ALWAYS, Came, Move, Seen, headers
from cluster_sheets.store.fetched import Fetched, Lies

_BEGINS = 1024


class MboxSource:
    """One mbox."""

    first = Lies.STAYS

    def __init__(self, route: Route) -> None:
        self._route, self._path, self.coming, self.left = route, there(route), 0, 0
        self.missing = set[Lies]()

    def mails(self, seen: Seen, most: int) -> Iterator[Came]:
        """What it has not given before; a mail is known by its bytes, for its place in the file may change."""
        self.left = 0
        known = seen(ALWAYS)
        if not self._path.is_file():
            raise UnreachableError(f"{self._path.name} is not there: see path at {self._route.where}.")
        if not is_mbox(self._path):
            raise UnreachableError(f"{self._path.name} is no mbox: see path at {self._route.where}.")
        box = mailbox.mbox(self._path, create=False)
        try:
            # Else a mail that is just being delivered would be taken in half.
            box.lock()
            for key in box.iterkeys():
                with box.get_file(key) as file:
                    raw = file.read(most + 1)
                whole = len(raw) <= most
                told = Came(ALWAYS, hashlib.sha256(raw).hexdigest(), raw if whole else headers(raw), len(raw), whole)
                if told.uid not in known:
                    yield told
        except (mailbox.ExternalClashError, OSError) as failed:
            raise UnreachableError(
                f"{self._path.name} is in use, or may not be locked: see path at {self._route.where}."
            ) from failed
        finally:
            box.close()

    def file_away(self, moves: Sequence[Move]) -> Iterator[Fetched]:  # noqa: ARG002 - as every source has it
        """Moves nothing."""
        yield from ()


def is_mbox(path: Path) -> bool:
    """Whether a file begins as an mbox does, or has nothing in it yet; one that can't be read is told of elsewhere."""
    try:
        with path.open("rb") as file:
            begins = file.read(_BEGINS).lstrip()
    except OSError:
        return True
    return not begins or begins.startswith(b"From ")
