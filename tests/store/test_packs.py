import hashlib
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.store import packs
from cluster_sheets.store.packs import Lies, Pack, PackState
from tests.store.made import NIGHT, made

DRAFT = Pack("A2", 1, PackState.DRAFT, "c" * 16, "f" * 64, "panel/A2/panel-A2-v1.xlsx", NIGHT)
RELEASED = replace(DRAFT, state=PackState.RELEASED, checked_at=NIGHT, released_at=NIGHT + timedelta(hours=1))


def test_a_pack_goes_from_draft_to_released_and_on_to_the_next_version(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert (packs.current(store, "A2"), packs.released(store, "A2")) == (None, None)
        packs.save(store, DRAFT)
        assert (packs.current(store, "A2"), packs.released(store, "A2")) == (DRAFT, None)
        packs.save(store, RELEASED)
        packs.save(store, RELEASED)
        second = replace(DRAFT, version=2)
        packs.save(store, second)
        assert (packs.current(store, "A2"), packs.released(store, "A2")) == (second, RELEASED)
        assert packs.everything(store) == (RELEASED, second)


@pytest.mark.parametrize(
    "changed", [DRAFT, replace(RELEASED, content_hash="d" * 16), replace(RELEASED, released_at=None)]
)
def test_a_released_pack_is_never_changed(tmp_path: Path, changed: Pack) -> None:
    with made(tmp_path) as store, store.transaction():
        packs.save(store, RELEASED)
        with pytest.raises(sqlite3.IntegrityError, match="only by a new version"):
            packs.save(store, changed)
        with pytest.raises(sqlite3.IntegrityError, match="never removed"):
            store.write("DELETE FROM cluster.pack WHERE meeting = ?", [("A2",)])


def test_how_many_cases_fit_too_few_schools_is_kept_by_meeting(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        packs.keep_few(store, "A2", 2)
        assert (packs.few(store, "A2"), packs.few(store, "A3")) == (2, 0)


def test_a_released_file_that_is_gone_or_was_changed_is_told_and_of_no_other(tmp_path: Path) -> None:
    path = tmp_path / RELEASED.path
    path.parent.mkdir(parents=True)
    kept = replace(RELEASED, file_sha256=hashlib.sha256(b"EXAMPLE").hexdigest())
    with made(tmp_path) as store, store.transaction():
        packs.save(store, replace(DRAFT, meeting="A3"))
        packs.save(store, kept)
        assert packs.not_as_released(store, tmp_path) == ((kept, Lies.GONE),)
        path.write_bytes(b"EXAMPLE")
        assert packs.not_as_released(store, tmp_path) == ()
        path.write_bytes(b"EXAMPLE, and a name")
        assert packs.not_as_released(store, tmp_path) == ((kept, Lies.CHANGED),)
        newer = replace(kept, version=2, path="panel/A2/panel-A2-v2.xlsx")
        packs.save(store, newer)
        assert packs.not_as_released(store, tmp_path) == ((newer, Lies.GONE),)
