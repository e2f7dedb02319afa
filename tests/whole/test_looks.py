"""What is printed, page by page: the fullest case on two of them, no text cut, no figure too wide for its box."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.demo import answer as by_hand
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.play import KEY, START
from cluster_sheets.night import init, opened, run
from cluster_sheets.replies.issue import issue
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State
from tests import requests
from tests.office import all_converted, all_typed, needs_office, pdf, told
from tests.panel.made import fullest, prose
from tests.store.asked import every_unit
from tests.whole.played import played

pytestmark = [pytest.mark.real, needs_office]
ROUND, SCHOOL = "CEN-2627-A1", "146487"
BOX_OF_A_POINT = 1.3
"""A word's box in a PDF is so much taller than its letters' size: measured on Arial from 8 to 18 points."""
LEAST_POINTS = 9
_WORD = re.compile(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</word>')


def cost(hours: float, rate: float, shared: float, payer: str, at: int) -> requests.Answers:
    """A line of 120 characters whose sum is worked out from its four figures."""
    return {
        "category": "Assistive technology",
        "description": prose(120, at),
        "hours_per_week": hours,
        "weeks": 19.0,
        "rate": rate,
        "group_size": shared,
        "paid_by": payer,
    }


def fullest_that_is_taken(members: list[str]) -> requests.Request:
    """The fullest request there is, its sums put right: 25 costs, 30 pupils, every other school a partner."""
    request = fullest()
    costs = [cost(10.5, 17.24, 1.0, "Cluster", at) for at in range(5)]
    costs += [cost(2.5, 15.0, 5.0, "Cluster", at) for at in range(5, 23)]
    costs += [cost(2.5, 15.0, 5.0, "School", 23), cost(2.5, 15.0, 5.0, "Other", 24)]
    amount = round(5 * 3439.38 + 18 * 142.5, 2)
    request.tables["costs"] = costs
    request.tables["partners"] = [
        requests.partner(requests.PARTNER, 500.0) | {"partner_school": name} for name in members
    ]
    for pupil in request.tables["pupils"]:
        pupil["school_urn"] = SCHOOL
    for name in ("school_name", "school_urn"):
        del request.form[name]
    return request.but(
        amount_requested=amount, minimum_viable=amount - 1000, school_contribution=142.5, other_funding=142.5
    )


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The panel workbook of a real night on which the fullest request came."""
    places = init(tmp_path_factory.mktemp("fullest") / "central", key=KEY)
    with opened(places, START) as night:
        meeting = night.register.meeting(ROUND)
        assert meeting is not None
        (blank,) = issue(night.store, places, night.register, night.form, ROUND, START, 1, [SCHOOL]).paths
        members = [each.name for each in night.register.members_on("CEN", meeting.day) if each.urn != SCHOOL]
    request = fullest_that_is_taken(members)
    (places.inbox / "fullest.xlsx").write_bytes(Blank(blank.read_bytes()).filled(request.form, request.tables))
    at = meeting.closes_at - timedelta(hours=20)
    # It asks for building work, so the admin is asked first.
    run(places.root, at)
    assert by_hand.review(places.review / f"{ROUND}.xlsx") == {"held": 1}
    run(places.root, at + timedelta(hours=1))
    with Store.open(places.root) as store:
        (unit,) = every_unit(store)
    assert unit.state == State.ACCEPTED
    return (places.panel(ROUND) / f"panel-{ROUND}-v1.xlsx").read_bytes()


def pages_of(printed: bytes) -> Iterator[list[tuple[float, str]]]:
    """(size in points, word) of every word, by page."""
    for page in told(printed, "pdftotext", "-bbox", "-").split("<page ")[1:]:
        yield [
            ((float(bottom) - float(top)) / BOX_OF_A_POINT, unescape(word)) for top, bottom, word in _WORD.findall(page)
        ]


def test_the_fullest_permissible_case_prints_on_two_pages_at_nine_points_or_more(pack: bytes) -> None:
    case = next(name for name in openpyxl.load_workbook(io.BytesIO(pack)).sheetnames if name.startswith("Case "))
    mine = [page for page in pages_of(pdf(pack)) if f"{case}: page" in " ".join(word for _, word in page)]
    assert [" ".join(word for _, word in page).count(f"page {number} of 2") for number, page in enumerate(mine, 1)] == [
        1,
        1,
    ]
    sizes = [size for page in mine for size, _ in page]
    assert len(sizes) > 900
    assert round(min(sizes), 1) >= LEAST_POINTS


