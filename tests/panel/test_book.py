"""The panel workbook as a whole."""

import io

import openpyxl
import pytest

from cluster_sheets.anonymise.leak import leaks
from cluster_sheets.panel.book import workbook
from cluster_sheets.panel.view import Changes
from cluster_sheets.store.packs import PackState
from tests import requests
from tests.office import differences, needs_office, page_texts
from tests.panel.made import FINDER, collated, pack, varied

CASES = varied()


def test_the_sheets_stand_in_the_order_they_are_read() -> None:
    names = openpyxl.load_workbook(io.BytesIO(workbook(pack(CASES)))).sheetnames
    refs = ["B3", "K7", "M4", "R8", "V9", "H6", "C5", "T5", "W2"]
    assert names == [
        "Contents", "Budget position", "All cases", *(f"Case {ref}" for ref in refs), "Scoring", "Glossary",
    ]  # fmt: skip


def test_the_same_pack_is_the_same_bytes() -> None:
    assert workbook(pack(CASES)) == workbook(pack(CASES))


def test_only_notes_amounts_and_scores_can_be_written_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack(CASES[:1]))))
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book.worksheets)
    boxes = {
        sheet.title: [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        for sheet in book.worksheets
    }
    notes = f"B{book['Case B3'].max_row}"
    assert boxes == {
        "Contents": [],
        "Budget position": [],
        "All cases": ["J5"],
        "Case B3": [notes],
        "Scoring": [f"B{row}" for row in range(19, 26)],
        "Glossary": [],
    }
    assert book["Case B3"][f"A{book['Case B3'].max_row}"].value == "Your notes"


def test_every_footer_says_marking_and_version() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack(CASES, version=3, changes=Changes()))))
    footers = [str(sheet.oddFooter.left.text) for sheet in book.worksheets if sheet.oddFooter and sheet.oddFooter.left]
    assert len(footers) == len(book.worksheets)
    assert all("OFFICIAL-SENSITIVE" in each and "pack CEN-2627-A1 v3" in each for each in footers)


def test_text_that_looks_like_a_formula_or_an_address_stays_text() -> None:
    request = requests.project().but(request_title="=1+1 and more words", summary="+44 " + "word " * 20)
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack([collated(request, "B3")]))))
    assert book["All cases"]["B5"].value == "=1+1 and more words"
    assert book["All cases"]["B5"].data_type == "s"
    formulas = [cell for row in book["Case B3"].iter_rows() for cell in row if cell.data_type == "f"]
    assert [str(cell.value)[:4] for cell in formulas] == ["=SUM"]


def test_every_link_leads_to_a_sheet_that_is_there() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack(CASES))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    links = [str(cell.hyperlink.location) for cell in cells if cell.hyperlink]
    assert len(links) == 5 + 9 + 9
    assert {link.rpartition("!")[0].strip("'") for link in links} == set(book.sheetnames) - {"Contents"}


def test_a_pack_of_ours_holds_no_known_identity() -> None:
    assert leaks(workbook(pack(CASES)), FINDER, frozenset(), lambda: workbook(pack([]))) == ()


@pytest.mark.real
@needs_office
@pytest.mark.parametrize("cases", [CASES, ()], ids=["nine cases", "no case"])
def test_libreoffice_works_every_formula_out_to_the_same(cases: tuple[object, ...]) -> None:
    assert differences(workbook(pack(cases))) == []  # type: ignore[arg-type]


@pytest.mark.real
@needs_office
def test_each_case_prints_on_as_many_pages_as_its_footer_says() -> None:
    texts = page_texts(workbook(pack(CASES, PackState.RELEASED)))
    for case in CASES:
        mine = [text for text in texts if f"Case {case.case_ref}: page" in text]
        assert 1 <= len(mine) <= 2, case.case_ref
        assert all(f"page {at} of {len(mine)}" in text for at, text in enumerate(mine, start=1)), case.case_ref
    assert not [text for text in texts if "###" in text]
