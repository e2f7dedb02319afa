"""What is kept of each outcome."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.decisions import keep
from cluster_sheets.store import applications, cases, decisions, packs
from cluster_sheets.store.packs import PackState
from tests.decided import ADVICE, CITY, FEEDBACK, NEED, SP1, Bid, desk, pack

NEXT = "CEN-2627-Sp2"
NO = {"award": None, "feedback": FEEDBACK}


@pytest.mark.parametrize(
    ("bid", "said", "kept"),
    [
        (NEED, {"outcome": "Agreed", "award": 4800}, ("AGREED", SP1, None, 480000)),
        (NEED, {"outcome": "Agreed for less", "award": 1}, ("AGREED", SP1, None, 100)),
        (NEED, {"outcome": "Agreed with conditions", "award": 1, "conditions": "EXAMPLE"}, ("AGREED", SP1, None, 100)),
        (NEED, {"outcome": "Not agreed", **NO}, ("NOT_AGREED", SP1, None, 0)),
        (NEED, {"outcome": "Deferred", **NO}, ("VALID", NEXT, NEXT, 0)),
        (NEED, {"outcome": "To contingency"}, ("VALID", CITY, CITY, 0)),
        (NEED, {"outcome": "Withdrawn"}, ("WITHDRAWN", SP1, None, 0)),
        (ADVICE, {"outcome": "Advice only"}, ("DECIDED", SP1, None, 0)),
    ],
)
def test_where_an_outcome_leaves_a_case(
    tmp_path: Path, bid: Bid, said: dict[str, Any], kept: tuple[str, str, str | None, int]
) -> None:
    with desk(tmp_path, bid) as at:
        at.fill(**{bid.case_ref: said})
        assert at.read() == ()
        (told,), (case,) = applications.everything(at.store), cases.of_meeting(at.store, SP1)
        (decided,) = decisions.of_meeting(at.store, SP1)
        assert (told.state, told.meeting, case.carried_to, decided.amount_pence) == kept
        assert decisions.quorum(at.store, SP1) == 10


def test_words_about_a_case_that_went_on_change_nothing_of_where_it_stands(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "Deferred", "feedback": FEEDBACK})
        assert at.read() == ()
        (told,) = applications.everything(at.store)
        with at.store.transaction():
            cases.save_many(at.store, [cases.Case(NEXT, told.application_ref, "P5", 1, 1)])
            packs.save(at.store, pack(NEXT))
            applications.save_many(at.store, [replace(told, state="AGREED")])
        before = applications.everything(at.store), cases.of_meeting(at.store, SP1)
        at.fill(H3={"outcome": "Deferred", "feedback": FEEDBACK + " More of it."})
        assert at.read() == ()
        assert (applications.everything(at.store), cases.of_meeting(at.store, SP1)) == before
        (decided,) = decisions.of_meeting(at.store, SP1)
        assert (decided.version, decided.feedback) == (2, FEEDBACK + " More of it.")


@pytest.mark.parametrize("state", [PackState.DRAFT, PackState.CHECKED])
def test_a_case_is_taken_back_out_of_a_pack_that_nobody_was_given_and_may_be_put_off_again(
    tmp_path: Path, state: PackState
) -> None:
    with desk(tmp_path, NEED) as at:

        def standing() -> list[tuple[str, int | None, str | None]]:
            each = [*cases.of_meeting(at.store, SP1), *cases.of_meeting(at.store, NEXT)]
            return [(case.meeting, case.version_out, case.carried_to) for case in each]

        at.fill(H3={"outcome": "Deferred", "feedback": FEEDBACK})
        assert at.read() == ()
        assign(at.store, at.register, at.at)
        with at.store.transaction():
            packs.save(at.store, pack(NEXT, state))
        assert standing() == [(SP1, None, NEXT), (NEXT, None, None)]
        at.fill(H3={"outcome": "Agreed", "award": 4800})
        assert at.read() == ()
        assign(at.store, at.register, at.at)
        assert standing() == [(SP1, None, None), (NEXT, 1, None)]
        (told,) = applications.everything(at.store)
        assert (told.state, told.meeting) == ("AGREED", SP1)
        at.fill(H3={"outcome": "Deferred", "award": None, "feedback": FEEDBACK})
        assert at.read() == ()
        assign(at.store, at.register, at.at)
        assert standing() == [(SP1, None, NEXT), (NEXT, None, None)]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"present": 14}, FEEDBACK),
        ({"held_on": date(2027, 2, 5)}, FEEDBACK),
        ({}, FEEDBACK + " More."),
    ],
)
def test_what_was_not_agreed_and_came_back_stays_where_it_came_to(
    tmp_path: Path, own: dict[str, Any], words: str
) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "Not agreed", **NO})
        at.read()
        (told,) = applications.everything(at.store)
        with at.store.transaction():
            # As the acceptance of a new version leaves it.
            applications.save_many(at.store, [replace(told, state="VALID", meeting=NEXT)])
        assign(at.store, at.register, at.at)
        before = applications.everything(at.store), cases.everywhere(at.store, [told.application_ref])
        assert [(each.meeting, each.carried_to) for each in before[1]] == [(SP1, NEXT), (NEXT, None)]
        at.fill(own, H3={"outcome": "Not agreed", "award": None, "feedback": words})
        assert not [each for each in at.codes() if each != "held-on-another-day"]
        assign(at.store, at.register, at.at)
        assert (applications.everything(at.store), cases.everywhere(at.store, [told.application_ref])) == before
        (decided,) = decisions.of_meeting(at.store, SP1)
        assert (decided.version, decided.feedback) == (2, words)


def test_every_outcome_leads_to_a_state_that_is_told_of_an_application() -> None:
    after = keep._STATES
    without_money = {applications.VALID, applications.NOT_AGREED, applications.ADVISED, applications.WITHDRAWN}
    assert set(after.values()) == without_money
    assert set(after).isdisjoint(decisions.GIVES)
