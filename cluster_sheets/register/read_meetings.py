"""The meetings of the register: what their lines say, and the deadlines that are worked out where they say none.

In: the lines of the sheet Meetings. Out: the meetings; what does not fit, at its cell.
Never: takes a deadline after the meeting's own day. A school would be told to mend by a time at which nothing counts
for that meeting any more.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cluster_sheets.base.date import local_day, local_moment
from cluster_sheets.register.calendar import deadlines
from cluster_sheets.register.model import CITY, CLUSTER, Meeting, School
from cluster_sheets.register.settings import Settings
from cluster_sheets.register.sheet import Faults, Line

_SHEET = "Meetings"


def meetings_of(
    rows: Sequence[Line], clusters: Collection[str], settings: Settings, schools: Mapping[str, School], faults: Faults
) -> tuple[Meeting, ...]:
    """The meetings, in the order of their lines."""
    made: dict[str, Meeting] = {}
    for line in rows:
        each = line.values
        # Of two ids that differ in small letters and capitals only, many a system makes one folder.
        if each["meeting_id"] and each["meeting_id"].casefold() in map(str.casefold, made):
            faults.add("register-twice", _SHEET, line.cells["meeting_id"], typed=each["meeting_id"])
        _look_at_cluster(line, clusters, faults)
        if not each["meeting_id"] or not each["date"] or not each["type"]:
            continue
        meeting = _meeting(each, settings, schools)
        _look_at_deadlines(line, meeting, settings.text("timezone"), faults)
        made[meeting.meeting_id] = meeting
    return tuple(made.values())


def _look_at_cluster(line: Line, clusters: Collection[str], faults: Faults) -> None:
    """A cluster meeting is one cluster's, a city meeting every cluster's: half of each would be understood of both."""
    kind, cluster = line.values["type"], line.values["cluster"]
    if kind == CLUSTER and cluster not in clusters:
        faults.add("register-unknown-meeting-cluster", _SHEET, line.cells["cluster"])
    if kind == CITY and cluster:
        faults.add("register-city-of-cluster", _SHEET, line.cells["cluster"], typed=cluster)


def _look_at_deadlines(line: Line, meeting: Meeting, zone: str, faults: Faults) -> None:
    """Each in its order, and none after the meeting's day as the calendar on the wall has it, not that of UTC."""
    closes, mended = (local_day(moment, zone) for moment in (meeting.closes_at, meeting.fix_by))
    in_order = meeting.closes_at <= meeting.fix_by and meeting.pack_out <= meeting.day
    if not in_order or closes > meeting.day:
        faults.add("register-deadlines", _SHEET, line.cells["closes_at"])
    if mended > meeting.day:
        faults.add("register-corrections-late", _SHEET, line.cells["fix_by"])


def _meeting(each: Any, settings: Settings, schools: Mapping[str, School]) -> Meeting:
    told = deadlines(each["date"], each["type"], settings)

    def moment(name: str, otherwise: datetime) -> datetime:
        stated = each[name]
        if stated is None:
            return otherwise
        zone = settings.text("timezone")
        if not isinstance(stated, datetime):
            return local_moment(stated, settings.time("closes_time"), zone).astimezone(ZoneInfo("UTC"))
        at = local_moment(stated.date(), (stated.hour, stated.minute), zone)
        return at.astimezone(ZoneInfo("UTC"))

    cluster = each["cluster"] or ""
    voting = sum(
        any((not cluster or part.cluster == cluster) and part.covers(each["date"]) for part in school.memberships)
        for school in schools.values()
    )
    share = settings.number("quorum_share")
    return Meeting(
        meeting_id=each["meeting_id"],
        kind=CITY if each["type"] == CITY else CLUSTER,
        cluster=cluster,
        day=each["date"],
        closes_at=moment("closes_at", told.closes_at),
        fix_by=moment("fix_by", told.fix_by),
        pack_out=each["pack_out"] or told.pack_out,
        letters_by=each["letters_by"] or told.letters_by,
        pay_by=each["pay_by"] or told.pay_by,
        quorum_needed=each["quorum_needed"] if each["quorum_needed"] is not None else -(-voting * share // 1000),
        present=each["present"],
        status=each["status"] or "",
    )
