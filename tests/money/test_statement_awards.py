import io

import openpyxl

from cluster_sheets.money.statement import made
from cluster_sheets.money.statement_view import View
from tests.money.statements import view


def _rows(shown: View, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(made(shown)), data_only=True)
    return [tuple(row) for row in book[sheet].values]


def test_each_application_is_told_by_reference_and_what_is_to_pay_is_of_the_year() -> None:
    rows = _rows(view(), "Applications")
    told = "2 of 4 applications have an award, together £188,700.00; £96,000.00 of it belongs to 2026-27."
    assert rows[2][0] == told
    assert rows[3:] == [
        (
            "Reference", "Fund", "Outcome", "Asked", "Least", "Whole award", "Of 2026-27", "Paid of it",
            "Still to pay",
        ),
        ("CEN-2627-0001", "Main fund", "Agreed with conditions", 176700, 100000, 176700, 90000, 0, 90000),
        ("CEN-2627-0002", "Contingency", "Not decided yet", 3000, None, 0, 0, 0, 0),
        ("CEN-2627-0003", "z", "Advice only", "z", "z", "z", "z", "z", "z"),
        ("CEN-2526-0044", "Main fund", "Agreed", None, None, 12000, 6000, 0, 6000),
        ("Together", None, None, 179700, None, 188700, 96000, 0, 96000),
    ]  # fmt: skip


def test_each_award_is_split_by_who_gets_it_and_by_both_kinds_of_year() -> None:
    rows = _rows(view(), "Awards by year")
    assert rows[2][0] == "£96,000.00 of what is awarded belongs to 2026-27."
    assert rows[3:] == [
        (
            "Reference", "Whole award", "One school", "Lead of a group", "Partners of it", "Of other years",
            "Of 2026-27", "School 2025/26", "School 2026/27",
        ),
        ("CEN-2627-0001", 176700, 0, 126700, 50000, 86700, 90000, 0.01, 89999.99),
        ("CEN-2526-0044", 12000, 12000, 0, 0, 6000, 6000, 6000, 0),
        ("Together", 188700, 12000, 126700, 50000, 92700, 96000, 6000.01, 89999.99),
    ]  # fmt: skip


def test_the_sheet_of_years_says_where_the_registers_years_end() -> None:
    told = str(_rows(view(year_ends=("5 April", "30 June")), "Awards by year")[1][0])
    assert " Split at 5 April and 30 June, by days." in told


def test_a_year_without_awards_says_so() -> None:
    assert _rows(view(awards=()), "Awards by year")[2][0] == "No award yet."
