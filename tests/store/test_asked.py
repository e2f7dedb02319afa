from datetime import timedelta
from pathlib import Path

from cluster_sheets.base.record import Record
from cluster_sheets.store import answers, applications, decisions, packs, units
from cluster_sheets.store.asked import Asked, as_read
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.packs import Pack, PackState
from tests.store.made import FORM, NIGHT, apply, keep, made

REF, A2 = "CEN-2627-0001", "2026-A2-CENTRAL"
KEY = (A2, REF)
HOUR = timedelta(hours=1)
FIRST = Record({"amount_requested": 155_740, "minimum_viable": 90_000}, {})
SECOND = Record({"amount_requested": 145_010, "minimum_viable": None}, {})


def _released(store: Store, version: int, hours: int) -> None:
    at = NIGHT + hours * HOUR
    packs.save(store, Pack(A2, version, PackState.RELEASED, "hash", "00", "pack.xlsx", at, at, at))


def _two_versions(store: Store) -> tuple[str, str]:
    """A first version, accepted at once, and a smaller one that took its place four hours later; their ids."""
    first = apply(store, judged_at=NIGHT, application_ref=REF, state=units.State.SET_ASIDE, version=1)
    form_ref = applications.get_many(store, [REF])[REF].form_ref
    later = NIGHT + 4 * HOUR
    facts = {"application_ref": REF, "form_ref": form_ref, "state": units.State.ACCEPTED, "version": 2}
    second = keep(store, b"EXAMPLE two", FORM.form_id, judged_at=later, **facts)
    store.write("UPDATE cluster.unit SET form_ref = ?", [(form_ref,)])
    answers.put_many(store, [(first.unit_id, FIRST), (second.unit_id, SECOND)])
    values = (145_010, None, second.unit_id)
    store.write("UPDATE cluster.application SET asked_pence = ?, minimum_pence = ?, current_unit = ?", [values])
    return first.unit_id, second.unit_id


def _decided(store: Store, hours: int) -> None:
    told = Decision(A2, REF, "AGREED", 155_740, "MAIN", 25, 13, None, None, None, None, NIGHT + hours * HOUR)
    decisions.record_many(store, [told])


def test_an_award_is_held_against_the_version_that_the_pack_held(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            first, second = _two_versions(store)
            assert as_read(store, [KEY]) == {KEY: Asked(145_010, None, SECOND, second)}
            _released(store, 1, hours=1)
        assert as_read(store, [KEY]) == {KEY: Asked(155_740, 90_000, FIRST, first)}


def test_a_pack_released_anew_before_the_decision_is_the_one_that_counts(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        _two_versions(store)
        _released(store, 1, hours=1)
        _released(store, 2, hours=5)
        _decided(store, hours=6)
        assert as_read(store, [KEY])[KEY].pence == 145_010


def test_a_pack_released_after_the_decision_changes_nothing_of_it(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        _two_versions(store)
        _released(store, 1, hours=1)
        _decided(store, hours=2)
        _released(store, 2, hours=5)
        assert as_read(store, [KEY])[KEY].pence == 155_740


def test_once_the_answers_are_gone_what_stands_is_all_that_is_known(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            first, _ = _two_versions(store)
            _released(store, 1, hours=1)
            store.write("DELETE FROM answers", [()])
        assert as_read(store, [KEY]) == {KEY: Asked(145_010, None, None, first)}
