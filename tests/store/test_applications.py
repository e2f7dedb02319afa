import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.store import applications, decisions, units
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.units import State
from tests.store.made import FORM, NIGHT, SECOND_FORM, apply, made


def test_an_application_is_found_by_reference_and_by_form(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        (kept,) = applications.everything(store)
        changed = replace(kept, state="AGREED", minimum_pence=100)
        applications.save_many(store, [changed])
        assert applications.everything(store) == (changed,)
        assert applications.get_many(store, [kept.application_ref, "none"]) == {kept.application_ref: changed}
        assert applications.of_forms(store, [kept.form_ref, "none"]) == {kept.form_ref: changed}


def test_references_go_on_from_the_last_of_their_cluster_and_year(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert applications.references(store, "CEN-2627", 2) == ("CEN-2627-0001", "CEN-2627-0002")
        apply(store, ref="CEN-2627-0017")
        apply(store, SECOND_FORM.form_id, ref="CEN-26271-0099")
        assert applications.references(store, "CEN-2627", 1) == ("CEN-2627-0018",)
        assert applications.references(store, "CEN-2728", 0) == ()


def test_one_form_is_one_application(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store, FORM.form_id, "CEN-2627-0001")
        with pytest.raises(sqlite3.IntegrityError, match="form_ref"):
            apply(store, FORM.form_id, "CEN-2627-0002")


def test_those_without_a_decision_are_told_by_the_meeting_they_wait_for(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        units_ = [
            replace(apply(store), state=State.ACCEPTED, meeting="A1"),
            replace(apply(store, SECOND_FORM.form_id, "CEN-2627-0002"), state=State.ACCEPTED, meeting="A1"),
        ]
        units.save_many(store, units_)
        first, second = (replace(each, meeting="A1") for each in applications.everything(store))
        applications.save_many(store, [first, second])
        assert applications.meetings_undecided(store) == ("A1",)
        assert (applications.undecided(store, "A1"), applications.away(store)) == ((first, second), ())
        agreed = Decision("A1", "CEN-2627-0001", "AGREED", 1, "MAIN", None, None, None, None, None, None, NIGHT)
        decisions.record_many(store, [agreed])
        assert applications.undecided(store, "A1") == (second,)
        decided = replace(first, state="AGREED")
        for stands, there in ((first, (first,)), (decided, ()), (replace(first, meeting="A2"), ())):
            applications.save_many(store, [stands])
            assert applications.decided_where_they_wait(store) == there
        nowhere = replace(second, meeting=None)
        applications.save_many(store, [nowhere, replace(first, meeting="A2")])
        assert applications.meetings_undecided(store) == (None, "A2")
        assert applications.undecided(store, None) == (nowhere,)
        # One that a meeting has decided on was put off by it, and is not away.
        assert applications.away(store) == ((nowhere, "A1"),)
        units.save_many(store, [replace(each, state=State.HELD) for each in units_])
        assert (applications.meetings_undecided(store), applications.away(store)) == ((), ())
