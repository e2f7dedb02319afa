from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cluster_sheets.base.reference import stamp
from cluster_sheets.store import provenance, questions
from cluster_sheets.store.units import State, Unit
from tests.requests import Request
from tests.verdict.desk import ONE, REGISTER, SCHOOL, TODAY, Desk, asked
from tests.verdict.made import KEY, OTHER, ROUND, URN

OWN, OTHERS = (REGISTER.reply_addresses(urn, TODAY)[0] for urn in (URN, OTHER))
NAME = REGISTER.schools[OTHER].name
GIVES_WAY = "nothing gives way to it but the very same request, if that was accepted without its mark"
NO_COPY = "Return: no copy is sent, as nobody is known who may read it. Ask whoever sent it yourself."


def of_other(**changes: Any) -> Request:
    """A good request that names the other school, whatever form it is made in."""
    return asked(None, **{"school_name": NAME, "school_urn": OTHER, **changes})


def foretold(desk: Desk, unit: Unit) -> list[str]:
    """What the admin reads of what each answer will do, below what was found."""
    (question,) = (each for each in questions.of_units(desk.store, [unit.unit_id]) if each.kind == "held")
    lines = questions.texts(desk.store, [question.question_id])[question.question_id]["findings"].split("\n")
    return [each for each in lines if each.startswith(("It was made for", "Accept:", "Return:"))]


def whose(desk: Desk, unit: Unit) -> str | None:
    """The school that a unit counts for, as it is kept."""
    return provenance.get_many(desk.store, [unit.unit_id])[unit.unit_id].urn


def test_a_form_made_for_one_school_that_names_another_says_both_and_what_each_answer_does(desk: Desk) -> None:
    unit = desk.come(of_other(), ONE, OTHERS)
    desk.judge()
    assert desk.codes(unit) == ["stamp-of-another-school"]
    assert foretold(desk, unit) == [
        f"It was made for {SCHOOL}, and names {NAME}.",
        f"Accept: it counts for {NAME}, as a new request of {ROUND}; {GIVES_WAY}.",
        f"Return: it goes back to {NAME}.",
    ]
    assert (desk.kinds(unit), whose(desk, unit)) == (["held"], OTHER)


def test_accepted_it_is_the_request_of_the_school_it_names_and_replaces_none_of_the_other(desk: Desk) -> None:
    first = desk.come(asked(), ONE, OWN)
    desk.judge()
    unit = desk.come(
        of_other(request_title="Daily language groups for seniors", need="Another need. " * 20), ONE, OTHERS
    )
    desk.judge()
    desk.answer(unit, "accept")
    desk.judge()
    assert [desk.of(each).state for each in (first, unit)] == [State.ACCEPTED, State.ACCEPTED]
    assert desk.of(first).superseded_by is None
    assert [whose(desk, each) for each in (first, unit)] == [URN, OTHER]


def test_returned_it_goes_to_the_school_it_names_and_never_to_the_one_it_was_made_for(desk: Desk) -> None:
    unit = desk.come(of_other(), ONE, OTHERS)
    desk.judge()
    desk.answer(unit, "return")
    desk.judge()
    assert (desk.of(unit).state, desk.kinds(unit)) == (State.RETURNED, ["held", "mend"])
    assert whose(desk, unit) == OTHER


@pytest.mark.parametrize("sender", ["", OWN, "somebody@else.example"])
def test_where_nobody_is_known_who_may_read_it_no_copy_is_sent_and_that_is_said(desk: Desk, sender: str) -> None:
    unit = desk.come(of_other(), ONE, sender)
    desk.judge()
    assert foretold(desk, unit)[-1] == NO_COPY
    desk.answer(unit, "return")
    desk.judge()
    assert (desk.of(unit).state, desk.kinds(unit), whose(desk, unit)) == (State.RETURNED, [], None)


def test_the_other_schools_sender_is_told_apart_too(desk: Desk) -> None:
    unit = desk.come(of_other(), ONE, OWN)
    desk.judge()
    assert set(desk.codes(unit)) == {"stamp-of-another-school", "sender-of-another-school"}


