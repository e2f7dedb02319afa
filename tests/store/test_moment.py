from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.store.moment import read, read_or_none, told, told_or_none

MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-5))]))


@given(MOMENTS, MOMENTS)
def test_text_stands_in_the_order_of_time(one: datetime, other: datetime) -> None:
    assert (told(one) < told(other)) == (one < other)


@given(MOMENTS)
def test_a_moment_is_read_back(moment: datetime) -> None:
    assert read(told(moment)) == moment


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        told(datetime(2026, 11, 24))  # noqa: DTZ001


def test_no_moment_stays_none() -> None:
    assert (told_or_none(None), read_or_none(None)) == (None, None)
