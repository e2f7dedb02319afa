"""A form as declared: what is asked of it by name."""

import pytest

from cluster_sheets.base.finding import Severity
from tests.form.made import FORM


def test_a_column_is_known_by_its_table_and_name() -> None:
    assert FORM.field("pupils.upn").key == "pupils.upn"
    assert FORM.field("summary").key == "summary"
    with pytest.raises(KeyError):
        FORM.field("upn")


def test_fields_come_in_the_order_a_school_meets_them() -> None:
    sheets = [field.sheet for field in FORM.fields]
    assert sheets == sorted(sheets)
    assert [field.name for field in FORM.fields[:2]] == ["school_name", "school_urn"]


def test_a_name_in_a_condition_means_the_column_of_its_own_table_first() -> None:
    assert FORM.kind_of("share", "partners") == "money"
    assert FORM.kind_of("purpose", "partners") == "choice"
    assert FORM.kind_of("no_such_name") == ""


def test_a_code_reads_as_its_label_and_an_unknown_one_as_itself() -> None:
    assert FORM.field("purpose").label_of("ADVICE") == "Advice, no money"
    assert FORM.field("purpose").label_of("OTHER") == "OTHER"


def test_everything_a_finding_can_be_about_has_a_label() -> None:
    assert FORM.label("amount_requested") == "How much do you ask the cluster for?"
    assert FORM.label("costs.line_total") == "Line total"
    assert FORM.label("costs") == "5 Costs"
    assert FORM.label("2 Request") == "2 Request"


def test_a_rule_says_what_follows_and_in_which_words() -> None:
    assert FORM.severity("capital-asked") is Severity.QUERY
    assert FORM.wording("blank").what == "{field} has no answer."
    assert FORM.has("costs.rate")
    assert not FORM.has("costs")
