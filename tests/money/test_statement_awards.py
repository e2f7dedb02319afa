import io

import openpyxl

from cluster_sheets.money.statement import made
from cluster_sheets.money.statement_view import View
from tests.money.statements import view


def _rows(shown: View, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(made(shown)), data_only=True)
    return [tuple(row) for row in book[sheet].values]


def test_each_application_is_told_by_reference() -> None:
    rows = _rows(view(), "Applications")
    assert rows[2][0] == "1 of 3 applications have an award; together £176,700.00."
    assert rows[3:] == [
        ("Reference", "Fund", "Outcome", "Asked", "Least", "Awarded", "Paid", "Still to pay", "Of 2026-27"),
        ("CEN-2627-0001", "Main fund", "Agreed with conditions", 176700, 100000, 176700, 0, 176700, 90000),
        ("CEN-2627-0002", "Contingency", "Not decided yet", 3000, None, 0, 0, 0, 0),
        ("CEN-2627-0003", "z", "Advice only", "z", "z", "z", "z", "z", "z"),
        ("Together", None, None, 179700, None, 176700, 0, 176700, 90000),
    ]


def test_each_award_is_split_by_both_kinds_of_year_and_by_who_gets_it() -> None:
    rows = _rows(view(), "Awards by year")
    assert rows[2][0] == "£90,000.00 of what is awarded belongs to 2026-27."
    assert rows[3:] == [
        (
            "Reference", "Awarded", "Council 2026-27", "Other years", "School 2025/26", "School 2026/27",
            "School 2027/28", "Lead school", "Partners",
        ),
        ("CEN-2627-0001", 176700, 90000, 86700, 0.01, 176699.98, 0.01, 126700, 50000),
        ("Together", 176700, 90000, 86700, 0.01, 176699.98, 0.01, 126700, 50000),
    ]  # fmt: skip


def test_a_year_without_awards_says_so() -> None:
    assert _rows(view(awards=()), "Awards by year")[2][0] == "No award yet."
