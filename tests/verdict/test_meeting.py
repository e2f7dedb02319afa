from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cluster_sheets.register.model import CANCELLED, Came, Meeting, Register
from cluster_sheets.verdict.decided import Heard
from cluster_sheets.verdict.meeting import (
    counts_still,
    moment_in_words,
    still_to_come,
    waits_again,
    waits_for,
)
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
    told = waits_for(REGISTER, ROUND, "", Came(first, received))
    assert (meeting_id(told.meeting), told.code) == (expected, code)


def test_the_deadline_that_was_missed_is_told_by_the_clock_of_the_scheme() -> None:
    assert waits_for(REGISTER, ROUND, "", Came(CLOSES + MINUTE, CLOSES + MINUTE)).limit == "17:00 on 1 October 2026"
    second = timedelta(seconds=1)
    late = waits_for(REGISTER, ROUND, "", Came(CLOSES + second, CLOSES + second))
    assert late.limit == "17:00 on 1 October 2026 (at 17:00:01)"
    assert waits_for(REGISTER, ROUND, "", Came(CLOSES, FIX_BY + second)).limit.endswith(" (at 17:00:01)")
    assert moment_in_words(datetime(2027, 1, 8, 17, 0, tzinfo=UTC), "Europe/London") == "17:00 on 8 January 2027"


def test_a_request_for_contingency_waits_for_the_next_city_meeting() -> None:
    told = waits_for(REGISTER, ROUND, "CONTINGENCY", Came(CLOSES, CLOSES))
    assert (meeting_id(told.meeting), told.code) == ("CITY-2627-A", "")


def test_a_late_request_for_contingency_is_not_late_for_the_city_meeting() -> None:
    late = CLOSES + timedelta(days=20)
    assert waits_for(REGISTER, ROUND, "CONTINGENCY", Came(late, late)).code == ""


def test_where_the_calendar_has_no_more_there_is_no_meeting() -> None:
    after = datetime(2027, 8, 1, tzinfo=UTC)
    assert waits_for(REGISTER, ROUND, "", Came(after, after)).meeting is None
    assert waits_for(REGISTER, "CEN-9999-A1", "", Came(CLOSES, CLOSES)).meeting is None


def test_a_cancelled_meeting_passes_its_forms_on_without_a_reproach() -> None:
    assert OWN is not None
    meetings = tuple(replace(each, status=CANCELLED) if each is OWN else each for each in REGISTER.meetings)
    told: Register = replace(REGISTER, meetings=meetings)
    waits = waits_for(told, ROUND, "", Came(CLOSES, CLOSES))
    assert (meeting_id(waits.meeting), waits.code) == ("CEN-2627-A2", "")


def test_a_form_that_was_held_until_its_meeting_was_over_waits_for_the_next_of_its_kind() -> None:
    assert OWN is not None
    for pot, own, following in (("", ROUND, "CEN-2627-A2"), ("CONTINGENCY", "CITY-2627-A", "CITY-2627-Sp")):
        waits = waits_for(REGISTER, ROUND, pot, Came(CLOSES, CLOSES))
        assert waits.meeting is not None
        assert still_to_come(REGISTER, waits, waits.meeting.day) == waits
        told = still_to_come(REGISTER, waits, waits.meeting.day + timedelta(days=1))
        assert (meeting_id(waits.meeting), meeting_id(told.meeting), told.code) == (own, following, "")
    assert (
        still_to_come(REGISTER, waits_for(REGISTER, ROUND, "", Came(CLOSES, CLOSES)), date(2028, 1, 1)).meeting is None
    )


A1, A2, SP1 = ROUND, "CEN-2627-A2", "CEN-2627-Sp1"
CITY_A, CITY_SP = "CITY-2627-A", "CITY-2627-Sp"
IN_TIME = Came(CLOSES, FIX_BY)


