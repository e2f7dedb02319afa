"""The third row of a sheet of lines: how many, and whether they fit the request."""

import pytest

from tests.form.made import PROJECT, status
from tests.requests import KINDS, Request, counts, pupil

W, G, U = KINDS["whole school"], KINDS["group"], KINDS["unforeseen"]


@pytest.mark.parametrize(
    ("sheet", "request_", "said"),
    [
        ("3 Pupils", PROJECT, "4 lines in pupils, 0 in counts by year band. Ties with 2 Request."),
        (
            "3 Pupils",
            PROJECT.but_lines("pupils", [pupil(1)]),
            "1 line in pupils, 0 in counts by year band. DOES NOT TIE: A group of pupils needs 2 to 30 lines on"
            " 3 Pupils.",
        ),
        (
            "3 Pupils",
            U.but_lines("pupils", []),
            "0 lines in pupils, 0 in counts by year band. A request for one pupil needs exactly one line on 3 Pupils.",
        ),
        (
            "3 Pupils",
            PROJECT.but_lines("pupil_counts", [counts()]),
            "4 lines in pupils, 1 in counts by year band. DOES NOT TIE: 3 Pupils has counts by year band, but the"
            " request is for single pupils.",
        ),
        ("3 Pupils", W, "0 lines in pupils, 2 in counts by year band. Ties with 2 Request."),
        ("4 Support so far", PROJECT, "2 lines."),
        ("5 Costs", PROJECT, "2 lines. Ties with 2 Request."),
        ("5 Costs", PROJECT.but(amount_requested=1.0), "2 lines. DOES NOT TIE: see the sums below the lines."),
        ("5 Costs", PROJECT.but(amount_requested=None), "2 lines."),
        ("5 Costs", KINDS["advice"], "Not needed."),
        ("6 Outcomes", PROJECT.but_lines("outcomes", []), "0 lines. 6 Outcomes needs 1 to 3 lines."),
        ("7 Partners", PROJECT, "Not needed."),
        ("7 Partners", G, "2 lines. Ties with 2 Request."),
        (
            "7 Partners",
            G.but(applicant="On our own"),
            "2 lines. DOES NOT TIE: 7 Partners is filled in, but you ask on your own.",
        ),
    ],
)
def test_a_sheet_says_how_many_lines_it_has_and_whether_they_fit(sheet: str, request_: Request, said: str) -> None:
    assert status(sheet, request_) == said


def test_a_sheet_nobody_has_begun_is_not_called_wrong() -> None:
    assert status("5 Costs", Request({})) == "0 lines."
    assert status("3 Pupils", Request({})) == "0 lines in pupils, 0 in counts by year band."
