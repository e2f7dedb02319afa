from dataclasses import replace
from pathlib import Path

from cluster_sheets.anonymise import stage
from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.stage import anonymise
from cluster_sheets.base.record import Record
from cluster_sheets.register.model import Register
from cluster_sheets.store import answers, applications, audit, questions, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.questions import Question
from cluster_sheets.store.units import State
from tests.anonymise.made import FINDER, FORM, OWN
from tests.anonymise.tagged import Stub
from tests.register.made import REGISTER
from tests.store.made import NIGHT, SECOND_FORM, apply, keep, made

OTHER_REF = "CEN-2627-0002"
REF, MEETING = "CEN-2627-0001", "2026-A2-CENTRAL"


def never() -> Finder:
    """Stands for the finder where nothing is to be done."""
    raise AssertionError


def given(store: Store, **boxes: str) -> str:
    """Keeps one application with these boxes; its unit."""
    with store.transaction():
        unit = apply(store, state=State.ACCEPTED, application_ref=REF, meeting=MEETING, form_ref="f" * 16)
        answers.put_many(store, [(unit.unit_id, Record(OWN | boxes, {}))])
    return unit.unit_id


def run(store: Store, register: Register = REGISTER) -> None:
    anonymise(store, register, FORM, lambda: FINDER, [REF], NIGHT)


def told(store: Store, unit: str) -> dict[str, str]:
    return redactions.get_many(store, [unit])[unit]


def open_questions(store: Store) -> tuple[Question, ...]:
    return tuple(each for each in questions.of_meeting(store, MEETING) if each.answer is None)


