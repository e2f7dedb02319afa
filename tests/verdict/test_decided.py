"""A form that comes once more after a meeting has decided on its request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.store import applications, audit, decisions, units
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict import decided
from tests.requests import day, unforeseen
from tests.verdict.desk import ONE, Desk, asked
from tests.verdict.made import register
from tests.verdict.test_told import told

REF, A1, A2 = "CEN-2627-0001", "CEN-2627-A1", "CEN-2627-A2"
STATES = {"NOT_AGREED": "NOT_AGREED", "WITHDRAWN": "WITHDRAWN", "ADVICE_ONLY": "DECIDED", "DEFERRED": "VALID"}
CITY, NEXT_CITY = "CITY-2627-A", "CITY-2627-Sp"
STANDS = ("decided-already",)
FIX_BY = datetime(2026, 10, 7, 16, 0, tzinfo=UTC)
EVENING = datetime(2026, 10, 15, 18, 0, tzinfo=UTC)
"""Of the day of the first meeting, once it has met."""


def decide(desk: Desk, outcome: str, meeting: str = A1, pence: int = 0) -> None:
    """A meeting decides on the application, as the decisions workbook has it."""
    desk.now += timedelta(hours=1)
    with desk.store.transaction():
        decisions.record_many(
            desk.store,
            [Decision(meeting, REF, outcome, pence, "MAIN", 25, 13, None, None, None, desk.now.date(), desk.now)],
        )
        state = STATES.get(outcome, "AGREED")
        desk.store.write("UPDATE cluster.application SET state = ?", [(state,)])


def _judge(desk: Desk) -> None:
    desk.now += timedelta(hours=1)
    desk.judge()


def _again(desk: Desk, **changes: object) -> Unit:
    """The school sends the form once more."""
    unit = desk.come(asked(None, **changes), ONE)
    _judge(desk)
    return unit


def _application(desk: Desk) -> applications.Application:
    return applications.get_many(desk.store, [REF])[REF]


@pytest.fixture
def first(desk: Desk) -> Unit:
    """A request that was accepted."""
    unit = desk.come(asked(), ONE)
    _judge(desk)
    assert desk.of(unit).state is State.ACCEPTED
    return unit


@pytest.mark.parametrize("outcome", decisions.GIVES)
def test_an_awarded_request_is_asked_about_with_its_award_and_accepting_changes_nothing_of_it(
    desk: Desk, first: Unit, outcome: str
) -> None:
    decide(desk, outcome, pence=155_740)
    before = _application(desk)
    again = _again(desk)
    assert desk.state(again) == (State.HELD, "decided-already")
    assert told(desk, again)["findings"].split("\n")[0] == (
        "The panel has decided on this request already. It was awarded £1,557.40 at CEN-2627-A1."
        " That stands: Accept keeps this version beside it and changes nothing."
    )
    desk.answer(again, "accept")
    _judge(desk)
    assert desk.state(again) == (State.SET_ASIDE, "decided-already")
    assert (desk.of(first).state, desk.of(first).superseded_by) == (State.ACCEPTED, None)
    assert _application(desk) == before
    assert (desk.kinds(again), desk.of(again).meeting) == (["held", "note"], None)
    assert audit.texts(desk.store, "judged")[-1] == "set-aside (decided-already)"


def test_an_awarded_request_can_go_back_to_the_school(desk: Desk, first: Unit) -> None:
    decide(desk, "AGREED", pence=155_740)
    again = _again(desk)
    desk.answer(again, "return")
    _judge(desk)
    assert (desk.of(again).state, desk.of(first).state) == (State.RETURNED, State.ACCEPTED)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("WITHDRAWN", "It was withdrawn at CEN-2627-A1."), ("ADVICE_ONLY", "Advice was given at CEN-2627-A1.")],
)
def test_what_was_withdrawn_or_advised_stands(desk: Desk, first: Unit, outcome: str, said: str) -> None:
    decide(desk, outcome)
    again = _again(desk)
    assert said in told(desk, again)["findings"]
    desk.answer(again, "accept")
    _judge(desk)
    assert (desk.of(again).state, desk.of(first).state) == (State.SET_ASIDE, State.ACCEPTED)


def test_what_was_not_agreed_comes_back_once(desk: Desk, first: Unit) -> None:
    decide(desk, "NOT_AGREED")
    again = _again(desk)
    assert desk.state(again) == (State.HELD, "not-agreed-already")
    assert "It was not agreed at CEN-2627-A1. Accept: it comes back, this once." in told(desk, again)["findings"]
    desk.answer(again, "accept")
    _judge(desk)
    assert (desk.of(again).state, desk.of(first).state) == (State.ACCEPTED, State.SET_ASIDE)
    assert (_application(desk).state, _application(desk).current_unit) == ("VALID", again.unit_id)
    mended = desk.come(asked(headteacher_name="EXAMPLE Head"), ONE)
    _judge(desk)
    assert desk.of(mended).state is State.ACCEPTED
    decide(desk, "NOT_AGREED", A2)
    third = _again(desk, headteacher_name="EXAMPLE Third")
    assert "It was not agreed at CEN-2627-A1 and CEN-2627-A2, and may not come back." in (told(desk, third)["findings"])
    desk.answer(third, "accept")
    _judge(desk)
    assert (desk.of(third).state, _application(desk).current_unit) == (State.SET_ASIDE, mended.unit_id)


@pytest.mark.parametrize(
    ("most", "code", "said"),
    [
        ("0", decided.STANDS, "and may not come back."),
        ("1", decided.REFUSED, "it comes back, this once."),
        ("3", decided.REFUSED, "it comes back, one of 3 times left."),
    ],
)
def test_how_often_it_comes_back_is_the_register_s_word(
    desk: Desk, first: Unit, most: str, code: str, said: str
) -> None:
    decide(desk, "NOT_AGREED")
    settings = register(deferred_returns_max=most).settings
    outcome = decided.of_form(desk.store, _application(desk).form_ref, settings)
    assert outcome is not None
    assert outcome.code == code
    assert said in outcome.words


def test_what_was_put_off_takes_a_newer_version_as_before(desk: Desk, first: Unit) -> None:
    decide(desk, "DEFERRED")
    again = _again(desk)
    assert (desk.of(again).state, desk.codes(again)) == (State.ACCEPTED, ["heard-before", "newer-version-kept"])
    assert desk.kinds(again) == ["late"]


@pytest.mark.parametrize(("after", "start", "meeting"), [(20, "30/11/2026", CITY), (90, "22/03/2027", NEXT_CITY)])
def test_what_was_passed_on_to_contingency_stays_there_with_what_the_newer_version_says(
    desk: Desk, after: int, start: str, meeting: str
) -> None:
    need = asked(unforeseen())
    first = desk.come(need, ONE)
    _judge(desk)
    assert (_application(desk).pot, _application(desk).meeting) == ("MAIN", A1)
    decide(desk, "TO_CONTINGENCY")
    with desk.store.transaction():
        passed_on = replace(_application(desk), state="VALID", pot="CONTINGENCY", meeting=CITY)
        applications.save_many(desk.store, [passed_on])
    desk.now += timedelta(days=after)  # at last, that city meeting is over
    again = desk.come(need.but(start_date=day(start), cannot_wait_until=day(start)), ONE)
    _judge(desk)
    if desk.of(again).state is State.HELD:  # so long after it became known, the admin is asked
        desk.answer(again, "accept")
        _judge(desk)
    assert (desk.of(again).state, desk.of(again).meeting, desk.of(first).state) == (
        State.ACCEPTED,
        meeting,
        State.SET_ASIDE,
    )
    assert _application(desk) == replace(passed_on, meeting=meeting, current_unit=again.unit_id)


def test_an_answer_from_before_the_decision_is_asked_for_again(desk: Desk, first: Unit) -> None:
    again = _again(desk, request_title="A sensory corner for calm")
    assert desk.state(again) == (State.HELD, "another-request-in-this-form")
    desk.answer(again, "accept")
    decide(desk, "NOT_AGREED")
    _judge(desk)
    assert desk.of(again).state is State.HELD
    assert "It was not agreed at CEN-2627-A1." in told(desk, again)["findings"]
    _judge(desk)
    assert desk.of(again).state is State.HELD
    desk.answer(again, "accept")
    _judge(desk)
    assert desk.of(again).state is State.ACCEPTED


def test_what_is_held_is_asked_about_anew_once_a_meeting_has_decided(desk: Desk, first: Unit) -> None:
    again = _again(desk, request_title="A sensory corner for calm")
    held = units.held(desk.store)
    assert ([each.unit_id for each in held], decided.since(desk.store, held)) == ([again.unit_id], frozenset())
    decide(desk, "AGREED", pence=155_740)
    assert decided.since(desk.store, held) == {again.unit_id}
    _judge(desk)
    assert "£1,557.40 at CEN-2627-A1" in told(desk, again)["findings"]
    assert decided.since(desk.store, units.held(desk.store)) == frozenset()


@pytest.mark.parametrize("outcome", ["DEFERRED", "NOT_AGREED"])
def test_a_newer_version_accepted_on_the_evening_of_the_meeting_goes_before_the_next(
    desk: Desk, first: Unit, outcome: str
) -> None:
    desk.now = FIX_BY - timedelta(hours=3)
    again = _again(desk, request_title="A sensory corner for calm")
    assert desk.state(again) == (State.HELD, "another-request-in-this-form")
    desk.now = EVENING
    decide(desk, outcome)
    if outcome == "DEFERRED":
        with desk.store.transaction():
            applications.save_many(desk.store, [replace(_application(desk), meeting=A2)])
    _judge(desk)
    desk.answer(again, "accept")
    _judge(desk)
    assert (desk.of(again).state, desk.of(again).meeting, _application(desk).meeting) == (State.ACCEPTED, A2, A2)
    assert (desk.kinds(again), "heard-before" in desk.codes(again)) == (["held", "late"], True)


def test_what_was_passed_on_and_not_agreed_by_the_city_comes_back_before_its_next_meeting(desk: Desk) -> None:
    need = asked(unforeseen())
    desk.come(need, ONE)
    _judge(desk)
    decide(desk, "TO_CONTINGENCY")
    with desk.store.transaction():
        applications.save_many(desk.store, [replace(_application(desk), pot="CONTINGENCY", meeting=CITY)])
    desk.now = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    later = need.but(start_date=day("30/11/2026"), cannot_wait_until=day("30/11/2026"))
    again = desk.come(later, ONE)
    desk.now = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
    decide(desk, "NOT_AGREED", CITY)
    _judge(desk)
    assert desk.of(again).state is State.HELD
    desk.answer(again, "accept")
    _judge(desk)
    assert (desk.of(again).state, _application(desk).meeting) == (State.ACCEPTED, NEXT_CITY)


@pytest.mark.parametrize("outcome", ["AGREED", "WITHDRAWN", "ADVICE_ONLY"])
def test_of_a_decided_request_nothing_is_to_be_mended_and_no_meeting_is_waited_for(
    desk: Desk, first: Unit, outcome: str
) -> None:
    decide(desk, outcome, pence=155_740 if outcome == "AGREED" else 0)
    again = _again(desk, headteacher_name=None)
    assert (desk.of(again).state, desk.of(again).meeting, desk.kinds(again)) == (State.RETURNED, None, ["note"])
    held = _again(desk)
    assert (desk.of(held).state, desk.of(held).meeting) == (State.HELD, None)
    desk.answer(held, "return")
    _judge(desk)
    assert (desk.of(held).state, desk.kinds(held)) == (State.RETURNED, ["held", "note"])


def test_of_what_was_not_agreed_a_fault_is_mended_first_and_return_leaves_it_as_it_was(desk: Desk, first: Unit) -> None:
    decide(desk, "NOT_AGREED")
    faulty = _again(desk, headteacher_name=None)
    assert (desk.of(faulty).state, desk.of(faulty).meeting, desk.kinds(faulty)) == (State.RETURNED, A2, ["mend"])
    again = _again(desk)
    assert desk.of(again).meeting == A2
    desk.answer(again, "return")
    _judge(desk)
    assert (desk.of(again).state, desk.of(again).meeting) == (State.RETURNED, None)
    assert (desk.kinds(again), _application(desk).state) == (["held", "note"], "NOT_AGREED")


def test_what_closes_a_request_is_a_decision_or_the_admin_s_return() -> None:
    stands, refused, other = (
        [Finding(Place("f.xlsx"), code, Severity.QUERY)] for code in (decided.STANDS, decided.REFUSED, "blank")
    )
    told = [decided.closed(each, returned=back) for back in (False, True) for each in (stands, refused, other)]
    assert told == [True, False, False, True, True, False]
