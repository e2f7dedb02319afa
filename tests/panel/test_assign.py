"""Which application stands in which pack, under which reference and in which order."""

from dataclasses import replace
from pathlib import Path

from cluster_sheets.panel.assign import assign
from cluster_sheets.store import applications, cases, packs, units
from cluster_sheets.store.cases import Case, CaseKey
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Pack, PackState
from tests.panel.made import LATER, MEETING, NEXT, NIGHT, accepted, workspace
from tests.register.made import REGISTER
from tests.requests import OWN
from tests.store.dump import dump


def stood(store: Store, meeting: str = MEETING) -> dict[str, Case]:
    return {each.application_ref: each for each in cases.of_meeting(store, meeting)}


def move(store: Store, ref: str, meeting: str | None) -> None:
    """As the verdict on a later submission does."""
    asked = applications.get_many(store, [ref])[ref]
    (unit,) = units.get_many(store, [asked.current_unit]).values()
    with store.transaction():
        units.save_many(store, [replace(unit, meeting=meeting)])
        applications.save_many(store, [replace(asked, meeting=meeting)])


def restate(store: Store, ref: str, state: units.State) -> None:
    unit_id = applications.get_many(store, [ref])[ref].current_unit
    with store.transaction():
        units.save_many(store, [replace(units.get_many(store, [unit_id])[unit_id], state=state)])


def release(store: Store, version: int = 1) -> None:
    with store.transaction():
        packs.save(store, Pack(MEETING, version, PackState.RELEASED, "", "", "", NIGHT, NIGHT, NIGHT))


def test_each_accepted_application_gets_one_case_and_the_key_to_it(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            refs = [accepted(store, number) for number in range(1, 9)]
        assign(store, REGISTER, NIGHT)
        found = stood(store)
        assert sorted(found) == refs
        assert len({each.case_ref for each in found.values()}) == 8
        assert {(each.version_in, each.version_out, each.carried_to) for each in found.values()} == {(1, None, None)}
        assert set(cases.keys_of_meeting(store, MEETING)) == {
            CaseKey(MEETING, each.case_ref, ref, OWN) for ref, each in found.items()
        }
        known = dump(store)
        assign(store, REGISTER, LATER)
        assert dump(store) == known


def test_the_order_does_not_depend_on_when_a_case_came(tmp_path: Path) -> None:
    orders = []
    for name, numbers in (("one", (1, 2, 3, 4, 5, 6)), ("two", (6, 2, 4, 1, 5, 3))):
        (tmp_path / name).mkdir()
        with workspace(tmp_path / name) as (store, _):
            for number in numbers:
                with store.transaction():
                    accepted(store, number)
                assign(store, REGISTER, NIGHT)
            orders.append([each.application_ref for each in cases.of_meeting(store, MEETING)])
    assert orders[0] == orders[1]
    assert orders[0] != sorted(orders[0])


def test_a_case_keeps_its_reference_when_it_leaves_a_draft_and_comes_back(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            ref = accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        first = stood(store)[ref]
        restate(store, ref, units.State.HELD)
        assign(store, REGISTER, NIGHT)
        assert stood(store)[ref] == replace(first, version_out=1)
        restate(store, ref, units.State.ACCEPTED)
        assign(store, REGISTER, NIGHT)
        assert stood(store)[ref] == first


def test_after_release_cases_come_and_go_by_the_next_version(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            gone = accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        release(store)
        with store.transaction():
            late = accepted(store, 2)
        restate(store, gone, units.State.RETURNED)
        assign(store, REGISTER, LATER)
        found = stood(store)
        assert (found[gone].version_out, found[late].version_in) == (2, 2)


def test_a_case_that_moves_is_carried_to_the_other_meeting(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            ref = accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        move(store, ref, NEXT)
        assign(store, REGISTER, LATER)
        left, now = stood(store)[ref], stood(store, NEXT)[ref]
        assert (left.version_out, left.carried_to) == (1, NEXT)
        assert (now.version_in, now.version_out, now.carried_to) == (1, None, None)


def test_a_case_put_off_by_a_meeting_that_is_over_stays_in_the_pack_it_read(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            ref = accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        release(store)
        move(store, ref, NEXT)
        assign(store, REGISTER, NIGHT.replace(month=10, day=16))
        assert (stood(store)[ref].version_out, stood(store)[ref].carried_to) == (None, NEXT)
        assert stood(store, NEXT)[ref].version_out is None


def test_an_application_without_a_meeting_waits(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            ref = accepted(store, 1)
        move(store, ref, None)
        assign(store, replace(REGISTER, meetings=()), NIGHT)
        assert stood(store) == {}
        assert cases.without_pack(store) == (ref,)


def test_a_case_that_comes_back_to_a_pack_released_without_it_comes_by_the_next_version(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            ref = accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        release(store)
        first = stood(store)[ref]
        for meeting in (NEXT, MEETING):
            move(store, ref, meeting)
            assign(store, REGISTER, LATER)
        assert stood(store)[ref] == first, "no version was released without it"
        move(store, ref, NEXT)
        assign(store, REGISTER, LATER)
        release(store, 2)
        move(store, ref, MEETING)
        assign(store, REGISTER, LATER)
        assert stood(store)[ref] == replace(first, version_in=3, earlier=((1, 2),))
        assert [len(cases.of_version(store, MEETING, version)) for version in (1, 2, 3)] == [1, 0, 1]
