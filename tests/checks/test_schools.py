"""Rules about schools and people."""

from datetime import date

import pytest

from cluster_sheets.checks.world import Arrival
from tests.checks.batch import LISTS, codes, codes_of_each, world
from tests.requests import KINDS, OWN, PARTNER, RECEIVED, THIRD

PROJECT, GROUP = KINDS["project"], KINDS["group"]


REFERENCES = {
    "CEN-2526-0017": [],
    "cen-2526-0017": [],
    "CEN-2526-0018": [("earlier-reference-not-found", "earlier_reference")],
    "CEN-9900-0017": [("earlier-reference-not-found", "earlier_reference")],
    "CEN-2527-0017": [("earlier-reference-shape", "earlier_reference")],
    "WST-2526-0017": [("earlier-reference-shape", "earlier_reference")],
    "CEN-2526-17xx": [("earlier-reference-shape", "earlier_reference")],
}
NAMES = {
    "Jo Example": [],
    "Mrs Jo Example": [],
    "jo example": [],
    "Kim Other": [("declared-by-another", "headteacher_agrees_name")],
}


def test_an_earlier_reference_has_our_shape_and_is_of_this_school() -> None:
    requests = [PROJECT.but(applied_before="Yes", earlier_reference=each) for each in REFERENCES]
    assert dict(zip(REFERENCES, codes_of_each(requests), strict=True)) == REFERENCES


def test_an_earlier_reference_may_be_of_a_cluster_with_a_long_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LISTS, "cluster_codes", ("SOUTHEND",))
    (found,) = codes_of_each([PROJECT.but(applied_before="Yes", earlier_reference="SOUTHEND-2526-0017")])
    assert found == [("earlier-reference-not-found", "earlier_reference")]


def test_the_headteacher_declares_whatever_the_title() -> None:
    requests = [PROJECT.but(headteacher_agrees_name=each) for each in NAMES]
    assert dict(zip(NAMES, codes_of_each(requests), strict=True)) == NAMES


def test_membership_is_asked_of_the_cluster_on_the_day_of_the_round() -> None:
    asked: list[tuple[str, str, date]] = []

    def member(urn: str, cluster: str, day: date) -> bool:
        asked.append((urn, cluster, day))
        return True

    assert codes(GROUP, about=world(is_member=member)) == []
    assert asked == [(urn, "CEN", date(2026, 10, 15)) for urn in (OWN, PARTNER, THIRD)]


def test_without_a_round_nothing_is_said_of_membership() -> None:
    nowhere = Arrival(RECEIVED, RECEIVED, None, None, "", "", "")
    assert codes(PROJECT, nowhere, world(is_member=lambda urn, cluster, day: False)) == []


def test_a_pupil_may_be_at_the_lead_or_at_a_partner() -> None:
    two = KINDS["pupils of two schools"]
    assert codes(two) == []
    assert codes(two.but_line("pupils", 1, school_urn=THIRD)) == [("pupil-at-another-school", "pupils.school_urn")]


def test_a_school_must_be_in_the_cluster_on_the_day_of_the_meeting_that_hears_it() -> None:
    until = world(is_member=lambda urn, cluster, on: on <= date(2026, 12, 31))
    own, later = date(2026, 12, 3), date(2027, 2, 4)
    in_time = Arrival(RECEIVED, RECEIVED, own, own, "CEN", "CEN-2627-A2", "F-AAAA-AAAA")
    went_on = Arrival(RECEIVED, RECEIVED, own, later, "CEN", "CEN-2627-A2", "F-AAAA-AAAA")
    assert "school-not-a-member" not in [code for code, _ in codes(PROJECT, in_time, until)]
    assert ("school-not-a-member", "school_name") in codes(PROJECT, went_on, until)
