"""From the store and the register to a pack's view."""

from dataclasses import replace
from pathlib import Path

from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.gather import Standing, gathered, name_of, positions, view
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
        pack = view(REGISTER, the(MEETING), found.cases, has, Standing(1, PackState.DRAFT, NIGHT, 2))
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
