"""The ledger held against where the last night ended, without a line added or a workbook made."""

from datetime import timedelta
from pathlib import Path

from cluster_sheets.money.reckon import reckoned, stands
from cluster_sheets.money.stage import post
from tests.decided import PROJECT, desk
from tests.store import dump


def test_each_cluster_and_year_of_the_ledger_has_its_totals_and_no_workbook(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        assert reckoned(at.store, at.register, at.at) == ()
        post(at.store, at.register, at.at)
        made = reckoned(at.store, at.register, at.at)
        assert [(each.books.cluster, each.books.la_fy, each.ties) for each in made] == [
            ("CEN", "2026-27", True),
            ("CEN", "2027-28", True),
        ]
        assert not list(at.places.finance.glob("*"))


def test_told_again_it_writes_nothing_and_a_night_on_it_holds_the_two_against_each_other(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        post(at.store, at.register, at.at)
        first = reckoned(at.store, at.register, at.at)
        before = dump.dump(at.store)
        assert reckoned(at.store, at.register, at.at) == first
        assert dump.dump(at.store) == before
        later = reckoned(at.store, at.register, at.at + timedelta(days=1))
        assert [(each.control("R17").first, each.control("R17").second) for each in later] == [
            (40_000_000, 40_000_000),
            (40_000_000, 40_000_000),
        ]


def test_how_the_ledger_stands_is_told_without_a_trace_and_held_against_the_last_closing(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        post(at.store, at.register, at.at)
        reckoned(at.store, at.register, at.at)
        before = dump.dump(at.store)
        noon = at.at + timedelta(hours=8)
        assert [each.ties for each in stands(at.store, at.register, noon)] == [True, True]
        assert dump.dump(at.store) == before
        with at.store.transaction():
            # As if somebody had altered the ledger since: the closing that was kept is of other lines.
            at.store.write(
                "UPDATE cluster.meta SET value = replace(value, ?, ?) WHERE name = ?",
                [('"hash": "', '"hash": "0', "closing CEN 2026-27")],
            )
        assert [each.ties for each in stands(at.store, at.register, noon)] == [False, True]
