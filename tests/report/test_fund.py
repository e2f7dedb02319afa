from pathlib import Path

from cluster_sheets.report.fund import Fund, funds
from cluster_sheets.store import entries
from tests.replies.made import workspace
from tests.report.made import moved


def test_each_fund_has_what_came_in_less_what_it_promised(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        movements = [
            moved(36000000, "BUDGET"),
            moved(-100000, "SET_ASIDE"),
            moved(-496000, "COMMIT"),
            moved(6000, "RELEASE"),
            moved(4000000, "BUDGET", "CONTINGENCY"),
        ]
        with at.store.transaction():
            entries.append_many(at.store, movements)
        assert funds(at.store) == (
            Fund("CEN", "2026-27", "CONTINGENCY", 4000000, 0, 4000000),
            Fund("CEN", "2026-27", "MAIN", 35900000, 490000, 35410000),
        )


def test_an_empty_ledger_has_no_funds(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        assert funds(at.store) == ()
