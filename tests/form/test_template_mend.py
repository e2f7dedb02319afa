"""What to mend: each thing once, with a link to its cell."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.form.filled import Fault, Filled
from cluster_sheets.form.template import template
from cluster_sheets.form.template_mend import WIDTHS
from cluster_sheets.look.book import LANDSCAPE
from cluster_sheets.look.measure import lines as lines_of
from tests.form.made import FORM, PROJECT, fault
from tests.reading.workbooks import SCHEME, STAMP

FAULTS = (fault("", only_told=True), fault("start_date"), fault("pupils.upn", 1), fault("pupils.upn", 3))


def mend(more: int = 0, faults: tuple[Fault, ...] = FAULTS) -> Worksheet:
    """The sheet of a copy with some faults."""
    told = Filled(SCHEME, STAMP, "For us", "Send it back.", PROJECT.form, PROJECT.tables, faults, more_faults=more)
    return openpyxl.load_workbook(io.BytesIO(template(FORM, told)))["What to mend"]


def lines(sheet: Worksheet) -> list[tuple[object, object]]:
    """(number or heading, where) of each line below the headings."""
    return [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=5)]


def test_things_are_grouped_by_sheet_and_what_is_to_be_mended_is_numbered_through() -> None:
    assert lines(mend()) == [
        ("The file: only to tell you", None),
        (None, "The file"),
        ("2 Request: 1 to mend", None),
        (1, "‘2 Request’ C22"),
        ("3 Pupils: 2 to mend", None),
        (2, "‘3 Pupils’ B7"),
        (3, "‘3 Pupils’ B9"),
        (
            "Each answer to mend has a thick red edge; a question has the words TO MEND beside it. Nothing else needs"
            " changing.",
            None,
        ),
        ("Not sure? Reply to the message this came with.", None),
    ]


def test_the_title_counts_what_is_to_be_mended_and_what_is_not_shown() -> None:
    assert mend()["A1"].value == "What to mend: 3 things, then send it back"
    more = mend(more=5)
    assert more["A1"].value == "What to mend: 8 things, then send it back"
    assert ("There are 5 more things like these. They show once these are mended.", None) in lines(more)


def test_the_last_number_is_the_count_of_the_title_and_of_the_sheets_together() -> None:
    told = (fault("start_date"), fault("summary", only_told=True), *FAULTS[2:])
    sheet = mend(faults=told)
    assert sheet["A1"].value == "What to mend: 3 things, then send it back"
    assert [each for each, _ in lines(sheet) if isinstance(each, int)] == [1, 2, 3]
    assert ("2 Request: 1 to mend", None) in lines(sheet)


def test_each_place_is_a_link_and_the_file_is_none() -> None:
    links = {row[0].value: row[1].hyperlink.location for row in mend().iter_rows() if row[1].hyperlink}
    assert links == {1: "'2 Request'!C22", 2: "'3 Pupils'!B7", 3: "'3 Pupils'!B9"}


@pytest.mark.parametrize(
    ("faults", "more", "ends"),
    [
        (FAULTS[1:2], 0, ["Each answer to mend has a thick red edge and the words TO MEND beside it. Nothing else needs"
         " changing."]),
        (FAULTS[2:], 0, ["Each answer to mend has a thick red edge. Nothing else needs changing."]),
        (FAULTS[2:], 1, ["There is 1 more thing like these. They show once these are mended.",
         "Each answer to mend has a thick red edge."]),
        ((Fault("costs", 0, "5 Costs", "None.", "Add.", ""),), 0, ["Each answer to mend has a thick red edge."]),
        ((Fault("", 0, "1 School", "Gone.", "Fill it in.", ""),), 0,
         ["Each answer to mend has a thick red edge and the words TO MEND beside it."]),
        (FAULTS[:1], 0, []),
    ],
)  # fmt: skip
def test_the_last_lines_say_what_is_true_of_what_stands_above(
    faults: tuple[Fault, ...], more: int, ends: list[str]
) -> None:
    told = [line[0] for line in lines(mend(more, faults)) if line[1] is None and isinstance(line[0], str)]
    assert told[1:] == [*ends, "Not sure? Reply to the message this came with."]


def test_an_address_in_full_is_not_broken_over_two_lines_nor_are_the_columns_wider_than_the_page() -> None:
    assert sum(WIDTHS) == LANDSCAPE
    assert lines_of("senco@school.example", WIDTHS[4]) == 1
