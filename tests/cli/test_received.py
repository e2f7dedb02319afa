import json
import shutil
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.night import run
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.store import applications, audit, cases, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import Unit
from cluster_sheets.verdict.meeting import moment_in_words
from tests.night.made import full, state
from tests.store.asked import every_unit
from tests.verdict.desk import REGISTER
from tests.verdict.made import ROUND

OWN = REGISTER.meeting(ROUND)
assert OWN is not None
CLOSES, LATER = OWN.closes_at, REGISTER.cluster_meetings("CEN")[1].meeting_id
NIGHT = CLOSES + timedelta(hours=9)
LATE = CLOSES + timedelta(minutes=30)
NEXT = NIGHT + timedelta(days=1)
SAID = ("--by", "EXAMPLE Admin", "--why", "their own server says so")


@cache
def _judged() -> Path:
    """A workspace whose forms were found after the closing: those without a message of a server's count as one."""
    root = Path(mkdtemp(prefix="cluster-sheets-received-")) / "central"
    full(root, 6)
    run(root, NIGHT)
    return root


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(Path(shutil.copytree(_judged(), tmp_path / "central")))


def clock(at: datetime) -> str:
    """As the admin's clock shows it."""
    return at.astimezone(ZoneInfo(REGISTER.zone)).replace(tzinfo=None).isoformat(timespec="minutes")


def told(places: Places, *words: str) -> tuple[int, str, str]:
    """(exit code, what a person reads, what a program reads)."""
    given = ["received", "-w", str(places.root), "--as-of", NIGHT.isoformat(), *words]
    said = CliRunner().invoke(cli, given)
    return said.exit_code, said.stderr, said.stdout


def accepted(places: Places, meeting: str) -> Unit:
    """The first request that waits for a meeting."""
    with Store.open(places.root) as store:
        return next(each for each in every_unit(store) if each.state == "accepted" and each.meeting == meeting)


def stands(places: Places, unit: Unit) -> tuple[str | None, str, list[str]]:
    """(meeting it waits for, meeting in whose pack its case stands, kinds told) of a request."""
    reference = unit.application_ref or ""
    with Store.open(places.root) as store:
        kinds = [each.kind for each in replies.verdicts_of(store, [unit.unit_id])]
        case = cases.of_applications(store, [reference])[reference]
        return applications.get_many(store, [reference])[reference].meeting, case.meeting, kinds


def night(places: Places) -> Run:
    """The next night; told again it changes nothing, and what came still adds up."""
    ended = run(places.root, NEXT)
    assert (ended.crashes, ended.exit_code) == ((), Exit.NEEDED)
    before = state(places)
    run(places.root, NEXT)
    assert state(places) == before
    return ended


def test_a_timely_one_is_heard_by_the_later_meeting_and_the_reverse(places: Places) -> None:
    timely = accepted(places, ROUND)
    assert stands(places, timely) == (ROUND, ROUND, ["receipt"])
    code, words, document = told(places, timely.application_ref or "", "--at", clock(LATE), *SAID, "--json")
    assert (code, json.loads(document)) == (Exit.CLEAN, [timely.unit_id])
    assert words == (
        f"Set: {timely.application_ref} counts as received at 17:30 on 1 October 2026.\n"
        f"  So far it was {moment_in_words(timely.received_at, REGISTER.zone)}.\n"
        "The next run takes it from here.\n"
    )
    night(places)
    assert stands(places, timely) == (LATER, LATER, ["late", "receipt"])
    assert told(places, timely.unit_id[:8], "--at", clock(CLOSES), *SAID)[0] == Exit.CLEAN
    night(places)
    assert stands(places, timely) == (ROUND, ROUND, ["late", "receipt", "receipt"])
    assert len(list(places.outbox.glob(f"2026-10-03-receipt-{timely.application_ref}-v1-3.eml"))) == 1


def test_the_same_again_changes_nothing(places: Places) -> None:
    one = accepted(places, ROUND)
    told(places, one.unit_id, "--at", clock(CLOSES), *SAID)
    before = state(places)
    code, words, document = told(places, one.unit_id, "--at", clock(CLOSES), *SAID, "--json")
    assert (code, json.loads(document)) == (Exit.CLEAN, [])
    assert words == f"{one.application_ref} counts as received at 17:00 on 1 October 2026 already: nothing to set.\n"
    assert state(places) == before


def test_a_dry_run_leaves_the_workspace_as_it_is(places: Places) -> None:
    before = state(places)
    code, words, _ = told(places, accepted(places, ROUND).unit_id, "--at", clock(CLOSES), *SAID, "--dry-run")
    assert (code, words.splitlines()[-1]) == (Exit.CLEAN, "This was a dry run: the workspace is as it was.")
    assert state(places) == before


REFUSED: dict[tuple[str, ...], str] = {
    ("zz", "--at", "2026-10-01T16:50", *SAID): "There is no submission zz",
    ("one", "--at", "2026-10-02T09:00", *SAID): "09:00 on 2 October 2026 has not come yet",
    ("one", "--at", "soon", *SAID): "soon is no moment: write it like 2026-10-01T16:50",
    ("one", "--at", "2026-10-01T16:50", "--by", "A", "--why", "senco@oak.example rang"): "without a name",
    ("one", "--at", "2026-10-01T16:50", "--by", "A"): "--why",
    ("one", "--at", "2026-10-01T16:50", "--why", "rang the office"): "--by",
    ("one", *SAID): "--at",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_set_ends_with_2_and_changes_nothing(places: Places, words: tuple[str, ...]) -> None:
    before, one = state(places), accepted(places, ROUND).unit_id
    code, said, _ = told(places, one if words[0] == "one" else words[0], *words[1:])
    assert (code, REFUSED[words] in said) == (Exit.SET_UP, True)
    assert state(places) == before


def test_the_audit_keeps_who_and_why(places: Places) -> None:
    one = accepted(places, ROUND)
    told(places, one.unit_id, "--at", clock(CLOSES), *SAID)
    with Store.open(places.root) as store:
        line = audit.everything(store)[-1]
        assert units.get_many(store, [one.unit_id])[one.unit_id].received_at == CLOSES
    assert (line.who, line.event) == ("EXAMPLE Admin", "received-set")
    assert line.text.endswith(": their own server says so")
