from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.store import blobs, drawer, forms, keys, provenance
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.provenance import Provenance
from tests.store.asked import all_texts
from tests.store.made import FORM, SECOND_FORM, WORKBOOK, keep, made

FORM_KEYS = "SELECT form_id, form_key FROM issued_form"


def _forms(store: Store) -> dict[str, bytes]:
    forms.issue_many(store, [FORM, SECOND_FORM])
    return dict(store.ask(FORM_KEYS))


def test_where_a_unit_came_from_is_kept_and_read_back(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            _forms(store)
            unit = keep(store)
            told = Provenance(
                unit.unit_id, unit.mail_sha256, FORM.form_id, "999001", "a@oakhill.example", "b.xlsx", "c", "<d@e>"
            )
            provenance.put_many(store, [told])
        assert provenance.get_many(store, [unit.unit_id, "none"]) == {unit.unit_id: told}


def test_no_word_of_a_sender_lies_open_in_either_file(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        keep(store)
    lying = (tmp_path / "cluster.db").read_bytes() + (tmp_path / "private" / "identities.db").read_bytes()
    assert b"oakhill" not in lying.lower()


def test_a_unit_without_a_form_lies_under_its_files_key_and_moves_to_the_forms(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            of_form = _forms(store)
            unit = keep(store)
            drawer.put_many(store, drawer.ANSWERS, [(unit.unit_id, unit.unit_id, "EXAMPLE answers")])
            drawer.put_many(store, drawer.QUESTION_TEXT, [("q1", unit.unit_id, "EXAMPLE question")])
        of_blob = keys.of_blobs(store, [unit.mail_sha256])[unit.mail_sha256]
        assert keys.of_units(store, [unit.unit_id]) == {unit.unit_id: of_blob}
        with store.transaction():
            provenance.bind_many(store, [(unit.unit_id, FORM.form_id)])
        assert keys.of_units(store, [unit.unit_id]) == {unit.unit_id: of_form[FORM.form_id]}
        assert all_texts(store, drawer.ANSWERS) == {unit.unit_id: "EXAMPLE answers"}
        assert all_texts(store, drawer.QUESTION_TEXT) == {"q1": "EXAMPLE question"}
        assert provenance.get_many(store, [unit.unit_id])[unit.unit_id].sender == "senco@oakhill.example"
        assert blobs.read(store, unit.mail_sha256) == WORKBOOK
        assert store.ask("SELECT key FROM blob") != [(of_blob,)]


def test_a_unit_bound_twice_or_to_another_form_is_still_read(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        for form in (FORM, FORM, SECOND_FORM, FORM):
            with store.transaction():
                _forms(store)
                unit = keep(store, form_id=form.form_id)
            assert provenance.get_many(store, [unit.unit_id])[unit.unit_id].form_id == form.form_id
            assert blobs.read(store, unit.mail_sha256) == WORKBOOK
        assert store.ask("SELECT layer, form_id FROM blob_form ORDER BY layer") == [
            (1, FORM.form_id),
            (2, SECOND_FORM.form_id),
        ]


@pytest.mark.parametrize("destroyed", [FORM, SECOND_FORM])
def test_a_mail_of_two_forms_is_closed_by_erasing_either(tmp_path: Path, destroyed: forms.IssuedForm) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            _forms(store)
            unit = keep(store, form_id=FORM.form_id)
            other = Provenance("f" * 16, unit.mail_sha256, SECOND_FORM.form_id, "999001", "b@oakhill.example")
            provenance.put_many(store, [other])
        with store.transaction():
            store.write("UPDATE issued_form SET form_key = NULL WHERE form_id = ?", [(destroyed.form_id,)])
        with pytest.raises(StoreError, match="erased"):
            blobs.read(store, unit.mail_sha256)
        found = provenance.get_many(store, [unit.unit_id, "f" * 16])
        blank = {each.unit_id for each in found.values() if not each.sender}
        assert blank == ({unit.unit_id} if destroyed is FORM else {"f" * 16})
        assert replace(found["f" * 16], sender="") == replace(other, sender="")


def test_a_form_never_issued_is_refused(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = keep(store)
        with store.transaction(), pytest.raises(StoreError, match=r"^Form F-none was never issued here"):
            provenance.bind_many(store, [(unit.unit_id, "F-none")])


def test_units_are_found_by_their_school_once_it_is_known(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        _forms(store)
        unit = keep(store)
        assert provenance.of_schools(store, ["999001"]) == {}
        provenance.bind_many(store, [(unit.unit_id, FORM.form_id)])
        assert provenance.of_schools(store, ["999001", "999002"]) == {"999001": (unit.unit_id,)}
