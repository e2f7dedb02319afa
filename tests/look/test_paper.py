"""Pages: where a sheet is cut."""

from cluster_sheets.look.paper import cuts


def test_rows_go_on_a_page_until_it_is_full() -> None:
    assert cuts([10.0] * 7, 30) == [3, 6]


def test_the_repeated_heading_takes_room_on_each_later_page() -> None:
    assert cuts([10.0] * 7, 30, repeated=10) == [3, 5]


def test_a_heading_goes_with_what_it_heads() -> None:
    assert cuts([10.0] * 5, 30, kept={2}) == [2]


def test_several_kept_rows_go_together() -> None:
    assert cuts([10.0] * 6, 40, kept={1, 2, 3}) == [1, 5]


def test_rows_kept_together_that_fill_a_page_are_cut_where_it_is_full() -> None:
    assert cuts([10.0] * 5, 30, kept={0, 1, 2, 3}) == [3]


def test_hidden_rows_take_no_room() -> None:
    assert cuts([10.0, 0.0, 10.0, 0.0, 10.0], 30) == []
