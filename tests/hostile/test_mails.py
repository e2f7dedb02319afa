"""Every hostile mail through one real night: each where it belongs, nothing lost, nobody's program broken."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from cluster_sheets.demo.deliver import EXCHANGER
from cluster_sheets.night import init, run
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.report.run import Run
from cluster_sheets.store import applications, blobs, findings
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import Unit
from tests.hostile.kind import Hostile
from tests.hostile.mails import mails
from tests.store.asked import every_unit

EVERY: Mapping[str, Hostile] = {each.name: each for each in mails()}
NIGHT = datetime(2026, 9, 29, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Met:
    """What became of them."""

    told: Run
    of: Mapping[str, tuple[Unit, ...]]
    codes: Mapping[str, tuple[str, ...]]
    """Of each unit."""
    kept: Mapping[str, bool]
    accepted: int


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    root = tmp_path_factory.mktemp("mails") / "central"
    places = init(root, register=register_workbook({"mail_authserv_name": EXCHANGER}), key=bytes(32))
    for each in EVERY.values():
        (places.inbox / each.name).write_bytes(each.data)
    told = run(root, NIGHT)
    names = {hashlib.sha256(each.data).hexdigest(): name for name, each in EVERY.items()}
    with Store.open(root) as store:
        of: dict[str, tuple[Unit, ...]] = {}
        for unit in every_unit(store):
            of[names[unit.mail_sha256]] = (*of.get(names[unit.mail_sha256], ()), unit)
        found = findings.of_units(store, [unit.unit_id for some in of.values() for unit in some])
        kept = {name: blobs.read(store, sha256) == EVERY[name].data for sha256, name in names.items()}
        codes = {unit_id: tuple(dict.fromkeys(one.code for one in each)) for unit_id, each in found.items()}
        return Met(told, of, codes, kept, len(applications.everything(store)))


def test_there_are_far_more_than_sixty_kinds() -> None:
    assert len(EVERY) == len({each.data for each in EVERY.values()}) >= 120


@pytest.mark.parametrize("name", EVERY)
def test_it_is_kept_whole_and_ends_where_it_belongs(met: Met, name: str) -> None:
    some = met.of[name]
    assert met.kept[name]
    assert {unit.state for unit in some} <= set(EVERY[name].states), [(unit.state, unit.reason) for unit in some]
    if EVERY[name].codes is not None:
        assert [met.codes.get(unit.unit_id, ()) for unit in some] == [EVERY[name].codes] * len(some)


def test_the_night_breaks_on_none_of_them_and_loses_none(met: Met) -> None:
    assert (met.told.crashes, met.told.tonight.conserves, met.accepted) == ((), True, 0)
    assert set(met.of) == set(EVERY)
    assert met.told.tonight.received == sum(len(some) for some in met.of.values())
