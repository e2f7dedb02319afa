import hashlib
from pathlib import Path

import pytest

from cluster_sheets.store import blobs, forms
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import SealBrokenError, StoreError
from tests.store.made import FORM, WORKBOOK, keep, made

CONTENTS = [b"EXAMPLE one", b"EXAMPLE two", b"EXAMPLE one", b""]


def test_bytes_are_kept_once_sealed_and_read_back(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            kept = blobs.keep_many(store, CONTENTS)
        assert kept == tuple(hashlib.sha256(content).hexdigest() for content in CONTENTS)
        assert [content for _, content in blobs.read_many(store, kept)] == CONTENTS
        lying = dict(store.ask("SELECT sha256, contents FROM received"))
        assert lying.keys() == set(kept)
        assert not any(b"EXAMPLE" in sealed for sealed in lying.values())


def test_the_same_bytes_again_are_not_written_again(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            (sha256,) = blobs.keep_many(store, [WORKBOOK])
        before = store.ask("SELECT * FROM received")
        with store.transaction():
            assert blobs.keep_many(store, [WORKBOOK]) == (sha256,)
        assert store.ask("SELECT * FROM received") == before


def test_a_file_whose_bytes_are_gone_is_told(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            (sha256,) = blobs.keep_many(store, [WORKBOOK])
            store.write("DELETE FROM received WHERE sha256 = ?", [(sha256,)])
        with pytest.raises(StoreError, match=rf"bytes of the file {sha256[:12]} are missing"):
            blobs.read(store, sha256)


def test_nothing_is_left_of_a_try_that_was_cut_short(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with pytest.raises(ZeroDivisionError):
            _keep_and_fail(store)
        assert store.ask("SELECT sha256 FROM received") == []
        with store.transaction():
            (sha256,) = blobs.keep_many(store, [WORKBOOK])
        assert blobs.read(store, sha256) == WORKBOOK


def _keep_and_fail(store: Store) -> None:
    with store.transaction():
        blobs.keep_many(store, [WORKBOOK])
        raise ZeroDivisionError


def test_a_file_that_never_came_is_told(tmp_path: Path) -> None:
    with made(tmp_path) as store, pytest.raises(StoreError, match="was erased, or never came"):
        blobs.read(store, "0" * 64)


def test_a_sealed_file_that_was_altered_or_swapped_is_found(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            one, other = blobs.keep_many(store, CONTENTS[:2])
        with store.transaction():
            store.write(
                "UPDATE received SET contents = (SELECT contents FROM received WHERE sha256 = ?) WHERE sha256 = ?",
                [(other, one)],
            )
        with pytest.raises(SealBrokenError):
            blobs.read(store, one)


def test_a_file_is_read_whether_its_form_is_known_or_not(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            forms.issue_many(store, [FORM])
            unit = keep(store, form_id=FORM.form_id)
        assert blobs.read(store, unit.mail_sha256) == WORKBOOK
