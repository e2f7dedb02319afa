"""Packs: the versions of each meeting's panel workbook, and how far each has come."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cluster_sheets.store import meta, moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.table import Table


class PackState(StrEnum):
    """A draft until every question is answered, checked once the admin ticks it, then released."""

    DRAFT = "DRAFT"
    CHECKED = "CHECKED"
    RELEASED = "RELEASED"


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of one meeting's pack."""

    meeting: str
    version: int
    state: PackState
    content_hash: str
    """Over what is in it, so that nothing is written again for nothing."""
    file_sha256: str
    path: str
    """From the workspace."""
    made_at: datetime
    checked_at: datetime | None = None
    released_at: datetime | None = None


_TABLE = Table(
    "cluster.pack",
    Pack,
    ("meeting", "version"),
    {
        "state": (str, PackState),
        "made_at": (moment.told, moment.read),
        "checked_at": (moment.told_or_none, moment.read_or_none),
        "released_at": (moment.told_or_none, moment.read_or_none),
    },
)

_FEW = "pack-fits-few "


class Lies(StrEnum):
    """How the file of a released pack lies on the disk."""

    AS_RELEASED = "AS_RELEASED"
    CHANGED = "CHANGED"
    GONE = "GONE"


def save(store: Store, pack: Pack) -> None:
    """Keeps a version as it now stands. A released one stays as it is: IntegrityError where it would change."""
    store.write(_TABLE.put, _TABLE.written([pack]))


def current(store: Store, meeting: str) -> Pack | None:
    """The newest version of a meeting's pack."""
    found = _TABLE.read(store.ask(f"{_TABLE.select} WHERE meeting = ? ORDER BY version DESC LIMIT 1", (meeting,)))
    return found[0] if found else None


def released(store: Store, meeting: str, below: int | None = None) -> Pack | None:
    """The newest released version of a meeting's pack; where ``below`` is given, of those before that version."""
    found = [each for each in released_ones(store, meeting) if below is None or each.version < below]
    return found[0] if found else None


def released_ones(store: Store, meeting: str) -> tuple[Pack, ...]:
    """Every released version of a meeting's pack, the newest first."""
    asked = f"{_TABLE.select} WHERE meeting = ? AND state = 'RELEASED' ORDER BY version DESC"
    return _TABLE.read(store.ask(asked, (meeting,)))


def everything(store: Store) -> tuple[Pack, ...]:
    """All versions of all packs, by meeting."""
    return _TABLE.read(store.ask(f"{_TABLE.select} ORDER BY meeting, version"))


def keep_few(store: Store, meeting: str, count: int) -> None:
    """Keeps how many cases of a meeting, as the panel reads them, fit fewer schools than the register wants."""
    meta.put(store, _FEW + meeting, str(count))


def few(store: Store, meeting: str) -> int:
    """How many there were when the pack was last made."""
    return int(meta.get(store, _FEW + meeting) or 0)


def lies(root: Path, pack: Pack) -> Lies:
    """How the file of a pack lies in the workspace at ``root``."""
    try:
        data = (root / pack.path).read_bytes()
    except OSError:
        return Lies.GONE
    return Lies.AS_RELEASED if hashlib.sha256(data).hexdigest() == pack.file_sha256 else Lies.CHANGED


def not_as_released(store: Store, root: Path) -> tuple[tuple[Pack, Lies], ...]:
    """The newest released pack of each meeting whose file is gone or was changed, by meeting."""
    newest = {each.meeting: each for each in everything(store) if each.state is PackState.RELEASED}
    found = ((each, lies(root, each)) for each in newest.values())
    return tuple(told for told in found if told[1] is not Lies.AS_RELEASED)
