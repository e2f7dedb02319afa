from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed_requests import of_requests
from cluster_sheets.store import applications, questions, units
from cluster_sheets.store.units import State
from cluster_sheets.verdict.listed import keep
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, ROUND, Workspace, came, workspace
from tests.report.made import accepted, asked


def needs(at: Workspace, days: int = 0, *, finished: bool = True) -> list[Need]:
    return list(of_requests(at.store, REGISTER, NIGHT + timedelta(days=days), finished=finished))


def test_what_stays_held_though_it_was_answered_is_told_each_night(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for number in range(2):
            unit = came(at, "held", content=bytes([number]), reason="no-meeting")
            asked(at, unit, "held", number, code="no-meeting")
            with at.store.transaction():
                units.save_many(at.store, [replace(unit, state=State.HELD)])
                said = questions.of_units(at.store, [unit.unit_id])
                questions.answer_many(at.store, [(each.question_id, "accept") for each in said], NIGHT)
        for days in (0, 1):
            (need,) = needs(at, days=days)
            assert need.what == (
                "You have answered, and they stay held: no meeting to come can hear them, or they name no one school"
                " of the register."
            )
            assert (need.kind, need.about) == (When.TODAY, "and 1 more")
        assert needs(at, finished=False) == []


def test_accepted_applications_that_no_meeting_hears_are_named(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        accepted(at, 1)
        (need,) = needs(at)
        assert (need.kind, need.where, need.do) == (
            When.LATER, "CEN-2627-0001", f"Run the night again: it waits for {ROUND}.",
        )  # fmt: skip
        with at.store.transaction():
            applications.save_many(
                at.store, [replace(each, meeting=None) for each in applications.everything(at.store)]
            )
        (need,) = needs(at)
        assert need.do == "Put the next meeting into register.xlsx, Meetings."
        # One that stopped has put nothing into a pack, and found no meeting for what waits: no night can say yet.
        assert needs(at, finished=False) == []


def test_what_a_changed_register_would_send_back_is_listed_and_not_urgent(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        with at.store.transaction():
            keep(at.store, "sha", {f"CEN-2627-{number:04d}": ["project-over-cap-alone"] for number in range(1, 15)})
        found = needs(at)
    assert {each.kind for each in found} == {When.LATER}
    assert found[0].what == (
        "Accepted; by the register and its meeting as they are now it would be held or go back "
        "(project-over-cap-alone)."
    )
    assert (len(found), found[-1].what) == (13, "2 more requests like these.")
