"""The pack from draft to released, and on to the next version."""

import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.anonymise.leak import LeakError
from cluster_sheets.panel import stage
from cluster_sheets.panel.release import NotReadyError, release
from cluster_sheets.store import applications, audit, cases, decisions, packs, questions, redactions, units
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.packs import PackState
from cluster_sheets.store.places import Places
from tests import requests
from tests.checks.batch import FORM
from tests.panel.made import (
    FINDER,
    LATER,
    MEETING,
    NEXT,
    NIGHT,
    accepted,
    answer_all,
    built,
    checked,
    current,
    moved,
    released,
    workspace,
)
from tests.register.made import REGISTER
from tests.store.dump import dump


def banner(path: Path) -> str:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return str(book["Contents"]["A3"].value)


def test_a_pack_is_a_draft_then_checked_then_released(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            refs = [accepted(store, number) for number in (1, 2)]
        built(store, places)
        path = tmp_path / "panel" / MEETING / f"panel-{MEETING}-v1.xlsx"
        pack = current(store)
        assert (pack.version, pack.state, pack.path) == (1, PackState.DRAFT, places.told(path))
        assert pack.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert banner(path) == (
            f"DRAFT: pack {MEETING} v1, made 8 October 2026 03:00. Not for the panel: two questions are still to be"
            " answered."
        )
        asked = questions.of_meeting(store, MEETING)
        assert sorted(str(each.application_ref) for each in asked) == refs
        assert {(each.kind, each.answer) for each in asked} == {("ready", None)}
        with pytest.raises(NotReadyError, match="draft with 2 open questions: answer them in"):
            released(store, places)
        answer_all(store)
        with pytest.raises(NotReadyError, match="is a draft, and nothing in it is left to answer: run again first"):
            released(store, places)
        built(store, places, LATER)
        assert (current(store).state, current(store).checked_at) == (PackState.CHECKED, LATER)
        assert banner(path).startswith(f"CHECKED: pack {MEETING} v1, every case checked 9 October 2026 03:00.")
        released(store, places, LATER)
        assert (current(store).state, current(store).released_at) == (PackState.RELEASED, LATER)
        assert banner(path).startswith(f"RELEASED: pack {MEETING} v1, checked case by case")
        assert [line.event for line in audit.everything(store)] == ["pack-draft", "pack-checked", "pack-released"]


@pytest.mark.parametrize("state", list(PackState))
def test_a_second_run_changes_nothing(tmp_path: Path, state: PackState) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        built(store, places)
        if state is not PackState.DRAFT:
            answer_all(store)
            built(store, places)
        if state is PackState.RELEASED:
            released(store, places)
        path = tmp_path / current(store).path
        assert current(store).state is state
        known, data, at = dump(store), path.read_bytes(), path.stat().st_mtime_ns
        for as_of in (NIGHT, LATER):
            built(store, places, as_of)
            if state is PackState.RELEASED:
                released(store, places, as_of)
        assert (dump(store), path.read_bytes(), path.stat().st_mtime_ns) == (known, data, at)


def test_a_file_that_was_lost_or_changed_is_written_again_the_same(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        built(store, places)
        path = tmp_path / current(store).path
        data, known = path.read_bytes(), dump(store)
        path.unlink()
        built(store, places, LATER)
        assert path.read_bytes() == data
        path.write_bytes(b"")
        built(store, places, LATER)
        assert (path.read_bytes(), dump(store)) == (data, known)


def test_a_case_that_changes_is_asked_about_again(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            ref = accepted(store, 1)
        built(store, places)
        answer_all(store)
        built(store, places)
        assert current(store).state is PackState.CHECKED
        unit = applications.get_many(store, [ref])[ref].current_unit
        texts = redactions.get_many(store, [unit])[unit]
        with store.transaction():
            redactions.put_many(store, [(unit, {**texts, "summary": "Another text, as the admin's answers made it."})])
            store.write("DELETE FROM cluster.meta WHERE name LIKE ?", [("pack %",)])
        built(store, places, LATER)
        asked = questions.of_meeting(store, MEETING)
        assert sorted(str(each.answer) for each in asked) == ["None", "yes"]
        assert current(store).state is PackState.DRAFT


def test_a_released_pack_changes_only_by_a_new_version_that_says_what_changed(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            gone, stays = accepted(store, 1), accepted(store, 2)
        built(store, places)
        answer_all(store)
        built(store, places)
        released(store, places)
        first = (tmp_path / current(store).path).read_bytes()
        with store.transaction():
            late = accepted(store, 3)
            unit = units.get_many(store, [applications.get_many(store, [gone])[gone].current_unit])
            units.save_many(store, [replace(each, state=units.State.RETURNED) for each in unit.values()])
        built(store, places, LATER)
        pack = current(store)
        assert (pack.version, pack.state) == (2, PackState.DRAFT)
        assert (tmp_path / "panel" / MEETING / f"panel-{MEETING}-v1.xlsx").read_bytes() == first
        book = openpyxl.load_workbook(tmp_path / pack.path)
        told = {row[0]: row[1] for row in book["Contents"].iter_rows(min_row=10, values_only=True) if row[0]}
        stood = {each.application_ref: each for each in cases.of_meeting(store, MEETING)}
        assert told["New"] == f"Case {stood[late].case_ref}"
        assert told["Taken out"] == f"Case {stood[gone].case_ref}"
        assert "Changed" not in told
        assert (stood[gone].version_out, stood[late].version_in, stood[stays].version_out) == (2, 2, None)
        assert f"Case {stood[gone].case_ref}" not in book.sheetnames


def test_a_case_that_reads_otherwise_after_release_is_named_in_the_next_version(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            refs = [accepted(store, number) for number in (1, 2)]
        built(store, places)
        answer_all(store)
        built(store, places)
        released(store, places)
        unit = applications.get_many(store, refs)[refs[0]].current_unit
        texts = redactions.get_many(store, [unit])[unit]
        with store.transaction():
            redactions.put_many(store, [(unit, {**texts, "summary": "Another text, as the admin's answers made it."})])
            store.write("DELETE FROM cluster.meta WHERE name LIKE ?", [("pack %",)])
        for answer in (None, LATER):
            if answer:
                answer_all(store, answer)
            built(store, places, LATER)
            book = openpyxl.load_workbook(tmp_path / current(store).path)
            told = {row[0]: row[1] for row in book["Contents"].iter_rows(min_row=10, values_only=True) if row[0]}
            stood = {each.application_ref: each for each in cases.of_meeting(store, MEETING)}
            assert told["Changed"] == f"Case {stood[refs[0]].case_ref}"
            assert "New" not in told
        assert (current(store).version, current(store).state) == (2, PackState.CHECKED)


def test_a_known_name_in_a_case_stops_the_file(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            ref = accepted(store, 1)
            unit = applications.get_many(store, [ref])[ref].current_unit
            texts = redactions.get_many(store, [unit])[unit]
            redactions.put_many(store, [(unit, {**texts, "need": "Pupils of Abbey Hulton Primary School need it."})])
        with pytest.raises(LeakError, match="a school's name"):
            built(store, places)
        assert not (tmp_path / "panel").exists()
        assert packs.current(store, MEETING) is None


def test_a_text_that_was_not_redacted_is_not_shown_and_the_pack_stays_a_draft(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            ref = accepted(store, 1)
            redactions.forget_many(store, [applications.get_many(store, [ref])[ref].current_unit])
        built(store, places)
        answer_all(store)
        built(store, places, LATER)
        assert current(store).state is PackState.DRAFT
        (case,) = cases.of_meeting(store, MEETING)
        sheet = openpyxl.load_workbook(tmp_path / current(store).path)[f"Case {case.case_ref}"]
        texts = [str(row[0]) for row in sheet.iter_rows(min_col=2, max_col=2, values_only=True)]
        assert requests.project().form["summary"] not in texts
        assert sum("has not been through the anonymiser" in text for text in texts) >= 5


def test_the_decisions_workbook_lies_beside_the_pack_and_comes_back_when_it_is_lost(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        built(store, places)
        path = tmp_path / "panel" / MEETING / f"decisions-{MEETING}.xlsx"
        data = path.read_bytes()
        path.unlink()
        built(store, places)
        assert path.read_bytes() == data


def test_a_decisions_workbook_that_was_renamed_after_its_meeting_is_made_again(tmp_path: Path) -> None:
    over = NIGHT.replace(day=20)
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        path = places.decisions(MEETING)
        data = path.read_bytes()
        path.rename(path.with_name(f"decisions-{MEETING} (2).xlsx"))
        built(store, places)
        assert path.read_bytes() == data, "a copy is not it"
        path.unlink()
        built(store, places, over)
        assert not path.exists(), "nobody was given the pack"
        with store.transaction():
            packs.save(store, replace(current(store), state=PackState.RELEASED, released_at=NIGHT))
        built(store, places, over)
        assert path.exists()


def test_once_a_meeting_has_decided_its_pack_and_its_decisions_workbook_stay_as_they_were(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            ref, _ = accepted(store, 1), accepted(store, 2)
        for moment in (NIGHT, LATER):
            built(store, places, moment)
            answer_all(store, moment)
        released(store, places, LATER)
        put_off = Decision(MEETING, ref, "DEFERRED", 0, "MAIN", 25, 13, None, None, None, None, LATER)
        with store.transaction():
            decisions.record_many(store, [put_off])
            (case,) = (each for each in cases.of_meeting(store, MEETING) if each.application_ref == ref)
            cases.save_many(store, [replace(case, carried_to=NEXT)])
            (asked,) = applications.get_many(store, [ref]).values()
            applications.save_many(store, [replace(asked, meeting=NEXT)])
        kept = {path.name: path.read_bytes() for path in (tmp_path / "panel" / MEETING).iterdir()}
        built(store, places, LATER)
        assert {path.name: path.read_bytes() for path in (tmp_path / "panel" / MEETING).iterdir()} == kept
        assert sorted(kept) == [f"decisions-{MEETING}.xlsx", f"panel-{MEETING}-v1.xlsx"]
        assert (current(store).version, current(store).state) == (1, PackState.RELEASED)
        assert [each.application_ref for each in cases.of_meeting(store, NEXT)] == [ref]


def lines(places: Places) -> list[str]:
    """The cases in the chair's workbook."""
    from cluster_sheets.panel.decisions.workbook import path_of

    sheet = openpyxl.load_workbook(path_of(places, MEETING))["Decisions"]
    return [str(row[1].value) for row in sheet.iter_rows(min_row=6) if row[1].value and not row[0].value]


@pytest.mark.parametrize("killed", [False, True])
def test_the_chairs_workbook_holds_what_the_panel_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        released(store, places)
        first = lines(places)
        assert len(first) == 1
        with store.transaction():
            accepted(store, 2)
        checked(store, places, LATER)
        assert (current(store).version, current(store).state, lines(places)) == (2, PackState.CHECKED, first)
        if killed:
            with monkeypatch.context() as patch:
                patch.setattr("cluster_sheets.panel.release.write_chairs", kill)
                with pytest.raises(KeyboardInterrupt):
                    released(store, places, LATER)
            assert (current(store).state, lines(places)) == (PackState.RELEASED, first)
            built(store, places, LATER.replace(day=10))
        else:
            released(store, places, LATER)
        assert sorted(lines(places)) == sorted(each.case_ref for each in cases.standing(store, MEETING))
        assert len(lines(places)) == 2


def test_a_meeting_without_cases_has_no_pack(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1, meeting=NEXT)
        built(store, places)
        assert packs.everything(store) == ()
        with pytest.raises(NotReadyError, match="no pack"):
            release(store, places, REGISTER, FORM, lambda: FINDER, MEETING, NIGHT)


def test_a_released_pack_that_loses_its_only_case_says_so_by_a_version_that_can_be_released(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            ref = accepted(store, 1)
        checked(store, places)
        released(store, places)
        with store.transaction():
            (asked,) = applications.get_many(store, [ref]).values()
            unit = units.get_many(store, [asked.current_unit])[asked.current_unit]
            units.save_many(store, [replace(unit, meeting=NEXT)])
            applications.save_many(store, [replace(asked, meeting=NEXT)])
        built(store, places, LATER)
        assert (current(store).version, current(store).state) == (2, PackState.CHECKED)
        assert places.decisions(MEETING).exists(), "the panel was given that case"
        released(store, places, LATER)
        assert not places.decisions(MEETING).exists()
        assert (current(store).version, current(store).state) == (2, PackState.RELEASED)
        (case,) = cases.of_meeting(store, MEETING)
        book = openpyxl.load_workbook(tmp_path / current(store).path)
        told = {row[0]: row[1] for row in book["Contents"].iter_rows(min_row=10, values_only=True) if row[0]}
        assert told["Taken out"] == f"Case {case.case_ref}"
        assert f"Case {case.case_ref}" not in book.sheetnames
        known = dump(store)
        built(store, places, LATER.replace(day=10))
        assert dump(store) == known


def test_the_meetings_next_due_are_the_clusters_and_the_citys() -> None:
    assert [each.meeting_id for each in REGISTER.due(NIGHT)] == [MEETING, "CITY-2627-A"]


def test_the_next_meeting_of_every_cluster_gets_its_pack(tmp_path: Path) -> None:
    own = REGISTER.meeting(MEETING)
    assert own is not None
    north = replace(own, meeting_id="N-2627-A1", cluster="N", day=own.day + timedelta(days=7))
    register = replace(REGISTER, meetings=(*REGISTER.meetings, north))
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
            accepted(store, 2, meeting=north.meeting_id)
        stage.assign(store, register, NIGHT)
        stage.build(store, places, register, FORM, lambda: FINDER, NIGHT)
        assert [each.meeting for each in packs.everything(store)] == [MEETING, north.meeting_id]
        for each in (MEETING, north.meeting_id):
            assert sorted(path.name for path in places.panel(each).iterdir()) == [
                f"decisions-{each}.xlsx",
                f"panel-{each}-v1.xlsx",
            ]


def test_a_released_pack_whose_fund_has_another_sum_left_gets_a_new_version_that_tells_both(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        moved(store, "main:CEN", 900_000, "BUDGET", "allocation:CEN", NIGHT)
        checked(store, places)
        released(store, places)
        # Only from promised to paid: as much is left to promise as the pack tells.
        moved(store, "bank", 100, "PAY", "award:CEN-2627-0001", LATER)
        built(store, places, LATER)
        assert (current(store).version, current(store).state) == (1, PackState.RELEASED)
        moved(store, "main:CEN", -400_000, "BUDGET", "allocation:CEN", LATER)
        built(store, places, LATER)
        assert (current(store).version, current(store).state) == (2, PackState.CHECKED)
        book = openpyxl.load_workbook(tmp_path / current(store).path)
        told = {row[0]: row[1] for row in book["Contents"].iter_rows(min_row=10, values_only=True) if row[0]}
        assert told["Budget position"] == "Main: £5,000.00 is left to promise; it was £9,000.00."
        released(store, places, LATER)
        known = dump(store)
        built(store, places, LATER.replace(day=10))
        assert (current(store).version, current(store).state) == (2, PackState.RELEASED)
        assert dump(store) == known
