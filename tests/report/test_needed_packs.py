"""What a report says of packs: only what can be done, and what came to them that nobody asked for."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.register.model import CANCELLED, Register
from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed_packs import newest, of_packs
from cluster_sheets.store import audit, cases, decisions, packs
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.packs import Pack, PackState
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, ROUND, Workspace, workspace
from tests.report.test_needed import PACK, TODAY, in_pack
from tests.store.made import ended

OFF = replace(REGISTER, meetings=tuple(replace(each, status=CANCELLED) for each in REGISTER.meetings))
GONE = replace(REGISTER, meetings=())


def needs(at: Workspace, register: Register = REGISTER, days: int = 0, *, finished: bool = True) -> tuple[Need, ...]:
    found = of_packs(at.store, register, at.places, NIGHT + timedelta(days=days), finished=finished)
    # Of packs that the tests have only in the store there is no file.
    return tuple(each for each in found if "is gone" not in each.what)


@pytest.mark.parametrize(
    ("register", "days", "finished", "asked"),
    [
        (REGISTER, 0, True, True),
        (REGISTER, 16, True, True),
        (REGISTER, 17, True, False),
        (OFF, 0, True, False),
        (GONE, 0, True, False),
        (REGISTER, 0, False, False),
    ],
)
def test_only_what_may_go_out_to_a_meeting_to_come_is_asked_to_be_released(
    tmp_path: Path, register: Register, days: int, finished: bool, asked: bool
) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 1, PackState.CHECKED)
        assert [each.what for each in needs(at, register, days, finished=finished)] == ["The pack is checked."] * asked


def test_a_new_version_says_that_it_is_one(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 1, PackState.RELEASED)
        with at.store.transaction():
            packs.save(at.store, Pack(ROUND, 2, PackState.CHECKED, "other", "sha", PACK, NIGHT, NIGHT))
        (need,) = needs(at)
        assert (need.what, need.about) == (
            "A new version of the pack is checked; its first sheet says what changed.", "version 2",
        )  # fmt: skip
        assert {meeting: each.version for meeting, each in newest(packs.everything(at.store)).items()} == {ROUND: 2}


def test_a_meeting_that_has_decided_is_asked_for_no_release(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 1, PackState.RELEASED)
        with at.store.transaction():
            packs.save(at.store, Pack(ROUND, 2, PackState.CHECKED, "other", "sha", PACK, NIGHT, NIGHT))
            told = Decision(ROUND, "CEN-2627-0001", "WITHDRAWN", 0, "MAIN", 25, 13, None, None, None, None, NIGHT)
            decisions.record_many(at.store, [told])
        assert needs(at) == ()


def test_cases_that_have_gone_on_want_no_decision_here(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 2, PackState.RELEASED)
        assert [each.what for each in needs(at, days=17)] == ["2 cases of the meeting have no decision yet."]
        with at.store.transaction():
            moved = [replace(each, carried_to="CEN-2627-A2") for each in cases.of_meeting(at.store, ROUND)]
            cases.save_many(at.store, moved)
        assert needs(at, days=17) == ()


def test_a_second_decisions_workbook_is_told_by_name_with_the_one_that_is_read(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 1, PackState.RELEASED)
        folder = at.places.panel(ROUND)
        folder.mkdir(parents=True)
        own = f"decisions-{ROUND}.xlsx"
        for name in (own, f"~${own}", "agenda.xlsx", f"decisions-{ROUND} (2).xlsx", "Decisions final.XLSX"):
            (folder / name).write_bytes(b"EXAMPLE")
        told = [each for each in needs(at) if "not read" in each.what]
        names = {f"decisions-{ROUND} (2).xlsx", "Decisions final.XLSX"}
        assert {each.where for each in told} == {f"panel/{ROUND}/{name}" for name in names}
        assert {each.kind for each in told} == {When.TODAY}
        assert all(own in each.what and own in each.do for each in told)
        with at.store.transaction():
            moved = [replace(each, carried_to="CEN-2627-A2") for each in cases.of_meeting(at.store, ROUND)]
            cases.save_many(at.store, moved)
        assert {each.kind for each in needs(at) if "not read" in each.what} == {When.LATER}


def test_cases_that_went_on_tonight_are_told_tonight(tmp_path: Path) -> None:
    told = f"{ROUND} to CEN-2627-A2: that meeting is cancelled"
    with workspace(tmp_path) as at:
        with at.store.transaction():
            audit.append_many(at.store, [audit.Line(NIGHT, audit.NIGHT, audit.MOVED_ON, told)] * 2)
        assert needs(at) == (
            Need(
                When.TODAY, "The packs", f"2 cases went on from {told}.",
                "Tell their schools: nobody was written to about it.", 5, TODAY,
            ),
        )  # fmt: skip
        assert [each.what for each in needs(at, days=1)] == [f"2 cases went on from {told}."]
        with at.store.transaction():
            ended(at.store, NIGHT)
        assert needs(at, days=1) == ()


def test_a_released_workbook_that_was_changed_or_is_gone_is_told_with_what_can_be_done(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        path = at.places.root / PACK
        path.parent.mkdir(parents=True)
        path.write_bytes(b"as released")
        sha256 = hashlib.sha256(b"as released").hexdigest()
        with at.store.transaction():
            packs.save(at.store, Pack(ROUND, 1, PackState.RELEASED, "hash", sha256, PACK, NIGHT, NIGHT, NIGHT))

        def told() -> list[tuple[str, str, str]]:
            return [(each.where, each.what, each.do) for each in of_packs(at.store, REGISTER, at.places, NIGHT)]

        assert told() == []
        again = f", or have it written again: cluster-sheets panel release --meeting {ROUND}"
        path.write_bytes(b"somebody's name")
        changed = "It was changed after its release, and nobody has checked what was typed there."
        assert told() == [(PACK, changed, f"Move it out of the folder, and put it back from your backup{again}")]
        path.unlink()
        assert told() == [(PACK, "It was released, and is gone.", f"Put it back from your backup{again}")]
        with at.store.transaction():
            packs.save(at.store, Pack(ROUND, 2, PackState.DRAFT, "other", "sha", "p2", NIGHT))
        # The command writes it again before it releases the second version.
        assert told() == [(PACK, "It was released, and is gone.", f"Put it back from your backup{again}")]


def test_a_meeting_that_gave_money_and_is_said_not_to_be_held_is_told(tmp_path: Path) -> None:
    def given(meeting: str, pence: int) -> Decision:
        return Decision(meeting, "CEN-2627-0001", "AGREED", pence, "MAIN", 25, 15, 10, 5, 0, TODAY, NIGHT)

    meetings = [replace(each, status=CANCELLED) if each.meeting_id == ROUND else each for each in REGISTER.meetings]
    cancelled = replace(REGISTER, meetings=tuple(meetings))
    with workspace(tmp_path) as at:
        in_pack(at, 1, PackState.RELEASED)
        with at.store.transaction():
            decisions.record_many(
                at.store, [given(ROUND, 1250_00), given("CEN-2425-A1", 500_00), given("CITY-2627-A", 0)]
            )
        told = {each.where: each for each in needs(at, cancelled)}
        assert set(told) == {ROUND, "CEN-2425-A1"}
        assert told[ROUND].what == "The register says that it is cancelled, but £1,250.00 was given there, and stands."
        assert told["CEN-2425-A1"].what.startswith("The register names it no more, but £500.00")
        assert {each.kind for each in told.values()} == {When.LATER}
        assert ROUND not in {each.where for each in needs(at)}
