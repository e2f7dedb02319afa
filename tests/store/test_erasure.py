from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.base.record import Record
from cluster_sheets.store import (
    answers,
    applications,
    audit,
    blobs,
    cases,
    erasure,
    forms,
    integrity,
    provenance,
    questions,
    units,
)
from cluster_sheets.store.cases import CaseKey
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.questions import Question
from cluster_sheets.store.units import State
from tests.store.asked import every_unit
from tests.store.made import FORM, NIGHT, SECOND_FORM, apply, keep, made


def test_erasing_a_form_takes_what_came_in_it_and_nothing_else(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = apply(store)
            other = apply(store, SECOND_FORM.form_id, "CEN-2627-0002")
            answers.put_many(store, [(each.unit_id, Record({}, {})) for each in (unit, other)])
            cases.put_keys(store, [CaseKey("A2", "K7", "CEN-2627-0001", "999001")])
            cases.put_keys(store, [CaseKey("A2", "B3", "CEN-2627-0002", "999001")])
        (key,) = store.ask("SELECT form_key FROM issued_form WHERE form_id = ?", (FORM.form_id,))[0]
        assert erasure.erase_form(store, FORM.form_id, NIGHT, "admin", "asked by a parent") == 1
        assert answers.get_many(store, [unit.unit_id, other.unit_id]) == {other.unit_id: Record({}, {})}
        with pytest.raises(StoreError, match="was erased"):
            blobs.read(store, unit.mail_sha256)
        assert store.ask("SELECT sha256 FROM received") == [(other.mail_sha256,)]
        assert [each.case_ref for each in cases.keys_of_meeting(store, "A2")] == ["B3"]
        assert (len(every_unit(store)), len(applications.everything(store))) == (2, 2)
        told = f"1 units of form {forms.form_ref(store, FORM.form_id)}: asked by a parent"
        assert audit.everything(store) == (audit.Line(NIGHT, "admin", "erased", told),)
        assert integrity.problems(store) == ()
    assert key not in (tmp_path / "private" / "identities.db").read_bytes()


def test_nothing_more_is_kept_under_an_erased_form(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = apply(store)
        erasure.erase_form(store, FORM.form_id, NIGHT, "admin", "")
        with pytest.raises(StoreError, match="was erased"), store.transaction():
            answers.put_many(store, [(unit.unit_id, Record({}, {}))])


def test_a_form_never_issued_is_not_erased(tmp_path: Path) -> None:
    with made(tmp_path) as store, pytest.raises(StoreError, match=r"Form F-none was never issued here\."):
        erasure.erase_form(store, "F-none", NIGHT, "admin", "")


def test_what_waited_in_the_same_mail_is_set_aside_too_and_what_was_read_stays(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = apply(store)
            held, waits, read, apart = (
                replace(unit, unit_id=f"{number:016x}", ordinal=number, state=state)
                for number, state in enumerate((State.HELD, State.PENDING, State.ACCEPTED, State.QUARANTINED), start=1)
            )
            beside = (held, waits, read, apart)
            units.add_many(store, beside)
            provenance.put_many(
                store, [provenance.Provenance(each.unit_id, each.mail_sha256, SECOND_FORM.form_id) for each in beside]
            )
            questions.add_many(store, [(Question("q", "A2", held.unit_id, None, "held", "x"), {})])
        erasure.erase_form(store, FORM.form_id, NIGHT, "admin", "")
        now = units.get_many(store, [each.unit_id for each in beside])
        for each in (held, waits):
            assert (now[each.unit_id].state, now[each.unit_id].reason) == (State.SET_ASIDE, erasure.ERASED_WITH)
        assert (now[read.unit_id], now[apart.unit_id]) == (read, apart)
        assert questions.left_open(store) == {}
        assert [each.unit_id for each in audit.of_event(store, erasure.ERASED_WITH)] == [held.unit_id, waits.unit_id]
        assert integrity.problems(store) == ()


def test_what_waits_is_set_aside_with_its_form_and_leaves_its_pack_and_what_was_decided_stays(tmp_path: Path) -> None:
    for state, stands in (("VALID", State.SET_ASIDE), ("AGREED", State.ACCEPTED)):
        with made(tmp_path / state) as store:
            with store.transaction():
                unit = apply(store, state=State.ACCEPTED, application_ref="CEN-2627-0001", meeting="A2")
                (asked,) = applications.everything(store)
                applications.save_many(store, [replace(asked, state=state, meeting="A2")])
                held = keep(store, b"EXAMPLE held", FORM.form_id, state=State.HELD)
                waits = keep(store, b"EXAMPLE waits", FORM.form_id)
                cases.save_many(store, [cases.Case("A2", "CEN-2627-0001", "K7", 1, 1)])
                open_ones = [Question(each.unit_id, "A2", each.unit_id, None, "held", "x") for each in (unit, held)]
                questions.add_many(store, [(each, {}) for each in open_ones])
            erasure.erase_form(store, FORM.form_id, NIGHT, "admin", "")
            now = units.get_many(store, [unit.unit_id, held.unit_id, waits.unit_id])
            assert [now[each.unit_id].state for each in (unit, held, waits)] == [
                stands, State.SET_ASIDE, State.SET_ASIDE,
            ]  # fmt: skip
            assert {each.reason for each in now.values() if each.state is State.SET_ASIDE} == {erasure.ERASED}
            assert len(cases.out_of_place(store)) == (stands is State.SET_ASIDE)
            assert questions.left_open(store) == {}
            assert integrity.problems(store) == ()
