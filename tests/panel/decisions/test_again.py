"""A decisions workbook that is gone comes back with what is recorded, unless its time was over."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cluster_sheets.panel.decisions.again import is_known, lost, recorded
from cluster_sheets.panel.decisions.view import Typed
from cluster_sheets.panel.decisions.workbook import path_of
from cluster_sheets.register.model import CANCELLED
from cluster_sheets.store import decisions
from tests.decided import FEEDBACK, NEED, PROJECT, SP1, Desk, desk
from tests.store.dump import dump

SAID: dict[str, Any] = {
    "K7": {"outcome": "Agreed for less", "award": 4000},
    "H3": {"outcome": "Not agreed", "feedback": FEEDBACK},
}


def gone(at: Desk) -> list[str]:
    return [each.meeting_id for each in lost(at.store, at.places, at.register)]


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, PROJECT, NEED) as found:
        yield found


def test_one_that_is_gone_is_missed_as_long_as_its_cases_wait_or_its_folder_is_there(at: Desk) -> None:
    folder = path_of(at.places, SP1).parent
    assert gone(at) == []
    path_of(at.places, SP1).rename(folder / "Decisions final.xlsx")
    assert gone(at) == [SP1]
    shutil.rmtree(folder)
    assert gone(at) == [SP1]
    off = tuple(replace(each, status=CANCELLED) for each in at.register.meetings)
    at.register = replace(at.register, meetings=off)
    assert gone(at) == []


def test_what_was_deleted_with_its_folder_once_all_was_decided_stays_deleted(at: Desk) -> None:
    at.fill(**SAID)
    assert at.read() == ()
    path_of(at.places, SP1).unlink()
    assert gone(at) == [SP1]
    path_of(at.places, SP1).parent.rmdir()
    assert gone(at) == []


def test_it_comes_back_with_what_is_recorded_and_asks_for_nothing(at: Desk) -> None:
    assert recorded(at.store, SP1) == Typed()
    at.fill(**SAID)
    assert at.read() == ()
    before = decisions.everything(at.store)
    path_of(at.places, SP1).unlink()
    book = openpyxl.load_workbook(at.write())
    assert [book["Meeting"][cell].value for cell in ("C6", "C7", "C8")] == [13, None, None]
    assert [book["Decisions"][cell].value for cell in ("G6", "H6", "G7", "H7")] == [
        "Agreed for less", 4000, "Not agreed", None,
    ]  # fmt: skip
    assert book["Conditions and feedback"]["F7"].value == FEEDBACK
    at.at += timedelta(days=1)
    known = dump(at.store)
    assert at.read() == ()
    assert dump(at.store) == known
    # A word of the chair's, and it is taken like any other.
    at.fill(K7={"outcome": "Agreed for less", "award": 4100})
    assert at.read() == ()
    assert decisions.everything(at.store)[: len(before)] != before
    assert [each.amount_pence for each in decisions.of_meeting(at.store, SP1)] == [410000, 0]


def test_a_blank_one_is_not_taken_for_read(at: Desk) -> None:
    known = dump(at.store)
    is_known(at.store, SP1, b"EXAMPLE")
    assert dump(at.store) == known
