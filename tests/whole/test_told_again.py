"""The same night told again, after people have filled in workbooks: the same report and the same state."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

from cluster_sheets.anonymise.review_view import NAME
from cluster_sheets.demo import answer as by_hand
from cluster_sheets.night import run
from cluster_sheets.store.places import Places
from tests.night.made import full, state
from tests.whole.played import played


def test_a_night_that_reads_odd_answers_and_no_name_tells_them_again(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    path = places.review / "CEN-2627-A1.xlsx"
    by_hand.review(path)
    book = openpyxl.load_workbook(path)
    for row in book["Needs you"].iter_rows():
        if row[0].value == NAME:
            row[2].value = None
    (odd,) = [row for row in book["Redactions"].iter_rows(min_row=5) if "|" in str(row[0].value or "")][:1]
    odd[6].value = "perhaps"
    book.save(path)
    at += timedelta(days=1)
    first = run(places.root, at)
    told, left = (places.reports(at) / "run.json").read_bytes(), state(places)
    again = run(places.root, at)
    assert {each.about for each in first.needs if each.where == path.name} == {
        f"Redactions, {odd[6].coordinate}",
        "Needs you, C10",
    }
    assert again == first
    assert ((places.reports(at) / "run.json").read_bytes(), state(places)) == (told, left)


def test_the_night_after_a_meeting_told_again_changes_nothing_of_what_was_decided_on(tmp_path: Path) -> None:
    shutil.copytree(played().places.root, tmp_path / "central")
    places = Places(tmp_path / "central")
    last = sorted((places.root / "reports").iterdir())[-1]
    at = datetime.strptime(f"{last.name} +0000", "%Y-%m-%d-%H%M %z")
    told, left = (last / "run.json").read_bytes(), state(places)
    run(places.root, at)
    assert ((last / "run.json").read_bytes(), state(places)) == (told, left)
