"""The shipped declaration, as far as figures of it are promised elsewhere."""

from cluster_sheets.form.shipped import form, setting_types


def test_the_application_declares_every_input_and_rule() -> None:
    declared = form("application")
    assert (len(declared.fields), len(declared.rules)) == (90, 180)
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
