"""Where everything stands, and that it has room there."""

import pytest

from cluster_sheets.form.declared import Field
from cluster_sheets.form.layout import layout
from cluster_sheets.look.book import LANDSCAPE
from cluster_sheets.look.measure import lines
from tests.form.made import FORM

PLACES = layout(FORM)
COLUMNS = [column for table in FORM.tables for column in table.columns]
WIDEST = {"date": "22/12/2027", "upn": "R999000015001", "urn": "999001", "money": "£9,999.99"}
RATE = "£999.99"
"""An hour costs no more."""


def test_each_question_has_a_row_of_its_own_below_the_heading_of_its_group() -> None:
    assert PLACES.rows["purpose"] == 5
    assert PLACES.sections["2 Request"][4] == "About the request"
    assert not set(PLACES.rows.values()) & {-1, 0, 1, 2, 3}


def test_an_answer_a_line_and_a_table_each_have_a_cell() -> None:
    assert PLACES.cell("purpose") == "C6"
    assert PLACES.cell("pupils.upn", 2) == "B8"
    assert PLACES.cell("pupils") == "B6"
    assert PLACES.cell("partners.lead_share") == "C31"
    with pytest.raises(KeyError):
        PLACES.cell("nothing")


def test_a_table_grows_with_what_was_sent() -> None:
    more = layout(FORM, {"outcomes": 7})
    assert more.tables["outcomes"].lines == 7
    assert more.bottoms["6 Outcomes"] == PLACES.bottoms["6 Outcomes"] + 4
    assert layout(FORM, {"outcomes": 1}).bottoms == PLACES.bottoms


def test_the_second_table_of_a_sheet_stands_below_the_first() -> None:
    assert PLACES.tables["pupil_counts"].title == PLACES.tables["pupils"].bottom


def test_sums_stand_below_the_costs_in_the_order_of_their_rules() -> None:
    totals = PLACES.tables["costs"].totals
    assert [(total.label, total.rule.about if total.rule else "") for total in totals] == [
        ("The cluster would pay", "amount_requested"),
        ("The school pays", "school_contribution"),
        ("Others pay", "other_funding"),
        ("The whole cost", ""),
    ]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_no_heading_list_or_figure_of_a_column_is_cut(column: Field) -> None:
    words = [(word, True) for word in column.label.split()]
    words += [(word, False) for choice in column.choices for word in choice.label.split()]
    figure = RATE if column.name == "rate" else WIDEST.get(column.kind, "")
    for word, bold in (*words, (figure, False)):
        assert lines(word, column.width, bold=bold) == 1, word


def test_the_columns_of_a_table_fill_the_page_and_no_more() -> None:
    for table in FORM.tables:
        widths = [column.width for column in table.columns] + [cell.width for cell in table.computed if cell.after]
        assert abs(sum(widths) - LANDSCAPE) <= 2 or table.name == "pupil_counts"
