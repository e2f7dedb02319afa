"""Answer boxes: what Excel lets in, what it says when it does not, and how an answer is written back."""

from datetime import datetime

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from cluster_sheets.form.declared import Field
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.template_boxes import fault_words, shortened
from tests.form.made import FORM, PROJECT, book, fault, row_of
from tests.reading.workbooks import filled

OWN = [field for field in FORM.fields if not field.table]


def rule_of(field: Field) -> DataValidation | None:
    """The validation of a question's box."""
    sheet = book()[field.sheet]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    return rules.get(f"C{row_of(sheet, field.name)}")


@pytest.mark.parametrize("field", [each for each in OWN if each.kind != "long-text"], ids=lambda field: field.key)
def test_a_box_stops_what_it_cannot_take_in_our_own_words(field: Field) -> None:
    rule = rule_of(field)
    assert rule is not None
    assert rule.errorStyle in (None, "stop")
    assert rule.errorTitle
    assert "For example: " in str(rule.error) or str(rule.error).startswith(("Choose one of", "Shorten it to "))


@pytest.mark.parametrize("field", [each for each in OWN if each.kind == "long-text"], ids=lambda field: field.key)
def test_a_box_of_own_words_takes_what_is_too_long_and_counts_it(field: Field) -> None:
    assert rule_of(field) is None


def test_a_list_has_a_short_prompt_so_that_it_does_not_cover_the_next_answer() -> None:
    rule = rule_of(FORM.field("purpose"))
    assert rule is not None
    assert (rule.promptTitle, rule.prompt) == ("Is this for a project, an…", "Choose one from the list.")


@pytest.mark.parametrize(
    ("text", "cut"), [("as it is", "as it is"), ("one two three", "one two…"), ("a" * 10, "a" * 10)]
)
def test_a_long_text_is_cut_between_words(text: str, cut: str) -> None:
    assert shortened(text, 10) == cut


@pytest.mark.parametrize(
    ("key", "raw", "kept"),
    [
        ("start_date", datetime(2027, 2, 22), datetime(2027, 2, 22)),  # noqa: DTZ001 - Excel dates have no zone
        ("start_date", "soon", "soon"),
        ("amount_requested", 3275.6, 3275.6),
        ("amount_requested", "=1+1", "=1+1"),
        ("school_urn", 146487.0, "146487"),
        ("summary", "\x00error", None),
        ("contact_phone", "  ", None),
    ],
)
def test_an_answer_is_given_back_as_it_was_typed(key: str, raw: Raw, kept: Raw) -> None:
    sheet = book(PROJECT.but(**{key: raw}))[FORM.field(key).sheet]
    cell = sheet.cell(row_of(sheet, key), 3)
    assert cell.value == kept
    assert cell.data_type != "f"


def test_two_faults_of_one_cell_are_told_together() -> None:
    told = filled(PROJECT, (fault("summary", found="One.", mend="Do this."), fault("summary", found="Two.", mend="")))
    assert fault_words(told, "summary") == ("One. Do this. Two.", "TO MEND 1, 2")
    assert fault_words(told, "need") == ("", "")
