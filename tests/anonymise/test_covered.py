from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.covered import Covered

STRETCH = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda each: (each[0], each[0] + each[1]))


@given(st.lists(STRETCH), st.lists(STRETCH), STRETCH)
def test_it_says_what_looking_at_each_one_would(
    some: list[tuple[int, int]], more: list[tuple[int, int]], one: tuple[int, int]
) -> None:
    start, stop = one
    covered = Covered(some).and_(more)
    assert covered.meets(start, stop) == any(start < end and begin < stop for begin, end in [*some, *more])
    assert covered.holds(start, stop) == any(begin <= start and stop <= end for begin, end in [*some, *more])
