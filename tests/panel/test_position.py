"""What a fund has, from the ledger."""

from datetime import UTC, datetime

from cluster_sheets.panel.position import Position, position
from cluster_sheets.store.entries import Entry

AT = datetime(2026, 4, 1, tzinfo=UTC)


def lines(*sides: tuple[str, int, str], pot: str = "MAIN", year: str = "2026-27", **given: str) -> list[Entry]:
    return [Entry(account, pence, "CEN", year, "2026/27", pot, kind, AT, **given) for account, pence, kind in sides]  # type: ignore[arg-type]


BUDGET = lines(("allocation:CEN", -200_000, "BUDGET"), ("main:CEN", 200_000, "BUDGET")) + lines(
    ("main:CEN", -20_000, "SET_ASIDE"), ("contingency:CEN", 20_000, "SET_ASIDE")
)
AWARD = lines(("main:CEN", -50_000, "COMMIT"), ("award:R1", 50_000, "COMMIT"), application_ref="R1", meeting="A1")
PAID = lines(("award:R1", -30_000, "PAY"), ("paid:CEN", 30_000, "PAY"), application_ref="R1", meeting="A1")


def test_budget_paid_promised_and_left() -> None:
    found = position(BUDGET + AWARD + PAID, "MAIN", ["CEN"], "2026-27")
    assert (found, found.left_pence) == (Position(180_000, 30_000, 20_000), 130_000)


def test_each_fund_cluster_and_year_by_itself() -> None:
    other = lines(("main:CEN", 7, "BUDGET"), year="2025-26") + lines(("main:N", 5, "BUDGET"))
    assert position(BUDGET + AWARD + other, "CONTINGENCY", ["CEN"], "2026-27") == Position(20_000)
    assert position(BUDGET + other, "MAIN", ["CEN"], "2025-26") == Position(7)
    assert position([], "MAIN", ["CEN"], "2026-27") == Position()


def test_the_meeting_that_has_yet_to_decide_is_left_out() -> None:
    assert position(BUDGET + AWARD, "MAIN", ["CEN"], "2026-27", before="A1") == Position(180_000)


def test_what_is_released_is_left_again() -> None:
    back = lines(("award:R1", -10_000, "RELEASE"), ("main:CEN", 10_000, "RELEASE"), application_ref="R1")
    found = position(BUDGET + AWARD + back, "MAIN", ["CEN"], "2026-27")
    assert (found, found.left_pence) == (Position(180_000, 0, 40_000), 140_000)


def test_what_was_paid_and_came_back_is_not_paid() -> None:
    back = lines(("award:R1", 5_000, "CLAWBACK"), ("paid:CEN", -5_000, "CLAWBACK"), application_ref="R1")
    assert position(BUDGET + AWARD + PAID + back, "MAIN", ["CEN"], "2026-27") == Position(180_000, 25_000, 25_000)
