"""Hidden keys."""

from cluster_sheets.form.keys import column_names
from cluster_sheets.form.shipped import form


def test_a_computed_column_stands_behind_the_one_it_is_declared_after() -> None:
    assert column_names(form("application").table("costs")) == (
        "category",
        "description",
        "hours_per_week",
        "weeks",
        "rate",
        "group_size",
        "quantity",
        "unit_cost",
        "line_total",
        "paid_by",
    )


def test_a_computed_cell_below_a_table_is_no_column() -> None:
    assert "lead_share" not in column_names(form("application").table("partners"))
