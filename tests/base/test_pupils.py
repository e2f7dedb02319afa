"""How many pupils a request is for."""

import pytest

from cluster_sheets.base import columns
from cluster_sheets.base.pupils import PUPIL, PUPIL_GROUP, WHOLE_SCHOOL, benefiting, by_line
from cluster_sheets.base.record import Record, Row

COUNTS: tuple[Row, ...] = (
    {"with_plan": 2, "on_sen_support": 3, "without_sen": None},
    {"with_plan": None, "on_sen_support": 7},
)


@pytest.mark.parametrize(
    ("whom", "tables", "number"),
    [
        (PUPIL, {}, 1),
        (PUPIL, {"pupils": ({},)}, 1),
        (PUPIL_GROUP, {"pupils": ({}, {}, {})}, 3),
        (PUPIL_GROUP, {}, None),
        (WHOLE_SCHOOL, {"pupil_counts": COUNTS}, None),
        ("SEVERAL_GROUPS", {"pupil_counts": COUNTS}, 12),
        ("SEVERAL_GROUPS", {}, None),
        (None, {}, None),
    ],
)
def test_it_is_told_by_the_lines_of_pupils_or_by_their_counts(
    whom: str | None, tables: dict[str, tuple[Row, ...]], number: int | None
) -> None:
    assert benefiting(Record({columns.BENEFICIARY: whom}, tables)) == number


def test_counts_are_told_with_their_lines() -> None:
    told = by_line(Record({}, {"pupil_counts": COUNTS}))
    assert told == [((1, "with_plan"), 2), ((1, "on_sen_support"), 3), ((2, "on_sen_support"), 7)]
