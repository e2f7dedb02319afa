from dataclasses import replace

import pytest

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.verdict.structure import findings
from tests.checks.batch import raw
from tests.requests import project
from tests.verdict.made import FORM

FILE = "request.xlsx"


def found(**changes: object) -> list[Finding]:
    told = raw(project())
    for name, value in changes.items():
        setattr(told, name, value)
    return findings(FORM, told, FILE, "CS-APP 2026.1")


def finding(code: str, sheet: str = "", cell: str = "", field: str = "") -> Finding:
    return Finding(Place(FILE, sheet, cell), code, FORM.severity(code), field)


TITLE = raw(project()).answers["request_title"]
CASES: dict[str, tuple[dict[str, object], Finding]] = {
    "sheet-missing": ({"missing_sheets": ["5 Costs"]}, finding("sheet-missing", field="5 Costs")),
    "table-heading-missing": (
        {"headless": ["costs"]},
        finding("table-heading-missing", "5 Costs", field="costs"),
    ),
    "answers-below-the-table": (
        {"below": [["5 Costs", "B40"]]},
        finding("answers-below-the-table", "5 Costs", "B40"),
    ),
    "written-beside-the-boxes": (
        {"beside": [["2 Request", "F24"]]},
        finding("written-beside-the-boxes", "2 Request", "F24"),
    ),
    "written-on-what-to-mend": (
        {"over": [["What to mend", "F6"]], "stamp": {"version": ["CS-APP 2026.1"]}},
        finding("written-on-what-to-mend", "What to mend", "F6"),
    ),
    "question-missing": (
        {"missing": ["request_title"]},
        finding("question-missing", "2 Request", field="request_title"),
    ),
    "question-found-by-label": (
        {"by_label": ["request_title"]},
        finding("question-found-by-label", TITLE[0], TITLE[1], "request_title"),
    ),
    "question-twice": (
        {"twice": ["request_title", "request_title"]},
        finding("question-twice", TITLE[0], TITLE[1], "request_title"),
    ),
    "sheet-twice": (
        {"copies": [["5 Costs", "5 Costs Copy"]]},
        replace(finding("sheet-twice", field="5 Costs"), detail=(("typed", "‘5 Costs Copy’"),)),
    ),
    "column-missing": (
        {"gone": ["costs.paid_by"]},
        finding("column-missing", "5 Costs", field="costs.paid_by"),
    ),
    "sheet-added": ({"added": ["Our notes", "More"]}, finding("sheet-added", "Our notes")),
    "hidden-sheet-added": ({"hidden": ["Old"]}, finding("hidden-sheet-added", "Old")),
    "external-links": ({"external_links": True}, finding("external-links")),
    "notes-with-text": ({"notes": [["1 School", "C5"]]}, finding("notes-with-text", "1 School", "C5")),
    "pictures-or-files-inside": ({"pictures": True}, finding("pictures-or-files-inside")),
    "two-requests-in-one-file": ({"two_requests": True, "pictures": True}, finding("two-requests-in-one-file")),
    "not-our-form": ({"ours": False, "pictures": True}, finding("not-our-form")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_fault_of_shape_is_one_finding_at_its_place(code: str) -> None:
    changes, expected = CASES[code]
    assert found(**changes) == [expected]


def test_a_form_in_good_shape_has_nothing_to_say() -> None:
    assert found() == []


def test_an_empty_workbook_is_not_our_form() -> None:
    assert [each.code for each in findings(FORM, RawForm(), FILE)] == ["not-our-form"]


def test_what_is_typed_over_the_template_s_words_is_told_of_a_form_of_this_version_only() -> None:
    told = raw(project())
    told.over, told.stamp = [["Start here", "B30"]], {"version": ["CS-APP 2026.1"]}
    over = finding("written-beside-the-boxes", "Start here", "B30")
    assert findings(FORM, told, FILE, "CS-APP 2026.1") == [over]
    assert findings(FORM, told, FILE, "CS-APP 2026.2") == []
