"""Review: the workbook in which the admin answers what the night could not settle; one for each meeting.

In: the store's questions with their words. Out: private/review/<meeting>.xlsx, locked but for the answers.
Never: writes over answers that were typed and not yet read (``review_read``), or over a file as it stands already.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cluster_sheets import __version__
from cluster_sheets.anonymise.review_read import KIND, name_typed
from cluster_sheets.anonymise.review_view import View, view
from cluster_sheets.anonymise.review_whose import PARTNERS, whose
from cluster_sheets.register.model import Register
from cluster_sheets.store import decisions, meta, permission, questions, seen_files, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import PRIVATE, write_whole
from cluster_sheets.store.places import Places

MADE = "review-made"
TOLD = "review-told "
"""Of a meeting: how many of its decisions and questions its workbook tells."""


def write_reviews(store: Store, places: Places, register: Register, as_of: datetime) -> tuple[str, ...]:
    """Writes the review workbooks that changed; the meetings written. A file that was filled in since waits a night."""
    written = []
    day = register.day_of(as_of)
    left, decided, asked = questions.left_open(store), decisions.how_many(store), questions.how_many(store)
    _remove_stale(store, places, asked)
    for meeting in asked:
        calendar = register.meeting(meeting)
        told = f"{decided.get(meeting, 0)} {asked[meeting]}"
        is_over = calendar is not None and calendar.day < day and meeting not in left
        if is_over and _tells(store, places.review_of(meeting), meeting, told):
            continue
        if _written(store, places.review_of(meeting), register, meeting, as_of):
            written.append(meeting)
        elif not _is_current(store, places.review_of(meeting)):
            continue
        if meta.get(store, TOLD + meeting) != told:
            with store.transaction():
                meta.put(store, TOLD + meeting, told)
    return tuple(written)


def _tells(store: Store, path: Path, meeting: str, told: str) -> bool:
    """Whether the workbook of a meeting that is over tells all there is, or is gone and has no more to tell.

    What was decided belongs beside the cases, and a question goes with its case.
    """
    before = meta.get(store, TOLD + meeting) or "0 0"
    same_decided = before.partition(" ")[0] == told.partition(" ")[0]
    return before == told or (same_decided and not path.exists())


def _remove_stale(store: Store, places: Places, asked: Mapping[str, int]) -> None:
    """Removes the workbooks of meetings of which nothing is asked any more: their cases have gone elsewhere.

    One in which somebody has typed stays: the next reading says what is to become of it.
    """
    named = {places.review_of(meeting).name for meeting in asked} | {places.proposal.name}
    for path in sorted(places.review.glob("*.xlsx")):
        if path.name not in named and _is_current(store, path):
            path.unlink()


def _is_current(store: Store, path: Path) -> bool:
    """Whether a workbook is as we know it, with nothing typed in it since."""
    return hashlib.sha256(path.read_bytes()).hexdigest() == seen_files.last_read(store, KIND, path.name)


def _written(store: Store, path: Path, register: Register, meeting: str, as_of: datetime) -> bool:
    there = path.read_bytes() if path.exists() else None
    last = seen_files.last_read(store, KIND, path.name)
    if there is not None and hashlib.sha256(there).hexdigest() != last:
        # Somebody has saved it since it was read: the next run reads it first.
        return False
    shown, calendar = _view(store, register, meeting), register.meeting(meeting)
    content = hashlib.sha256(repr((__version__, shown, calendar)).encode()).hexdigest()
    if there is not None and seen_files.last_read(store, MADE, path.name) == content:
        return False
    # Drawing brings XlsxWriter in: only where there is something to draw.
    from cluster_sheets.anonymise.review_draw import drawn

    data = drawn(shown, calendar, name_typed(there) if there is not None else "")
    permission.make_folder(path.parent)
    write_whole(path, data, PRIVATE)
    with store.transaction():
        seen_files.was_read(store, KIND, path.name, hashlib.sha256(data).hexdigest(), as_of)
        seen_files.was_read(store, MADE, path.name, content, as_of)
    return True


def _view(store: Store, register: Register, meeting: str) -> View:
    asked = questions.of_meeting(store, meeting)
    words = questions.texts(store, [each.question_id for each in asked])
    held = units.get_many(store, [each.unit_id for each in asked if each.kind == "held"])
    settled = {
        each.question_id for each in asked if each.unit_id in held and held[each.unit_id].state != units.State.HELD
    }
    partners = {told["case"]: told[PARTNERS] for told in words.values() if PARTNERS in told}
    return view(meeting, asked, words, settled, whose(store, register, meeting, partners))
