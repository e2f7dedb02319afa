from datetime import UTC, datetime

import click
import pytest

from cluster_sheets.cli.options import Moment


@pytest.mark.parametrize(
    "typed", ["2026-10-02T02:00", "2026-10-02T02:00+00:00", "2026-10-02T03:00+01:00", "2026-10-02 02:00"]
)
def test_a_moment_is_utc_where_no_zone_is_given(typed: str) -> None:
    assert Moment().convert(typed, None, None) == datetime(2026, 10, 2, 2, 0, tzinfo=UTC)


def test_what_is_no_moment_is_refused_with_an_example() -> None:
    with pytest.raises(click.BadParameter, match="2026-10-02T02:00"):
        Moment().convert("tomorrow", None, None)
