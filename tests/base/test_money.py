from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.money import half_up, in_parts, pounds, rounded_pence


@pytest.mark.parametrize(
    ("pence", "told"),
    [(0, "£0.00"), (5, "£0.05"), (123450, "£1,234.50"), (-17670000, "-£176,700.00"), (-5, "-£0.05")],
)
def test_pounds_are_told_with_a_comma_and_two_figures(pence: int, told: str) -> None:
    assert pounds(pence) == told


@pytest.mark.parametrize(
    ("amount", "whole"),
    [(Fraction(1, 2), 1), (Fraction(3, 2), 2), (Fraction(5, 2), 3), (Fraction(-1, 2), -1), (Fraction(49, 100), 0)],
)
def test_a_half_goes_up(amount: Fraction, whole: int) -> None:
    assert half_up(amount) == whole


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_half_up_is_never_more_than_a_half_away(amount: Fraction) -> None:
    assert abs(half_up(amount) - amount) <= Fraction(1, 2)


@given(st.integers(min_value=0, max_value=10**10), st.lists(st.integers(0, 400), min_size=1).filter(any))
def test_parts_come_to_the_whole_and_none_is_negative(pence: int, weights: list[int]) -> None:
    parts = in_parts(pence, weights)
    assert sum(parts) == pence
    assert min(parts) >= 0


def test_parts_need_a_weight() -> None:
    with pytest.raises(ValueError, match="more than nought"):
        in_parts(100, [0, 0])


def test_a_setting_of_pounds_is_read_to_the_penny() -> None:
    assert rounded_pence("19.99") == 1999
