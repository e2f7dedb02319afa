from pathlib import Path

from cluster_sheets.store import erasure, marks
from tests.store.made import FORM, NIGHT, apply, keep, made

UPN, OTHER = "A999001000001", "B999001000002"


def test_units_are_found_by_what_they_hold_and_the_value_does_not_lie_open(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        one, other = sorted((keep(store, b"1").unit_id, keep(store, b"2").unit_id))
        marks.replace_many(store, marks.UPN, [(one, [OTHER]), (other, [UPN, UPN])])
        marks.replace_many(store, marks.UPN, [(one, [UPN])])
        marks.replace_many(store, marks.SAID, [(one, ["999002"])])
        assert marks.units_with(store, marks.UPN, [UPN, OTHER]) == {UPN: (one, other)}
        assert marks.units_with(store, marks.SAID, [UPN, "999002"]) == {"999002": (one,)}
    assert UPN.encode() not in (tmp_path / "private" / "identities.db").read_bytes()


def test_units_are_found_by_the_kind_of_what_they_hold(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        one, other = (keep(store, data).unit_id for data in (b"1", b"2"))
        marks.replace_many(store, marks.LETTER, [(one, [""]), (other, [])])
        marks.replace_many(store, marks.SAID, [(other, [""])])
        assert marks.of_kind(store, marks.LETTER, [one, other, "none"]) == {one}
        assert marks.of_kind(store, marks.LETTER, [other]) == frozenset()


def test_marks_go_with_their_form(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            marks.replace_many(store, marks.UPN, [(apply(store).unit_id, [UPN])])
        erasure.erase_form(store, FORM.form_id, NIGHT, "admin", "")
        assert marks.units_with(store, marks.UPN, [UPN]) == {}
