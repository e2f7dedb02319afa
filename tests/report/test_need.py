import pytest

from cluster_sheets.report.need import minutes, plural
from tests.report.made import HELD, LATER, READY


def test_the_time_of_all_needs_is_added_up() -> None:
    assert minutes((HELD, READY, LATER)) == 22
    assert minutes(()) == 0


@pytest.mark.parametrize(
    ("count", "many", "told"),
    [(0, "", "0 forms"), (1, "", "1 form"), (2, "formulas", "2 formulas")],
)
def test_things_are_counted_in_words(count: int, many: str, told: str) -> None:
    assert plural(count, "form", many) == told
