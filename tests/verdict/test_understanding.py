from collections.abc import Callable
from dataclasses import replace

import pytest

from cluster_sheets.base import columns
from cluster_sheets.register.model import Register
from cluster_sheets.store import answers, provenance, questions
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import State
from tests.verdict.desk import ONE, REGISTER, TODAY, Desk, asked
from tests.verdict.made import OTHER, URN

ADDRESS = REGISTER.reply_addresses(URN, TODAY)[0]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda form: None, "stamp-missing"),
        (lambda form: replace(form, stamp="0" * 32), "stamp-altered"),
        (lambda form: replace(form, round="CEN-2526-A1"), "stamp-of-another-cluster"),
    ],
)
def test_a_mark_that_does_not_fit_is_held_with_one_query_and_nobody_is_answered(
    desk: Desk, spoil: Callable[[IssuedForm], IssuedForm | None], code: str
) -> None:
    unit = desk.come(asked(), spoil(ONE))
    desk.judge()
    assert desk.state(unit) == (State.HELD, code)
    assert (desk.codes(unit), desk.kinds(unit)) == ([code], [])
    assert [each.code for each in questions.of_units(desk.store, [unit.unit_id])] == [code]


def test_a_form_of_one_school_named_after_another_is_held(desk: Desk) -> None:
    other = REGISTER.schools[OTHER].name
    unit = desk.come(asked(school_name=other, school_urn=OTHER), ONE)
    desk.judge()
    assert desk.state(unit) == (State.HELD, "stamp-of-another-school")


def converted(urn: str) -> Register:
    """The register once the school of the forms has become an academy with a URN of its own."""
    schools = {each.urn: each for each in REGISTER.schools.values() if each.urn != URN}
    schools[urn] = replace(REGISTER.schools[URN], urn=urn, predecessors=(URN,))
    people = (replace(each, school_urn=urn) if each.school_urn == URN else each for each in REGISTER.members)
    return replace(REGISTER, schools=schools, members=tuple(people))


def test_a_form_of_a_school_that_has_another_urn_since_counts_for_it(desk: Desk) -> None:
    desk.register = converted("999001")
    unit = desk.come(asked(), ONE, ADDRESS)
    desk.judge()
    assert desk.state(unit) == (State.ACCEPTED, "")
    assert provenance.urns(desk.store, [unit.unit_id]) == {unit.unit_id: URN}, "as it was issued"
    assert answers.get_many(desk.store, [unit.unit_id])[unit.unit_id].form[columns.URN] == "999001"


SENDERS = [
    (REGISTER.reply_addresses(URN, TODAY)[0], True, State.ACCEPTED, "", ["receipt"]),
    (REGISTER.reply_addresses(URN, TODAY)[0], False, State.HELD, "sender-not-verified", ["held"]),
    ("somebody@else.example", True, State.HELD, "sender-not-registered", ["held"]),
    (REGISTER.reply_addresses(OTHER, TODAY)[0], True, State.HELD, "sender-of-another-school", ["held"]),
]


@pytest.mark.parametrize(("sender", "verified", "state", "reason", "told"), SENDERS)
def test_who_sent_it_decides_whether_it_counts_by_itself(
    desk: Desk, sender: str, verified: bool, state: State, reason: str, told: list[str]
) -> None:
    unit = desk.come(asked(), ONE, sender, verified)
    desk.judge()
    assert (desk.state(unit), desk.kinds(unit)) == ((state, reason), told)


def test_another_version_of_the_form_is_the_only_thing_that_is_said(desk: Desk) -> None:
    unit = desk.come(asked(headteacher_name=None), replace(ONE, version="CS-APP 2025.1"))
    desk.judge()
    assert (desk.of(unit).state, desk.codes(unit)) == (State.RETURNED, ["version-not-taken"])
