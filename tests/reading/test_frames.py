"""Typed forms of a batch, stacked."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.reading.frames import column_type, frames, series
from tests.checks.batch import FORM, typed
from tests.requests import KINDS

PROJECT, ADVICE = KINDS["project"], KINDS["advice"]
BATCH = frames(FORM, [typed(ADVICE), typed(PROJECT.but(amount_requested="a lot"))])


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [
        ("money", "Int64"),
        ("whole-number", "Int64"),
        ("percent", "Int64"),
        ("date", "datetime64[s]"),
        ("choice", "object"),
    ],
)
def test_a_kind_has_one_type_whatever_is_blank(kind: str, dtype: str) -> None:
    assert column_type(kind) == dtype
    assert str(series([None, None], dtype, pd.RangeIndex(2)).dtype) == dtype
    assert str(series([], dtype, pd.RangeIndex(0)).dtype) == dtype


def test_each_form_is_a_row_and_each_used_line_is_one_that_knows_its_form() -> None:
    assert list(BATCH.tables[""].cells["purpose"]) == ["ADVICE", "PROJECT"]
    pupils = BATCH.tables["pupils"]
    assert list(zip(pupils.unit, pupils.line, strict=True)) == [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3)]


def test_what_did_not_parse_is_blank_and_marked() -> None:
    own = BATCH.tables[""]
    assert own.cells["amount_requested"].isna().all()
    assert list(own.faulty["amount_requested"]) == [False, True]


@given(st.lists(st.none() | st.dates(), max_size=8))
def test_a_date_keeps_its_day(days: list[date | None]) -> None:
    kept = series(days, "datetime64[s]", pd.RangeIndex(len(days)))
    assert [None if pd.isna(day) else day.date() for day in kept] == days
    assert str(kept.dtype) == "datetime64[s]"


def test_a_table_that_was_not_found_is_lost_for_its_form_alone() -> None:
    assert not BATCH.tables["pupils"].lost.any()
    lost = typed(PROJECT)
    made = frames(
        FORM, [typed(PROJECT), type(lost)(lost.unit, lost.file, lost.lines, lost.first, frozenset({"pupils"}))]
    )
    assert list(made.tables["pupils"].lost) == [False, True]
