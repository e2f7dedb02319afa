"""Taking in: the inbox is emptied into the store, and mails become units that wait to be judged.

In: files and mails in the inbox. Out: their bytes, kept before anything looks into them; units with where they came
from; a line of the audit for each.
Never: loses a file to a kill. It is kept first, leaves the inbox after; what is seen twice is known by its bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.intake.keeping import keep
from cluster_sheets.intake.limits import MB
from cluster_sheets.intake.opening import open_mails
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.intake.sweep import Dropped, Stays, contents, remove, swept, too_big_to_keep
from cluster_sheets.store import mails, permission
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places

__all__ = ["MailRules", "take_in"]

CHUNK = 200
"""Files of one transaction."""
_CHUNK_BYTES = 64 * MB


@dataclass
class Left:
    """What stays in the inbox."""

    too_large: list[str]
    """Names of files too large to be kept."""
    stays: list[Stays]
    """Why each other thing stays."""


def take_in(store: Store, places: Places, rules: MailRules, as_of: datetime, progress: Progress = silent) -> Left:
    """Keeps what lies in the inbox and opens what is kept into units; what stays in the inbox.

    ``as_of`` is when this night saw what it finds.
    """
    lies = swept(places.inbox)
    too_large = [file.name for file in lies.files if too_big_to_keep(file, rules.limits)]
    left = Left(too_large, [why for _, why in lies.stays])
    taken = [file for file in lies.files if not too_big_to_keep(file, rules.limits)]
    done = 0
    if taken:
        permission.make_folder(places.leaving)
    for chunk in _chunks(taken, left.stays):
        progress("Taking in", done, len(taken))
        keep(store, [(file.name, raw) for file, raw in chunk], as_of)
        for file, _ in chunk:
            remove(file, places.leaving)
        done += len(chunk)
    if taken:
        progress("Taking in", len(taken), len(taken))
    waiting = mails.unopened(store)
    for done in range(0, len(waiting), CHUNK):
        progress("Opening mails", done, len(waiting))
        open_mails(store, waiting[done : done + CHUNK], rules, as_of)
    if waiting:
        progress("Opening mails", len(waiting), len(waiting))
    return left


def _chunks(files: Sequence[Dropped], stays: list[Stays]) -> Iterator[list[tuple[Dropped, bytes]]]:
    """Files with their bytes, as they are kept at once; why one can't be had is added to ``stays``."""
    chunk: list[tuple[Dropped, bytes]] = []
    size = 0
    for file in files:
        raw = contents(file)
        if isinstance(raw, Stays):
            stays.append(raw)
        if not isinstance(raw, bytes):
            continue
        chunk.append((file, raw))
        size += len(raw)
        if len(chunk) == CHUNK or size > _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
