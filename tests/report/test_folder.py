import json
from datetime import timedelta, timezone
from pathlib import Path

from cluster_sheets.report.folder import TOLD, folder_of
from cluster_sheets.store.places import Places
from tests.replies.made import NIGHT

SECONDS, PARTS = NIGHT + timedelta(seconds=25), NIGHT + timedelta(seconds=25, microseconds=7)


def test_each_night_of_a_minute_has_a_folder_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    places = Places(tmp_path)
    expected = ("2026-09-29-0100", "2026-09-29-0100-25", "2026-09-29-0100-25-000007")
    for as_of in (NIGHT, SECONDS, PARTS):
        folder = folder_of(places, as_of)
        folder.mkdir(parents=True)
        assert folder_of(places, as_of) == folder
        (folder / TOLD).write_text(json.dumps({"as_of": as_of.isoformat()}))
    assert tuple(sorted(path.name for path in (tmp_path / "reports").iterdir())) == expected
    assert tuple(folder_of(places, each).name for each in (NIGHT, SECONDS, PARTS)) == expected


def test_whose_it_is_goes_by_the_moment_however_it_is_written(tmp_path: Path) -> None:
    folder = folder_of(Places(tmp_path), NIGHT)
    folder.mkdir(parents=True)
    elsewhere = NIGHT.astimezone(timezone(timedelta(hours=1)))
    (folder / TOLD).write_text(json.dumps({"as_of": elsewhere.isoformat()}))
    assert folder_of(Places(tmp_path), NIGHT) == folder


def test_a_report_that_cannot_be_read_may_be_another_nights(tmp_path: Path) -> None:
    folder = folder_of(Places(tmp_path), SECONDS)
    folder.mkdir(parents=True)
    for broken in (b"", b"[]", b"{}", b'{"as_of": 1}', b'{"as_of": "today"}', b"\xff"):
        (folder / TOLD).write_bytes(broken)
        assert folder_of(Places(tmp_path), SECONDS).name == "2026-09-29-0100-25"
