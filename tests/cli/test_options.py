from datetime import UTC, datetime

import click
import pytest

from cluster_sheets.cli.options import Moment


@pytest.mark.parametrize(
    "typed", ["2026-10-02T02:00", "2026-10-02T02:00+00:00", "2026-10-02T03:00+01:00", "2026-10-02 02:00"]
)
def test_a_moment_is_utc_where_no_zone_is_given(typed: str) -> None:
    assert Moment().convert(typed, None, None) == datetime(2026, 10, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1899-12-31T23:59", "9999-12-31T23:59-01:00"])
def test_a_moment_that_no_clock_here_can_tell_is_refused_in_words(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="give a moment of the years 1900 to 9900"):
        Moment().convert(typed, None, None)


def test_what_is_no_moment_is_refused_with_an_example() -> None:
    with pytest.raises(click.BadParameter, match="2026-10-02T02:00"):
        Moment().convert("tomorrow", None, None)
