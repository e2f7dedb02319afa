from datetime import UTC, datetime
from pathlib import Path

from cluster_sheets.store.places import Places


def test_all_that_holds_an_identity_lies_under_private() -> None:
    places = Places(Path("central"))
    kept_apart = (places.outbox, places.review, places.lock, places.templates("CEN-2627-A1"))
    assert all(path.is_relative_to(places.private) for path in kept_apart)
    assert not places.panel("CEN-2627-A1").is_relative_to(places.private)


def test_a_path_is_told_from_the_workspace() -> None:
    places = Places(Path("central"))
    night = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
    assert places.told(places.reports(night) / "run.json") == "reports/2026-09-28-0200/run.json"


def test_what_waits_for_no_meeting_has_a_review_workbook_too() -> None:
    places = Places(Path("central"))
    told = [places.told(places.review_of(meeting)) for meeting in ("CEN-2627-A1", "")]
    assert told == ["private/review/CEN-2627-A1.xlsx", "private/review/no-meeting.xlsx"]
