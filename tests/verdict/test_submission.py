from dataclasses import replace
from datetime import timedelta

import pytest

from cluster_sheets.register.model import Came
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.meeting import waits_for
from cluster_sheets.verdict.submission import ACCEPT, RETURN
from tests.verdict.made import FORM, NIGHT, ROUND, issued, register, submission

RETURNED, QUERIED, DOUBTED, NOTED = "blank", "capital-asked", "sender-not-verified", "comes-again"
WAITS = waits_for(register(), ROUND, "", Came(NIGHT, NIGHT))


@pytest.mark.parametrize(
    ("codes", "answer", "expected"),
    [
        ((), None, State.ACCEPTED),
        ((NOTED,), None, State.ACCEPTED),
        ((RETURNED, QUERIED, NOTED), None, State.RETURNED),
        ((QUERIED,), None, State.HELD),
        ((QUERIED,), ACCEPT, State.ACCEPTED),
        ((QUERIED,), RETURN, State.RETURNED),
        ((RETURNED, DOUBTED), None, State.HELD),
        ((RETURNED, DOUBTED), ACCEPT, State.RETURNED),
        ((DOUBTED,), ACCEPT, State.ACCEPTED),
        (("file-unsafe-zip",), None, State.QUARANTINED),
        (("file-macros",), None, State.RETURNED),
    ],
)
def test_the_verdict_follows_from_what_was_found_and_what_the_admin_said(
    codes: tuple[str, ...], answer: str | None, expected: State
) -> None:
    each = submission()
    each.form, each.waits, each.answer = issued(), WAITS, answer
    for code in codes:
        each.find(FORM, code)
    assert each.state is expected


def test_what_counts_for_no_school_or_no_meeting_waits_whatever_was_answered() -> None:
    each = submission()
    each.answer, each.waits = ACCEPT, WAITS
    states = [each.state]
    each.form = issued()
    states.append(each.state)
    each.waits = replace(WAITS, meeting=None)
    states.append(each.state)
    assert states == [State.HELD, State.ACCEPTED, State.HELD]


def test_a_form_came_first_when_its_first_submission_came() -> None:
    each = submission()
    earlier = NIGHT - timedelta(days=3)
    assert each.first_received == NIGHT
    each.earlier = (Unit("0" * 16, "c" * 64, "d" * 64, 0, earlier, earlier),)
    assert each.first_received == earlier
