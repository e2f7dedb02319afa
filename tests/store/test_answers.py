from datetime import date
from pathlib import Path

from cluster_sheets.base.record import Record
from cluster_sheets.store import answers
from tests.store.made import keep, made

RECORD = Record({"request_title": "EXAMPLE", "start_date": date(2027, 2, 22)}, {"costs": ({"line_total": 100},)})


def test_a_record_is_read_back_and_nothing_of_it_lies_open(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit, other = keep(store), keep(store, b"EXAMPLE other")
            answers.put_many(store, [(unit.unit_id, Record({}, {})), (unit.unit_id, RECORD)])
        assert answers.get_many(store, [unit.unit_id, other.unit_id]) == {unit.unit_id: RECORD}
        assert (answers.get(store, unit.unit_id), answers.get(store, other.unit_id)) == (RECORD, None)
    assert b"request_title" not in (tmp_path / "private" / "identities.db").read_bytes()


def test_titles_are_read_back_and_sealed(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        answers.put_titles(store, [(unit.unit_id, "EXAMPLE title")])
        assert answers.titles(store, [unit.unit_id, "none"]) == {unit.unit_id: "EXAMPLE title"}
    assert b"EXAMPLE title" not in (tmp_path / "private" / "identities.db").read_bytes()
