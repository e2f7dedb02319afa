"""Sheets of lines: real tables, marked where something is to be mended, cut into pages between lines."""

from dataclasses import replace

import pytest

from cluster_sheets.form.declared import Table
from cluster_sheets.form.template import template
from tests.form.made import FORM, PROJECT, book, fault, row_of, status
from tests.reading.workbooks import filled

FAULTS = tuple(fault("pupils.upn", line) for line in range(8))


def test_a_faulty_cell_of_a_line_has_a_thick_edge_and_its_sheet_names_it() -> None:
    faults = (fault("pupils.upn", 1), fault("pupils.year_group", 1))
    sheet = book(PROJECT, faults)["3 Pupils"]
    assert sheet["B7"].border.left.style == "thick"
    assert sheet["B6"].border.left.style == "thin"
    assert status("3 Pupils", PROJECT, faults) == (
        "2 answers to mend on this sheet. TO MEND: no. 1 in B7, no. 2 in D7."
    )


def test_many_faults_are_named_as_far_as_the_row_holds_them() -> None:
    said = status("3 Pupils", PROJECT, FAULTS)
    assert said.startswith("8 answers to mend on this sheet. TO MEND: no. 1 in B6,")
    assert said.endswith("no. 6 in B11, 2 more.")


def test_the_keys_of_a_table_stand_in_hidden_rows_around_its_lines() -> None:
    sheet = book()["5 Costs"]
    names, headings, end = (row_of(sheet, f"{what}:costs") for what in ("table", "headings", "end"))
    assert (names, headings, end) == (4, 5, 31)
    assert sheet.row_dimensions[names].hidden
    assert sheet.row_dimensions[end].hidden
    assert [cell.value for cell in sheet[names][1:4]] == ["category", "description", "hours_per_week"]


def test_a_line_total_is_locked_and_its_parts_are_not() -> None:
    sheet = book()["5 Costs"]
    assert [cell.protection.locked for cell in sheet[6][1:11]] == [False] * 8 + [True, False]
    assert str(sheet["J6"].value).startswith("=IF(AND(COUNT(")


def test_a_line_is_as_tall_as_the_longest_text_it_takes() -> None:
    heights = {table.sheet: book()[table.sheet].row_dimensions[6].height for table in FORM.tables}
    assert heights["4 Support so far"] > 150
    assert 40 <= heights["3 Pupils"] <= 60


@pytest.mark.parametrize("table", FORM.tables, ids=lambda table: table.name)
def test_a_line_nothing_is_said_of_looks_as_one_that_was_read_empty(table: Table) -> None:
    plain = filled(PROJECT)
    given = [*plain.lines.get(table.name, ())][:2]
    read = [*given, *[{}] * (min(table.lines, 7) - len(given))]
    forms = [replace(plain, lines={**plain.lines, table.name: lines}) for lines in (given, read)]
    assert template(FORM, forms[0]) == template(FORM, forms[1])


def test_lines_below_the_seventh_grow_when_they_are_used_and_are_measured_when_they_come_back() -> None:
    line = PROJECT.tables["costs"][0]
    many = PROJECT.but_lines("costs", [line] * 12)
    tall = [book(many)["5 Costs"].row_dimensions[row].height for row in range(6, 31)]
    assert None not in tall[:12]
    assert tall[12:] == [None] * 13
    assert [book()["5 Costs"].row_dimensions[row].height is None for row in (12, 13)] == [False, True]


def test_the_counts_are_never_right_below_the_heading_of_the_pupils() -> None:
    sheet = book()["3 Pupils"]
    title = row_of(sheet, "title:pupil_counts")
    ends = {each.id for each in sheet.row_breaks.brk}
    assert not ends & set(range(title - 2, sheet.max_row))


def test_a_table_prompts_for_what_its_columns_want() -> None:
    rules = {str(rule.sqref): rule for rule in book()["3 Pupils"].data_validations.dataValidation}
    upn = rules["B6:B35"]
    assert upn.promptTitle == "UPN"
    assert upn.prompt == FORM.field("pupils.upn").hint
    assert upn.error == "Copy the UPN from your school's records. For example: R999000015001"
