"""Who may look: the private folder is its owner's alone, and so is each database."""

import os
import stat
from pathlib import Path

from cluster_sheets.store.error import StoreError

FOLDER = 0o700
FILE = 0o600


def make_folder(folder: Path) -> None:
    """Makes ``folder`` where there is none, closed to everybody but its owner."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if os.name != "nt":
        folder.chmod(FOLDER)


def make_file(file: Path) -> None:
    """Makes an empty ``file`` where there is none, closed to everybody but its owner."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, FILE))
    if os.name != "nt":
        file.chmod(FILE)


def check(path: Path, mode: int) -> None:
    """Raises StoreError where ``path`` is more open than ``mode``.

    Windows keeps lists of who may open it instead of modes: not looked at here.
    """
    if os.name == "nt":
        return
    found = stat.S_IMODE(path.stat().st_mode)
    if found & ~mode:
        raise StoreError(
            f"Others on this computer can open {path.name}. Close it to them with: chmod {mode:o} {path.name}"
        )
