from dataclasses import replace
from pathlib import Path

from cluster_sheets.store import forms
from tests.store.made import FORM, SECOND_FORM, made


def test_forms_are_issued_once_each_with_a_key_of_its_own(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            assert forms.issue_many(store, [FORM]) == 1
        keys = store.ask("SELECT form_key FROM issued_form")
        with store.transaction():
            assert forms.issue_many(store, [replace(FORM, stamp="changed"), SECOND_FORM, SECOND_FORM]) == 1
        assert forms.of_round(store, "2026-A2") == (FORM, SECOND_FORM)
        after = store.ask("SELECT form_key FROM issued_form ORDER BY number")
        assert (after[:1], len({key for (key,) in after})) == (keys, 2)


def test_a_form_is_found_by_its_id(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            forms.issue_many(store, [FORM, SECOND_FORM])
        assert forms.get_many(store, ["F-none", FORM.form_id]) == {FORM.form_id: FORM}
        assert forms.of_round(store, "another") == ()


def test_a_forms_reference_hides_its_id_and_hangs_on_the_key(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        assert forms.form_ref(store, FORM.form_id) == "292341e314b46f22"
        store.key = bytes(32)
        assert forms.form_ref(store, FORM.form_id) != "292341e314b46f22"


def test_a_form_made_again_is_the_same_but_for_its_version_and_the_mark_of_that() -> None:
    first, again, newer = (
        forms.made(b"EXAMPLE", "999001", "CEN", "CEN-2627-A1", 2, version, FORM.issued_at)
        for version in ("1", "1", "2")
    )
    assert first == again
    assert (newer.form_id, newer.number) == (first.form_id, 2)
    assert newer.stamp != first.stamp
