"""What a draft and a release do alike."""

from dataclasses import replace
from pathlib import Path

from cluster_sheets.panel.desk import Desk, inputs_of, known, moved, positions_of, remember
from cluster_sheets.store import meta
from tests.checks.batch import FORM
from tests.panel.made import FINDER, MEETING, NIGHT, accepted, built, checked, released, workspace
from tests.register.made import REGISTER


def test_what_a_pack_was_made_from_is_remembered_and_changes_with_the_register(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        built(store, places)
        desk = Desk(store, places, REGISTER, FORM, lambda: FINDER, NIGHT)
        meeting = REGISTER.meeting(MEETING)
        assert meeting is not None
        inputs, shown = known(desk, meeting)
        assert inputs == inputs_of(desk, meeting)
        assert inputs_of(replace(desk, register=replace(REGISTER, sha256="0" * 64)), meeting) != inputs
        with store.transaction():
            remember(desk, meeting, "something else")
        assert known(desk, meeting) == (inputs, "something else")
        assert shown not in ("", "something else")
        assert meta.get(store, f"pack {MEETING}") == f"{inputs} something else"


def test_nothing_has_moved_since_a_pack_was_released_until_money_does(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        desk = Desk(store, places, REGISTER, FORM, lambda: FINDER, NIGHT)
        meeting = REGISTER.meeting(MEETING)
        assert meeting is not None
        has = positions_of(desk, meeting)
        assert moved(desk, meeting, has) == ()
        released(store, places)
        assert moved(desk, meeting, has) == ()
        less = {pot: replace(each, budget_pence=each.budget_pence - 1) for pot, each in has.items()}
        assert {pot for pot, _, _ in moved(desk, meeting, less)} == set(has)
