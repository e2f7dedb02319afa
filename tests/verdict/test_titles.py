from datetime import timedelta

from cluster_sheets.store.forms import form_ref, issue_many
from cluster_sheets.store.units import State
from cluster_sheets.verdict.titles import Titles
from tests.requests import pupil
from tests.verdict.desk import ONE, TWO, Desk, asked
from tests.verdict.made import OTHER, ROUND, URN, issued

LATER = issued(round_id="CEN-2627-A2")
WHICH = ((ROUND, ""), ("", LATER.round), ("CEN-2627-SP1", "CEN-2627-SP1"))
"""(round, meeting) of forms that stand beside it, and of one that does not."""


def test_two_forms_with_one_title_are_both_kept_the_second_with_a_query(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    second = desk.come(asked().but_lines("pupils", [pupil(number) for number in range(11, 15)]), TWO)
    desk.judge()
    assert desk.of(first).state is State.ACCEPTED
    assert desk.state(second) == (State.HELD, "title-like-another")


def test_the_newest_title_of_each_standing_form_is_compared_and_never_a_forms_own(desk: Desk) -> None:
    unit = desk.come(asked(request_title="Daily language groups"), ONE)
    desk.judge()
    titles, own = Titles(desk.store), form_ref(desk.store, ONE.form_id)
    assert titles.alike(URN, ROUND, ROUND, "another", "Daily language groups", 90)
    assert not titles.alike(URN, ROUND, ROUND, own, "Daily language groups", 90)
    assert not titles.alike(OTHER, ROUND, ROUND, "another", "Daily language groups", 90)
    titles.put(URN, desk.of(unit), ROUND, own, "A sensory corner for calm")
    assert not titles.alike(URN, ROUND, ROUND, "another", "Daily language groups", 90)


def test_a_form_that_came_too_late_is_compared_with_those_of_the_round_that_it_waits_with(desk: Desk) -> None:
    with desk.store.transaction():
        issue_many(desk.store, [LATER])
    desk.now += timedelta(days=10)
    late = desk.come(asked(), ONE)
    again = desk.come(asked(), LATER)
    desk.judge()
    assert (desk.of(late).state, desk.of(late).meeting) == (State.ACCEPTED, LATER.round)
    assert {"title-like-another", "upn-in-another-request"} <= set(desk.codes(again))
    titles = Titles(desk.store)
    told = [titles.alike(URN, *which, "another", "Daily language groups", 90) for which in WHICH]
    assert told == [True, True, False]
