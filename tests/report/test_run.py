import json
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.report.run import Crash, Exit, Met, Received, collected
from cluster_sheets.report.written import written
from cluster_sheets.store import cases, packs, provenance, units
from cluster_sheets.store.nights import DONE
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.units import State
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, ROUND, Workspace, came, found_in, issued, workspace
from tests.report.made import LATER, RUN, asked, run
from tests.report.test_needed import in_pack
from tests.requests import project
from tests.store.asked import every_unit
from tests.store.made import ended

TRACE = """Traceback (most recent call last):
  File "/home/x/.venv/lib/python3.11/site-packages/cluster_sheets/checks/judge.py", line 12, in findings
  File "/home/x/.venv/lib/python3.11/site-packages/pandas/core/frame.py", line 99, in get
ValueError: could not read ‘Ivy Sneyd’
"""
SPOILT = project().but_line("costs", 1, unit_cost="310 + VAT for Ivy")


def busy(at: Workspace) -> None:
    """A night of one of each kind."""
    came(at, "receipt", about=issued(at.store))
    came(at, "mend", found_in(SPOILT), SPOILT, b"two", about=issued(at.store, 2))
    asked(at, came(at, "held", content=b"three", reason="capital-asked"), "held", code="capital-asked")
    came(at, "refused", content=b"four", reason="file-broken")
    came(at, "note", content=b"five", reason="auto-reply")
    at.write()


def test_what_came_tonight_and_in_all_is_counted_by_state(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        busy(at)
        before = NIGHT.replace(day=28)
        came(at, "receipt", content=b"six", first_seen_night=before)
        with at.store.transaction():
            ended(at.store, before)
        made = run(at)
        each_once = dict.fromkeys(("accepted", "returned", "held", "quarantined", "set-aside"), 1)
        assert made.tonight == Received(5, each_once)
        assert made.in_all == Received(6, each_once | {"accepted": 2})
        assert (made.tonight.conserves, made.in_all.conserves) == (True, True)


def test_only_a_night_that_was_done_needs_no_other_to_tell_what_came_in_it() -> None:
    assert set(DONE) == {Exit.CLEAN, Exit.NEEDED, Exit.UNREACHABLE}


def test_a_unit_without_a_verdict_is_a_failed_night(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "receipt")
        with at.store.transaction():
            units.save_many(at.store, [replace(unit, state=State.PENDING)])
        made = run(at)
        assert not made.tonight.conserves
        assert (made.exit_code, made.why) == (Exit.FAILED, "1 of what came has no verdict. Run the night again.")
        assert json.loads(made.to_json())["conserves"] is False


def test_the_same_night_told_again_is_the_same_text_with_its_names_in_order(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        busy(at)
        text = run(at).to_json()
        assert run(at).to_json() == text
        assert json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n" == text
        told = json.loads(text)
        assert told["replies"] == {
            "held": {"written": 1}, "mend": {"written": 1}, "note": {"written": 1}, "receipt": {"written": 1},
            "refused": {"written": 1},
        }  # fmt: skip
        assert told["findings"] == {"not-money": 1}


def test_no_name_nothing_typed_and_no_address_gets_into_a_report(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        busy(at)
        made = collected(at.store, REGISTER, at.places, NIGHT, Met(crashes=[Crash("0123456789abcdef", TRACE)]))
        folder = written(made, at.places)
        origins = provenance.get_many(at.store, [each.unit_id for each in every_unit(at.store)]).values()
        names = {school.name for school in REGISTER.schools.values()} | {each.sender for each in origins}
        names |= {member.name for member in REGISTER.members} | set(REGISTER.schools) | {"Ivy", "310", "FINAL"}
        told = (folder / "run.json").read_text() + (folder / "summary.txt").read_text()
        assert [name for name in names if name in told] == []


@pytest.mark.parametrize(("kind", "state"), [("held", "held"), ("mend", "returned")])
def test_a_crash_says_what_became_of_the_file(tmp_path: Path, kind: str, state: str) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, kind)
        made = collected(at.store, REGISTER, at.places, NIGHT, Met(crashes=[Crash(unit.unit_id, TRACE)]))
    assert f"The program broke on it; it is {state}." in [need.what for need in made.needs]


def test_a_crash_tells_its_kind_and_place_and_no_more() -> None:
    crash = Crash("0123456789abcdef", TRACE)
    assert crash.told == "ValueError at cluster_sheets/checks/judge.py:12"
    assert Crash("x", "Killed").told == "Killed"


@pytest.mark.parametrize(
    ("stopped", "why", "code"),
    [
        (Exit.CLEAN, "", Exit.CLEAN),
        (Exit.FAILED, "The program broke.", Exit.FAILED),
        (Exit.INTEGRITY, "It does not tie.", Exit.INTEGRITY),
    ],
)
def test_what_stopped_a_night_stands_over_what_it_needs(tmp_path: Path, stopped: Exit, why: str, code: Exit) -> None:
    with workspace(tmp_path) as at:
        made = collected(at.store, REGISTER, at.places, NIGHT, Met(stopped, why))
        assert (made.exit_code, made.why) == (code, why)
        assert [need.what for need in made.needs] == ([why] if why else [])


def test_a_night_needs_a_person_where_something_cannot_wait(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "refused", reason="file-broken")
        assert run(at).exit_code is Exit.CLEAN
        asked(at, came(at, "held", content=b"two", reason="capital-asked"), "held", code="capital-asked")
        assert run(at).exit_code is Exit.NEEDED


def test_packs_are_told_by_their_newest_version_and_open_questions(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "receipt")
        asked(at, unit, "ready")
        asked(at, unit, "redaction")
        with at.store.transaction():
            for version in (1, 2):
                pack = Pack(ROUND, version, PackState.DRAFT, f"h{version}", "s", f"panel/{version}.xlsx", NIGHT)
                packs.save(at.store, pack)
            packs.keep_few(at.store, ROUND, 3)
        (told,) = run(at).packs
        assert (told.meeting, told.version, told.state, told.cases) == (ROUND, 2, "DRAFT", 0)
        assert (told.open_questions, told.asked, told.few) == (2, 1, 3)


def test_a_pack_that_went_out_is_counted_as_its_file_is_and_a_draft_that_went_is_not_told(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 3, PackState.RELEASED)
        first, second, _ = cases.of_meeting(at.store, ROUND)
        with at.store.transaction():
            cases.save_many(at.store, [replace(first, carried_to="CEN-2627-A2"), replace(second, version_out=2)])
            packs.save(at.store, Pack("CEN-2627-A2", 1, PackState.DRAFT, "h", "s", "panel/none.xlsx", NIGHT))
        assert [(each.meeting, each.version, each.state, each.cases) for each in run(at).packs] == [
            (ROUND, 1, "RELEASED", 3),
        ]  # fmt: skip


def test_files_to_open_are_told_from_the_workspace_without_those_excel_keeps_beside_them(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for name in (
            "finance/statement-CEN-2026-27.xlsx",
            "finance/~$statement-CEN-2026-27.xlsx",
            "private/review/a.xlsx",
        ):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
        assert run(at).files == ("finance/statement-CEN-2026-27.xlsx", "private/review/a.xlsx")


def test_exit_codes_are_those_the_help_promises() -> None:
    assert [(code.name, int(code)) for code in Exit] == [
        ("CLEAN", 0), ("FAILED", 1), ("SET_UP", 2), ("NEEDED", 3), ("BUSY", 4), ("UNREACHABLE", 5), ("INTEGRITY", 6),
    ]  # fmt: skip
    assert LATER in RUN.needs
