"""A hostile night: every kind among forty good applications, and the panel reads what it would read without them."""

import hashlib
import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from cluster_sheets.anonymise.review_view import HELD, RETURN
from cluster_sheets.demo import answer as by_hand
from cluster_sheets.night import run
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.store import findings
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State
from tests.hostile.desk import Desk
from tests.hostile.kind import Hostile
from tests.hostile.mails import mails
from tests.hostile.workbooks import KINDS, LATER, SOON, workbooks
from tests.store.asked import every_unit

GOOD = 40


@dataclass(frozen=True)
class Came:
    """What a dropped file became."""

    state: State
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Nights:
    """The same night with hostile files and without."""

    with_them: Places
    without: Places
    told: Run
    hostile: Mapping[str, Hostile]
    came: Mapping[str, tuple[Came, ...]]
    """What became of each hostile file in its first night, by its name: of a workbook one thing, of a mail several."""


def _came(places: Places, hostile: Mapping[str, Hostile]) -> dict[str, tuple[Came, ...]]:
    names = {hashlib.sha256(each.data).hexdigest(): name for name, each in hostile.items()}
    with Store.open(places.root) as store:
        everything = [each for each in every_unit(store) if each.mail_sha256 in names]
        found = findings.of_units(store, [each.unit_id for each in everything])
    came: dict[str, tuple[Came, ...]] = {}
    for each in everything:
        codes = tuple(dict.fromkeys(one.code for one in found.get(each.unit_id, ())))
        name = names[each.mail_sha256]
        came[name] = (*came.get(name, ()), Came(each.state, codes))
    return came


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    root = tmp_path_factory.mktemp("hostile") / "central"
    desk = Desk(root, GOOD + SOON, LATER)
    # What is the same byte for byte comes once: nothing is a mail and a workbook alike.
    every = {each.data: each for each in (*mails(), *workbooks(desk.soon[GOOD:], desk.later))}
    hostile = {each.name: each for each in every.values()}
    for number, good in enumerate(desk.soon[:GOOD]):
        (desk.places.inbox / f"good {number:02}.xlsx").write_bytes(good.data)
    without = Places(root.with_name("without"))
    shutil.copytree(root, without.root)
    for name, each in hostile.items():
        (desk.places.inbox / name).write_bytes(each.data)
    run(without.root, desk.at)
    told = run(root, desk.at)
    nights = Nights(desk.places, without, told, hostile, _came(desk.places, hostile))
    with pytest.MonkeyPatch.context() as patch:
        # The admin sends back whatever is in doubt: then the pack is the good ones' alone.
        patch.setitem(by_hand._ANSWERS, HELD, RETURN)
        for places in (desk.places, without):
            _answered(places, desk.at + timedelta(hours=10))
    return nights


def _answered(places: Places, at: datetime) -> None:
    """Nights, each after every question was answered, until there is none."""
    for _ in range(4):
        asked = [path for path in sorted(places.review.glob("CEN-2627-A1.xlsx")) if by_hand.review(path)]
        if not asked:
            return
        assert run(places.root, at).exit_code in (Exit.CLEAN, Exit.NEEDED)
        at += timedelta(minutes=40)


@pytest.mark.parametrize("name", [f"{each.name}.xlsx" for each in KINDS])
def test_each_kind_ends_in_its_state_with_the_rule_that_says_why(nights: Nights, name: str) -> None:
    (came,), expected = nights.came[name], nights.hostile[name]
    assert (came.state in expected.states, came.codes) == (True, expected.codes), came


def test_each_mail_ends_in_its_state(nights: Nights) -> None:
    states = {name: {one.state for one in came} for name, came in nights.came.items()}
    apart = {name: states[name] for name, each in nights.hostile.items() if states[name] - set(each.states)}
    assert apart == {}


def test_the_panel_reads_the_same_with_them_and_without(nights: Nights) -> None:
    decisions, panel = _packs(nights.with_them).values()
    without_decisions, without_panel = _packs(nights.without).values()
    assert panel == without_panel
    # The decisions workbook carries a keyed mark over what it shows, numbers of applications among it.
    assert _unmarked(decisions) == _unmarked(without_decisions)
    status = panel["xl/sharedStrings.xml"].decode()
    assert "CHECKED" in status
    assert len([name for name in panel if name.startswith("xl/worksheets/sheet")]) == GOOD + 5


def test_nothing_breaks_and_everything_is_counted(nights: Nights) -> None:
    told = nights.told
    assert (told.exit_code, told.why) == (Exit.NEEDED, "")
    assert told.tonight.conserves
    came = [one for each in nights.came.values() for one in each]
    assert told.tonight.received == GOOD + len(came)
    states = Counter(each.state for each in came)
    assert told.tonight.states["accepted"] == GOOD + states[State.ACCEPTED]


def _packs(places: Places) -> dict[str, dict[str, bytes]]:
    """Every part of the workbooks of the next meeting."""
    found = {}
    for path in sorted((places.root / "panel" / "CEN-2627-A1").glob("*.xlsx")):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as opened:
            found[path.name] = {name: opened.read(name) for name in opened.namelist()}
    return found


def _unmarked(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: re.sub(rb"<t>[0-9a-f]{16}(?=[ <])", b"<t>", part) for name, part in parts.items()}


def test_no_file_breaks_the_program(nights: Nights) -> None:
    assert nights.told.crashes == ()
    assert list((nights.with_them.private / "traces").glob("*")) == []


def test_every_kind_is_another_file(nights: Nights) -> None:
    assert len(nights.came) == len({each.data for each in nights.hostile.values()}) == len(nights.hostile)
    assert len(KINDS) == len({each.name for each in KINDS}) >= 280
    assert len(nights.hostile) >= 400