def test_nothing_of_the_fullest_case_is_cut(pack: bytes) -> None:
    assert cut({"fullest": pack}) == []
    assert lost({"fullest": pack}) == []


def books() -> Mapping[str, bytes]:
    """Every workbook of the demo as it lies there at the end, and each copy that went back."""
    demo = played()
    issued = next((demo.places.private / "templates").rglob("*.xlsx"))
    shown = {path: found[-1] for path, found in demo.versions.items()}
    return shown | demo.marked_up() | {issued.name: issued.read_bytes()}


def test_no_row_of_the_demos_workbooks_is_lower_than_its_text() -> None:
    assert cut(books()) == []


def test_every_word_of_the_demos_workbooks_is_on_paper_and_no_figure_is_too_wide() -> None:
    assert lost(books()) == []


def cut(found: Mapping[str, bytes]) -> list[str]:
    """Rows that are lower than LibreOffice makes them when it is asked to fit them to what stands in them."""
    ours = [openpyxl.load_workbook(io.BytesIO(data)) for data in found.values()]
    fitting = [[("fit-rows", sheet.title) for sheet in visible(book)] for book in ours]
    low = []
    for name, book, fitted in zip(found, ours, all_typed(list(found.values()), fitting), strict=True):
        theirs = openpyxl.load_workbook(io.BytesIO(fitted))
        for sheet in visible(book):
            rows = theirs[sheet.title].row_dimensions
            for number, row in sheet.row_dimensions.items():
                needed = rows[number or 0].height or 0
                if row.height is not None and not row.hidden and needed > row.height + 0.5:
                    low.append(f"{name} {sheet.title} row {number}: {row.height}, {needed} is needed")
    return low


def lost(found: Mapping[str, bytes]) -> list[str]:
    """Words of cells that are to be printed and are not, and figures that show as ###."""
    told_lost = []
    for (name, data), printed in zip(found.items(), all_converted(list(found.values()), "pdf"), strict=True):
        # A word that is broken at a hyphen or a slash goes on below, beside words of other columns: two ways to read.
        ways = [re.sub(r"\s", "", told(printed, "pdftotext", way, "-")) for way in ("-layout", "-raw")]
        told_lost += [f"{name}: ###"] * ("###" in ways[0])
        for sheet in visible(openpyxl.load_workbook(io.BytesIO(data), data_only=True)):
            for cell in on_paper(sheet):
                told_lost += [
                    f"{name} {sheet.title} {cell.coordinate}: {word}"
                    for word in str(cell.value).split()
                    if not any(word in way for way in ways)
                ]
    return told_lost


def visible(book: openpyxl.Workbook) -> Iterator[Worksheet]:
    """Its sheets that are shown."""
    yield from (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")


def on_paper(sheet: Worksheet) -> Iterator[Cell]:
    """Cells with text in what is printed of a sheet."""
    left, top, right, bottom = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
    away = {name for name, column in sheet.column_dimensions.items() if column.hidden}
    for number, row in enumerate(sheet.iter_rows(top, bottom, left, right), start=top or 1):
        if not sheet.row_dimensions[number].hidden:
            yield from (
                cell
                for cell in row
                if isinstance(cell, Cell) and isinstance(cell.value, str) and cell.column_letter not in away
            )


def test_the_looking_itself_sees_what_is_cut_and_what_is_lost() -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"] = "EXAMPLE " * 30, 123456789.25
    sheet["A1"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet["B1"].number_format = "£#,##0.00"
    sheet.column_dimensions["B"].width = 5
    sheet["A2"], sheet["B2"] = "alpha bravo charlie", "next"
    sheet["A3"] = "fits"
    for row, height in ((1, 30), (2, 15), (3, 15)):
        sheet.row_dimensions[row].height = height
    sheet.print_area = "A1:B3"
    book.save(saved)
    found = {"made": saved.getvalue()}
    assert [each.partition(":")[0] for each in cut(found)] == ["made Sheet row 1"]
    assert lost(found) == ["made: ###", "made Sheet A2: charlie"]
