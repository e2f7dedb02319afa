from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cluster_sheets.store import decisions
from cluster_sheets.store.decisions import Decision
from tests.store.made import NIGHT, SECOND_FORM, apply, made

AGREED = Decision("A2", "CEN-2627-0001", "AGREED", 250000, "MAIN", 25, 13, 12, 1, 0, date(2026, 12, 3), NIGHT)
REFUSED = replace(AGREED, application_ref="CEN-2627-0002", outcome="REFUSED", amount_pence=0, decided_on=None)


def test_a_decision_said_again_is_kept_once_and_a_changed_one_is_a_new_version(tmp_path: Path) -> None:
    later = NIGHT + timedelta(days=1)
    with made(tmp_path) as store, store.transaction():
        apply(store)
        apply(store, SECOND_FORM.form_id, "CEN-2627-0002")
        first = decisions.record_many(store, [AGREED, REFUSED])
        assert [replace(each, content_hash="") for each in first] == [
            replace(each, version=1) for each in (AGREED, REFUSED)
        ]
        assert decisions.record_many(store, [replace(AGREED, recorded_at=later), REFUSED]) == ()
        (changed,) = decisions.record_many(store, [replace(AGREED, amount_pence=200000, recorded_at=later)])
        assert (changed.version, changed.content_hash == first[0].content_hash) == (2, False)
        assert decisions.of_meeting(store, "A2") == (changed, first[1])
        assert decisions.everything(store) == (first[0], changed, first[1])
        assert decisions.standing(store) == (changed, first[1])
        assert decisions.of_meeting(store, "A3") == ()
        assert decisions.how_many(store) == {"A2": 3}


def test_the_same_case_in_another_meeting_is_decided_afresh(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        kept = decisions.record_many(store, [AGREED, replace(AGREED, meeting="A3")])
        assert [(each.meeting, each.version) for each in kept] == [("A2", 1), ("A3", 1)]


def test_conditions_and_feedback_are_read_back_and_do_not_lie_open(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        apply(store)
        said = replace(AGREED, conditions="EXAMPLE of a condition", feedback="EXAMPLE of feedback")
        kept = decisions.record_many(store, [said])
        assert decisions.of_meeting(store, "A2") == kept
        assert (kept[0].conditions, kept[0].feedback) == ("EXAMPLE of a condition", "EXAMPLE of feedback")
        (changed,) = decisions.record_many(store, [replace(said, feedback="EXAMPLE of other feedback")])
        assert (changed.version, decisions.of_meeting(store, "A2")) == (2, (changed,))
    lying = (tmp_path / "cluster.db").read_bytes() + (tmp_path / "private" / "identities.db").read_bytes()
    assert b"EXAMPLE of" not in lying


def test_the_quorum_of_a_meeting_is_the_one_it_was_decided_with(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert decisions.quorum(store, "A2") is None
        decisions.keep_quorum(store, "A2", 10, NIGHT, "chair")
        assert decisions.quorum(store, "A2") == 10
