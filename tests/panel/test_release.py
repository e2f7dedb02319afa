"""Releasing a pack, and writing a lost one again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.panel.decisions.view import view
from cluster_sheets.panel.release import NotReadyError, release
from cluster_sheets.store import applications, cases, redactions, units
from cluster_sheets.store.packs import PackState
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


def test_a_new_version_is_not_released_after_the_meeting(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        released(store, places)
        with store.transaction():
            accepted(store, 2)
        checked(store, places, LATER)
        known = dump(store)
        with pytest.raises(NotReadyError, match=r"was on 15 October 2026, with version 1 of its pack: no new"):
            released(store, places, LATER.replace(day=16))
        assert dump(store) == known


def test_the_file_of_a_released_pack_comes_back_as_it_was_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        released(store, places)
        path = tmp_path / current(store).path
        data = path.read_bytes()
        path.unlink()
        moved(store, "main:CEN", 900_000, "BUDGET", "allocation:CEN", LATER)
        released(store, places, LATER)
        assert path.read_bytes() == data
        path.write_bytes(data + b"a name")
        with pytest.raises(NotReadyError, match="was changed after its release"):
            released(store, places, LATER)
        path.unlink()
        with store.transaction():
            redactions.forget_many(store, redactions.those_kept(store))
        with pytest.raises(NotReadyError, match="put it back from your backup"):
            released(store, places, LATER)
        assert not path.exists()


def test_the_file_of_any_released_version_comes_back_as_it_was(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        released(store, places)
        moved(store, "main:CEN", 900_000, "BUDGET", "allocation:CEN", LATER)
        with store.transaction():
            accepted(store, 2)
        built(store, places, LATER)
        first = places.panel(MEETING) / f"panel-{MEETING}-v1.xlsx"
        data = first.read_bytes()
        # The second version is a draft: the first comes back, and nothing else happens.
        first.unlink()
        known = dump(store)
        released(store, places, LATER)
        assert (first.read_bytes(), dump(store)) == (data, known)
        answer_all(store, LATER)
        built(store, places, LATER)
        assert (current(store).version, current(store).state) == (2, PackState.CHECKED)
        first.unlink()
        released(store, places, LATER)
        assert (first.read_bytes(), current(store).state) == (data, PackState.CHECKED)
        released(store, places, LATER)
        assert (current(store).version, current(store).state) == (2, PackState.RELEASED)
        # One that says what changed comes back with that, and the older one with it.
        second = tmp_path / current(store).path
        newer = second.read_bytes()
        with store.transaction():
            accepted(store, 3)
        built(store, places, LATER.replace(day=10))
        assert current(store).version == 3
        first.unlink()
        second.unlink()
        released(store, places, LATER.replace(day=10))
        assert (first.read_bytes(), second.read_bytes()) == (data, newer)


def test_an_older_version_that_cannot_be_made_as_it_was_keeps_no_newer_one_back(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            gone = accepted(store, 1)
            accepted(store, 2)
        checked(store, places)
        released(store, places)
        (tmp_path / current(store).path).unlink()
        with store.transaction():
            unit = units.get_many(store, [applications.get_many(store, [gone])[gone].current_unit])
            redactions.forget_many(store, list(unit))
            units.save_many(store, [replace(each, state=units.State.RETURNED) for each in unit.values()])
            accepted(store, 3)
        built(store, places, LATER)
        with pytest.raises(NotReadyError, match="put it back from your backup"):
            released(store, places, LATER)
        answer_all(store, LATER)
        built(store, places, LATER)
        released(store, places, LATER)
        assert (current(store).version, current(store).state) == (2, PackState.RELEASED)


def test_a_pack_that_no_case_waits_for_is_not_released(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        checked(store, places)
        off = replace(REGISTER, meetings=tuple(replace(each, status="CANCELLED") for each in REGISTER.meetings))
        with pytest.raises(NotReadyError, match="no case waits for that meeting"):
            release(store, places, off, FORM, lambda: FINDER, MEETING, NIGHT)
        with store.transaction():
            cases.save_many(store, [replace(each, carried_to=NEXT) for each in cases.standing(store, MEETING)])
        with pytest.raises(NotReadyError, match="no case waits for that meeting"):
            released(store, places)


def test_a_case_that_comes_back_changes_no_version_that_was_released(tmp_path: Path) -> None:
    """Its school asks another fund, and its own again: the version in between went out without it."""
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            stays, ref = (accepted(store, number) for number in (1, 2))
        checked(store, places)
        (gone,) = (each.case_ref for each in cases.of_meeting(store, MEETING) if each.application_ref == ref)
        released(store, places)
        last = NIGHT + timedelta(days=2)
        for version, at, meeting in ((2, LATER, NEXT), (3, last, MEETING)):
            with store.transaction():
                asked = replace(applications.get_many(store, [ref])[ref], meeting=meeting)
                unit = replace(units.get_many(store, [asked.current_unit])[asked.current_unit], meeting=meeting)
                units.save_many(store, [unit])
                applications.save_many(store, [asked])
            if meeting == MEETING:
                own = REGISTER.meeting(MEETING)
                assert own is not None
                built(store, places, at)
                listed = [each.application_ref for each in view(store, REGISTER, FORM, own).cases]
                assert listed == [stays], "the chair decides on what the panel was given"
            checked(store, places, at)
            assert (current(store).version, current(store).state) == (version, PackState.CHECKED)
            released(store, places, at)
        files = sorted(places.panel(MEETING).glob("panel-*.xlsx"))
        said = [_changed(path) for path in files]
        assert said == [{}, {"Taken out": f"Case {gone}"}, {"Back again": f"Case {gone}"}]
        whole = [path.read_bytes() for path in files]
        for path in files:
            path.unlink()
        released(store, places, last)
        assert [path.read_bytes() for path in files] == whole


def _changed(path: Path) -> dict[str, str]:
    """What the first sheet of a panel workbook says of the version before it."""
    rows = [(str(row[0]), str(row[1])) for row in openpyxl.load_workbook(path)["Contents"].values]
    first = next((at for at, row in enumerate(rows) if row[0].startswith("What changed")), len(rows))
    last = next((at for at, row in enumerate(rows) if row[0] == "Before the meeting"), first)
    return dict(rows[first + 1 : last])
