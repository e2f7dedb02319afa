"""Cases of a meeting that decided nothing go on to the next of its kind, once, and what was decided stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.moved_on import move_on
from cluster_sheets.register.model import CANCELLED, Register
from cluster_sheets.store import applications, audit, cases, decisions, packs, questions, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.nights import Span
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.questions import Question
from cluster_sheets.verdict import listed
from tests import requests
from tests.panel.made import MEETING, NEXT, NIGHT, accepted, workspace
from tests.register.made import REGISTER
from tests.store.dump import dump

IN_TIME = datetime(2026, 9, 29, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 10, 16, 2, 0, tzinfo=UTC)
"""The night after the meeting."""
CITY, CITY_NEXT = "CITY-2627-A", "CITY-2627-Sp"


def came(store: Store, at: datetime) -> None:
    """When every submission came."""
    with store.transaction():
        units_ = units.get_many(store, [each.current_unit for each in applications.everything(store)])
        units.save_many(store, [replace(each, received_at=at) for each in units_.values()])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two cases in the meeting's draft."""
    with workspace(tmp_path) as (made, _):
        with made.transaction():
            accepted(made, 1)
            accepted(made, 2)
        came(made, IN_TIME)
        assign(made, REGISTER, NIGHT)
        yield made


def without(*gone: str) -> Register:
    """The register once rows of its meetings were deleted."""
    return replace(REGISTER, meetings=tuple(each for each in REGISTER.meetings if each.meeting_id not in gone))


def cancelled(*meetings: str) -> Register:
    """The register that calls meetings off."""
    told = (replace(each, status=CANCELLED) if each.meeting_id in meetings else each for each in REGISTER.meetings)
    return replace(REGISTER, meetings=tuple(told))


def release(store: Store, meeting: str = MEETING) -> None:
    with store.transaction():
        packs.save(store, Pack(meeting, 1, PackState.RELEASED, "", "", "", NIGHT, NIGHT, NIGHT))


def standing(store: Store, meeting: str) -> list[str]:
    return sorted(each.application_ref for each in cases.standing(store, meeting))


BOTH = ["CEN-2627-0001", "CEN-2627-0002"]
GONE, OFF = "the register no longer has that meeting", "that meeting is cancelled"
OVER = "that meeting is over, and its pack was never released"


@pytest.mark.parametrize("is_released", [False, True])
@pytest.mark.parametrize(
    ("register", "as_of", "why"),
    [
        (cancelled(MEETING), NIGHT, OFF),
        (cancelled(MEETING), AFTER, OFF),
        (without(MEETING), NIGHT, GONE),
        (REGISTER, AFTER, OVER),
    ],
)
def test_cases_of_a_meeting_that_will_not_decide_go_on_and_it_is_told(
    store: Store, register: Register, as_of: datetime, why: str, is_released: bool
) -> None:
    if is_released:
        release(store)
    assign(store, register, as_of)
    stays = is_released and why == OVER
    assert (standing(store, MEETING), standing(store, NEXT)) == ((BOTH, []) if stays else ([], BOTH))
    told = {} if stays else {f"{MEETING} to {NEXT}: {why}": 2}
    assert audit.told_in(store, Span(None, as_of), audit.MOVED_ON) == told
    known = dump(store)
    for again in (as_of, as_of + timedelta(days=1)):
        assign(store, register, again)
    assert dump(store) == known


def test_a_released_pack_whose_meeting_could_not_decide_is_left_once_the_register_says_so(store: Store) -> None:
    release(store)
    assign(store, REGISTER, AFTER)
    first = {each.application_ref: each.case_ref for each in cases.standing(store, MEETING)}
    assert sorted(first) == BOTH
    assign(store, cancelled(MEETING), AFTER)
    # The pack of a meeting that is over stays as it was read, under the references it was read by.
    kept = cases.of_meeting(store, MEETING)
    assert {each.application_ref: (each.case_ref, each.version_out, each.carried_to) for each in kept} == {
        ref: (case_ref, None, NEXT) for ref, case_ref in first.items()
    }


def test_what_went_on_is_looked_at_again_by_the_night(store: Store) -> None:
    with store.transaction():
        listed.keep(store, REGISTER.sha256, {})
        move_on(store, REGISTER, NIGHT)
    assert not listed.is_due(store, REGISTER.sha256)
    with store.transaction():
        move_on(store, cancelled(MEETING), NIGHT)
    assert listed.is_due(store, REGISTER.sha256)


def test_what_was_decided_never_moves(store: Store) -> None:
    release(store)
    with store.transaction():
        decided = Decision(MEETING, BOTH[0], "AGREED", 100, "MAIN", 25, 13, None, None, None, None, AFTER)
        decisions.record_many(store, [decided])
    assign(store, without(MEETING), AFTER)
    assert (standing(store, MEETING), standing(store, NEXT)) == (BOTH[:1], BOTH[1:])


def test_a_case_that_came_after_the_release_and_was_in_no_released_version_goes_on(store: Store) -> None:
    release(store)
    with store.transaction():
        late = accepted(store, 3)
    came(store, IN_TIME)
    assign(store, REGISTER, NIGHT)
    assign(store, REGISTER, AFTER)
    assert (standing(store, MEETING), standing(store, NEXT)) == (BOTH, [late])
    (why,) = audit.told_in(store, Span(NIGHT, AFTER), audit.MOVED_ON)
    assert why == f"{MEETING} to {NEXT}: that meeting is over, and its released pack did not hold them"


def test_what_a_chair_says_was_decided_on_a_pack_that_never_went_out_waits_for_a_person(store: Store) -> None:
    assign(store, REGISTER, AFTER, {MEETING})
    assert standing(store, MEETING) == BOTH
    assign(store, REGISTER, AFTER)
    assert standing(store, NEXT) == BOTH


