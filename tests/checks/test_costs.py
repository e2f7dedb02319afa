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


def test_what_stands_in_a_box_of_the_other_way_is_told_once_as_what_to_clear() -> None:
    """One way is whole, so what cannot be read in the other is not to be typed afresh."""
    hours, many = PROJECT.but_line("costs", 0, quantity="some"), PROJECT.but_line("costs", 1, weeks="all year")
    assert codes_of_each([hours, many]) == [[("cost-worked-out-two-ways", "costs.quantity")]] * 2


def test_where_neither_way_is_whole_what_cannot_be_read_is_told_too() -> None:
    line = PROJECT.but_line("costs", 0, rate="lots", quantity=3.0)
    found = [("cost-worked-out-two-ways", "costs.quantity"), ("not-money", "costs.rate")]
    assert [sorted(each) for each in codes_of_each([line])] == [found]


def test_dashes_and_noughts_in_the_boxes_of_the_other_way_are_left_aside() -> None:
    dashes = PROJECT.but_line("costs", 0, quantity="-", unit_cost="-")
    noughts = PROJECT.but_line("costs", 0, quantity=0.0, unit_cost=0.0)
    told = [("nothing-said", "costs.quantity"), ("nothing-said", "costs.unit_cost")]
    assert codes_of_each([dashes, noughts]) == [told, told]


def test_noughts_on_a_line_that_is_worked_out_in_no_way_are_told_once_as_what_is_wanted() -> None:
    noughts = PROJECT.but_line("costs", 1, quantity=0.0, unit_cost=0.0)
    assert ("cost-not-worked-out", "costs.quantity") in codes_of_each([noughts])[0]
    assert "nothing-said" not in dict(codes_of_each([noughts])[0])
