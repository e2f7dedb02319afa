"""A night before which nothing has changed: known by the workspace as it lies, and by nothing less."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.night import order, quiet, run
from cluster_sheets.night.quiet import NOTE, is_quiet
from cluster_sheets.night.stages import STAGES
from cluster_sheets.night.workspace import Night, opened
from cluster_sheets.store import meta
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from tests.night.made import full, state


def knows(places: Places, at: datetime) -> bool:
    """Whether a night finds that there is nothing to do."""
    with opened(places, at) as night:
        return is_quiet(night)


@pytest.fixture
def told(tmp_path: Path) -> tuple[Places, datetime]:
    """A workspace after a night."""
    places, at = full(tmp_path / "central")
    run(places.root, at)
    return places, at


def test_the_night_after_has_nothing_to_do_and_loads_no_stage(
    told: tuple[Places, datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = told
    first = json.loads((places.reports(at) / "run.json").read_text())

    def breaks(night: Night) -> None:
        raise AssertionError

    monkeypatch.setattr(order, "STAGES", (breaks,))
    later = at + timedelta(hours=1)
    run(places.root, later)
    second = json.loads((places.reports(later) / "run.json").read_text())
    assert knows(places, later + timedelta(hours=1))
    assert second["units"]["tonight"]["received"] == 0
    apart = ("as_of", "controls", "findings", "needs", "replies_tonight", "units", "files")
    assert {name: each for name, each in second.items() if name not in apart} == {
        name: each for name, each in first.items() if name not in apart
    }
    assert second["units"]["in_all"] == first["units"]["in_all"]


def test_the_next_night_with_work_never_knows_that_one_did_none(told: tuple[Places, datetime], tmp_path: Path) -> None:
    places, at = told
    twin, _ = full(tmp_path / "twin")
    run(twin.root, at)
    (twin.private / NOTE).unlink()
    for each in (places, twin):
        run(each.root, at + timedelta(hours=1))
        a_file(each)
        run(each.root, at + timedelta(hours=2))
    assert state(places) == state(twin)


def a_file(places: Places) -> None:
    """Something comes."""
    (places.inbox / "form.xlsx").write_bytes(b"EXAMPLE")


def a_row(places: Places) -> None:
    """Another command writes."""
    with Store.open(places.root) as store, store.transaction():
        meta.put(store, "EXAMPLE", "1")


def a_review(places: Places) -> None:
    """The admin saves a review workbook."""
    path = next(places.review.glob("*.xlsx"))
    path.write_bytes(path.read_bytes() + b" ")


def a_statement(places: Places) -> None:
    """A statement is gone."""
    next(places.finance.glob("*.xlsx")).unlink()


def a_decision(places: Places) -> None:
    """The chair saves the decisions workbook."""
    path = next((places.root / "panel").glob("*/decisions-*.xlsx"))
    path.write_bytes(path.read_bytes() + b" ")


def an_extract(places: Places) -> None:
    """Something is put beside the statements."""
    (places.finance / "extract.csv").write_bytes(b"EXAMPLE")


def the_register(places: Places) -> None:
    """The register is saved anew."""
    book = openpyxl.load_workbook(places.register)
    book.save(places.register)


@pytest.mark.parametrize("change", [a_file, a_row, a_review, a_statement, a_decision, an_extract, the_register])
def test_anything_that_changes_is_work(told: tuple[Places, datetime], change: Callable[[Places], None]) -> None:
    places, at = told
    assert knows(places, at)
    change(places)
    assert not knows(places, at)


def test_notes_of_office_programs_are_no_work(told: tuple[Places, datetime]) -> None:
    places, at = told
    for folder in (places.inbox, places.review, places.finance):
        (folder / "~$form.xlsx").write_bytes(b"EXAMPLE")
    assert knows(places, at)


def test_the_day_after_a_meeting_is_work(told: tuple[Places, datetime]) -> None:
    places, at = told
    with opened(places, at) as night:
        meeting = night.register.next_due(at)
    assert meeting is not None
    days = timedelta(days=(meeting.day - at.date()).days)
    assert knows(places, at + days)
    assert not knows(places, at + days + timedelta(days=1))


def test_another_version_of_the_program_is_work(told: tuple[Places, datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    places, at = told
    monkeypatch.setattr(quiet, "__version__", "99")
    assert not knows(places, at)


def test_a_night_that_left_something_to_tell_again_is_not_noted(
    told: tuple[Places, datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = told

    def too_large(night: Night) -> None:
        night.too_large = 1

    def breaks(night: Night) -> None:
        raise ValueError

    for stage in (too_large, breaks):
        a_row(places)
        monkeypatch.setattr(order, "STAGES", (*STAGES, stage))
        run(places.root, at)
        assert not (places.private / NOTE).exists()


def test_a_note_that_is_no_note_is_no_reason_to_do_nothing(told: tuple[Places, datetime]) -> None:
    places, at = told
    (places.private / NOTE).write_bytes(b"{")
    assert not knows(places, at)
