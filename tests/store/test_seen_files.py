from pathlib import Path

from cluster_sheets.store import seen_files
from tests.store.made import NIGHT, made


def test_the_contents_last_read_are_known_by_kind_and_name(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert seen_files.last_read(store, "review", "A2") is None
        for sha256 in ("a" * 64, "b" * 64):
            seen_files.was_read(store, "review", "A2", sha256, NIGHT)
        assert seen_files.last_read(store, "review", "A2") == "b" * 64
        assert seen_files.last_read(store, "decisions", "A2") is None
