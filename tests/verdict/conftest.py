"""What the tests of verdicts share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verdict.desk import Desk, made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own for each test."""
    with made(tmp_path) as told:
        yield told
