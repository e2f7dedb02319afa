"""The words a reader knows are those that the template writes."""

import io

import openpyxl

from cluster_sheets.form import own_words
from cluster_sheets.form.filled import Fault
from tests.reading.workbooks import workbook
from tests.requests import KINDS


def test_each_sheet_carries_the_words_that_it_is_known_by() -> None:
    faults = (Fault("purpose", 0, "2 Request", "Found.", "Mend it.", "Project"),)
    book = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"], faults)))
    told = {sheet.title: {str(cell.value) for row in sheet.iter_rows() for cell in row} for sheet in book}
    start = {own_words.START_TITLE, own_words.HOW_TITLE, own_words.STAMP_TITLE}
    start |= {*own_words.START_HEADINGS, *own_words.HOW, *own_words.STAMP_WORDS.values()} - {""}
    assert start <= told[own_words.START]
    assert {*own_words.MEND_HEADINGS, own_words.MEND_LAST} <= told[own_words.MEND]
    assert set(own_words.QUESTIONS) <= told["2 Request"]
