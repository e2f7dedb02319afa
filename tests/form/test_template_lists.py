"""Lists that boxes choose from: all in sight, each once."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.form.declared import Field
from cluster_sheets.form.template_lists import ChoiceLists
from tests.form.made import FORM, book
from tests.reading.workbooks import SCHEME

SHEET: Worksheet = book()["Lists"]
LISTS = ChoiceLists(FORM, SCHEME)
CHOSEN = [field for field in FORM.fields if LISTS.labels(field)]


@pytest.mark.parametrize("field", CHOSEN, ids=lambda field: field.key)
def test_a_box_chooses_from_its_own_labels(field: Field) -> None:
    first, last = LISTS.source(field).removeprefix("=Lists!").replace("$", "").split(":")
    cells = [row[0].value for row in SHEET[first:last]]
    assert tuple(cells) == LISTS.labels(field)


def test_a_box_without_a_list_has_none() -> None:
    assert LISTS.source(FORM.field("summary")) == ""


def test_a_nursery_year_is_no_choice_and_schools_are_those_of_the_scheme() -> None:
    assert "Nursery 1" not in LISTS.labels(FORM.field("pupils.year_group"))
    assert LISTS.labels(FORM.field("school_name")) == SCHEME.schools


def test_questions_that_share_a_list_are_named_together() -> None:
    named = [row[0].value for row in SHEET.iter_rows(min_row=5)]
    assert "Main need; Second need" in named
    assert named.count("Yes or No") == 2


def test_a_setting_in_the_name_of_a_list_is_filled_in() -> None:
    assert all("{" not in str(row[0].value) for row in SHEET.iter_rows())


def test_the_lists_are_one_table() -> None:
    assert SHEET.tables["Table_lists"].ref == f"A4:B{SHEET.max_row}"
