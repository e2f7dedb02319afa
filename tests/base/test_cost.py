"""One line of the costs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.cost import line_total
from cluster_sheets.base.money import half_up

TIME = {"hours_per_week": 1000, "weeks": 19, "rate": 1724, "group_size": 1}


@pytest.mark.parametrize(
    ("row", "pence"),
    [
        (TIME, 327_560),
        (TIME | {"group_size": 4}, 81_890),
        (TIME | {"group_size": 3}, 109_187),
        ({"quantity": 300, "unit_cost": 31_000}, 93_000),
        ({"quantity": 50, "unit_cost": 1}, 1),
        (TIME | {"quantity": 100}, None),
        (TIME | {"rate": None}, None),
        ({"quantity": 100}, None),
        ({}, None),
    ],
)
def test_a_line_comes_to_one_amount_or_none(row: dict[str, int | None], pence: int | None) -> None:
    assert line_total(row) == pence


@given(st.integers(0, 16_800), st.integers(1, 39), st.integers(0, 100_000), st.integers(1, 100))
def test_a_line_of_time_is_rounded_half_up_once(hours: int, weeks: int, rate: int, shared_by: int) -> None:
    exact = Fraction(hours, 100) * weeks * rate / shared_by
    row = {"hours_per_week": hours, "weeks": weeks, "rate": rate, "group_size": shared_by}
    assert line_total(row) == half_up(exact)
