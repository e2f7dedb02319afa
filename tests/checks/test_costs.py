"""What a cost line comes to, and what is odd about it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.money import half_up
from cluster_sheets.checks.costs import line_total
from tests.checks.batch import codes_of_each
from tests.requests import KINDS

PROJECT = KINDS["project"]
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


def test_a_line_that_speaks_of_vat_is_told_and_one_that_is_without_it_is_good() -> None:
    told = ("Cards inc VAT", "Cards including 20% VAT", "Cards + VAT", "Cards plus the VAT")
    good = ("Cards without VAT", "Cards, VAT not included", "Innovative cards")
    requests = [PROJECT.but_line("costs", 1, description=words) for words in (*told, *good)]
    assert codes_of_each(requests) == [[("vat-in-a-line", "costs.description")]] * 4 + [[]] * 3


def test_as_many_weeks_as_the_funding_has_are_good_and_one_more_is_told() -> None:
    weeks = PROJECT.but_line("costs", 0, weeks=21.0, hours_per_week=10.0, rate=10.0).but(amount_requested=2100.0)
    more = PROJECT.but_line("costs", 0, weeks=22.0, hours_per_week=10.0, rate=10.0).but(amount_requested=2200.0)
    assert codes_of_each([weeks, more]) == [[], [("weeks-longer-than-funding", "costs.weeks")]]
