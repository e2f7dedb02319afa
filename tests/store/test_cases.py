import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.store import cases, units
from cluster_sheets.store.cases import Case, CaseKey
from tests.store.made import SECOND_FORM, apply, made

ONE = Case("A2", "CEN-2627-0001", "K7", 2, 1)
OTHER = Case("A2", "CEN-2627-0002", "B3", 1, 1)


def test_cases_are_told_by_position_and_by_application(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        apply(store, SECOND_FORM.form_id, "CEN-2627-0002")
        cases.save_many(store, [ONE, OTHER])
        taken_out = replace(OTHER, version_out=2)
        cases.save_many(store, [taken_out])
        assert cases.of_meeting(store, "A2") == (taken_out, ONE)
        assert cases.standing(store, "A2") == (ONE,)
        assert cases.of_applications(store, ["CEN-2627-0001", "CEN-2627-0002"]) == {"CEN-2627-0001": ONE}
        assert [sorted(cases.taken(store, meeting)) for meeting in ("A2", "A3")] == [["B3", "K7"], []]


def test_an_application_stands_in_one_pack_unless_it_was_put_off(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        cases.save_many(store, [ONE])
        with pytest.raises(sqlite3.IntegrityError, match="application_ref"):
            cases.save_many(store, [replace(ONE, meeting="A3")])
        cases.save_many(store, [replace(ONE, carried_to="A3"), replace(ONE, meeting="A3")])
        assert cases.of_applications(store, ["CEN-2627-0001"]) == {"CEN-2627-0001": replace(ONE, meeting="A3")}


def test_an_accepted_application_in_no_pack_is_told(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = replace(apply(store), state=units.State.ACCEPTED)
        units.save_many(store, [unit])
        assert cases.without_pack(store) == ("CEN-2627-0001",)
        cases.save_many(store, [ONE])
        assert cases.without_pack(store) == ()
        cases.save_many(store, [replace(ONE, version_out=2)])
        assert cases.without_pack(store) == ("CEN-2627-0001",)
        units.save_many(store, [replace(unit, state=units.State.HELD)])
        assert cases.without_pack(store) == ()


def test_a_version_holds_the_cases_it_had_wherever_they_stand_now(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        apply(store, SECOND_FORM.form_id, "CEN-2627-0002")
        held = {}
        for name, went in (("gone", replace(OTHER, version_out=2)), ("carried", replace(OTHER, carried_to="A3"))):
            cases.save_many(store, [went, replace(ONE, version_in=2)])
            held[name] = [[each.case_ref for each in cases.of_version(store, "A2", version)] for version in (1, 2)]
        assert held == {"gone": [["B3"], ["K7"]], "carried": [["B3"], ["B3", "K7"]]}


def test_the_key_back_to_the_school_lies_apart(tmp_path: Path) -> None:
    key = CaseKey("A2", "K7", "CEN-2627-0001", "999001")
    with made(tmp_path) as store, store.transaction():
        cases.put_keys(store, [key, key])
        assert (cases.keys_of_meeting(store, "A2"), cases.keys_of_meeting(store, "A3")) == ((key,), ())
    assert b"999001" not in (tmp_path / "cluster.db").read_bytes()


def test_what_stood_in_a_version_is_told_wherever_it_stands_now(tmp_path: Path) -> None:
    late = Case("A3", "CEN-2627-0001", "T4", 1, 2, 4)
    assert [version for version in range(1, 6) if late.stood_in(version)] == [2, 3]
    assert replace(late, version_out=None, carried_to="A4").stood_in(9)
    with made(tmp_path) as store, store.transaction():
        apply(store)
        cases.save_many(store, [late, ONE])
        assert cases.everywhere(store, ["CEN-2627-0001"]) == (ONE, late)
        assert cases.everywhere(store, ["CEN-2627-0002"]) == ()


def test_a_case_that_leaves_and_comes_back_keeps_each_time_it_stood_there(tmp_path: Path) -> None:
    def versions(case: Case) -> tuple[list[int], ...]:
        """Those that held it, by which it came, by which it left."""
        return tuple(
            [version for version in range(1, 8) if said(version)]
            for said in (case.stood_in, case.came_in, case.went_out)
        )

    gone = replace(ONE, version_out=3, carried_to="A3")
    assert gone.back_in(3) == ONE, "nobody was given a third version without it"
    back = gone.back_in(4)
    assert (back.version_in, back.version_out, back.carried_to, back.earlier) == (4, None, None, ((1, 3),))
    assert versions(back) == ([1, 2, 4, 5, 6, 7], [1, 4], [3])
    no_draft = replace(back, version_out=4)
    assert versions(no_draft) == ([1, 2], [1], [3])
    assert (no_draft.back_in(4), no_draft.back_in(5)) == (back, replace(back, version_in=5))
    twice = replace(back, version_out=5).back_in(6)
    assert versions(twice) == ([1, 2, 4, 6, 7], [1, 4, 6], [3, 5])
    with made(tmp_path) as store, store.transaction():
        apply(store)
        cases.save_many(store, [twice])
        assert cases.of_meeting(store, "A2") == (twice,)
        held = [version for version in range(1, 8) if cases.of_version(store, "A2", version)]
        assert held == [1, 2, 4, 6, 7]
