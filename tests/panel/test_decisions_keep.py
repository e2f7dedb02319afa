"""What is kept of each outcome."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cluster_sheets.store import applications, cases, decisions
from tests.decided import ADVICE, CITY, FEEDBACK, NEED, SP1, Bid, desk

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
            applications.save_many(at.store, [replace(told, state="AGREED")])
        before = applications.everything(at.store), cases.of_meeting(at.store, SP1)
        at.fill(H3={"outcome": "Deferred", "feedback": FEEDBACK + " More of it."})
        assert at.read() == ()
        assert (applications.everything(at.store), cases.of_meeting(at.store, SP1)) == before
        (decided,) = decisions.of_meeting(at.store, SP1)
        assert (decided.version, decided.feedback) == (2, FEEDBACK + " More of it.")
