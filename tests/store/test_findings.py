from dataclasses import replace
from pathlib import Path

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.store import drawer, findings
from tests.store.asked import all_texts
from tests.store.made import FORM, apply, keep, made

BLANK = Finding(Place("bid.xlsx", "About Oakhill", "C9"), "blank", Severity.RETURN, "request_title")
TYPED = Finding(
    Place("bid.xlsx", "Costs"), "not-money", Severity.QUERY, "costs.rate", (("typed", "EXAMPLE"), ("cell", ""))
)


def test_findings_are_replaced_and_read_back_in_their_order(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        one, other, third = keep(store, b"1").unit_id, keep(store, b"2").unit_id, keep(store, b"3").unit_id
        findings.replace_many(store, [(one, [BLANK]), (other, [BLANK, BLANK])])
        findings.replace_many(store, [(one, [TYPED, BLANK]), (other, []), (third, ())])
        assert findings.of_units(store, [one, other, third]) == {one: (TYPED, BLANK)}
        assert list(all_texts(store, drawer.FINDING_DETAIL)) == [one]
        assert findings.counted(store, [one, other]) == {"blank": 1, "not-money": 1}


def test_what_was_typed_and_what_a_sheet_is_called_do_not_lie_open(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        findings.replace_many(store, [(keep(store).unit_id, [BLANK, TYPED])])
    lying = (tmp_path / "cluster.db").read_bytes() + (tmp_path / "private" / "identities.db").read_bytes()
    assert (b"Oakhill" in lying, b"EXAMPLE" in lying, b"not-money" in lying) == (False, False, True)


def test_once_a_form_is_erased_codes_and_cells_stay(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = apply(store)
        findings.replace_many(store, [(unit.unit_id, [TYPED, BLANK])])
        store.write("UPDATE issued_form SET form_key = NULL WHERE form_id = ?", [(FORM.form_id,)])
        left = (replace(TYPED, place=Place("", "", ""), detail=()), replace(BLANK, place=Place("", "", "C9")))
        assert findings.of_units(store, [unit.unit_id]) == {unit.unit_id: left}
