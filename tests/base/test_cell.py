import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.cell import address, letters, position


def test_letters_follow_on_from_z() -> None:
    assert [letters(0), letters(25), letters(26), letters(701), letters(702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_gives_its_position_back(row: int, column: int) -> None:
    assert position(address(row, column)) == (row, column)


@pytest.mark.parametrize("typed", ["", "9C", "C0", "C", "c9"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a cell address"):
        position(typed)
