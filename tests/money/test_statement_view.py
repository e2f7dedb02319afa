"""What a statement shows of a real workspace: references, pace and runway."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_sheets.form.shipped import form
from cluster_sheets.money.stage import post, reconcile
from cluster_sheets.money.statement_view import (
    ACTUAL,
    CARRIED,
    NOTHING,
    ApplicationLine,
    AwardLine,
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
            ApplicationLine("CEN-2627-0003", "Main fund", 300000, None, "Agreed for less", 299999, 78620, 0),
        )
        (award,) = told.awards
        assert (award.whole, award.this_year, award.by_school_year) == (299999, 78620, {"2026/27": 78620})
        assert (award.lead, award.partners) == (150001, 149998)
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
        assert told.year_ends == ("31 March", "31 August")
        assert (told.cluster, told.day, told.example) == ("Central cluster", date(2027, 2, 6), True)


def test_the_next_years_statement_speaks_of_its_own_part(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960}, H3={"outcome": "Withdrawn"})
        assert at.read() == ()
        post(at.store, at.register, at.at)
        account = reconcile(at.store, at.places, at.register, FORM, at.at).accounts[1]
        told = view(at.store, at.register, FORM, account.controls, account.position, account.books, at.at)
        assert told.applications == (
            ApplicationLine("CEN-2627-0001", "Main fund", None, None, "Agreed", 496000, 366014, 0),
        )
        assert told.awards == (AwardLine("CEN-2627-0001", 496000, 366014, {"2026/27": 366014}),)
        assert [each.promised for each in told.pace] == [None, None]
        at.at = datetime(2027, 5, 21, 2, tzinfo=UTC)
        account = reconcile(at.store, at.places, at.register, FORM, at.at).accounts[1]
        told = view(at.store, at.register, FORM, account.controls, account.position, account.books, at.at)
        assert [each.promised for each in told.pace] == [366014, None], "an earlier meeting's promise counts"


@given(st.lists(st.integers(1, 496_000), min_size=1, max_size=3))
@settings(max_examples=12, deadline=None)
def test_what_the_statements_of_all_years_call_their_own_comes_to_what_was_awarded(awards: list[int]) -> None:
    bids = [replace(NEED, case_ref=f"K{number}", asked=496_000) for number in range(2, 2 + len(awards))]
    bids = [replace(bid, start=date(2027, 3, 5 + 9 * at)) for at, bid in enumerate(bids)]
    said = {
        bid.case_ref: {"outcome": "Agreed" if pence == 496_000 else "Agreed for less", "award": pence / 100}
        for bid, pence in zip(bids, awards, strict=True)
    }
    with TemporaryDirectory() as root, desk(Path(root), *bids) as at:
        at.fill(**said)
        assert at.read() == ()
        post(at.store, at.register, at.at)
        accounts = reconcile(at.store, at.places, at.register, FORM, at.at).accounts
        shown = [view(at.store, at.register, FORM, a.controls, a.position, a.books, at.at) for a in accounts]
        lines = [line for each in shown for line in each.applications]
        own = [line for each in shown for line in each.awards]
        assert sum(line.this_year for line in lines) == sum(line.this_year for line in own) == sum(awards)
        assert sum(line.asked or 0 for line in lines) == 496_000 * len(awards)
        for each in shown:
            still = sum(line.this_year - line.paid for line in each.applications)
            assert still == sum(fund.still_to_pay for fund in each.position.funds.values())
            assert still == next(control.first for control in each.controls if control.rule == "R4")
            assert all(sum(line.by_school_year.values()) == line.this_year for line in each.awards)


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
        assert (line.fund, line.outcome, line.whole, line.this_year) == ("Contingency", "Agreed", 480000, 125793)
        # What it gave stays given, whatever the register says of the meeting afterwards.
        other = replace(city, status="CANCELLED"), replace(city, kind="CLUSTER")
        for change, steps in zip(other, ([0, 125793, 125793], [0, None]), strict=True):
            meetings = tuple(change if each.meeting_id == CITY else each for each in at.register.meetings)
            at.register = replace(at.register, meetings=meetings)
            told = _shown(at)
            assert [each.given for each in told.runway] == steps
            actual = sum(each.given or 0 for each in told.runway if each.kind == ACTUAL)
            assert actual + told.given_before == 125793
            at.register = replace(
                at.register, meetings=tuple(city if each.meeting_id == CITY else each for each in meetings)
            )


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
