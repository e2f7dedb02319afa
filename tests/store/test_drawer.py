from pathlib import Path

import pytest

from cluster_sheets.store import drawer
from cluster_sheets.store.error import SealBrokenError, StoreError
from tests.store.asked import all_texts
from tests.store.made import keep, made


def test_a_text_put_again_replaces_the_earlier(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = keep(store)
            for text in ("EXAMPLE one", "EXAMPLE two"):
                drawer.put_many(store, drawer.ANSWERS, [(unit.unit_id, unit.unit_id, text)])
                drawer.put_many(store, drawer.DECISION_TEXT, [("d1", unit.unit_id, text)])
        assert drawer.get_many(store, drawer.ANSWERS, [unit.unit_id, "none"]) == {unit.unit_id: "EXAMPLE two"}
        assert drawer.get_many(store, drawer.DECISION_TEXT, ["d1"]) == {"d1": "EXAMPLE two"}


def test_each_drawer_is_a_table_with_its_owner(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        for each in drawer.DRAWERS:
            assert store.ask(f"SELECT {each.owner}, unit_id, sealed FROM {each.table}") == []
        sealed = store.ask(
            "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
            " WHERE c.name = 'sealed' ORDER BY 1"
        )
    assert [name for (name,) in sealed] == sorted(each.table for each in drawer.DRAWERS)


def test_a_unit_that_never_came_keeps_nothing(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction(), pytest.raises(StoreError, match="Unit none was erased"):
        drawer.put_many(store, drawer.ANSWERS, [("none", "none", "EXAMPLE")])


def test_a_text_moved_to_another_unit_of_the_same_key_is_found(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = keep(store)
            drawer.put_many(store, drawer.QUESTION_TEXT, [(each, unit.unit_id, f"EXAMPLE {each}") for each in "ab"])
        with store.transaction():
            moved = "UPDATE question_text SET sealed = (SELECT sealed FROM question_text WHERE question_id = 'a')"
            store.write(f"{moved} WHERE question_id = ?", [("b",)])
        with pytest.raises(SealBrokenError, match="question_text b"):
            all_texts(store, drawer.QUESTION_TEXT)