def the(meeting: str) -> Meeting:
    found = REGISTER.meeting(meeting)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("waits", "decided", "pot", "came", "expected"),
    [
        (A2, {A1}, "", IN_TIME, A2),  # put off
        (A1, {A1}, "", IN_TIME, A2),  # not agreed
        (A2, {A1, A2}, "", IN_TIME, SP1),
        (A2, {A1}, "", Came(CLOSES, the(A2).fix_by + MINUTE), SP1),
        (SP1, {A1}, "", IN_TIME, SP1),  # put off past a meeting that was planned since
        (CITY_SP, {CITY_A}, "CONTINGENCY", IN_TIME, CITY_SP),
        (CITY_A, {CITY_A}, "", IN_TIME, A1),  # it asks the cluster now
        (None, {A1}, "", IN_TIME, A2),
        ("CEN-2627-Su2", {"CEN-2627-Su2"}, "", IN_TIME, ""),
    ],
)
def test_no_meeting_that_has_decided_on_a_request_hears_it_again(
    waits: str | None, decided: set[str], pot: str, came: Came, expected: str
) -> None:
    told = waits_again(REGISTER, ROUND, pot, came, Heard(waits, passed_on=False, decided=frozenset(decided)))
    assert (meeting_id(told.meeting), told.code, told.limit) == (expected, "", "")


@pytest.mark.parametrize(
    ("waits", "decided", "expected"),
    [(CITY_A, {A1}, CITY_A), (CITY_SP, {A1, CITY_A}, CITY_SP), (CITY_A, {A1, CITY_A}, CITY_SP), (None, {A1}, "")],
)
def test_what_was_passed_on_to_contingency_waits_for_the_city(
    waits: str | None, decided: set[str], expected: str
) -> None:
    heard = Heard(waits, passed_on=True, decided=frozenset(decided))
    assert meeting_id(waits_again(REGISTER, ROUND, "", IN_TIME, heard).meeting) == expected


def test_of_a_round_that_the_register_does_not_have_no_meeting_is_known() -> None:
    assert waits_again(REGISTER, "", "", IN_TIME, Heard(A1, passed_on=False)).meeting is None
    assert counts_still(REGISTER, "", None, IN_TIME) is None


def test_a_meeting_that_is_over_is_not_followed_by_one_that_has_decided() -> None:
    waits = waits_for(REGISTER, ROUND, "", IN_TIME)
    assert meeting_id(still_to_come(REGISTER, waits, the(A2).day).meeting) == A2
    assert meeting_id(still_to_come(REGISTER, waits, the(A2).day, {A2}).meeting) == SP1


CITY_CLOSES = the(CITY_A).closes_at
"""It gives no time for corrections after that."""


@pytest.mark.parametrize(
    ("first", "received", "expected", "code"),
    [
        (CITY_CLOSES, CITY_CLOSES, CITY_A, ""),
        (CITY_CLOSES, CITY_CLOSES + MINUTE, CITY_SP, "mended-too-late"),
        (CITY_CLOSES + MINUTE, CITY_CLOSES + 2 * MINUTE, CITY_SP, ""),
    ],
)
def test_contingency_that_is_mended_after_its_city_meeting_closed_is_told_so(
    first: datetime, received: datetime, expected: str, code: str
) -> None:
    told = waits_for(REGISTER, ROUND, "CONTINGENCY", Came(first, received))
    assert (meeting_id(told.meeting), told.code) == (expected, code)
    assert told.limit == ("17:00 on 19 November 2026" if code else "")


@pytest.mark.parametrize("round_id", [A1, A2, SP1, "CEN-2627-Su2"])
@pytest.mark.parametrize("pot", ["", "CONTINGENCY"])
def test_what_goes_back_is_told_the_meeting_that_it_will_count_for(round_id: str, pot: str) -> None:
    first = the(round_id).closes_at - 120 * MINUTE
    waits = waits_for(REGISTER, round_id, pot, Came(first, first))
    for days in range(40):
        came = Came(first, first + timedelta(days=days))
        promised = counts_still(REGISTER, round_id, waits.meeting, came)
        assert promised == waits_for(REGISTER, round_id, pot, came).meeting
        if promised:
            by = Came(first, promised.fix_by)
            assert waits_for(REGISTER, round_id, pot, by).meeting == promised
