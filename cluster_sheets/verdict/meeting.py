"""Meeting: which meeting a form counts for, and what is said where that is not its own (submission.md).

The one home of that question: verdicts ask it of what came, letters of what is still to come, and the panel of what
can no longer be heard where it waits. So no school is told of another meeting than the one its request goes to.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cluster_sheets.base.date import in_words
from cluster_sheets.register.model import CANCELLED, CITY, CLUSTER, Came, Meeting, Register
from cluster_sheets.verdict.decided import Heard

CONTINGENCY = "CONTINGENCY"
_TOO_LATE = "mended-too-late"


@dataclass(frozen=True, slots=True)
class Waits:
    """The meeting a form waits for (None: the calendar has no more), and the note that goes with it."""

    meeting: Meeting | None
    code: str = ""
    limit: str = ""
    """The deadline that was missed, in words."""


def waits_for(register: Register, round_id: str, pot: str, came: Came) -> Waits:
    """The meeting that a form of a round counts for, which no meeting has had before.

    Contingency is given out at City Cluster Meetings (the scheme's guide), so a request for it waits for the next one.
    """
    own = register.meeting(round_id)
    if own is None:
        return Waits(None)
    kind = CITY if pot == CONTINGENCY else CLUSTER
    meeting = _counts_for(register, own, kind, came)
    if meeting is None or meeting.meeting_id == own.meeting_id:
        return Waits(meeting)
    if meeting.kind == CITY:
        return _of_the_city(register, own, meeting, came)
    if own.status == CANCELLED:
        return Waits(meeting)
    if came.first > own.closes_at:
        code = "came-after-closing" if came.last == came.first else ""
        return Waits(meeting, code, _missed(own.closes_at, came.first, register.zone))
    return Waits(meeting, _TOO_LATE, _missed(own.fix_by, came.last, register.zone))


def waits_again(register: Register, round_id: str, pot: str, came: Came, heard: Heard) -> Waits:
    """The meeting that a form of a round counts for whose request some meeting has decided on.

    None of those hears it again, though its day may not be over. Put off, it waits from the meeting on that it was put
    off to; not agreed, from the one on that did not agree; passed on to contingency, where that put it, whatever fund
    it names now and whenever it came.
    """
    stands = register.meeting(heard.meeting or "")
    undecided = stands is None or stands.meeting_id not in heard.decided
    if heard.passed_on and undecided:
        return Waits(stands)
    own = register.meeting(round_id)
    if own is None:
        return Waits(None)
    kind = CITY if heard.passed_on or pot == CONTINGENCY else CLUSTER
    since = stands.day if stands and stands.kind == kind else date.min
    return Waits(_counts_for(register, own, kind, came, since, heard.decided))


def counts_still(register: Register, round_id: str, waits: Meeting | None, came: Came) -> Meeting | None:
    """The meeting that what comes at ``came.last`` counts for, of a form that went back and ``waits`` for one."""
    own = register.meeting(round_id) or waits
    if own is None:
        return None
    return _counts_for(register, own, waits.kind if waits else CLUSTER, came, waits.day if waits else date.min)


def still_to_come(register: Register, waits: Waits, today: date, besides: Collection[str] = ()) -> Waits:
    """``waits``, but for a meeting that is over: a form that was held until then waits for the next of its kind."""
    over = waits.meeting
    if over is None or over.day >= today:
        return waits
    return replace(waits, meeting=register.next_of(over.kind, over.cluster, today, besides=besides))


def _counts_for(
    register: Register, own: Meeting, kind: str, came: Came, since: date = date.min, besides: Collection[str] = ()
) -> Meeting | None:
    """The first meeting, from the form's own on, that it came in time for; the city's from its own round's closing on.

    Where no city meeting is left, contingency is put before the cluster, which can say what becomes of it.
    """
    if kind == CITY:
        city = register.next_of(CITY, "", max(since, register.day_of(own.closes_at)), came, besides)
        if city is not None:
            return city
    return register.next_of(CLUSTER, own.cluster, max(since, own.day), came, besides)


def _of_the_city(register: Register, own: Meeting, meeting: Meeting, came: Came) -> Waits:
    """What is said where a request for contingency was mended after the city meeting it first came in time for."""
    at_first = _counts_for(register, own, CITY, Came(came.first, came.first))
    if at_first is None or at_first.meeting_id == meeting.meeting_id:
        return Waits(meeting)
    return Waits(meeting, _TOO_LATE, _missed(at_first.fix_by, came.last, register.zone))


def _missed(deadline: datetime, came: datetime, zone: str) -> str:
    """A deadline that was missed; with the second it came at where the minute is the same."""
    told, at = moment_in_words(deadline, zone), came.astimezone(ZoneInfo(zone))
    return f"{told} (at {at:%H:%M:%S})" if moment_in_words(came, zone) == told else told


def moment_in_words(moment: datetime, zone: str) -> str:
    """``17:00 on 1 October 2026``, by the clock of the scheme."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} on {in_words(local.date())}"
