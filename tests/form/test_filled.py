"""What goes into a workbook of the form."""

from dataclasses import replace

from cluster_sheets.form.filled import Filled, Stamp
from tests.form.made import PROJECT, fault
from tests.reading.workbooks import SCHEME, filled

FIRST, NOTE, SECOND = fault("start_date"), fault("", only_told=True), fault("pupils.upn", 1)
MARKED = filled(PROJECT, (FIRST, NOTE, SECOND))


def test_settings_named_in_a_label_are_filled_in() -> None:
    assert SCHEME.told("the first {setting:first_spend} a year, at most {setting:weeks_max}") == (
        "the first £6,000.00 a year, at most 39"
    )


def test_a_cell_is_given_its_faults_with_their_numbers_on_what_to_mend() -> None:
    assert MARKED.faults_at("pupils.upn", 1) == [(3, SECOND)]
    assert MARKED.faults_at("pupils.upn", 0) == []


def test_lines_are_known_that_something_is_to_be_mended_on() -> None:
    told = replace(SECOND, line=2, only_told=True)
    assert set(filled(PROJECT, (FIRST, SECOND, told)).faulty_lines("pupils")) == {1}


def test_what_is_only_told_marks_no_cell() -> None:
    assert MARKED.faults_at("") == []
    assert MARKED.faults_on("") == []


def test_a_sheet_is_given_all_that_is_to_be_mended_on_it() -> None:
    assert MARKED.faults_on("2 Request") == [(1, FIRST)]
    assert MARKED.faults_on("3 Pupils") == [(3, SECOND)]


def test_the_foot_of_a_page_says_which_form_it_is() -> None:
    assert MARKED.reference == "F-AAAA-BBBB CS-APP 2026.1"
    assert replace(MARKED, stamp=Stamp(version="CS-APP 2026.1")).reference == "CS-APP 2026.1"
    assert Filled(SCHEME, Stamp(), "", "").reference == ""
