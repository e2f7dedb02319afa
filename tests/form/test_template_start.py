"""The first sheet: where to begin, and how far one is."""

import pytest

from cluster_sheets.form import keys
from tests.form.made import FORM, PROJECT, book, fault, row_of
from tests.requests import KINDS, Request

START = book()["Start here"]


def where(request: Request = PROJECT) -> dict[str, str]:
    """What the sheet says of each of the others."""
    sheet = book(request, values=True)["Start here"]
    return {str(row[2].value): str(row[4].value) for row in sheet.iter_rows(min_row=5, max_row=12)}


def test_every_sheet_has_a_step_with_a_link_to_it() -> None:
    rows = list(START.iter_rows(min_row=5, max_row=4 + len(FORM.sheets)))
    assert [row[1].value for row in rows] == list(range(1, 9))
    assert [row[2].hyperlink.location for row in rows if row[2].hyperlink] == [
        f"'{sheet.name}'!B1" for sheet in FORM.sheets
    ]


def test_each_step_says_how_far_it_is_in_few_words() -> None:
    assert where() == {
        "1 School": "All that is required is answered.",
        "2 Request": "All that is required is answered.",
        "3 Pupils": "4 lines in pupils, 0 in counts by year band.",
        "4 Support so far": "2 lines.",
        "5 Costs": "2 lines.",
        "6 Outcomes": "1 line.",
        "7 Partners": "Not needed.",
        "8 Declaration": "All that is required is answered.",
    }


@pytest.mark.parametrize(
    ("request_", "sheet", "said"),
    [
        (PROJECT.but(school_contribution=1.0), "5 Costs", "DOES NOT TIE."),
        (PROJECT.but(summary=None), "2 Request", "1 still required."),
        (KINDS["group"].but(applicant="On our own"), "7 Partners", "DOES NOT TIE."),
    ],
)
def test_trouble_is_said_in_words(request_: Request, sheet: str, said: str) -> None:
    assert where(request_)[sheet] == said


def test_a_sheet_with_something_to_mend_says_how_much() -> None:
    sheet = book(PROJECT, (fault("start_date"), fault("end_date")), values=True)["Start here"]
    assert sheet["E6"].value == "2 answers to mend on this sheet."


def test_the_stamp_stands_in_keyed_rows_below_what_is_printed() -> None:
    rows = [row_of(START, keys.of_stamp(part)) for part in keys.STAMP_PARTS]
    assert START.cell(rows[0], keys.ANSWER_COLUMN + 1).value == "F-AAAA-BBBB"
    assert str(START.print_area).rpartition("$")[2] == str(rows[0] - 2)


def test_every_printed_page_says_which_form_it_is() -> None:
    assert START.oddFooter is not None
    assert "F-AAAA-BBBB CS-APP 2026.1" in str(START.oddFooter.left.text)
