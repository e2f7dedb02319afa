"""What is odd about a cost line."""

from tests.checks.batch import codes_of_each
from tests.requests import KINDS

PROJECT = KINDS["project"]


def test_a_line_that_speaks_of_vat_is_told_and_one_that_is_without_it_is_good() -> None:
    told = ("Cards inc VAT", "Cards including 20% VAT", "Cards + VAT", "Cards plus the VAT")
    good = ("Cards without VAT", "Cards, VAT not included", "Innovative cards")
    requests = [PROJECT.but_line("costs", 1, description=words) for words in (*told, *good)]
    assert codes_of_each(requests) == [[("vat-in-a-line", "costs.description")]] * 4 + [[]] * 3


def test_as_many_weeks_as_the_funding_has_are_good_and_one_more_is_told() -> None:
    weeks = PROJECT.but_line("costs", 0, weeks=21.0, hours_per_week=10.0, rate=10.0).but(amount_requested=2100.0)
    more = PROJECT.but_line("costs", 0, weeks=22.0, hours_per_week=10.0, rate=10.0).but(amount_requested=2200.0)
    assert codes_of_each([weeks, more]) == [[], [("weeks-longer-than-funding", "costs.weeks")]]
