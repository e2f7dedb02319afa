from dataclasses import replace
from pathlib import Path

from cluster_sheets.store import questions
from cluster_sheets.store.questions import Question
from tests.store.made import NIGHT, keep, made

WORDS = {"sentence": "EXAMPLE of a sentence"}


def test_a_question_asked_again_keeps_its_answer_and_follows_its_application(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        asked = Question("q1", "A2", unit.unit_id, None, "redaction", "name", "request_title", 3, 9)
        held = Question("q2", "A2", unit.unit_id, None, "held", "unknown-sender")
        assert questions.add_many(store, [(asked, WORDS), (held, {})]) == 2
        questions.answer_many(store, [("q1", "keep")], NIGHT)
        moved = replace(asked, meeting="A3", application_ref="CEN-2627-0001")
        assert questions.add_many(store, [(moved, WORDS)]) == 0
        answered = replace(moved, answer="keep", answered_at=NIGHT)
        assert (questions.of_meeting(store, "A2"), questions.of_meeting(store, "A3")) == ((held,), (answered,))
        assert questions.of_units(store, [unit.unit_id]) == (held, answered)
        assert questions.left_open(store) == {"A2": 1}
        assert questions.texts(store, ["q1", "q2"]) == {"q1": WORDS, "q2": {}}


def test_an_answer_can_be_taken_back(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        asked = Question("q1", "A2", keep(store).unit_id, None, "held", "late")
        questions.add_many(store, [(asked, {})])
        questions.answer_many(store, [("q1", "accept")], NIGHT)
        questions.answer_many(store, [("q1", None)], NIGHT)
        assert questions.of_meeting(store, "A2") == (asked,)


def test_open_questions_about_a_superseded_unit_are_dropped_with_their_words(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        both = [Question(each, "A2", unit.unit_id, None, "held", "late") for each in ("q1", "q2")]
        questions.add_many(store, [(each, WORDS) for each in both])
        questions.answer_many(store, [("q1", "accept")], NIGHT)
        questions.drop_open(store, [unit.unit_id])
        assert [each.question_id for each in questions.of_meeting(store, "A2")] == ["q1"]
        assert questions.texts(store, ["q1", "q2"]) == {"q1": WORDS}


def test_questions_and_their_answers_are_found_by_id(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store).unit_id
        first, second = (
            Question(each, meeting, unit, None, "held", "late") for each, meeting in (("q1", "A3"), ("q2", "A2"))
        )
        questions.add_many(store, [(first, WORDS), (second, WORDS)])
        questions.answer_many(store, [("q2", "accept")], NIGHT)
        assert questions.get_many(store, ["q1", "q9"]) == {"q1": first}
        assert questions.answers_of(store, ["q1", "q2", "q9"]) == {"q2": "accept"}
        assert list(questions.how_many(store)) == ["A2", "A3"]


def test_open_questions_no_longer_asked_are_dropped_and_others_stay(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store).unit_id
        kinds = {"q1": "redaction", "q2": "redaction", "q3": "redaction", "q4": "held"}
        questions.add_many(
            store, [(Question(each, "A2", unit, None, kind, "x"), WORDS) for each, kind in kinds.items()]
        )
        questions.answer_many(store, [("q3", "keep")], NIGHT)
        questions.drop_unasked(store, "redaction", [unit], ["q1"])
        assert {each.question_id for each in questions.of_meeting(store, "A2")} == {"q1", "q3", "q4"}
        assert set(questions.texts(store, list(kinds))) == {"q1", "q3", "q4"}
