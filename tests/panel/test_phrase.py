"""Words that several sheets share."""

from datetime import datetime

import pytest

from cluster_sheets.panel import phrase


def test_small_numbers_are_words() -> None:
    assert [phrase.number(count) for count in (0, 1, 9, 12, 13, 1200)] == ["no", "one", "nine", "twelve", "13", "1,200"]
    assert [phrase.cases(count) for count in (0, 1, 2)] == ["no cases", "one case", "two cases"]
    assert phrase.opened("nine cases") == "Nine cases"


def test_a_moment_is_told_with_its_time() -> None:
    assert phrase.at(datetime(2026, 10, 8, 9, 5)) == "8 October 2026 09:05"  # noqa: DTZ001 - shown as local time


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (8, "about 10 minutes"),
        (72, "about 75 minutes"),
        (120, "about 120 minutes"),
        (121, "about 2.5 hours"),
        (180, "about 3 hours"),
    ],
)
def test_reading_time_is_rounded_up(minutes: int, told: str) -> None:
    assert phrase.reading(minutes) == told
