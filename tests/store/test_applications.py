import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.store import applications
from tests.store.made import FORM, SECOND_FORM, apply, made


def test_an_application_is_found_by_reference_and_by_form(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        (kept,) = applications.everything(store)
        changed = replace(kept, state="IN_PACK", minimum_pence=100)
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
