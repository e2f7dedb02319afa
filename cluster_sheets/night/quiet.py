"""Quiet: a night before which nothing has changed but the day has nothing to do, and its stages are not even loaded.

In: the workspace as it lies. Out: whether it is as the last night left it; a note of how this night leaves it.
Never: takes a workspace for unchanged where a file, a row, the register, the program, the tagger or the meeting next
due is another, or where the last night left anything to be told or tried again. Mailboxes are looked into by ``order``.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cluster_sheets import __version__
from cluster_sheets.night.workspace import Night
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.store.file import PRIVATE, write_whole
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import UNFINISHED

NOTE = "last-night.json"
_COUNTER = slice(24, 28)
"""Where an SQLite file keeps the number that every commit to it raises (its file format, section 1.3.7)."""


def is_quiet(night: Night) -> bool:
    """Whether there is nothing to do but to reckon."""
    try:
        noted = json.loads((night.places.private / NOTE).read_bytes())
    except (OSError, ValueError):
        return False
    return bool(noted == _as_it_lies(night)) and not _holds_anything(night.places.inbox)


def keep(night: Night, told: Run) -> None:
    """Notes how this night leaves the workspace, where it left nothing to be told or tried again."""
    path = night.places.private / NOTE
    unfinished = any(states.get(state) for states in told.replies.values() for state in UNFINISHED)
    again = night.findings or night.crashes or night.too_large or unfinished
    if again or told.exit_code not in (Exit.CLEAN, Exit.NEEDED):
        path.unlink(missing_ok=True)
        return
    data = json.dumps(_as_it_lies(night), indent=1).encode()
    if not path.exists() or path.read_bytes() != data:
        write_whole(path, data, PRIVATE)


def _as_it_lies(night: Night) -> dict[str, Any]:
    """All that the work of a night hangs on, the moment of it apart."""
    places, register, today = night.places, night.register, night.register.day_of(night.as_of)
    return {
        "program": __version__,
        "register": register.sha256,
        "databases": [_counter(path) for path in (places.root / "cluster.db", places.private / "identities.db")],
        "tagger": night.tagger.mark if night.tagger else "",
        "config": _sha256(places.config) if places.config.exists() else "",
        "files": {places.told(path): _sha256(path) for path in _workbooks(places)},
        "over": sorted(each.meeting_id for each in register.meetings if each.day < today),
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _counter(database: Path) -> int:
    with database.open("rb") as file:
        return int.from_bytes(file.read(_COUNTER.stop)[_COUNTER], "big")


def _workbooks(places: Places) -> list[Path]:
    """What people fill in, and what is made for them; in the order of their names."""
    folders = [places.review, places.finance, *_shown(places.root / "panel")]
    return sorted(path for folder in folders for path in _shown(folder) if path.is_file())


def _holds_anything(inbox: Path) -> bool:
    """Whether something lies in the inbox that is taken in or told of."""
    try:
        names = [path.name for path in inbox.iterdir()]
        if not names:
            return False
        from cluster_sheets.intake.sweep import is_left_alone

        return not all(map(is_left_alone, names))
    except OSError as away:
        return not isinstance(away, FileNotFoundError)


def _shown(folder: Path) -> Iterator[Path]:
    """What lies in a folder but for hidden files, and the notes that office programs keep of who has a file open."""
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if not path.name.startswith((".", "~")))
