"""From the store and the register to a pack's view."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.gather import Standing, funds, gathered, name_of, positions, view
from cluster_sheets.panel.view import Short
from cluster_sheets.register.model import Meeting
from cluster_sheets.store import cases, entries
from cluster_sheets.store.packs import PackState
from tests import requests
from tests.checks.batch import FORM
from tests.panel.made import LATER, MEETING, NIGHT, accepted, workspace
from tests.register.made import REGISTER


def the(meeting_id: str) -> Meeting:
    found = REGISTER.meeting(meeting_id)
    assert found is not None
    return found


def entry(account: str, pence: int) -> entries.Entry:
    return entries.Entry(account, pence, "CEN", "2026-27", "2026/27", "MAIN", "BUDGET", NIGHT)


def test_a_pack_tells_the_meeting_the_money_and_the_policy_of_the_register(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1)
            accepted(store, 2, requests.advice())
            entries.append_many(store, [[entry("allocation:CEN", -500_00), entry("main:CEN", 500_00)]])
        assign(store, REGISTER, NIGHT)
        found = gathered(store, REGISTER, FORM, the(MEETING), cases.of_meeting(store, MEETING))
        has = positions(store, REGISTER, the(MEETING))
        told = funds(store, REGISTER, the(MEETING), found, has)
        pack = view(REGISTER, the(MEETING), found.cases, told, Standing(1, PackState.DRAFT, NIGHT, 2))
    assert (pack.name, pack.la_fy, pack.open_questions) == ("Central cluster meeting", "2026-27", 2)
    assert f"{pack.moment:%H:%M}" == "03:00"
    assert [(fund.pot, fund.position.left_pence, fund.asked_pence, fund.cases) for fund in pack.funds] == [
        ("MAIN", 500_00, 327560, 1),
        ("CONTINGENCY", 0, 0, 0),
    ]
    assert (pack.policy.read_minutes, pack.policy.warn_over, pack.policy.fundable) == (8, 15, "50")
    assert pack.policy.scores_due == "noon, 14 October"
    assert found.complete
    assert {"Sam Example", "senco@own.example", requests.upn(1)} <= found.own


def test_as_much_of_the_school_is_told_as_several_share(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        (case,) = gathered(store, REGISTER, FORM, the(MEETING), cases.of_meeting(store, MEETING)).cases
    whom = next(line.text for line in case.sections[0].lines if line.label == "For whom")
    assert "Primary, medium-sized school." in whom


def test_a_school_that_has_another_urn_since_is_shown_as_before(tmp_path: Path) -> None:
    one = REGISTER.schools[requests.OWN]
    others = {urn: each for urn, each in REGISTER.schools.items() if urn != one.urn}
    since = replace(REGISTER, schools={**others, "999001": replace(one, urn="999001", predecessors=(one.urn,))})
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        standing = cases.of_meeting(store, MEETING)
        before, now = (gathered(store, each, FORM, the(MEETING), standing) for each in (REGISTER, since))
        assert (before.hashes, before.fits) == (now.hashes, now.fits)


def test_the_hash_of_a_pack_changes_with_what_a_case_says(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        found = gathered(store, REGISTER, FORM, the(MEETING), cases.of_meeting(store, MEETING))
        (ref,) = found.hashes
        other = replace(found, hashes={ref: "other"})
        assert found.content_hash(store.key, the(MEETING)) != other.content_hash(store.key, the(MEETING))


def test_a_city_meeting_has_its_own_name_and_every_clusters_money(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            entries.append_many(store, [[entry("allocation:CEN", -500_00), entry("main:CEN", 500_00)]])
        assert positions(store, REGISTER, the("CITY-2627-A"))["MAIN"].left_pence == 500_00
    assert name_of(REGISTER, the("CITY-2627-A")) == "City cluster meeting"


def test_what_a_fund_had_at_an_earlier_moment_is_told_of_the_lines_up_to_it(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        later = [
            replace(entry(account, pence), at=LATER) for account, pence in (("allocation:CEN", 5), ("main:CEN", -5))
        ]
        with store.transaction():
            entries.append_many(store, [[entry("allocation:CEN", -500), entry("main:CEN", 500)], later])
        then, now = positions(store, REGISTER, the(MEETING), NIGHT), positions(store, REGISTER, the(MEETING))
        assert (then["MAIN"].left_pence, now["MAIN"].left_pence) == (500, 495)


def test_what_is_asked_is_held_against_each_council_year_it_falls_in(tmp_path: Path) -> None:
    long = requests.project().but(start_date=date(2027, 3, 1), end_date=date(2027, 6, 30))
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1, long)
            entries.append_many(store, [[entry("allocation:CEN", -5000_00), entry("main:CEN", 5000_00)]])
        assign(store, REGISTER, NIGHT)
        found = gathered(store, REGISTER, FORM, the(MEETING), cases.of_meeting(store, MEETING))
        (main, _) = funds(store, REGISTER, the(MEETING), found, positions(store, REGISTER, the(MEETING)))
    year, later = (
        sum(pence for (*_, of), pence in found.asks.items() if of == la_fy) for la_fy in ("2026-27", "2027-28")
    )
    assert (main.asked_pence, main.now_pence, main.later_pence) == (year + later, year, later)
    assert 0 < year < later
    assert main.short == (Short("", "2027-28", later, 0),)
    assert main.after_pence == 5000_00 - year


def test_a_city_meeting_holds_each_cluster_s_cases_against_its_own_money(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1, requests.unforeseen().but(pot_asked="Contingency"), "CITY-2627-A")
            there = [entry("allocation:N", -9000_00), entry("contingency:N", 9000_00)]
            entries.append_many(store, [[replace(each, cluster="N", pot="CONTINGENCY") for each in there]])
        assign(store, REGISTER, NIGHT)
        city = the("CITY-2627-A")
        found = gathered(store, REGISTER, FORM, city, cases.of_meeting(store, city.meeting_id))
        told = {each.pot: each for each in funds(store, REGISTER, city, found, positions(store, REGISTER, city))}
    assert told["CONTINGENCY"].position.left_pence == 9000_00
    given = told["CONTINGENCY"]
    assert given.short == (
        Short("Central", "", given.now_pence, 0),
        Short("Central", "2027-28", given.later_pence, 0),
    )
