from cluster_sheets.store.units import State
from tests.requests import day
from tests.verdict.desk import HOUR, ONE, REGISTER, Desk, asked
from tests.verdict.made import ROUND


def test_a_correction_takes_the_place_of_what_was_sent_back(desk: Desk) -> None:
    first = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    second = desk.come(asked(), ONE)
    desk.judge()
    assert desk.state(first) == (State.SET_ASIDE, "superseded")
    assert desk.of(first).superseded_by == second.unit_id
    assert (desk.of(second).state, desk.of(second).version, desk.of(second).supersedes) == (
        State.ACCEPTED,
        2,
        first.unit_id,
    )
    assert desk.codes(second) == ["newer-version-kept"]


def test_a_newer_form_with_something_to_mend_leaves_the_accepted_one_standing(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    second = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    assert (desk.of(first).state, desk.of(second).state) == (State.ACCEPTED, State.RETURNED)
    assert desk.of(first).superseded_by is None
    assert "newer-version-kept" not in desk.codes(second)


def test_a_late_form_waits_for_the_next_meeting_and_is_told_so(desk: Desk) -> None:
    own = REGISTER.meeting(ROUND)
    assert own is not None
    desk.now = own.closes_at + HOUR
    unit = desk.come(asked(start_date=day("22/02/2027")), ONE)
    desk.judge()
    assert (desk.of(unit).state, desk.of(unit).meeting) == (State.ACCEPTED, "CEN-2627-A2")
    assert (desk.codes(unit), desk.kinds(unit)) == (["came-after-closing"], ["late"])


def test_another_request_in_the_same_form_is_held_and_leaves_the_first_standing(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    second = desk.come(asked(request_title="A sensory corner for calm"), ONE)
    desk.judge()
    assert desk.state(second) == (State.HELD, "another-request-in-this-form")
    assert desk.of(first).state is State.ACCEPTED
