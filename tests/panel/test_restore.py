"""A released workbook that is gone comes back the same or not at all; one that was changed is never written over."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.panel.restore import NotReadyError, restored
from cluster_sheets.store import cases
from cluster_sheets.store.cases import Case
from cluster_sheets.store.packs import Pack, PackState
from tests.panel.made import MEETING, NEXT, NIGHT, accepted, workspace

DATA = b"EXAMPLE workbook"
PACK = Pack(
    MEETING, 1, PackState.RELEASED, "", hashlib.sha256(DATA).hexdigest(), f"panel/{MEETING}/p.xlsx", NIGHT, NIGHT, NIGHT
)


def test_one_that_is_gone_is_drawn_of_the_cases_it_held_and_written_where_it_is_the_same(tmp_path: Path) -> None:
    held: list[str] = []

    def make(of: Sequence[Case]) -> bytes:
        held.extend(each.application_ref for each in of)
        return DATA

    with workspace(tmp_path) as (store, places):
        with store.transaction():
            refs = [accepted(store, number) for number in range(1, 5)]
            standing = [Case(MEETING, ref, f"K{number}", number, 1) for number, ref in enumerate(refs)]
            # The second was put off, the third taken out by a later version, the fourth came by one.
            standing[1] = replace(standing[1], carried_to=NEXT)
            standing[2] = replace(standing[2], version_out=2)
            standing[3] = replace(standing[3], version_in=2)
            cases.save_many(store, standing)
        assert restored(store, places.root, PACK, make) == PACK
        assert (held, (places.root / PACK.path).read_bytes()) == (refs[:3], DATA)
        assert restored(store, places.root, PACK, make) == PACK
        assert held == refs[:3]


def test_one_that_cannot_be_made_as_it_was_is_asked_for_and_one_that_was_changed_stays(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        path = places.root / PACK.path
        with pytest.raises(NotReadyError, match=r"is gone, .*: put it back from your backup"):
            restored(store, places.root, PACK, lambda _: b"another")
        assert not path.exists()
        path.parent.mkdir(parents=True)
        path.write_bytes(b"notes")
        with pytest.raises(NotReadyError, match=r"was changed after its release, .* Move it out of the folder"):
            restored(store, places.root, PACK, lambda _: DATA)
        assert path.read_bytes() == b"notes"