def test_the_text_is_kept_redacted_and_the_doubts_are_asked(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        unit = given(store, summary="Zofia came to Merit PRU.", request_title="Groups of six")
        run(store)
        assert told(store, unit) == {"request_title": "Groups of six", "summary": "[name A] came to [school A]."}
        (question,) = questions.of_meeting(store, MEETING)
        assert replace(question, question_id="") == Question(
            "", MEETING, unit, REF, "redaction", "unknown-word", "summary", 0, 5
        )
        assert questions.texts(store, [question.question_id])[question.question_id] == {
            "question": "What do you want to do?",
            "sentence": "Zofia came to Merit PRU.",
            "words": "Zofia",
            "why": "May be a name: it is in none of our lists of words.",
            "placeholder": "[name]",
            "proposal": "take-out",
        }


def test_a_second_run_changes_nothing_and_makes_no_finder(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        given(store, summary="Zofia came.")
        run(store)
        before = questions.of_meeting(store, MEETING)
        anonymise(store, REGISTER, FORM, never, [REF], NIGHT)
        assert questions.of_meeting(store, MEETING) == before


def test_an_answer_is_applied_once_the_text_is_to_be_done_again(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        unit = given(store, summary="Zofia came.")
        run(store)
        with store.transaction():
            questions.answer_many(store, [(open_questions(store)[0].question_id, "keep")], NIGHT)
            redactions.forget_many(store, [unit])
        run(store)
        assert (told(store, unit), open_questions(store)) == ({"summary": "Zofia came."}, ())


def test_an_unchanged_sentence_of_a_resubmission_keeps_its_answer(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        given(store, summary="Zofia came. Aisha left.")
        run(store)
        with store.transaction():
            for each in open_questions(store):
                questions.answer_many(store, [(each.question_id, "keep")], NIGHT)
            second = keep(
                store, b"EXAMPLE second", "F-K7A4-9XDR", state=State.ACCEPTED, application_ref=REF, form_ref="f" * 16
            )
            first = applications.get_many(store, [REF])[REF]
            applications.save_many(store, [replace(first, current_unit=second.unit_id)])
            answers.put_many(store, [(second.unit_id, Record(OWN | {"summary": "Zofia came. Aisha left early."}, {}))])
        run(store)
        assert told(store, second.unit_id) == {"summary": "Zofia came. [name A] left early."}
        assert [(each.unit_id, each.start) for each in open_questions(store)] == [(second.unit_id, 12)]


def test_another_register_has_everything_of_the_meeting_done_again(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        unit = given(store, summary="We met at Merit PRU.")
        run(store)
        with store.transaction():
            redactions.put_many(store, [(unit, {"summary": "stale"})])
        run(store)
        assert told(store, unit) == {"summary": "stale"}
        run(store, replace(REGISTER, sha256="0" * 64))
        assert told(store, unit) == {"summary": "We met at [school A]."}


def test_a_question_that_is_no_longer_asked_is_dropped(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        unit = given(store, summary="Zofia came.")
        run(store)
        with store.transaction():
            answers.put_many(store, [(unit, Record(OWN | {"summary": "They came."}, {}))])
            redactions.forget_many(store, [unit])
        run(store)
        assert (told(store, unit), questions.of_meeting(store, MEETING)) == ({"summary": "They came."}, ())


def test_what_was_erased_is_left_out(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = apply(store, state=State.ACCEPTED, application_ref=REF, meeting=MEETING)
        run(store)
        assert (redactions.get_many(store, [unit.unit_id]), units.get_many(store, ["?"])) == ({}, {})


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        given(store, summary="They came.")
        calls: list[tuple[str, int, int]] = []
        anonymise(store, REGISTER, FORM, lambda: FINDER, [REF], NIGHT, lambda *call: calls.append(call))
        assert (calls, stage.REDACTION) == ([("Taking names out", 1, 1)], "redaction")


def test_the_needs_that_words_may_not_name_are_the_registers(tmp_path: Path) -> None:
    rare = replace(REGISTER.settings.lines["rare_needs"], value="HI")
    lines = {**REGISTER.settings.lines, "rare_needs": rare}
    register = replace(REGISTER, settings=replace(REGISTER.settings, lines=lines))
    with made(tmp_path) as store:
        unit = given(store, summary="She is deaf and going blind.")
        run(store, register)
        assert told(store, unit) == {"summary": "She is [need] and going blind."}
        assert [each.code for each in open_questions(store)] == ["rare-need"]


def test_a_word_to_be_kept_always_is_asked_about_in_no_other_application_until_that_is_taken_back(
    tmp_path: Path,
) -> None:
    with made(tmp_path) as store:
        first = given(store, summary="We use Wordopolis.")
        run(store)
        (question,) = open_questions(store)
        with store.transaction():
            questions.answer_many(store, [(question.question_id, "keep-always")], NIGHT)
            named = {"application_ref": OTHER_REF, "meeting": MEETING, "form_ref": "e" * 16}
            other = apply(store, SECOND_FORM.form_id, OTHER_REF, state=State.ACCEPTED, **named)
            answers.put_many(store, [(other.unit_id, Record(OWN | {"summary": "Wordopolis helped."}, {}))])
        both = [REF, OTHER_REF]
        anonymise(store, REGISTER, FORM, lambda: FINDER, both, NIGHT)
        assert (told(store, first), told(store, other.unit_id)) == (
            {"summary": "We use Wordopolis."},
            {"summary": "Wordopolis helped."},
        )
        assert open_questions(store) == ()
        anonymise(store, REGISTER, FORM, never, both, NIGHT)
        with store.transaction():
            questions.answer_many(store, [(question.question_id, None)], NIGHT)
        anonymise(store, REGISTER, FORM, lambda: FINDER, both, NIGHT)
        assert told(store, other.unit_id) == {"summary": "[name A] helped."}
        assert len(open_questions(store)) == 2


def test_a_tagger_has_a_vote_once_and_the_audit_says_which_once_a_night(tmp_path: Path) -> None:
    def voting(tagger: Stub | None) -> None:
        anonymise(store, REGISTER, FORM, lambda: FINDER, [REF], NIGHT, tagger=tagger)

    def voted() -> list[tuple[str, str]]:
        return [(each.who, each.text) for each in audit.everything(store) if each.event == "tagger-voted"]

    with made(tmp_path) as store:
        unit = given(store, summary="Dawn chorus walks help them.")
        voting(None)
        assert (open_questions(store), voted()) == ((), [])
        first, second = Stub("Dawn", mark="first"), Stub("chorus", mark="second")
        voting(first)
        voting(first)
        assert (told(store, unit)["summary"], first.asked) == ("[name A] chorus walks help them.", 1)
        assert [each.code for each in open_questions(store)] == ["tagged"]
        assert voted() == [("night", "EXAMPLE model (first)")]
        with store.transaction():
            questions.answer_many(store, [(open_questions(store)[0].question_id, "keep")], NIGHT)
            redactions.forget_many(store, [unit])
        voting(first)
        assert (told(store, unit)["summary"], len(voted())) == ("Dawn chorus walks help them.", 1)
        voting(second)
        assert (second.asked, open_questions(store)) == (1, ())
        voting(None)
        assert told(store, unit)["summary"] == "Dawn chorus walks help them."
