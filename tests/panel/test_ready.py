"""One question a case, asked again when the case changes."""

from dataclasses import replace
from pathlib import Path

from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.gather import gathered
from cluster_sheets.panel.ready import ask_ready, question_of
from cluster_sheets.store import cases, questions
from tests.checks.batch import FORM
from tests.panel.made import MEETING, NIGHT, accepted, answer_all, workspace
from tests.register.made import REGISTER

MEETING_ITSELF = REGISTER.meeting(MEETING)
assert MEETING_ITSELF is not None


def test_a_question_is_withdrawn_when_its_case_reads_otherwise_and_an_answer_stays(tmp_path: Path) -> None:
    assert MEETING_ITSELF is not None
    with workspace(tmp_path) as (store, _):
        with store.transaction():
            accepted(store, 1)
        assign(store, REGISTER, NIGHT)
        found = gathered(store, REGISTER, FORM, MEETING_ITSELF, cases.of_meeting(store, MEETING))
        (ref,) = found.hashes
        other = replace(found, hashes={ref: "other"})
        ids = [question_of(store.key, MEETING_ITSELF, ref, each.hashes[ref]) for each in (found, other)]
        for each, asked in ((found, {ids[0]: None}), (other, {ids[1]: None}), (found, {ids[0]: None})):
            with store.transaction():
                assert ask_ready(store, MEETING_ITSELF, each) == 1
            assert {q.question_id: q.answer for q in questions.of_meeting(store, MEETING)} == asked
        answer_all(store)
        with store.transaction():
            assert [ask_ready(store, MEETING_ITSELF, each) for each in (other, found)] == [1, 0]
        assert {q.question_id: q.answer for q in questions.of_meeting(store, MEETING)} == {ids[0]: "yes"}
        assert questions.texts(store, ids[:1])[ids[0]] == {
            "case": ref,
            "title": "Daily language groups",
            "kind": "Project",
        }
