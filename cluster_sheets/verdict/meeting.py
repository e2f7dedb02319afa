"""Meeting: which meeting a form counts for, and what is said where that is not its own (submission.md)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cluster_sheets.base.date import in_words
from cluster_sheets.register.model import CANCELLED, CITY, Meeting, Register

CONTINGENCY = "CONTINGENCY"


@dataclass(frozen=True, slots=True)
class Waits:
    """The meeting a form waits for (None: the calendar has no more), and the note that goes with it."""

    meeting: Meeting | None
    code: str = ""
    limit: str = ""
    """The deadline that was missed, in words."""


def waits_for(register: Register, round_id: str, pot: str, first: datetime, received: datetime) -> Waits:
    """The meeting that a form of a round counts for; ``first`` is when its first submission came.

    Contingency is given out at City Cluster Meetings (the scheme's guide), so a request for it waits for the next one.
    """
    own = register.meeting(round_id)
    if own is None:
        return Waits(None)
    if pot == CONTINGENCY:
        city = _next_city(register, own, first, received)
        if city is not None:
            return Waits(city)
    meeting = register.meeting_for(round_id, first, received)
    if meeting is None or meeting.meeting_id == own.meeting_id or own.status == CANCELLED:
        return Waits(meeting)
    if first > own.closes_at:
        code = "came-after-closing" if received == first else ""
        return Waits(meeting, code, moment_in_words(own.closes_at, register.zone))
    return Waits(meeting, "mended-too-late", moment_in_words(own.fix_by, register.zone))


def still_to_come(register: Register, waits: Waits, today: date) -> Waits:
    """``waits``, but for a meeting that is over: a form that was held until then waits for the next of its kind."""
    over = waits.meeting
    if over is None or over.day >= today:
        return waits
    same = [each for each in register.meetings if (each.kind, each.cluster) == (over.kind, over.cluster)]
    later = (each for each in same if each.day >= today and each.status != CANCELLED)
    return replace(waits, meeting=min(later, key=lambda each: (each.day, each.meeting_id), default=None))


def _next_city(register: Register, own: Meeting, first: datetime, received: datetime) -> Meeting | None:
    """The first city meeting, from the closing of the form's own round on, that it came in time for."""
    since = register.day_of(own.closes_at)
    for meeting in sorted(register.meetings, key=lambda each: (each.day, each.meeting_id)):
        open_still = first <= meeting.closes_at and received <= max(meeting.fix_by, meeting.closes_at)
        if meeting.kind == CITY and meeting.status != CANCELLED and meeting.day >= since and open_still:
            return meeting
    return None


def moment_in_words(moment: datetime, zone: str) -> str:
    """``17:00 on 1 October 2026``, by the clock of the scheme."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} on {in_words(local.date())}"
