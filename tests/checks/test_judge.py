"""Every finding of a batch."""

import pytest

from tests.checks.batch import codes
from tests.requests import KINDS, Request


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_request_of_each_kind_has_no_finding(kind: str) -> None:
    assert codes(KINDS[kind]) == []


def test_x() -> None:
    assert isinstance(KINDS["group"], Request)
