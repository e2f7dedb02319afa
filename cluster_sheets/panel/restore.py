"""Restore: the file of a released pack lies as it was released, or a sentence says why it does not.

In: a released pack; a maker of its workbook. Out: the file, where it was gone and comes out the same to the byte.
Never: writes over a file that somebody has changed: it may hold a member's notes.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from cluster_sheets.store import cases, file, packs
from cluster_sheets.store.cases import Case
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Lies, Pack


class NotReadyError(Exception):
    """A pack can't be released yet, or not as it was; the message says what is still to be done."""


def restored(store: Store, root: Path, pack: Pack, make: Callable[[Sequence[Case]], bytes]) -> Pack:
    """A released pack whose file lies in the workspace at ``root``; ``make`` draws it of the cases it held.

    Raises NotReadyError where the file was changed, or is gone and cannot be made as it was.
    """
    match packs.lies(root, pack):
        case Lies.CHANGED:
            what = f"{pack.path} was changed after its release, and nobody has checked what was typed there."
            raise NotReadyError(f"{what} Move it out of the folder, then release again: it is written as it was.")
        case Lies.GONE:
            data = make(cases.of_version(store, pack.meeting, pack.version))
            if hashlib.sha256(data).hexdigest() != pack.file_sha256:
                why = "what it was made from has changed since its release"
                raise NotReadyError(f"{pack.path} is gone, and {why}: put it back from your backup.")
            path = root / pack.path
            path.parent.mkdir(parents=True, exist_ok=True)
            file.write_whole(path, data)
    return pack
