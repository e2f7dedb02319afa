"""The workbook is made beside the pack and brought up to date, and what the chair has typed stays."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cluster_sheets.form.shipped import form
from cluster_sheets.panel.decisions.workbook import GONE, path_of, write_decisions
from cluster_sheets.store import cases, packs
from tests.decided import ADVICE, NEED, PROJECT, SP1, Desk, desk, lay, pack


def _cells(at: Desk, sheet: str) -> dict[str, list[Any]]:
    book = openpyxl.load_workbook(path_of(at.places, SP1))
    rows: list[list[Any]] = [[cell.value for cell in row[1:]] for row in book[sheet].iter_rows(6) if row[1].value]
    return {str(row[0]): row[1:] for row in rows}


def test_each_case_has_its_line(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED, ADVICE) as at:
        lines = _cells(at, "Decisions")
        assert {ref: row[:4] for ref, row in lines.items()} == {
            "K7": ["EXAMPLE request 1", "Project\nMain fund", 4960, 3000],
            "H3": ["EXAMPLE request 2", "Unforeseen need\nMain fund", 4800, None],
            "N8": ["EXAMPLE request 3", "Advice\nNo money", "z", "z"],
        }


def test_a_workbook_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960})
        before = path_of(at.places, SP1).read_bytes()
        assert at.read() == ()
        assert at.write().read_bytes() == before, "not even its own decisions change what it shows"


def test_what_the_chair_typed_stays_when_the_pack_changes(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        said = {"outcome": "Agreed with conditions", "award": "£1", "conditions": "EXAMPLE words", "feedback": " "}
        at.fill({"present": "ten", "confirmed": None}, K7=said, H3={"outcome": "Withdrawn"})
        lay(at.store, at.meeting, (replace(ADVICE, case_ref="A2"),), first=9)
        with at.store.transaction():
            gone = cases.of_meeting(at.store, SP1)[1]
            cases.save_many(at.store, [replace(gone, version_out=2)])
            packs.save(at.store, pack(SP1, version=2))
        at.write()
        lines, words = _cells(at, "Decisions"), _cells(at, "Conditions and feedback")
        assert list(lines) == ["K7", "A2", "H3"]
        assert (lines["K7"][4:6], lines["A2"][4:6]) == (["Agreed with conditions", "£1"], [None, None])
        assert (lines["H3"][0], lines["H3"][4]) == (GONE, "Withdrawn")
        assert words["K7"][2:4] == ["EXAMPLE words", None]
        book = openpyxl.load_workbook(path_of(at.places, SP1))
        assert [book["Meeting"][cell].value for cell in ("C6", "C7", "C8")] == ["ten", "EXAMPLE Amina Vane", None]


def test_a_case_taken_out_of_the_pack_that_nobody_wrote_about_is_gone(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        with at.store.transaction():
            cases.save_many(at.store, [replace(cases.of_meeting(at.store, SP1)[1], version_out=2)])
        at.write()
        assert list(_cells(at, "Decisions")) == ["K7", "H3"], "the panel still has it"
        with at.store.transaction():
            packs.save(at.store, pack(SP1, version=2))
        at.write()
        assert list(_cells(at, "Decisions")) == ["K7"]


def test_a_workbook_that_cannot_be_read_is_left_for_the_chair_to_mend(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        path = path_of(at.places, SP1)
        path.write_bytes(b"PK not a workbook")
        assert at.write() == path
        assert path.read_bytes() == b"PK not a workbook"
        path.unlink()
        assert at.write().read_bytes()[:2] == b"PK"


def test_a_meeting_without_cases_has_no_workbook(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        empty = at.register.meeting("CEN-2627-A2")
        assert empty is not None
        assert write_decisions(at.store, at.places, at.register, form("application"), empty) is None


def test_a_workbook_whose_last_case_went_goes_with_it_unless_something_was_typed(tmp_path: Path) -> None:
    for number, own in enumerate(({}, {"chair_name": "EXAMPLE Amina Vane"})):
        with desk(tmp_path / str(number), PROJECT) as at:
            if own:
                at.fill({"present": None, "confirmed": None, "held_on": None, **own})
            with at.store.transaction():
                cases.save_many(at.store, [replace(cases.of_meeting(at.store, SP1)[0], version_out=2)])
                out = packs.released(at.store, SP1)
                assert out is not None
                packs.save(at.store, replace(out, version=2))
            told = write_decisions(at.store, at.places, at.register, form("application"), at.meeting)
            assert (told is not None, path_of(at.places, SP1).exists()) == (bool(own), bool(own))


@pytest.mark.parametrize("meeting", ["CEN-2627-Sp1", "CITY-2627-Sp"])
def test_it_names_its_meeting(tmp_path: Path, meeting: str) -> None:
    with desk(tmp_path, PROJECT, meeting=meeting) as at:
        title = openpyxl.load_workbook(path_of(at.places, meeting))["Meeting"]["B1"].value
        assert (
            title
            == {
                "CEN-2627-Sp1": "Decisions of the meeting CEN-2627-Sp1, 4 February 2027",
                "CITY-2627-Sp": "Decisions of the City Cluster Meeting, 11 March 2027",
            }[meeting]
        )


def test_what_would_tell_who_it_is_stops_the_workbook_and_the_chairs_own_words_do_not(tmp_path: Path) -> None:
    seen: list[bytes] = []

    def refuses(data: bytes, empty: Callable[[], bytes]) -> None:
        seen.append(data)
        assert len(empty()) < len(data)
        raise ValueError("it tells who it is")

    with desk(tmp_path, PROJECT, NEED) as at:
        at.fill({"chair_name": "EXAMPLE Amina Vane"})
        before = path_of(at.places, SP1).read_bytes()
        lay(at.store, at.meeting, (replace(ADVICE, case_ref="A2"),), first=9)
        with pytest.raises(ValueError, match="tells who"):
            write_decisions(at.store, at.places, at.register, form("application"), at.meeting, refuses)
        assert path_of(at.places, SP1).read_bytes() == before
        words = zipfile.ZipFile(io.BytesIO(seen[0])).read("xl/sharedStrings.xml").decode()
        assert ("EXAMPLE request 1" in words, "Amina" in words) == (True, False)
