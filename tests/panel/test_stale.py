"""Drafts that nobody was given go with their cases; what went out, was changed or is typed in stays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.panel.stale import remove_drafts
from cluster_sheets.store import cases, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import PackState
from cluster_sheets.store.places import Places
from tests.panel.made import MEETING, NEXT, NIGHT, accepted, built, workspace
from tests.register.made import REGISTER


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[Store, Places, Path]]:
    """A draft of one case."""
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1)
        built(store, places)
        yield store, places, places.panel(MEETING) / f"panel-{MEETING}-v1.xlsx"


def gone(store: Store) -> None:
    with store.transaction():
        cases.save_many(store, [replace(each, version_out=1) for each in cases.standing(store, MEETING)])


def test_a_draft_whose_cases_have_gone_goes_with_its_blank_decisions_workbook(
    at: tuple[Store, Places, Path],
) -> None:
    store, places, path = at
    remove_drafts(store, places, REGISTER, [])
    assert (path.exists(), places.decisions(MEETING).exists()) == (True, True), "its case stands there"
    gone(store)
    remove_drafts(store, places, REGISTER, [MEETING])
    assert path.exists(), "this very night has brought it up to date"
    remove_drafts(store, places, REGISTER, [])
    assert (path.exists(), places.decisions(MEETING).exists()) == (False, False)


def test_what_somebody_has_changed_or_typed_in_stays(at: tuple[Store, Places, Path]) -> None:
    store, places, path = at
    gone(store)
    path.write_bytes(b"EXAMPLE notes")
    book = openpyxl.load_workbook(places.decisions(MEETING))
    book["Meeting"]["C7"] = "EXAMPLE Amina Vane"
    book.save(places.decisions(MEETING))
    remove_drafts(store, places, REGISTER, [])
    assert (path.exists(), places.decisions(MEETING).exists()) == (True, True)


def test_what_went_out_stays(at: tuple[Store, Places, Path]) -> None:
    store, places, path = at
    gone(store)
    with store.transaction():
        (pack,) = packs.everything(store)
        packs.save(store, replace(pack, state=PackState.RELEASED, released_at=NIGHT))
    remove_drafts(store, places, REGISTER, [NEXT])
    assert path.exists()
