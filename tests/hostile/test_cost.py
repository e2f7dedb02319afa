"""No hostile workbook costs its worker more than a good one could: seconds and memory, file by file."""

from collections.abc import Iterator

import pytest

from cluster_sheets.intake.pool import Refused
from tests.hostile.cost import HELD, Scales
from tests.hostile.desk import Desk
from tests.hostile.kind import Kind
from tests.hostile.workbooks import KINDS

pytestmark = pytest.mark.skipif(not HELD, reason="this system tells nothing of a process's memory")
SECONDS, MB = 1.0, 220.0
"""A good form takes three thousandths; the largest that may be opened holds fifty million bytes."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("cost") / "central", 2, 0)


@pytest.fixture(scope="module")
def scales() -> Iterator[Scales]:
    made = Scales()
    yield made
    made.end()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_stops_no_worker_and_costs_no_more_than_a_large_form(desk: Desk, scales: Scales, kind: Kind) -> None:
    cost = scales.weigh(kind.make(desk.soon[1]))
    assert not (isinstance(cost.read, Refused) and cost.read.code == "file-stops-the-reader")
    assert (cost.cpu < SECONDS, cost.peak_mb < MB) == (True, True), cost
