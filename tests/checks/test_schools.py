"""Rules about schools and people."""

from datetime import date

import pytest

from cluster_sheets.checks.world import Arrival
from tests.checks.batch import codes, world
from tests.requests import KINDS, OWN, PARTNER, RECEIVED, THIRD

PROJECT, GROUP = KINDS["project"], KINDS["group"]


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("CEN-2526-0017", None),
        ("cen-2526-0017", None),
        ("CEN-2526-0018", "earlier-reference-not-found"),
        ("CEN-2527-0017", "earlier-reference-shape"),
        ("WST-2526-0017", "earlier-reference-shape"),
        ("CEN-2526-17xx", "earlier-reference-shape"),
        ("CEN-9900-0017", "earlier-reference-not-found"),
    ],
)
def test_an_earlier_reference_has_our_shape_and_is_of_this_school(reference: str, code: str | None) -> None:
    request = PROJECT.but(applied_before="Yes", earlier_reference=reference)
    assert [told for told, _ in codes(request)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("name", "good"),
    [("Jo Example", True), ("Mrs Jo Example", True), ("jo example", True), ("Kim Other", False)],
)
def test_the_headteacher_declares_whatever_the_title(name: str, good: bool) -> None:
    assert codes(PROJECT.but(headteacher_agrees_name=name)) == (
        [] if good else [("declared-by-another", "headteacher_agrees_name")]
    )


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
