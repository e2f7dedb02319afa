"""The shipped declaration, as far as figures of it are promised elsewhere."""

import pytest

from cluster_sheets.form.shipped import form, setting_types


def test_the_application_declares_every_input_and_rule() -> None:
    declared = form("application")
    assert (len(declared.fields), len(declared.rules)) == (90, 183)
    assert [table.name for table in declared.tables] == [
        "pupils",
        "pupil_counts",
        "support",
        "costs",
        "outcomes",
        "partners",
    ]


def test_no_identity_and_no_withheld_answer_reaches_the_panel() -> None:
    assert not [
        field.key
        for field in form("application").fields
        if field.privacy in ("identity", "withheld") and field.panel != "no"
    ]


def test_every_free_text_answer_is_redacted() -> None:
    texts = [field for field in form("application").fields if field.privacy == "free-text"]
    assert {field.panel for field in texts} == {"redacted"}
    assert len(texts) == 19


def test_settings_have_their_types() -> None:
    types = setting_types()
    assert (types["weeks_max"], types["project_cap"], types["rare_needs"]) == ("whole-number", "money", "list")


@pytest.mark.parametrize(
    "code", ["question-twice", "sheet-twice", "hidden-sheet-added", "notes-with-text", "pictures-or-files-inside"]
)
def test_what_a_copy_that_goes_back_does_not_hold_is_not_to_be_deleted_in_it(code: str) -> None:
    """A copy is our own template with the answers: what to do must be true of it, and of the school's own workbook."""
    told = form("application").wording(code).mend.partition(" For example:")[0]
    assert "elete" not in told
    assert "send" in told.casefold()


def test_a_formula_that_is_not_worked_out_is_not_in_a_copy_so_that_saving_it_would_not_help() -> None:
    assert "Save" not in form("application").wording("formula-not-worked-out").mend
