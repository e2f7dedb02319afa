"""Contents: what the pack holds, how far it has come, what to do with it."""

import io
from dataclasses import replace

import openpyxl
import pytest

from cluster_sheets.look.measure import width
from cluster_sheets.panel.book import workbook
from cluster_sheets.panel.contents import OVER, WIDTHS
from cluster_sheets.panel.view import Changes, PackView
from cluster_sheets.store.packs import PackState
from tests.panel.made import pack, varied

CASES = varied()


def told(view: PackView) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(workbook(view)))["Contents"].values]


def labels(view: PackView) -> list[object]:
    return [row[0] for row in told(view)]


def test_it_opens_with_the_meeting_and_how_long_reading_takes() -> None:
    rows = told(pack(CASES))
    assert rows[0][0] == "Panel pack: Central cluster meeting, 15 October 2026"
    assert rows[1][0] == "Nine cases to read and score before you meet. Reading takes about 75 minutes."
    assert told(pack([]))[1][0] == "No case is in this pack."
    assert str(told(pack(CASES[:1]))[1][0]).startswith("One case to read")


@pytest.mark.parametrize(
    ("state", "open_questions", "banner"),
    [
        (
            PackState.DRAFT,
            1,
            "DRAFT: pack CEN-2627-A1 v1, made 8 October 2026 09:12. Not for the panel: one question is still to be"
            " answered.",
        ),
        (
            PackState.CHECKED,
            0,
            "CHECKED: pack CEN-2627-A1 v1, every case checked 8 October 2026 09:12. Not for the panel until it is"
            " released.",
        ),
        (
            PackState.RELEASED,
            0,
            "RELEASED: pack CEN-2627-A1 v1, checked case by case and released 8 October 2026 09:12",
        ),
    ],
)
def test_the_banner_says_how_far_the_pack_has_come(state: PackState, open_questions: int, banner: str) -> None:
    assert told(pack(CASES, state, open_questions=open_questions))[2][0] == banner
    assert width(banner, bold=True) < sum(WIDTHS) * 0.97


def test_a_long_agenda_is_warned_of() -> None:
    assert OVER not in labels(pack(CASES))
    view = pack(CASES)
    assert OVER in labels(replace(view, policy=replace(view.policy, warn_over=8)))


def test_a_later_version_says_what_changed() -> None:
    assert not [label for label in labels(pack(CASES)) if str(label).startswith("What changed")]
    changes = Changes(added=("K7",), changed=("B3", "M4"))
    rows = told(pack(CASES, version=2, changes=changes))
    at = [row[0] for row in rows].index("What changed since version 1")
    assert [row[:2] for row in rows[at + 1 : at + 3]] == [["New", "Case K7"], ["Changed", "Case B3, Case M4"]]
    rows = told(pack(CASES, version=2, changes=Changes(left=(("CONTINGENCY", 100, -5),))))
    line = ["Budget position", "Contingency: -£0.05 is left to promise; it was £1.00."]
    assert line in [row[:2] for row in rows]
    assert "Nothing" not in [row[0] for row in rows]
    rows = told(pack(CASES, version=2, changes=Changes()))
    assert ["Nothing", "The cases are as they were."] in [row[:2] for row in rows]


def test_pages_are_told_for_each_sheet() -> None:
    rows = {str(row[0]): row[2] for row in told(pack(CASES))[4:9]}
    assert rows == {
        "Budget position": "1 page",
        "All cases": "2 pages",
        "Case B3 and 8 more": "1 or 2 pages each",
        "Scoring": "2 pages",
        "Glossary": "1 page",
    }


def test_a_case_that_comes_back_is_told_as_that() -> None:
    rows = told(pack(CASES, version=3, changes=Changes(added=("K7",), back=("B3",))))
    assert ["Back again", "Case B3"] in [row[:2] for row in rows]
