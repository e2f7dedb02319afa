"""The lock of a workspace: one run at a time. The system itself lets go of it when a run ends, however it ends.

The file stays: what is locked is the open file, not that there is one. A library does the same, and costs a quiet
night a third of all it may cost.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster_sheets.store.file import PRIVATE

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Holds the lock at ``path``; False where another run holds it, or this one already."""
    descriptor = os.open(path, _FLAGS, PRIVATE)
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":

    def _taken(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
