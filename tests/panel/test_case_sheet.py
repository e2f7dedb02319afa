"""One case on paper: two pages at the most, 9 points at the least, nothing cut."""

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.look import paper
from cluster_sheets.look.measure import TALLEST
from cluster_sheets.panel.book import workbook
from cluster_sheets.panel.case_sheet import LABEL, Laid, laid
from cluster_sheets.panel.view import CaseView, Line, Section
from tests import requests
from tests.office import needs_office, page_texts
from tests.panel.made import WORDS, collated, fullest, pack, prose

SMALLEST_POINTS = 9


def with_texts(*texts: str) -> CaseView:
    """A case with these texts alone."""
    return replace(
        collated(requests.project()),
        sections=(
            Section("The request", tuple(Line(f"Text {at}", text) for at, text in enumerate(texts)), prose=True),
        ),
    )


def holds(made: Laid) -> None:
    """Both pages hold what is put on them, notes and all, in type that can be read."""
    room = paper.PORTRAIT * 100 / made.scale
    tall = [row.tall for row in made.rows]
    if made.cut is None:
        assert (made.pages, 33 + 23 + sum(tall) + made.notes <= room) == (1, True)
    else:
        assert (made.pages, 33 + 23 + sum(tall[: made.cut]) <= room) == (2, True)
        assert 33 + sum(tall[made.cut :]) + made.notes <= room
    assert made.notes >= 40
    assert 11 * made.scale / 100 >= SMALLEST_POINTS
    assert (LABEL + made.text) * made.scale <= 684 * 100


@pytest.mark.parametrize("request_", [*requests.KINDS.values(), fullest()], ids=[*requests.KINDS, "fullest"])
def test_a_case_goes_on_two_pages_that_hold_it(request_: requests.Request) -> None:
    holds(laid(collated(request_)))


def test_whatever_its_length_its_pages_hold_it() -> None:
    made = [laid(with_texts(*[prose(200)] * lines, prose(90))) for lines in range(1, 45)]
    fitting = [each for each in made if each.pages]
    assert len(fitting) > 30
    for each in fitting:
        holds(each)


def test_a_usual_case_is_printed_at_full_size_and_page_two_begins_with_a_heading() -> None:
    made = laid(collated(requests.project().but(need=prose(900), plan=prose(900))))
    assert made.scale >= 94
    assert made.cut is not None
    assert made.rows[made.cut].line is None


def test_a_short_case_takes_one_page() -> None:
    made = laid(with_texts(prose(300)))
    assert (made.scale, made.cut, made.pages) == (100, None, 1)


def test_line_breaks_alone_never_make_a_case_too_long_or_cut_a_text_off() -> None:
    made = laid(with_texts(*["\n".join("a b c" for _ in range(200))] * 3))
    assert made.pages is not None
    assert all(row.tall <= TALLEST for row in made.rows)
    assert all("\n" not in row.line.text for row in made.rows if row.line)
    few = laid(with_texts("one\ntwo\nthree"))
    assert [row.line.text for row in few.rows if row.line] == ["one\ntwo\nthree"]


def test_what_no_form_allows_is_still_written_at_the_smallest_print() -> None:
    made = laid(with_texts(*[prose(2000)] * 8))
    assert (made.scale, made.pages) == (82, None)


def test_a_long_title_gets_smaller_and_then_a_line_of_its_own() -> None:
    sizes = {}
    for title in ("Short title", "A title of rather more than some fifty characters, so", "Many words " * 7):
        view = replace(collated(requests.project()), title=title)
        sheet = openpyxl.load_workbook(io.BytesIO(workbook(pack([view]))))["Case K7"]
        sizes[sheet["A1"].value] = (sheet["A1"].font.sz, sheet["A4"].value)
    assert sizes == {
        "Case K7: Short title": (18, "Asks for"),
        "Case K7: A title of rather more than some fifty characters, so": (16, "Asks for"),
        "Case K7": (18, "Title"),
    }


def test_the_cost_total_is_a_live_sum_of_the_lines_above_it() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(pack([collated(fullest())]))))["Case K7"]
    assert isinstance(sheet, Worksheet)
    (total,) = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell) and cell.data_type == "f"]
    assert total.value == f"=SUM(A{total.row - 10}:A{total.row - 1})"
    assert sheet.cell(total.row, 2).value == "The cluster would pay"


@pytest.mark.real
@needs_office
def test_the_fullest_permissible_case_prints_on_two_pages_with_nothing_cut() -> None:
    view = collated(fullest())
    texts = [text for text in page_texts(workbook(pack([view]))) if "Case K7: page" in text]
    assert [f"page {at} of 2" in text for at, text in enumerate(texts, start=1)] == [True, True]
    told = " ".join(" ".join(texts).split())
    for section in view.sections:
        for line in section.lines:
            # The end of each text: what is cut off is missing from what is printed.
            assert line.text.split()[-1] in told
    assert told.count(WORDS.split(".")[0][:40]) > 5
    assert "16 more lines" in told
    assert "Your notes" in texts[1]
