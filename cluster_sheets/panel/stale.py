"""Stale: drafts of a pack that was never given to anybody, and whose cases have all gone elsewhere, go too.

In: the packs, where each meeting's cases stand. Out: the files that are no longer of use are removed.
Never: removes what went out, what somebody has changed, or a decisions workbook that something is typed in.
"""

import hashlib
from collections.abc import Collection

from cluster_sheets.intake.limits import limits
from cluster_sheets.panel.decisions.workbook import remove_blank
from cluster_sheets.register.model import Register
from cluster_sheets.store import cases, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places


def remove_drafts(store: Store, places: Places, register: Register, made: Collection[str]) -> None:
    """Removes the drafts of meetings without a case; those of ``made`` are brought up to date every night."""
    for pack in {each.meeting: each for each in packs.everything(store)}.values():
        meeting = pack.meeting
        if meeting in made or packs.released(store, meeting) is not None or cases.standing(store, meeting):
            continue
        path = places.root / pack.path
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == pack.file_sha256:
            path.unlink()
        remove_blank(places.decisions(meeting), limits(register.settings.whole))
