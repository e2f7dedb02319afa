"""The night from end to end: told again, broken, locked, or stopped to be safe."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.night import init, order, run, stages
from cluster_sheets.night.doctor import looked_over
from cluster_sheets.night.quiet import NOTE
from cluster_sheets.night.stages import STAGES, Stage
from cluster_sheets.night.workspace import BusyError, IntegrityError, Night, RegisterError, opened
from cluster_sheets.report.run import Exit
from cluster_sheets.store import units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State
from cluster_sheets.verdict.judging import Judge
from tests.night.made import full, state
from tests.store.asked import every_unit


def test_a_night_conserves_and_leaves_the_inbox_empty(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    told = run(places.root, at)
    report = json.loads((places.reports(at) / "run.json").read_text())
    tonight = report["units"]["tonight"]
    assert report["conserves"]
    assert tonight["received"] == sum(count for name, count in tonight.items() if name != "received") == 16
    assert (told.exit_code, list(places.inbox.iterdir())) == (Exit.NEEDED, [])


@pytest.mark.parametrize("noted", [True, False])
def test_a_second_run_changes_nothing_whether_or_not_it_knows_that_there_is_nothing(
    tmp_path: Path, noted: bool
) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    before = state(places)
    if not noted:
        (places.private / NOTE).unlink()
    run(places.root, at)
    assert state(places) == before


def test_the_same_inbox_once_more_takes_nothing_twice(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    again, _ = full(tmp_path / "again")
    first = run(places.root, at)
    for path in again.inbox.iterdir():
        path.rename(places.inbox / f"once more {path.name}")
    second = run(places.root, at)
    assert (second.in_all, second.replies) == (first.in_all, first.replies)


def test_the_same_files_on_a_later_night_are_set_aside_but_what_went_back(
    tmp_path: Path,
) -> None:
    places, at = full(tmp_path / "central")
    again, _ = full(tmp_path / "again")
    first = run(places.root, at)
    came = list(again.inbox.iterdir())
    for path in came:
        path.rename(places.inbox / path.name)
    second = run(places.root, at + timedelta(days=1))
    # The one bare file that went back is judged once more, as of now; so soon its school is not told the same again.
    states = second.tonight.states
    assert (second.tonight.received, states["set-aside"], states["returned"]) == (len(came), len(came) - 1, 1)
    assert (second.in_all.conserves, second.replies) == (True, first.replies)


def test_a_faulty_register_stops_the_night_with_findings_at_its_cells(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    book = openpyxl.load_workbook(places.register)
    book["Schools"]["A6"].value = "12"
    book.save(places.register)
    with pytest.raises(RegisterError) as stopped:
        run(places.root, at)
    assert [(each.place.sheet, each.place.cell) for each in stopped.value.findings] == [("Schools", "A6")]
    assert list(places.inbox.iterdir())


def test_one_run_at_a_time(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    with opened(places, at), pytest.raises(BusyError):
        run(places.root, at)


def test_a_stage_that_breaks_ends_the_night_and_the_report_is_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")
    undisturbed, _ = full(tmp_path / "twin")

    def breaks(night: Night) -> None:
        raise ValueError("what a school typed")

    monkeypatch.setattr(order, "STAGES", (*STAGES[:3], breaks, *STAGES[3:]))
    told = run(places.root, at)
    assert told.exit_code == Exit.FAILED
    assert "what a school typed" not in (places.reports(at) / "run.json").read_text()
    assert "what a school typed" in next((places.private / "traces").iterdir()).read_text()
    monkeypatch.setattr(order, "STAGES", STAGES)
    run(places.root, at)
    run(undisturbed.root, at)
    for path in (places.private / "traces").iterdir():
        path.unlink()
    assert state(places) == state(undisturbed)


def test_money_that_does_not_tie_stops_the_night_before_anybody_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")

    def apart(night: Night) -> None:
        raise IntegrityError("The ledger does not tie.")

    money = STAGES.index(stages._money)
    monkeypatch.setattr(order, "STAGES", (*STAGES[:money], apart, *STAGES[money + 1 :]))
    told = run(places.root, at)
    assert (told.exit_code, told.why) == (Exit.INTEGRITY, "The ledger does not tie.")
    assert (list(places.outbox.iterdir()), list((places.root / "panel").iterdir())) == ([], [])


def test_one_unit_that_breaks_the_judging_is_held_and_costs_nobody_else_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")
    twin, _ = full(tmp_path / "twin")
    expected = _states(twin, at)
    poisoned = next(unit for unit, told in expected.items() if told == State.ACCEPTED)
    judge = Judge.judge

    def breaks(self: Judge, waiting: tuple[units.Unit, ...], read: Callable[..., object]) -> None:
        if any(each.unit_id == poisoned for each in waiting):
            raise ZeroDivisionError
        judge(self, waiting, read)  # type: ignore[arg-type]

    monkeypatch.setattr(Judge, "judge", breaks)
    assert _states(places, at) == expected | {poisoned: State.HELD}
    with Store.open(places.root) as store:
        assert units.get_many(store, [poisoned])[poisoned].reason == "program-fault"


def test_a_received_file_that_is_damaged_in_the_store_is_held_and_costs_nobody_else_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")
    twin, _ = full(tmp_path / "twin")
    expected = _states(twin, at)
    damaged = next(unit for unit, told in expected.items() if told == State.ACCEPTED)

    def damages(night: Night) -> None:
        (unit,) = units.get_many(night.store, [damaged]).values()
        with night.store.transaction():
            night.store.write(
                "UPDATE received SET contents = zeroblob(length(contents)) WHERE sha256 = ?", [(unit.mail_sha256,)]
            )

    judging = STAGES.index(stages._judge)
    monkeypatch.setattr(order, "STAGES", (*STAGES[:judging], damages, *STAGES[judging:]))
    found = _states(places, at)
    with Store.open(places.root) as store:
        (held,) = units.get_many(store, [damaged]).values()
        together = {each.unit_id for each in every_unit(store) if each.mail_sha256 == held.mail_sha256}
    assert (held.state, held.reason) == (State.HELD, "program-fault")
    assert {unit: told for unit, told in found.items() if unit not in together} == {
        unit: told for unit, told in expected.items() if unit not in together
    }


def _states(places: Places, at: datetime) -> dict[str, State]:
    run(places.root, at)
    with Store.open(places.root) as store:
        return {each.unit_id: each.state for each in every_unit(store)}


def test_cutting_the_night_into_other_chunks_changes_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")
    other, _ = full(tmp_path / "other")
    run(places.root, at)
    monkeypatch.setattr(stages, "CHUNK", 3)
    run(other.root, at)
    assert state(other) == state(places)


@pytest.mark.parametrize("stage", [stages._judge, stages._money, stages._file_away])
def test_what_needs_a_person_is_told_by_the_night_after_one_that_was_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    def cut(night: Night) -> None:
        raise KeyboardInterrupt

    letter = b"From: senco@abbey-hulton.example\r\nSubject: Withdraw\r\nMessage-ID: <1@x.example>\r\n\r\nPlease do.\r\n"
    at = datetime(2026, 9, 29, 2, 0, tzinfo=UTC)
    whole, places = (init(tmp_path / name, key=bytes(range(32))) for name in ("whole", "central"))
    for each in (whole, places):
        (each.inbox / "a.eml").write_bytes(letter)
        (each.inbox / "request.pdf").write_bytes(b"%PDF-1.4 EXAMPLE")
    expected = run(whole.root, at)
    monkeypatch.setattr(order, "STAGES", tuple(cut if each is stage else each for each in STAGES))
    with pytest.raises(KeyboardInterrupt):
        run(places.root, at)
    monkeypatch.setattr(order, "STAGES", STAGES)
    after, day = at + timedelta(minutes=10), timedelta(days=1)
    told = run(places.root, after)
    assert (told.exit_code, len(told.needs)) == (Exit.NEEDED, 2)
    assert (told.needs, told.tonight, told.replies_tonight) == (
        expected.needs, expected.tonight, expected.replies_tonight,
    )  # fmt: skip
    assert run(places.root, after) == told
    assert run(places.root, after + day).needs == ()
    # A night that was done tells the same for ever, whatever nights came after it.
    again = run(places.root, after)
    assert (again.needs, again.tonight) == (told.needs, told.tonight)


def test_a_second_night_of_the_same_minute_leaves_the_report_and_the_trace_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(night: Night) -> None:
        raise ValueError(f"at {night.as_of:%S} seconds")

    at = datetime(2026, 9, 29, 2, 0, 5, tzinfo=UTC)
    places = init(tmp_path / "central", key=bytes(range(32)))
    (places.inbox / "request.pdf").write_bytes(b"%PDF-1.4 EXAMPLE")
    monkeypatch.setattr(order, "STAGES", (*STAGES, breaks))
    assert run(places.root, at).needs
    lay = {path: path.read_bytes() for path in (places.root / "reports").rglob("*.*")}
    run(places.root, at + timedelta(seconds=25))
    assert {path: path.read_bytes() for path in lay} == lay
    traces = {path.name: path.read_text() for path in (places.private / "traces").iterdir()}
    assert sorted(traces) == ["2026-09-29-0200-30.txt", "2026-09-29-0200.txt"]
    assert "at 05 seconds" in traces["2026-09-29-0200.txt"]
    (said,) = (each.said for each in looked_over(places, at + timedelta(minutes=1)) if each.what == "Last night")
    assert "See reports/2026-09-29-0200-30." in said