def test_a_request_for_contingency_goes_on_to_the_citys_next_meeting(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        asked = requests.unforeseen().but(pot_asked="Contingency")
        with store.transaction():
            ref = accepted(store, 1, asked, meeting=CITY)
        came(store, IN_TIME)
        assign(store, REGISTER, NIGHT)
        for register in (cancelled(CITY), without(CITY)):
            assign(store, register, NIGHT)
            assert standing(store, CITY_NEXT) == [ref]
            assign(store, REGISTER, NIGHT)
            assert standing(store, CITY) == [ref]


def test_a_case_that_came_too_late_for_an_earlier_meeting_does_not_fall_back_to_it(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            ref = accepted(store, 1, meeting=NEXT)
        came(store, IN_TIME + timedelta(days=4))
        assign(store, without(NEXT), NIGHT)
        assert (standing(store, MEETING), standing(store, "CEN-2627-Sp1")) == ([], [ref])


def test_without_a_later_meeting_it_waits_and_is_heard_when_one_is_planned(store: Store) -> None:
    assign(store, without(*(each.meeting_id for each in REGISTER.meetings)), AFTER)
    assert cases.without_pack(store) == tuple(BOTH)
    assert {each.meeting for each in applications.everything(store)} == {None}
    later = AFTER + timedelta(days=1)
    assign(store, REGISTER, later)
    assert standing(store, NEXT) == BOTH
    assert audit.told_in(store, Span(AFTER, later), audit.MOVED_ON) == {f"no meeting to {NEXT}: it is planned now": 2}


def test_a_meeting_that_is_held_after_all_gets_its_cases_back_under_their_references(store: Store) -> None:
    release(store)
    first = cases.of_meeting(store, MEETING)
    assign(store, cancelled(MEETING), NIGHT)
    assert standing(store, NEXT) == BOTH
    assign(store, REGISTER, NIGHT)
    assert (cases.of_meeting(store, MEETING), standing(store, NEXT)) == (first, [])


def test_what_was_left_to_ask_is_asked_by_the_meeting_that_hears_the_case(store: Store) -> None:
    about = {each.application_ref: each.current_unit for each in applications.everything(store)}
    asked = [Question(f"q{ref}", MEETING, unit, ref, "ready", "ready") for ref, unit in about.items()]
    with store.transaction():
        questions.add_many(store, [(each, {}) for each in asked])
        questions.answer_many(store, [("q" + BOTH[0], "yes")], NIGHT)
        move_on(store, cancelled(MEETING), NIGHT)
    assert [each.question_id for each in questions.of_meeting(store, MEETING)] == ["q" + BOTH[0]]
    assert not redactions.those_kept(store) & set(about.values())


EVENING = datetime(2026, 10, 15, 19, 0, tzinfo=UTC)


def decide(store: Store, ref: str, outcome: str, meeting: str = MEETING) -> None:
    with store.transaction():
        told = Decision(meeting, ref, outcome, 0, "MAIN", 25, 13, None, None, None, None, EVENING)
        decisions.record_many(store, [told])


@pytest.mark.parametrize(("outcome", "to"), [("DEFERRED", NEXT), ("NOT_AGREED", NEXT), ("TO_CONTINGENCY", CITY)])
@pytest.mark.parametrize("as_of", [EVENING, AFTER, AFTER + timedelta(days=30)])
def test_what_waits_for_a_meeting_that_has_decided_on_it_goes_on(
    store: Store, outcome: str, to: str, as_of: datetime
) -> None:
    release(store)
    decide(store, BOTH[0], outcome)
    with store.transaction():
        waiting = applications.get_many(store, BOTH[:1])[BOTH[0]]
        pot = "CONTINGENCY" if outcome == "TO_CONTINGENCY" else waiting.pot
        applications.save_many(store, [replace(waiting, state="VALID", pot=pot)])
    assign(store, REGISTER, as_of)
    (case,) = (each for each in cases.of_meeting(store, MEETING) if each.application_ref == BOTH[0])
    # The pack stays as it was read, that evening too; the case is only carried on.
    assert (case.version_out, case.carried_to, standing(store, to)) == (None, to, BOTH[:1])
    why = f"{MEETING} to {to}: that meeting has decided on them already"
    assert audit.told_in(store, Span(None, as_of), audit.MOVED_ON)[why] == 1
    known = dump(store)
    assign(store, REGISTER, as_of + timedelta(minutes=1))
    assert dump(store) == known


@pytest.mark.parametrize("outcome", ["NOT_AGREED", "DEFERRED"])
def test_what_is_no_longer_before_a_meeting_or_went_on_already_is_left_alone(store: Store, outcome: str) -> None:
    release(store)
    decide(store, BOTH[0], outcome)
    with store.transaction():
        told = applications.get_many(store, BOTH[:1])[BOTH[0]]
        after = replace(told, state="NOT_AGREED") if outcome == "NOT_AGREED" else replace(told, meeting=NEXT)
        applications.save_many(store, [after])
    assign(store, REGISTER, AFTER)
    assert applications.get_many(store, BOTH[:1])[BOTH[0]] == after
    assert audit.told_in(store, Span(None, AFTER), audit.MOVED_ON) == {}


def test_what_was_put_off_does_not_fall_back_to_the_meeting_that_put_it_off(store: Store) -> None:
    release(store)
    decide(store, BOTH[0], "DEFERRED")
    with store.transaction():
        told = applications.get_many(store, BOTH[:1])[BOTH[0]]
        applications.save_many(store, [replace(told, meeting=NEXT)])
    assign(store, without(NEXT), EVENING)
    assert applications.get_many(store, BOTH[:1])[BOTH[0]].meeting == "CEN-2627-Sp1"
