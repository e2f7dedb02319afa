from dataclasses import replace

from cluster_sheets.store import applications, decisions
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.units import State
from cluster_sheets.verdict.again import look_again
from cluster_sheets.verdict.listed import is_due, look_once_more, would_go_back
from tests.requests import Request, pupil
from tests.verdict.desk import FINDER, HOUR, ONE, REGISTER, TODAY, TWO, Desk, asked
from tests.verdict.made import FORM, register

STRICTER = register(mail_authserv_name="mx.council.example", project_cap="3000.00")


def cheap() -> Request:
    """Another request, and far below any cap."""
    pupils = [pupil(number) for number in range(11, 15)]
    made = asked(request_title="A sensory corner", amount_requested=1000.0, minimum_viable=500.0)
    return made.but_line("costs", 0, hours_per_week=10.0, weeks=10.0, rate=10.0).but_lines("pupils", pupils)


def test_what_a_changed_register_would_send_back_is_listed_and_stays_accepted(desk: Desk) -> None:
    dear = desk.come(asked(), ONE)
    desk.come(cheap(), TWO)
    desk.judge()
    look_again(desk.store, REGISTER, FORM, FINDER, desk.now)
    assert (is_due(desk.store, REGISTER.sha256), would_go_back(desk.store)) == (False, {})
    assert is_due(desk.store, STRICTER.sha256)
    look_again(desk.store, STRICTER, FORM, FINDER, desk.now + HOUR)
    (reference,) = would_go_back(desk.store)
    assert would_go_back(desk.store)[reference] == ["project-over-cap-alone"]
    assert reference == desk.of(dear).application_ref
    assert desk.state(dear) == (State.ACCEPTED, "")


def test_a_good_request_looked_at_again_has_nothing_to_say(desk: Desk) -> None:
    desk.come(asked(), ONE)
    desk.judge()
    look_again(desk.store, REGISTER, FORM, FINDER, desk.now)
    other = replace(REGISTER, sha256="another")
    look_again(desk.store, other, FORM, FINDER, desk.now + HOUR)
    assert would_go_back(desk.store) == {}


def test_what_starts_before_the_meeting_it_went_on_to_is_listed_once_it_waits_for_that(desk: Desk) -> None:
    unit = desk.come(asked(), ONE)
    desk.judge()
    look_again(desk.store, REGISTER, FORM, FINDER, desk.now)
    reference = desk.of(unit).application_ref or ""
    moved = applications.get_many(desk.store, [reference])[reference]
    with desk.store.transaction():
        applications.save_many(desk.store, [replace(moved, meeting="CEN-2627-Su2")])
        look_once_more(desk.store)
    assert is_due(desk.store, REGISTER.sha256)
    look_again(desk.store, REGISTER, FORM, FINDER, desk.now + HOUR)
    assert would_go_back(desk.store) == {reference: ["starts-before-next-meeting"]}
    assert not is_due(desk.store, REGISTER.sha256)


def test_a_request_that_was_put_off_is_looked_at_again_before_its_next_meeting_and_one_that_is_decided_is_not(
    desk: Desk,
) -> None:
    unit = desk.come(asked(), ONE)
    desk.come(cheap(), TWO)
    desk.judge()
    look_again(desk.store, REGISTER, FORM, FINDER, desk.now)
    reference = desk.of(unit).application_ref or ""
    request = applications.get_many(desk.store, [reference])[reference]
    put_off = Decision(
        str(request.meeting), reference, "DEFERRED", 0, "MAIN", 25, 15, 10, 5, 0, TODAY, desk.now,
    )  # fmt: skip
    with desk.store.transaction():
        decisions.record_many(desk.store, [put_off])
    look_again(desk.store, STRICTER, FORM, FINDER, desk.now + HOUR)
    assert would_go_back(desk.store) == {}
    with desk.store.transaction():
        applications.save_many(desk.store, [replace(request, meeting="CEN-2627-A2")])
    look_again(desk.store, STRICTER, FORM, FINDER, desk.now + HOUR)
    assert would_go_back(desk.store)[reference] == ["project-over-cap-alone"]
