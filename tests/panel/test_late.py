"""No new version of a pack goes out once what was decided is held against the one before it."""

from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.panel.late import too_late
from cluster_sheets.store import packs
from cluster_sheets.store.packs import PackState
from tests.decided import PROJECT, SP1, desk, pack

NOT_ANY_MORE = "version 1 of its pack: no new version is released after that."


@pytest.mark.parametrize(
    ("first", "days", "told"),
    [
        (PackState.RELEASED, -1, ""),
        (PackState.RELEASED, 0, ""),
        (PackState.RELEASED, 1, f"{SP1} was on 4 February 2027, with {NOT_ANY_MORE}"),
        (PackState.CHECKED, 1, ""),
        (PackState.DRAFT, 30, ""),
    ],
)
def test_after_the_day_only_a_pack_that_never_went_out_may_go(
    tmp_path: Path, first: PackState, days: int, told: str
) -> None:
    with desk(tmp_path, PROJECT, state=first) as at:
        assert too_late(at.store, at.meeting, at.meeting.day + timedelta(days=days)) == told


def test_a_meeting_that_has_decided_gets_no_new_version_whatever_the_day(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960})
        assert at.codes() == []
        with at.store.transaction():
            packs.save(at.store, pack(SP1, PackState.CHECKED, 2))
        before = at.meeting.day - timedelta(days=2)
        assert too_late(at.store, at.meeting, before) == f"{SP1} has decided already, on {NOT_ANY_MORE}"
