from dataclasses import replace
from datetime import timedelta

import pytest

from cluster_sheets.store import applications, forms, provenance, questions
from cluster_sheets.store.units import State, Unit
from tests.requests import Request, pupil, whole_school
from tests.verdict.desk import ONE, REGISTER, TODAY, Desk, asked
from tests.verdict.made import OTHER, ROUND, URN, issued
from tests.verdict.test_decided import decide

SENCO = REGISTER.reply_addresses(URN, TODAY)[0]


def test_a_form_without_its_mark_counts_once_the_admin_says_so(desk: Desk) -> None:
    unit = desk.come(asked(), None)
    desk.judge()
    desk.answer(unit, "accept")
    desk.judge()
    told = provenance.get_many(desk.store, [unit.unit_id])[unit.unit_id]
    (form,) = forms.get_many(desk.store, [told.form_id or ""]).values()
    assert (desk.of(unit).state, form.urn, form.number, form.round) == (State.ACCEPTED, URN, 4, ROUND)


def test_what_names_no_school_of_the_register_stays_held_whatever_is_answered(desk: Desk) -> None:
    unit = desk.come(asked(school_urn="999001"), None)
    desk.judge()
    desk.answer(unit, "accept")
    desk.judge()
    assert desk.of(unit).state in (State.HELD, State.RETURNED)
    assert desk.of(unit).form_ref is None


def accepted(desk: Desk, *requests: Request) -> list[Unit]:
    """Forms without a mark that come one after another, each accepted by the admin the night after."""
    came = []
    for request in requests:
        unit = desk.come(request, None)
        desk.judge()
        desk.answer(unit, "accept")
        desk.judge()
        came.append(unit)
    return came


def row(desk: Desk, unit: Unit) -> str:
    """What the admin reads of a held submission."""
    (question,) = (each for each in questions.of_units(desk.store, [unit.unit_id]) if each.kind == "held")
    return questions.texts(desk.store, [question.question_id])[question.question_id]["findings"]


@pytest.mark.parametrize("request_", [asked(), asked(whole_school())], ids=["pupils", "whole school"])
def test_the_same_request_without_its_mark_again_says_so_and_takes_the_place_of_the_first(
    desk: Desk, request_: Request
) -> None:
    (first,) = accepted(desk, request_)
    reference = desk.of(first).application_ref
    again = desk.come(request_.but(minimum_viable=900.0), None)
    desk.judge()
    assert {"stamp-missing", "title-like-another"} <= set(desk.codes(again))
    assert f"takes the place of {reference}, which was accepted." in row(desk, again)
    desk.answer(again, "accept")
    desk.judge()
    assert (desk.of(first).superseded_by, desk.of(again).application_ref) == (again.unit_id, reference)
    (only,) = applications.everything(desk.store)
    assert only.current_unit == again.unit_id


def test_two_of_one_request_that_are_accepted_on_one_night_are_one_case(desk: Desk) -> None:
    for request in (asked(), asked(whole_school(), request_title="A library for all")):
        both = [desk.come(request, None), desk.come(request.but(minimum_viable=900.0), None)]
        desk.judge()
        for unit in both:
            desk.answer(unit, "accept")
        desk.judge()
        assert [desk.of(each).state for each in both] == [State.SET_ASIDE, State.ACCEPTED]


OTHERS = [pupil(number) for number in range(11, 15)]


@pytest.mark.parametrize(
    "changed",
    [
        asked().but_lines("pupils", OTHERS),
        asked(request_title="Daily language groups 2"),
        asked(whole_school(), request_title="Daily language groups"),
    ],
    ids=["other pupils", "another title", "another purpose"],
)
def test_what_is_less_alike_is_a_request_of_its_own_and_the_admin_is_told_of_the_other(
    desk: Desk, changed: Request
) -> None:
    (first,) = accepted(desk, asked())
    second = desk.come(changed, None)
    desk.judge()
    assert "title-like-another" in desk.codes(second)
    assert "as a new request" in row(desk, second)
    desk.answer(second, "accept")
    desk.judge()
    assert [desk.of(each).state for each in (first, second)] == [State.ACCEPTED, State.ACCEPTED]


def test_a_copy_without_its_mark_of_a_form_that_had_it_is_asked_about_and_replaces_nothing(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    (second,) = accepted(desk, asked())
    assert desk.of(first).superseded_by is None
    assert {"title-like-another", "upn-in-another-request"} <= set(desk.codes(second))


def test_once_a_meeting_has_decided_the_same_request_is_a_new_one(desk: Desk) -> None:
    (first,) = accepted(desk, asked())
    decide(desk, "AGREED", pence=155_740)
    (again,) = accepted(desk, asked(minimum_viable=900.0))
    assert [desk.of(each).state for each in (first, again)] == [State.ACCEPTED, State.ACCEPTED]
    assert desk.of(first).application_ref != desk.of(again).application_ref


def test_what_goes_back_without_its_mark_does_so_in_a_form_of_its_school(desk: Desk) -> None:
    unit = desk.come(asked(), None, SENCO)
    desk.judge()
    desk.answer(unit, "return")
    desk.judge()
    assert desk.state(unit) == (State.RETURNED, "")
    identity = provenance.get_many(desk.store, [unit.unit_id])[unit.unit_id].form_id
    (form,) = forms.get_many(desk.store, [identity or ""]).values()
    assert (form.urn, form.number) == (URN, 4)
    mended = desk.come(asked(minimum_viable=900.0), form, SENCO)
    desk.judge()
    assert (desk.of(mended).state, desk.codes(mended)) == (State.ACCEPTED, ["newer-version-kept"])


def test_it_counts_for_a_meeting_of_its_own_schools_cluster(desk: Desk) -> None:
    own = desk.register.meeting(ROUND)
    assert own is not None
    sooner = replace(own, meeting_id="NOR-2627-A1", cluster="NOR", day=own.day - timedelta(days=7))
    desk.register = replace(desk.register, meetings=(sooner, *desk.register.meetings))
    unit, told = desk.come(asked(), None), desk.come(asked(request_title="A library for all"), issued(urn=OTHER))
    desk.told[told.unit_id]["stamp"] |= {"round": [sooner.meeting_id], "cluster": ["NOR"]}  # type: ignore[index]
    desk.judge()
    for each in (unit, told):
        desk.answer(each, "accept")
    desk.judge()
    assert [(desk.of(each).round, desk.of(each).meeting) for each in (unit, told)] == [(ROUND, ROUND)] * 2


def test_a_school_that_is_in_no_cluster_on_the_day_has_no_meeting_to_count_for(desk: Desk) -> None:
    school = desk.register.schools[URN]
    left = replace(school, memberships=(replace(school.memberships[0], until=TODAY - timedelta(days=1)),))
    desk.register = replace(desk.register, schools={**desk.register.schools, URN: left})
    unit = desk.come(asked(), None)
    desk.judge()
    desk.answer(unit, "accept")
    desk.judge()
    assert (desk.of(unit).state, desk.of(unit).form_ref) == (State.HELD, None)
