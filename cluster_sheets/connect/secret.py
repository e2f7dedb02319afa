"""Secrets: read where cluster-sheets.toml says they lie, when they are needed, and never kept or said."""

import os
import stat
from pathlib import Path

from cluster_sheets.connect.error import ConfigError

ENVIRONMENT, FILE = "env:", "file:"
_OTHERS = 0o077


def secret(told: str, home: Path) -> str:
    """The secret that lies at ``told``: ``env:NAME``, or ``file:PATH`` from ``home`` on.

    Raises ConfigError where it is not there, or others on this computer could read it.
    """
    if told.startswith(ENVIRONMENT):
        found = os.environ.get(told.removeprefix(ENVIRONMENT), "")
        if not found:
            name = told.removeprefix(ENVIRONMENT)
            raise ConfigError(f"{name} is not set: set it for the account that runs cluster-sheets.")
        return found
    return _of_file(home / told.removeprefix(FILE))


def _of_file(path: Path) -> str:
    try:
        _must_be_closed(path)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as gone:
        raise ConfigError(f"{path.name} is missing: put the secret into it, on one line.") from gone
    except (OSError, ValueError) as failed:
        raise ConfigError(f"{path.name} can't be read: it must be a text file of your own.") from failed
    if not lines or not lines[0].strip():
        raise ConfigError(f"{path.name} is empty: put the secret into it, on one line.")
    return lines[0].strip()


def _must_be_closed(path: Path) -> None:
    """Raises ConfigError where the file is more than its owner's alone; Windows keeps lists of who may open it."""
    if os.name == "nt":
        return
    found = path.stat()
    if stat.S_IMODE(found.st_mode) & _OTHERS:
        raise ConfigError(f"Others on this computer can read {path.name}. Close it to them with: chmod 600 {path.name}")
    if found.st_uid != os.geteuid():
        raise ConfigError(f"{path.name} belongs to another account than the one that runs cluster-sheets.")
