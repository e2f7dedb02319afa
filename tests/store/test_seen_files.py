from datetime import timedelta
from pathlib import Path

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.store import seen_files
from tests.store.made import NIGHT, made


def test_the_contents_last_read_are_known_by_kind_and_name(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert seen_files.last_read(store, "review", "A2") is None
        for sha256 in ("a" * 64, "b" * 64):
            seen_files.was_read(store, "review", "A2", sha256, NIGHT)
        assert seen_files.last_read(store, "review", "A2") == "b" * 64
        assert seen_files.last_read(store, "decisions", "A2") is None


def test_it_is_known_when_these_very_contents_were_read(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        seen_files.was_read(store, "decisions", "A2", "a" * 64, NIGHT)
        assert seen_files.read_when(store, "decisions", "A2", "a" * 64) == NIGHT
        assert seen_files.read_when(store, "decisions", "A2", "b" * 64) is None


def test_what_a_night_notes_of_a_file_is_told_again_by_that_night_alone(tmp_path: Path) -> None:
    found = (Finding(Place("A2.xlsx", "Held", "F6"), "review-settled", Severity.NOTE),)
    with made(tmp_path) as store, store.transaction():
        seen_files.note(store, "review", "A2.xlsx", found, NIGHT)
        seen_files.note(store, "review", "A2.xlsx", (), NIGHT + timedelta(days=1))
        assert seen_files.noted(store, "review", "A2.xlsx", NIGHT) == found
        assert seen_files.noted(store, "review", "A2.xlsx", NIGHT + timedelta(days=1)) == ()
        assert seen_files.noted(store, "review", "A1.xlsx", NIGHT) == ()
