from datetime import UTC, datetime

from cluster_sheets.register.budget import brought, key_of
from cluster_sheets.register.model import BudgetLine
from cluster_sheets.store.entries import Entry

FIRST = BudgetLine("CEN", "2026-27", "MAIN", 1000, 100, 10)
NEXT = BudgetLine("CEN", "2027-28", "MAIN", 2000, carried_in_pence=300)
INTO, OUT = ("CEN", "2027-28", "MAIN", "CARRY_IN"), ("CEN", "2026-27", "MAIN", "CARRY_OUT")


def _line(la_fy: str, kind: str) -> Entry:
    return Entry("main:CEN", 1, "CEN", la_fy, "", "MAIN", kind, datetime(2026, 4, 1, tzinfo=UTC))


def test_what_a_year_carries_in_leaves_the_year_before_where_that_is_known() -> None:
    told = brought([FIRST, NEXT], ()).pence
    assert {kind: pence for (_, la_fy, _, kind), pence in told.items() if la_fy == "2026-27"} == {
        "BUDGET": 1000, "UPLIFT": 100, "CARRY_IN": 10, "CARRY_OUT": -300,
    }  # fmt: skip
    assert told[INTO] == 300
    assert brought([NEXT], [_line("2026-27", "UPLIFT")]).pence[OUT] == -300, "by the ledger"
    for nobody in ((), [_line("2026-27", "COMMIT")], [_line("2025-26", "BUDGET")]):
        assert OUT not in brought([NEXT], nobody).pence


def test_a_figure_is_said_by_the_register_while_it_lists_its_year() -> None:
    told = brought([NEXT], ())
    assert [told.says(key_of(_line(la_fy, "BUDGET"))) for la_fy in ("2026-27", "2027-28")] == [False, True]
    assert [told.says(key_of(_line(la_fy, "CARRY_OUT"))) for la_fy in ("2026-27", "2027-28")] == [True, False]
