"""One question a case, asked again when the case changes."""

import zipfile
from dataclasses import replace
from pathlib import Path

from cluster_sheets.anonymise.review_whose import Whose, whose
from cluster_sheets.panel.assign import assign
from cluster_sheets.panel.gather import gathered
from cluster_sheets.panel.ready import ask_ready, question_of
from cluster_sheets.store import cases, questions
from tests import requests
from tests.checks.batch import FORM
from tests.panel.made import MEETING, NIGHT, accepted, answer_all, built, workspace
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
            "fits": "4 schools",
        }


def test_the_question_knows_the_partners_for_the_admin_alone(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            accepted(store, 1, requests.group())
        built(store, places)
        (asked,) = questions.of_meeting(store, MEETING)
        told = questions.texts(store, [asked.question_id])[asked.question_id]
        assert told["partners"] == f"{requests.PARTNER} {requests.THIRD}"
        owner = whose(store, REGISTER, MEETING, {told["case"]: told["partners"]})[told["case"]]
        # The register of the tests knows the first of them only.
        names = [REGISTER.schools[requests.OWN].name, requests.PARTNER, requests.THIRD]
        assert owner == Whose("CEN-2627-0001", f"{names[0]}\nwith {names[1]}, {names[2]}")
        (book,) = places.panel(MEETING).glob("panel-*.xlsx")
        parts = zipfile.ZipFile(book)
        text = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        assert told["case"] in text
        assert [
            each for each in (*names, *requests.NAMES.values(), requests.OWN, "CEN-2627-0001") if each in text
        ] == []
