from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.store import nights
from cluster_sheets.store.nights import Night
from tests.store.made import NIGHT, made


def test_the_same_moment_again_is_the_same_night(tmp_path: Path) -> None:
    first = Night(NIGHT, "a" * 64)
    second = Night(NIGHT + timedelta(days=1), "b" * 64)
    with made(tmp_path) as store, store.transaction():
        assert nights.last(store) is None
        nights.save(store, second)
        nights.save(store, first)
        nights.save(store, replace(first, exit_code=3, note="EXAMPLE"))
        assert nights.last(store) == second
        ended_too = replace(second, exit_code=0)
        nights.save(store, ended_too)
        assert nights.last(store) == ended_too
        assert store.ask("SELECT COUNT(*) FROM cluster.night") == [(2,)]
