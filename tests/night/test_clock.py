"""The clock: what is decided hangs on when a thing came, by the clock of the scheme, wherever and whenever a run is."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.demo import deliver
from cluster_sheets.demo.play import CLUSTER
from cluster_sheets.night import run
from cluster_sheets.night.workspace import opened
from cluster_sheets.report.run import Exit
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import OPEN_TO_GROUP, write_many
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State
from tests.night.made import full, state
from tests.store.asked import every_unit

MIDNIGHT = datetime(2026, 9, 30, 23, 0, tzinfo=UTC)
"""Of 1 October by the clock of the scheme."""
CLOCKS_BACK = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""In Britain it is two in the morning for a moment, and one again."""
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def decided(places: Places) -> dict[str, tuple[State, str, str | None]]:
    """(state, reason, meeting) of every unit."""
    with Store.open(places.root) as store:
        return {each.unit_id: (each.state, each.reason, each.meeting) for each in every_unit(store)}


def told(root: Path, at: datetime) -> dict[str, tuple[State, str, str | None]]:
    """What a night as of a moment decides on a full inbox."""
    places, _ = full(root)
    ended = run(places.root, at)
    assert (ended.exit_code, ended.in_all.conserves, list(places.inbox.iterdir())) == (Exit.NEEDED, True, [])
    return decided(places)


@pytest.fixture
def usual(tmp_path: Path) -> dict[str, tuple[State, str, str | None]]:
    """What the night decides that comes as it should."""
    _, at = full(tmp_path / "any")
    return told(tmp_path / "usual", at)


@pytest.mark.parametrize("at", [MIDNIGHT - SECOND, MIDNIGHT, MIDNIGHT - DAY, MIDNIGHT + HOUR])
def test_a_second_before_midnight_or_at_it_the_decisions_are_the_same(
    at: datetime, tmp_path: Path, usual: dict[str, tuple[State, str, str | None]]
) -> None:
    assert told(tmp_path / "central", at) == usual


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_a_computer_in_another_zone_comes_to_the_same_to_the_letter(zone: str, tmp_path: Path) -> None:
    here, at = full(tmp_path / "here" / "central")
    there, _ = full(tmp_path / "there" / "central")
    run(here.root, at)
    words = [sys.executable, "-m", "cluster_sheets", "run", "-w", str(there.root), "--as-of", at.isoformat()]
    done = subprocess.run(words, capture_output=True, check=False, env={**os.environ, "TZ": zone})
    assert done.returncode == Exit.NEEDED, done.stderr.decode()
    assert state(there) == state(here)


def test_the_hour_that_comes_twice_is_two_nights_and_decides_the_same(tmp_path: Path) -> None:
    at = [CLOCKS_BACK - HOUR / 2, CLOCKS_BACK + HOUR / 2]
    first, second = (told(tmp_path / str(number), each) for number, each in enumerate(at))
    assert first == second
    places = Places(tmp_path / "0")
    run(places.root, at[1])
    assert decided(places) == first
    assert sorted(path.name for path in (places.root / "reports").iterdir()) == ["2026-10-25-0030", "2026-10-25-0130"]


def test_a_clock_set_back_by_a_day_loses_nothing_and_undoes_nothing(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    before, replies = decided(places), sorted(path.name for path in places.outbox.iterdir())
    with opened(places, at) as night:
        to, zone = night.register.mailbox(CLUSTER), night.register.zone
    came = deliver.mail("someone@elsewhere.example", to, at - HOUR, "Our form", "EXAMPLE", [("f.xlsx", b"PK")], zone)
    write_many(places.inbox, [("new.eml", came)], OPEN_TO_GROUP)
    ended = run(places.root, at - DAY)
    after = decided(places)
    assert (ended.exit_code, ended.in_all.conserves, len(after)) == (Exit.NEEDED, True, len(before) + 1)
    assert {unit: after[unit] for unit in before} == before
    assert sorted(path.name for path in places.outbox.iterdir()) == replies
    assert run(places.root, at + DAY).exit_code == Exit.NEEDED
    assert decided(places) == after


def test_in_2099_nothing_is_lost_and_what_no_meeting_waits_for_is_held(
    tmp_path: Path, usual: dict[str, tuple[State, str, str | None]]
) -> None:
    found = told(tmp_path / "central", datetime(2099, 1, 1, tzinfo=UTC))
    assert found.keys() == usual.keys()
    assert {meeting for _, _, meeting in found.values()} == {None}
    taken = [unit for unit, (what, _, _) in usual.items() if what is State.ACCEPTED]
    assert {found[unit][0] for unit in taken} <= {State.HELD, State.RETURNED}
    places = Places(tmp_path / "central")
    needs = [(each.where, each.do) for each in run(places.root, datetime(2099, 1, 1, tzinfo=UTC)).needs]
    assert ("No meeting", "Open private/review/no-meeting.xlsx, sheet Held, and choose accept or return.") in needs
    assert places.review_of("").exists()
