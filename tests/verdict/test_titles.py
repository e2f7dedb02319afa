from cluster_sheets.store.forms import form_ref
from cluster_sheets.store.units import State
from cluster_sheets.verdict.titles import Titles
from tests.requests import pupil
from tests.verdict.desk import ONE, TWO, Desk, asked
from tests.verdict.made import OTHER, ROUND, URN


def test_two_forms_with_one_title_are_both_kept_the_second_with_a_query(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    second = desk.come(asked().but_lines("pupils", [pupil(number) for number in range(11, 15)]), TWO)
    desk.judge()
    assert desk.of(first).state is State.ACCEPTED
    assert desk.state(second) == (State.HELD, "title-like-another")


def test_the_newest_title_of_each_standing_form_is_compared_and_never_a_forms_own(desk: Desk) -> None:
    desk.come(asked(request_title="Daily language groups"), ONE)
    desk.judge()
    titles, own = Titles(desk.store), form_ref(desk.store, ONE.form_id)
    assert titles.alike(URN, ROUND, "another", "Daily language groups", 90)
    assert not titles.alike(URN, ROUND, own, "Daily language groups", 90)
    assert not titles.alike(OTHER, ROUND, "another", "Daily language groups", 90)
    titles.put(URN, ROUND, own, "A sensory corner for calm")
    assert not titles.alike(URN, ROUND, "another", "Daily language groups", 90)