def test_a_form_of_an_earlier_version_that_names_another_school_does_not_go_back_unasked(desk: Desk) -> None:
    old = "CS-APP 2025.1"
    mark = stamp(KEY, ONE.form_id, ONE.urn, ONE.cluster, ONE.round, old)
    unit = desk.come(of_other(), replace(ONE, version=old, stamp=mark))
    desk.judge()
    assert desk.of(unit).state is State.HELD
    assert foretold(desk, unit) == [f"It was made for {SCHOOL}, and names {NAME}.", NO_COPY]


def test_a_form_that_names_its_own_school_by_its_name_alone_stays_that_schools(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    unit = desk.come(asked(school_urn=OTHER), ONE)
    desk.judge()
    reference = desk.of(first).application_ref
    assert foretold(desk, unit) == [
        f"It was made for {SCHOOL}, and names {NAME} and {SCHOOL}.",
        f"Accept: it counts for {SCHOOL} and takes the place of {reference}, which was accepted.",
        f"Return: it goes back to {SCHOOL}.",
    ]


def test_what_names_no_school_of_the_register_says_that_accept_settles_nothing(desk: Desk) -> None:
    unit = desk.come(asked(school_urn="999001", school_name=None), None)
    desk.judge()
    assert foretold(desk, unit) == [
        "Accept: it stays held, as it names no one school of the register, or no meeting of its cluster is to come.",
        NO_COPY,
    ]


def test_a_form_whose_mark_is_in_order_foretells_nothing(desk: Desk) -> None:
    unit = desk.come(asked(), ONE, "somebody@else.example")
    desk.judge()
    assert foretold(desk, unit) == []


def test_a_school_without_an_address_has_it_back_once_it_has_one(desk: Desk) -> None:
    desk.register = replace(REGISTER, members=())
    unit = desk.come(asked(school_urn=OTHER), ONE)
    desk.judge()
    assert foretold(desk, unit)[-1] == f"Return: it goes back to {SCHOOL}, once the register has an address of it."
    desk.answer(unit, "return")
    desk.judge()
    assert (desk.of(unit).state, "mend" in desk.kinds(unit)) == (State.RETURNED, True)


@pytest.fixture
def unheard(desk: Desk) -> Unit:
    """A form that came after the last meeting of the calendar, and was accepted."""
    desk.register = replace(REGISTER, meetings=tuple(each for each in REGISTER.meetings if each.meeting_id == ROUND))
    desk.now += timedelta(days=60)
    unit = desk.come(asked(), ONE, OWN)
    desk.judge()
    assert foretold(desk, unit)[0] == (
        "Accept: it stays held until the sheet Meetings of the register has a meeting to come that can hear it."
    )
    desk.answer(unit, "accept")
    desk.judge()
    assert desk.state(unit)[0] is State.HELD
    return unit


def test_of_what_no_meeting_could_hear_it_is_asked_anew_what_its_meeting_brings_up(desk: Desk, unheard: Unit) -> None:
    late = [each for each in REGISTER.meetings if each.day > date(2027, 3, 1)]
    desk.register = replace(REGISTER, meetings=(*desk.register.meetings, *late))
    desk.judge()
    assert desk.state(unheard) == (State.HELD, "starts-before-next-meeting")
    (question,) = (each for each in questions.of_units(desk.store, [unheard.unit_id]) if each.kind == "held")
    assert question.answer is None
    desk.answer(unheard, "accept")
    desk.judge()
    assert desk.state(unheard) == (State.ACCEPTED, "")


def test_what_no_meeting_could_hear_counts_as_was_said_where_its_meeting_brings_up_nothing(
    desk: Desk, unheard: Unit
) -> None:
    soon = [replace(each, day=desk.register.day_of(desk.now)) for each in REGISTER.meetings if each.day.year == 2027]
    desk.register = replace(REGISTER, meetings=(*desk.register.meetings, *soon))
    desk.judge()
    assert desk.state(unheard) == (State.ACCEPTED, "")
