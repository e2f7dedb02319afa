"""Nothing is lost on the way: what came is in one of five states, and what is accepted in one meeting's pack."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.demo import answer as by_hand
from cluster_sheets.night import run
from cluster_sheets.store import cases, packs, questions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State
from tests.night.made import full
from tests.office import REQUIRED
from tests.whole.played import SIZE, Played, played

STATES = ("accepted", "returned", "held", "quarantined", "set-aside")
SIZES = (SIZE, 200) if REQUIRED else (SIZE,)


@contextmanager
def database(demo: Played) -> Iterator[sqlite3.Connection]:
    """The store as anybody could read it, without the product."""
    opened = sqlite3.connect(f"file:{demo.places.root / 'cluster.db'}?mode=ro", uri=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("size", SIZES)
def test_every_report_conserves_and_the_last_counts_what_the_store_holds(size: int) -> None:
    demo = played(size)
    reports = [json.loads(path.read_text()) for path in sorted((demo.places.root / "reports").glob("*/run.json"))]
    assert len(reports) >= 4
    nights: Counter[str] = Counter()
    for report in reports:
        for told in report["units"].values():
            assert set(told) == {"received", *STATES}
            assert told["received"] == sum(told[state] for state in STATES)
        assert report["conserves"]
        nights += Counter({"received": report["units"]["tonight"]["received"]})
        assert report["units"]["in_all"]["received"] == nights["received"]
    with database(demo) as store:
        held = dict(store.execute("SELECT state, COUNT(*) FROM unit GROUP BY state"))
    in_all = reports[-1]["units"]["in_all"]
    assert held == {state: in_all[state] for state in STATES if in_all[state]}
    assert sum(held.values()) == in_all["received"] > size


@pytest.mark.parametrize("size", SIZES)
def test_every_accepted_application_that_stands_is_in_exactly_one_meetings_pack(size: int) -> None:
    with database(played(size)) as store:
        standing = {
            ref
            for (ref,) in store.execute(
                "SELECT application_ref FROM unit WHERE state = 'accepted' AND superseded_by IS NULL"
            )
        }
        places = store.execute(
            "SELECT application_ref, meeting, version_in FROM pack_case"
            " WHERE version_out IS NULL AND carried_to IS NULL"
        ).fetchall()
        packs = {
            meeting: (version, state)
            for meeting, version, state in store.execute("SELECT meeting, version, state FROM pack ORDER BY version")
        }
        waits_for = dict(store.execute("SELECT application_ref, meeting FROM application"))
    assert None not in standing
    assert Counter(ref for ref, _, _ in places) == Counter(standing)
    assert {ref: meeting for ref, meeting, _ in places} == {ref: waits_for[ref] for ref in standing}
    assert {state for _, state in packs.values()} == {"RELEASED", "DRAFT", "CHECKED"}
    # Packs are made for the meetings next due; whatever has one is in the version that lies there.
    late = [(ref, meeting) for ref, meeting, version in places if meeting in packs and version > packs[meeting][0]]
    assert late == []
    assert len({meeting for _, meeting, _ in places} & set(packs)) == len(packs)


@pytest.mark.parametrize("size", SIZES)
def test_every_accepted_application_has_one_case_reference_and_one_reply(size: int) -> None:
    with database(played(size)) as store:
        twice = store.execute(
            "SELECT meeting, case_ref FROM pack_case GROUP BY meeting, case_ref HAVING COUNT(*) > 1"
        ).fetchall()
        replies = Counter(
            unit
            for (unit,) in store.execute(
                "SELECT unit_id FROM outbox_about JOIN unit USING (unit_id) WHERE unit.state = 'accepted'"
            )
        )
        accepted = {unit for (unit,) in store.execute("SELECT unit_id FROM unit WHERE state = 'accepted'")}
        held = {unit for (unit,) in store.execute("SELECT unit_id FROM outbox_about WHERE kind = 'held'")}
    assert twice == []
    assert replies == Counter({unit: 1 + (unit in held) for unit in accepted})


def test_a_request_that_was_held_until_its_meeting_was_over_is_in_the_pack_of_the_next(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    (held,) = (each for each in answered(places, at + timedelta(days=20)) if each.kind == "held")
    with Store.open(places.root) as store:
        (unit,) = units.get_many(store, [held.unit_id]).values()
        stands = cases.of_applications(store, [str(unit.application_ref)])[str(unit.application_ref)]
        pack = packs.current(store, stands.meeting)
    assert (unit.state, unit.meeting, stands.meeting) == (State.ACCEPTED, "CEN-2627-A2", "CEN-2627-A2")
    assert pack is not None
    assert (pack.version, stands.version_in) == (1, 1)


def answered(places: Places, at: datetime) -> list[questions.Question]:
    """All that was asked about the first meeting, once the admin has answered it and a night has run."""
    by_hand.review(places.review / "CEN-2627-A1.xlsx")
    run(places.root, at)
    with Store.open(places.root) as store:
        return list(questions.of_meeting(store, "CEN-2627-A1"))
