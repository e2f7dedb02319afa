from cluster_sheets.store import (
    forms,
    provenance,
)
from cluster_sheets.store.units import State
from tests.verdict.desk import Desk, asked
from tests.verdict.made import ROUND, URN


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
