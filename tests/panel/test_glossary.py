"""The glossary."""

import io

import openpyxl

from cluster_sheets.panel.book import workbook
from cluster_sheets.panel.scheme import glossary
from tests.panel.made import pack


def test_every_word_stands_in_it_in_order() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook(pack([]))))["Glossary"]
    words = [(row[0], row[1]) for row in page.iter_rows(min_row=5, values_only=True)]
    assert words == list(glossary(5))
    assert page["A3"].value == f"{len(words)} terms, in the order of the alphabet."
