from pathlib import Path

from cluster_sheets.store import meta
from tests.store.made import made


def test_a_fact_is_kept_and_replaced(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert meta.get(store, "authority") is None
        meta.put(store, "authority", "EXAMPLE one")
        meta.put(store, "authority", "EXAMPLE two")
        assert meta.get(store, "authority") == "EXAMPLE two"
