"""Late: whether a new version of a pack comes too late to be released, and why.

In: the packs and decisions of the store, the meeting's day. Out: a sentence, or nothing.
Never: holds back the first version of a pack; who met without one may still have it released.
"""

from datetime import date

from cluster_sheets.base.date import in_words
from cluster_sheets.register.model import Meeting
from cluster_sheets.store import decisions, packs
from cluster_sheets.store.database import Store


def too_late(store: Store, meeting: Meeting, today: date) -> str:
    """Why a version that is not released yet stays so: what was decided is held against the one the panel had."""
    meeting_id, given = meeting.meeting_id, packs.released(store, meeting.meeting_id)
    if given is None:
        return ""
    if decisions.of_meeting(store, meeting_id):
        why = f"{meeting_id} has decided already, on"
    elif meeting.day < today:
        why = f"{meeting_id} was on {in_words(meeting.day)}, with"
    else:
        return ""
    return f"{why} version {given.version} of its pack: no new version is released after that."
