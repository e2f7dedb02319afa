from pathlib import Path

from cluster_sheets.store import redactions
from tests.store.made import keep, made


def test_redacted_boxes_are_read_back_sealed_and_replaced(tmp_path: Path) -> None:
    boxes = {"request_title": "EXAMPLE at [school]", "costs.description#2": ""}
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        redactions.put_many(store, [(unit.unit_id, {"request_title": "EXAMPLE first"})])
        redactions.put_many(store, [(unit.unit_id, boxes)])
        assert redactions.get_many(store, [unit.unit_id, "none"]) == {unit.unit_id: boxes}
    assert b"EXAMPLE" not in (tmp_path / "private" / "identities.db").read_bytes()


def test_what_is_to_be_made_anew_is_forgotten(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        kept, gone = keep(store).unit_id, keep(store, b"EXAMPLE other").unit_id
        redactions.put_many(store, [(kept, {"summary": "one"}), (gone, {"summary": "two"})])
        assert redactions.those_kept(store) == {kept, gone}
        redactions.forget_many(store, [gone])
        assert redactions.those_kept(store) == {kept}
        assert redactions.get_many(store, [gone]) == {}
