import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.store import entries
from cluster_sheets.store.database import Store
from cluster_sheets.store.entries import Entry
from cluster_sheets.store.error import StoreError
from tests.store.made import NIGHT, made

LINE = Entry("main", 100, "CENTRAL", "2026-27", "2026/27", "MAIN", "COMMIT", NIGHT, "CEN-2627-0001", "A2", "EXAMPLE")
MOVEMENTS = st.lists(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5), min_size=1, max_size=5)


def _append(store: Store, amounts: list[list[int]]) -> tuple[Entry, ...]:
    with store.transaction():
        return entries.append_many(store, [[replace(LINE, amount_pence=each) for each in lines] for lines in amounts])


@given(MOVEMENTS, st.data())
def test_movements_are_kept_just_when_each_comes_to_nought(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[list[int]], data: st.DataObject
) -> None:
    amounts = [[*lines, -sum(lines)] if data.draw(st.booleans()) else lines for lines in amounts]
    with made(tmp_path_factory.mktemp("central")) as store:
        before = _append(store, [[5, -5]])
        if all(sum(lines) == 0 for lines in amounts):
            kept = _append(store, amounts)
            assert entries.everything(store) == before + kept
            assert [each.amount_pence for each in kept] == [amount for lines in amounts for amount in lines]
        else:
            with pytest.raises(StoreError, match="does not come to nought"):
                _append(store, amounts)
            assert entries.everything(store) == before


def test_lines_and_movements_are_numbered_on(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        _append(store, [[5, -5]])
        kept = _append(store, [[3, -3], [2, -1, -1]])
        assert [(each.entry_no, each.movement) for each in kept] == [(3, 2), (4, 2), (5, 3), (6, 3), (7, 3)]


def test_a_movement_is_not_mended_by_a_later_one(tmp_path: Path) -> None:
    with made(tmp_path) as store, pytest.raises(StoreError, match="Movement 1 of the ledger"):
        _append(store, [[5], [-5]])


def test_a_line_is_taken_back_once(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        kept = _append(store, [[5, -5]])
        back = [[replace(each, amount_pence=-each.amount_pence, reverses=each.entry_no) for each in kept]]
        with store.transaction():
            entries.append_many(store, back)
        with pytest.raises(sqlite3.IntegrityError, match="reverses"), store.transaction():
            entries.append_many(store, back)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), store.transaction():
            entries.append_many(store, [[replace(LINE, reverses=99)]])


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE cluster.entry SET note = 'other' WHERE entry_no = ?", "never changed"),
        ("DELETE FROM cluster.entry WHERE entry_no = ?", "never removed"),
        (
            "INSERT OR REPLACE INTO cluster.entry"
            " SELECT entry_no, movement, account, amount_pence, cluster, la_fy, academic_year, pot, type,"
            " application_ref, meeting, 'other', reverses, at FROM cluster.entry WHERE entry_no = ?",
            "never removed",
        ),
    ],
)
def test_a_line_is_never_changed_nor_removed(tmp_path: Path, statement: str, said: str) -> None:
    with made(tmp_path) as store:
        kept = _append(store, [[5, -5]])
        with pytest.raises(sqlite3.IntegrityError, match=said), store.transaction():
            store.write(statement, [(1,)])
        assert entries.everything(store) == kept
