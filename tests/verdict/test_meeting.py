from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.verdict.meeting import moment_in_words, still_to_come, waits_for
from tests.verdict.made import ROUND, register

REGISTER = register()
OWN = REGISTER.meeting(ROUND)
assert OWN is not None
MINUTE = timedelta(minutes=1)
CLOSES, FIX_BY = OWN.closes_at, OWN.fix_by


def meeting_id(meeting: Meeting | None) -> str:
    return meeting.meeting_id if meeting else ""


@pytest.mark.parametrize(
    ("first", "received", "expected", "code"),
    [
        (CLOSES, CLOSES, ROUND, ""),
        (CLOSES + MINUTE, CLOSES + MINUTE, "CEN-2627-A2", "came-after-closing"),
        (CLOSES, FIX_BY, ROUND, ""),
        (CLOSES, FIX_BY + MINUTE, "CEN-2627-A2", "mended-too-late"),
        (CLOSES + MINUTE, FIX_BY, "CEN-2627-A2", ""),
    ],
)
def test_a_form_counts_by_its_first_submission_and_its_correction(
    first: datetime, received: datetime, expected: str, code: str
) -> None:
    told = waits_for(REGISTER, ROUND, "", first, received)
    assert (meeting_id(told.meeting), told.code) == (expected, code)


def test_the_deadline_that_was_missed_is_told_by_the_clock_of_the_scheme() -> None:
    assert waits_for(REGISTER, ROUND, "", CLOSES + MINUTE, CLOSES + MINUTE).limit == "17:00 on 1 October 2026"
    assert moment_in_words(datetime(2027, 1, 8, 17, 0, tzinfo=UTC), "Europe/London") == "17:00 on 8 January 2027"


def test_a_request_for_contingency_waits_for_the_next_city_meeting() -> None:
    told = waits_for(REGISTER, ROUND, "CONTINGENCY", CLOSES, CLOSES)
    assert (meeting_id(told.meeting), told.code) == ("CITY-2627-A", "")


def test_a_late_request_for_contingency_is_not_late_for_the_city_meeting() -> None:
    late = CLOSES + timedelta(days=20)
    assert waits_for(REGISTER, ROUND, "CONTINGENCY", late, late).code == ""


def test_where_the_calendar_has_no_more_there_is_no_meeting() -> None:
    after = datetime(2027, 8, 1, tzinfo=UTC)
    assert waits_for(REGISTER, ROUND, "", after, after).meeting is None
    assert waits_for(REGISTER, "CEN-9999-A1", "", CLOSES, CLOSES).meeting is None


def test_a_cancelled_meeting_passes_its_forms_on_without_a_reproach() -> None:
    assert OWN is not None
    meetings = tuple(replace(each, status=CANCELLED) if each is OWN else each for each in REGISTER.meetings)
    told: Register = replace(REGISTER, meetings=meetings)
    waits = waits_for(told, ROUND, "", CLOSES, CLOSES)
    assert (meeting_id(waits.meeting), waits.code) == ("CEN-2627-A2", "")


def test_a_form_that_was_held_until_its_meeting_was_over_waits_for_the_next_of_its_kind() -> None:
    assert OWN is not None
    for pot, own, following in (("", ROUND, "CEN-2627-A2"), ("CONTINGENCY", "CITY-2627-A", "CITY-2627-Sp")):
        waits = waits_for(REGISTER, ROUND, pot, CLOSES, CLOSES)
        assert waits.meeting is not None
        assert still_to_come(REGISTER, waits, waits.meeting.day) == waits
        told = still_to_come(REGISTER, waits, waits.meeting.day + timedelta(days=1))
        assert (meeting_id(waits.meeting), meeting_id(told.meeting), told.code) == (own, following, "")
    assert still_to_come(REGISTER, waits_for(REGISTER, ROUND, "", CLOSES, CLOSES), date(2028, 1, 1)).meeting is None
