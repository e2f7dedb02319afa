"""A case that a later meeting has had is decided there, wherever it stands now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.gone_on import gone_on_to
from cluster_sheets.register.model import CANCELLED, Meeting
from cluster_sheets.store import applications, cases, decisions, packs
from cluster_sheets.store.cases import Case
from cluster_sheets.store.packs import PackState
from tests.decided import AT, FEEDBACK, NEED, SP1, Desk, desk, pack

NEXT, AFTER = "CEN-2627-Sp2", "CEN-2627-Su1"
REF = "CEN-2627-0001"
PUT_OFF = {"outcome": "Deferred", "award": None, "feedback": FEEDBACK}


@contextmanager
def _put_off_twice(root: Path) -> Iterator[Desk]:
    """A case put off by a meeting, heard and put off again by the next; now it stands in a draft of the third."""
    with desk(root, NEED) as at:
        at.fill(H3=PUT_OFF)
        assert at.codes() == []
        assign(at.store, at.register, at.at)
        with at.store.transaction():
            packs.save(at.store, pack(NEXT))
        (heard,) = cases.of_meeting(at.store, NEXT)
        at.meeting, at.at = _meeting(at, NEXT), AT + timedelta(days=60)
        at.write()
        at.fill(**{heard.case_ref: PUT_OFF})
        assert at.codes() == []
        assign(at.store, at.register, at.at)
        with at.store.transaction():
            packs.save(at.store, pack(AFTER, PackState.DRAFT))
        at.meeting = _meeting(at, SP1)
        yield at


def _meeting(at: Desk, meeting_id: str) -> Meeting:
    found = at.register.meeting(meeting_id)
    assert found is not None
    return found


def _stands(at: Desk) -> tuple[tuple[Case, ...], tuple[applications.Application, ...]]:
    return cases.everywhere(at.store, [REF]), applications.everything(at.store)


def _asked(at: Desk) -> dict[str, str]:
    return gone_on_to(at.store, at.register, at.meeting, [REF])


def test_a_correction_in_an_old_workbook_leaves_a_case_where_two_meetings_have_put_it(tmp_path: Path) -> None:
    with _put_off_twice(tmp_path) as at:
        before = _stands(at)
        assert before[1][0].meeting == AFTER
        at.fill({"present": 14}, H3=PUT_OFF)
        assert at.codes() == []
        assign(at.store, at.register, at.at)
        assert _stands(at) == before
        assert [each.present for each in decisions.of_meeting(at.store, SP1)] == [14]


def test_what_a_later_meeting_has_heard_gets_no_other_outcome_here(tmp_path: Path) -> None:
    with _put_off_twice(tmp_path) as at:
        before = _stands(at)
        at.fill(H3={"outcome": "Agreed", "award": 4800})
        (told,) = at.read()
        assert (told.code, told.place.cell, dict(told.detail)) == ("gone-on", "G6", {"limit": NEXT, "other": "H3"})
        assert _stands(at) == before


def test_the_meeting_that_put_it_off_last_may_still_take_it_back(tmp_path: Path) -> None:
    with _put_off_twice(tmp_path) as at:
        assert _asked(at) == {REF: NEXT}
        at.meeting = _meeting(at, NEXT)
        assert _asked(at) == {}
        with at.store.transaction():
            packs.save(at.store, pack(AFTER))
        assert _asked(at) == {REF: AFTER}
        at.meeting = _meeting(at, SP1)
        assert _asked(at) == {REF: AFTER}, "the last of them is told"


def test_a_case_that_came_after_the_release_was_given_to_nobody(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3=PUT_OFF)
        assert at.codes() == []
        with at.store.transaction():
            packs.save(at.store, pack(NEXT))
        assign(at.store, at.register, at.at)
        (late,) = cases.of_meeting(at.store, NEXT)
        assert (late.version_in, _asked(at)) == (2, {})
        with at.store.transaction():
            packs.save(at.store, pack(NEXT, version=2))
        assert _asked(at) == {REF: NEXT}


@pytest.mark.parametrize("decided", [False, True])
def test_a_cancelled_meeting_has_heard_only_what_it_decided(tmp_path: Path, decided: bool) -> None:
    with _put_off_twice(tmp_path) as at:
        told = (replace(each, status=CANCELLED) if each.meeting_id == NEXT else each for each in at.register.meetings)
        at.register = replace(at.register, meetings=tuple(told))
        if not decided:
            with at.store.transaction():
                at.store.write("DELETE FROM cluster.decision WHERE meeting = ?", [(NEXT,)])
        assert _asked(at) == ({REF: NEXT} if decided else {})


def test_an_earlier_meeting_is_no_later_one(tmp_path: Path) -> None:
    with _put_off_twice(tmp_path) as at:
        at.meeting = _meeting(at, NEXT)
        assert SP1 in {each.meeting for each in decisions.of_applications(at.store, [REF])}
        assert _asked(at) == {}
