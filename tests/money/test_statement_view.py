"""What a statement shows of a real workspace: references, pace and runway."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.form.shipped import form
from cluster_sheets.money.stage import post, reconcile
from cluster_sheets.money.statement_view import (
    ACTUAL,
    CARRIED,
    NOTHING,
    ApplicationLine,
    Pace,
    Step,
    View,
    number,
    view,
)
from cluster_sheets.store import cases, packs
from tests.decided import CITY, GROUP, NEED, PROJECT, Desk, desk, pack

FORM = form("application")


def _shown(at: Desk) -> View:
    post(at.store, at.register, at.at)
    account = reconcile(at.store, at.places, at.register, FORM, at.at).accounts[0]
    return view(at.store, at.register, FORM, account.controls, account.position, account.books, at.at)


def test_a_statement_shows_applications_pace_and_runway(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED, GROUP) as at:
        agreed = {"outcome": "Agreed for less", "award": 2999.99}
        at.fill(K7={"outcome": "Withdrawn"}, H3={"outcome": "To contingency"}, T6=agreed)
        assert at.read() == ()
        told = _shown(at)
        assert told.applications == (
            ApplicationLine("CEN-2627-0001", "Main fund", 496000, 300000, "Withdrawn", 0, 0, 0),
            ApplicationLine("CEN-2627-0002", "Contingency", 480000, None, "To contingency", 0, 0, 0),
            ApplicationLine("CEN-2627-0003", "Main fund", 300000, None, "Agreed for less", 299999, 0, 78620),
        )
        (award,) = told.awards
        assert (award.awarded, award.this_year, award.other_years) == (299999, 78620, 221379)
        assert (award.by_school_year, award.partners) == ({"2026/27": 299999}, 149998)
        assert told.pace == (
            Pace(date(2026, 10, 15), 0, 317),
            Pace(date(2026, 12, 3), 0, 483),
            Pace(date(2027, 2, 4), 78620, 650),
            Pace(date(2027, 3, 18), None, 817),
        )
        assert told.runway == (
            Step(date(2026, 11, 26), 0, NOTHING),
            Step(date(2027, 3, 11), None, "Forecast"),
            Step(date(2027, 6, 24), None, CARRIED),
        )
        assert (told.cluster, told.day, told.example) == ("Central cluster", date(2027, 2, 6), True)


def test_what_a_city_meeting_gave_is_the_forecast_of_the_next(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "To contingency"})
        assert at.read() == ()
        with at.store.transaction():
            cases.save_many(at.store, [cases.Case(CITY, "CEN-2627-0001", "P5", 1, 1)])
            packs.save(at.store, pack(CITY))
        city = at.register.meeting(CITY)
        assert city is not None
        at.meeting, at.at = city, datetime(2027, 3, 12, 2, tzinfo=UTC)
        at.write()
        at.fill(P5={"outcome": "Agreed", "award": 4800})
        assert at.read() == ()
        told = _shown(at)
        assert [(each.given, each.kind) for each in told.runway] == [(0, NOTHING), (125793, ACTUAL), (125793, CARRIED)]
        (line,) = told.applications
        assert (line.fund, line.outcome, line.awarded) == ("Contingency", "Agreed", 480000)


def test_an_application_belongs_to_the_year_of_its_meeting(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, meeting="CEN-2627-Su1") as at:
        assert _shown(at).applications == ()
        at.at += timedelta(days=1)
        post(at.store, at.register, at.at)
        later = reconcile(at.store, at.places, at.register, FORM, at.at).accounts[1]
        told = view(at.store, at.register, FORM, later.controls, later.position, later.books, at.at)
        assert [each.outcome for each in told.applications] == ["Not decided yet"]


@pytest.mark.parametrize(("count", "words"), [(0, "None"), (1, "One"), (9, "Nine"), (10, "10")])
def test_small_numbers_are_words(count: int, words: str) -> None:
    assert number(count) == words
