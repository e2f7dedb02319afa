from dataclasses import replace

from cluster_sheets.store import answers, applications, questions
from cluster_sheets.store.units import State, Unit
from tests.requests import Request, day, pupil
from tests.verdict.desk import HOUR, ONE, REGISTER, TODAY, TWO, Desk, asked
from tests.verdict.made import NIGHT, ROUND, URN

SENCO = REGISTER.reply_addresses(URN, TODAY)[0]
OTHER_TITLE = "A sensory corner for calm"


def late(desk: Desk, request: Request, sender: str = "") -> Unit:
    """One that was received before all others is read on a later night than they."""
    now, desk.now = desk.now, NIGHT - HOUR
    unit = desk.come(request, ONE, sender)
    desk.now = now
    desk.judge()
    return unit


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


def test_one_that_is_read_after_a_newer_one_was_accepted_is_kept_and_takes_no_place(desk: Desk) -> None:
    newer = desk.come(asked(minimum_viable=2500.0), ONE)
    desk.judge()
    older = late(desk, asked(), SENCO)
    assert (desk.state(older), desk.of(older).superseded_by) == ((State.SET_ASIDE, "superseded"), newer.unit_id)
    assert (desk.state(newer), desk.of(newer).frozen) == ((State.ACCEPTED, ""), True)
    (application,) = applications.everything(desk.store)
    assert (application.current_unit, application.minimum_pence) == (newer.unit_id, 250000)
    assert answers.get(desk.store, older.unit_id) is not None
    assert (desk.codes(older), desk.kinds(older), desk.of(older).meeting) == (["newer-version-here"], ["note"], None)


def test_one_that_has_something_to_mend_is_not_sent_back_where_a_newer_one_stands(desk: Desk) -> None:
    newer = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    older = late(desk, asked(minimum_viable="x"), SENCO)
    assert (desk.state(older), desk.kinds(older)) == ((State.SET_ASIDE, "superseded"), ["note"])
    assert desk.state(newer) == (State.RETURNED, "")


def test_one_read_late_whose_title_is_another_is_held_and_once_accepted_still_takes_no_place(desk: Desk) -> None:
    newer = desk.come(asked(), ONE)
    desk.judge()
    older = late(desk, asked(request_title=OTHER_TITLE))
    assert desk.state(older) == (State.HELD, "another-request-in-this-form")
    desk.answer(older, "accept")
    desk.judge()
    assert desk.state(older) == (State.SET_ASIDE, "superseded")
    assert [each.current_unit for each in applications.everything(desk.store)] == [newer.unit_id]


def test_one_read_late_whose_title_is_another_goes_back_where_the_admin_says_so(desk: Desk) -> None:
    newer = desk.come(asked(), ONE)
    desk.judge()
    older = late(desk, asked(request_title=OTHER_TITLE), SENCO)
    desk.answer(older, "return")
    desk.judge()
    assert (desk.state(older), desk.kinds(older)) == ((State.RETURNED, ""), ["held", "mend"])
    assert desk.codes(older) == ["another-request-in-this-form"]
    assert desk.state(newer) == (State.ACCEPTED, "")


def test_the_title_of_one_read_late_is_not_the_forms_newest(desk: Desk) -> None:
    desk.come(asked(headteacher_name=None, request_title=OTHER_TITLE), ONE)
    desk.judge()
    now, desk.now = desk.now, NIGHT - HOUR
    older = desk.come(asked(), ONE)
    desk.now = now
    beside = desk.come(asked().but_lines("pupils", [pupil(number) for number in range(11, 15)]), TWO)
    desk.judge()
    assert (desk.of(older).state, desk.state(beside)) == (State.ACCEPTED, (State.ACCEPTED, ""))


def test_a_newer_one_that_is_held_closes_the_question_about_the_older(desk: Desk) -> None:
    first, second = (asked(capital="Yes", capital_amount=amount) for amount in (10.0, 11.0))
    older = desk.come(first, ONE)
    desk.judge()
    newer = desk.come(second, ONE)
    desk.judge()
    assert (desk.state(older), desk.of(older).superseded_by) == ((State.SET_ASIDE, "superseded"), newer.unit_id)
    assert questions.of_units(desk.store, [older.unit_id]) == ()
    assert desk.of(newer).state is State.HELD
    desk.answer(newer, "accept")
    desk.judge()
    assert (desk.of(newer).state, desk.of(newer).supersedes) == (State.ACCEPTED, older.unit_id)
    assert "newer-version-kept" in desk.codes(newer)


def test_what_may_be_another_request_or_a_strangers_closes_no_question(desk: Desk) -> None:
    older = desk.come(asked(capital="Yes", capital_amount=10.0), ONE)
    for request, sender in ((asked(), "somebody@else.example"), (asked(request_title=OTHER_TITLE), "")):
        newer = desk.come(request, ONE, sender)
        desk.judge()
        assert (desk.of(older).state, desk.of(newer).state) == (State.HELD, State.HELD)
    (question,) = questions.of_units(desk.store, [older.unit_id])
    assert question.answer is None


def test_another_request_that_goes_back_leaves_the_question_about_the_first_open(desk: Desk) -> None:
    first = desk.come(asked(capital="Yes", capital_amount=10.0), ONE)
    second = desk.come(asked(request_title=OTHER_TITLE), ONE)
    desk.judge()
    desk.answer(second, "return")
    desk.judge()
    assert (desk.of(first).state, desk.of(second).state) == (State.HELD, State.RETURNED)


def test_a_form_of_a_meeting_that_is_called_something_else_by_now_stays_its_request(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    meetings = tuple(
        replace(each, meeting_id="CEN-2627-AUT1") if each.meeting_id == ROUND else each
        for each in desk.register.meetings
    )
    desk.register = replace(desk.register, meetings=meetings, sha256="another")
    again = desk.come(asked(minimum_viable=900.0), ONE)
    desk.judge()
    assert desk.codes(again) == ["stamp-of-another-cluster"]
    desk.answer(again, "accept")
    desk.judge()
    assert (desk.of(first).superseded_by, desk.of(again).state) == (again.unit_id, State.ACCEPTED)
    (only,) = applications.everything(desk.store)
    assert (only.current_unit, only.round, only.meeting) == (again.unit_id, "CEN-2627-AUT1", "CEN-2627-AUT1")
