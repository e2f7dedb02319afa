from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from cluster_sheets.anonymise.review import write_reviews
from cluster_sheets.anonymise.review_read import WORDINGS, name_typed, read_reviews, reading
from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.store import audit, questions, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.questions import Question
from cluster_sheets.store.units import State
from tests.register.made import REGISTER
from tests.store.made import NIGHT, apply, keep, made

MEETING = REGISTER.meetings[0].meeting_id
FILE = f"{MEETING}.xlsx"
DAY = NIGHT.replace(month=9)
NEXT = DAY + timedelta(days=1)
REF = "CEN-2627-0001"


def prepared(store: Store, places: Places) -> str:
    """One question of each sort asked and written; the application's unit."""
    with store.transaction():
        unit = apply(store, state=State.ACCEPTED, application_ref=REF)
        held = keep(store, b"EXAMPLE held", state=State.HELD)
        redactions.put_many(store, [(unit.unit_id, {"summary": "[name A] came."})])
        questions.add_many(
            store,
            [
                (Question("h", MEETING, held.unit_id, None, "held", "late"), {"who": "EXAMPLE Mere"}),
                (
                    Question("r", MEETING, unit.unit_id, REF, "redaction", "unknown-word", "summary", 0, 5),
                    {"words": "Zofia"},
                ),
                (Question("c", MEETING, unit.unit_id, REF, "ready", "ready"), {"case": "K7"}),
            ],
        )
    write_reviews(store, places, REGISTER, DAY)
    return unit.unit_id


def typed(places: Places, change: Callable[[Workbook], None]) -> None:
    """What the admin does in Excel, and saves."""
    path = places.review / FILE
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def answers(**given: str | None) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        boxes = {
            "held": ("Held", "F6"),
            "redaction": ("Redactions", "G6"),
            "fact": ("Facts", "G6"),
            "ready": ("Ready", "I6"),
            "name": ("Needs you", "C10"),
        }
        for each, text in given.items():
            sheet, cell = boxes[each]
            book[sheet][cell] = text

    return change


def kept(store: Store) -> dict[str, str | None]:
    return {each.question_id: each.answer for each in questions.of_meeting(store, MEETING)}


def test_answers_are_kept_with_who_gave_them_and_when(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        unit = prepared(store, places)
        typed(places, answers(held="Accept", redaction="keep ", ready="Yes", name="EXAMPLE Amina Umber"))
        assert read_reviews(store, places, NEXT) == ()
        assert kept(store) == {"h": "accept", "r": "keep", "c": "yes"}
        lines = audit.everything(store)
        assert {(each.at, each.who, each.event, each.text, each.application_ref) for each in lines} == {
            (NEXT, "EXAMPLE Amina Umber", "answered", "held: accept", None),
            (NEXT, "EXAMPLE Amina Umber", "answered", "redaction: keep", REF),
            (NEXT, "EXAMPLE Amina Umber", "answered", "ready: yes", REF),
        }
        assert redactions.get_many(store, [unit]) == {}


def test_an_answer_about_a_fact_of_a_school_is_read_and_stands_in_the_audit(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        unit = prepared(store, places)
        fact = Question("f", MEETING, unit, REF, "fact", "phase-group")
        with store.transaction():
            questions.add_many(store, [(fact, {"case": "K7"})])
        write_reviews(store, places, REGISTER, DAY)
        typed(places, answers(fact="Show", name="EXAMPLE Amina Umber"))
        assert read_reviews(store, places, NEXT) == ()
        assert kept(store) == {"h": None, "r": None, "f": "show", "c": None}
        assert [(each.text, each.application_ref) for each in audit.everything(store)] == [("fact: show", REF)]
        # What was taken out of the texts has nothing to do with it.
        assert redactions.get_many(store, [unit]) != {}


def test_the_same_file_is_not_read_twice(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(redaction="Keep", name="EXAMPLE Amina"))
        read_reviews(store, places, NEXT)
        with store.transaction():
            questions.answer_many(store, [("r", "take-out")], NEXT)
        assert read_reviews(store, places, NEXT) == ()
        assert kept(store)["r"] == "take-out"


def test_what_is_answered_is_shown_and_the_name_stays_when_the_workbook_is_made_anew(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(redaction="Keep", name="EXAMPLE Amina"))
        read_reviews(store, places, NEXT)
        assert write_reviews(store, places, REGISTER, NEXT) == (MEETING,)
        data = (places.review / FILE).read_bytes()
        read = reading(data, FILE)
        assert read is not None
        assert [(each.question_id, each.shown, each.typed) for each in read.boxes] == [
            ("h", "", ""),
            ("r", "Keep", "Keep"),
            ("c", "", ""),
        ]
        assert name_typed(data) == "EXAMPLE Amina"
        assert (read_reviews(store, places, NEXT), write_reviews(store, places, REGISTER, NEXT)) == ((), ())


def test_an_answer_can_be_changed_and_taken_back(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        for text, code in (("Keep", "keep"), ("Take out", "take-out"), (None, None)):
            typed(places, answers(redaction=text, name="EXAMPLE Amina"))
            assert read_reviews(store, places, NEXT) == ()
            assert kept(store)["r"] == code
            write_reviews(store, places, REGISTER, NEXT)
        assert [each.text for each in audit.everything(store)] == [
            "redaction: keep",
            "redaction: take-out",
            "redaction: taken back",
        ]


def test_an_odd_answer_is_a_finding_at_its_cell_and_the_others_are_taken(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(held="perhaps", redaction="Keep", name="EXAMPLE Amina"))
        assert read_reviews(store, places, NEXT) == (
            Finding(
                Place(FILE, "Held", "F6"), "review-answer-odd", Severity.QUERY, detail=(("limit", "Accept or Return"),)
            ),
        )
        assert kept(store) == {"h": None, "r": "keep", "c": None}


def test_what_is_to_be_mended_is_told_every_night_until_it_is_and_stays_as_it_was_typed(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(held="perhaps", redaction="Keep", name="EXAMPLE Amina"))
        told, before = read_reviews(store, places, NEXT), (places.review / FILE).read_bytes()
        for night in (NEXT, NEXT + timedelta(days=1)):
            assert write_reviews(store, places, REGISTER, night) == ()
            assert read_reviews(store, places, night) == told
        assert [each.code for each in told] == ["review-answer-odd"]
        assert (places.review / FILE).read_bytes() == before
        assert len(audit.everything(store)) == 1
        typed(places, answers(held="Accept"))
        assert read_reviews(store, places, NEXT) == ()
        assert write_reviews(store, places, REGISTER, NEXT) == (MEETING,)


def test_a_note_is_told_by_its_own_night_however_often_that_is_run_and_by_no_other(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(redaction="Keep"))
        told = read_reviews(store, places, NEXT)
        assert [each.code for each in told] == ["review-no-name"]
        assert write_reviews(store, places, REGISTER, NEXT) == (MEETING,)
        assert read_reviews(store, places, NEXT) == told
        assert read_reviews(store, places, NEXT + timedelta(days=1)) == ()


def test_answers_without_a_name_are_taken_and_noted(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(redaction="Keep"))
        assert read_reviews(store, places, NEXT) == (
            Finding(Place(FILE, "Needs you", "C10"), "review-no-name", Severity.NOTE),
        )
        assert [each.who for each in audit.everything(store)] == ["admin"]


def test_an_answer_about_a_request_already_dealt_with_comes_too_late(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        with store.transaction():
            (held,) = units.held(store)
            store.write("UPDATE cluster.unit SET state = 'accepted' WHERE unit_id = ?", [(held.unit_id,)])
        typed(places, answers(held="Return", name="EXAMPLE Amina"))
        assert read_reviews(store, places, NEXT) == (
            Finding(Place(FILE, "Held", "F6"), "review-settled", Severity.NOTE),
        )
        assert kept(store)["h"] is None


def test_a_row_moved_a_sheet_renamed_and_a_question_gone_do_no_harm(tmp_path: Path) -> None:
    places = Places(tmp_path)

    def change(book: Workbook) -> None:
        answers(redaction="Keep", ready="Yes", name="EXAMPLE Amina")(book)
        book["Redactions"].insert_rows(5, 2)
        book["Redactions"].title = "Words"

    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, change)
        with store.transaction():
            store.write("DELETE FROM question_text WHERE question_id = ?", [("c",)])
            store.write("DELETE FROM cluster.question WHERE question_id = ?", [("c",)])
        assert read_reviews(store, places, NEXT) == ()
        assert kept(store) == {"h": None, "r": "keep"}


def test_an_answer_given_otherwise_meanwhile_and_typed_here_too_is_given_once(tmp_path: Path) -> None:
    places = Places(tmp_path)

    def change(book: Workbook) -> None:
        answers(redaction="Keep")(book)
        book["Needs you"].delete_rows(9)

    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, change)
        with store.transaction():
            questions.answer_many(store, [("r", "keep")], DAY)
        assert (read_reviews(store, places, NEXT), audit.everything(store)) == ((), ())


def test_a_file_that_cannot_be_read_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        path = places.review / FILE
        path.write_bytes(b"half a file")
        (places.review / f"~${FILE}").write_bytes(b"Excel's own note")
        told = Finding(Place(FILE), "review-unreadable", Severity.QUERY, detail=(("other", FILE),))
        assert (read_reviews(store, places, NEXT), read_reviews(store, places, NEXT)) == ((told,), (told,))
        assert write_reviews(store, places, REGISTER, NEXT) == ()
        assert path.read_bytes() == b"half a file"


def test_no_folder_yet_is_nothing_to_read(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        assert read_reviews(store, Places(tmp_path), NEXT) == ()


def test_each_finding_has_its_sentence() -> None:
    blanks = {"cell": "F6", "limit": "Accept or Return", "other": "A1.xlsx"}
    assert {code: wording.told(blanks)[0] for code, wording in WORDINGS.items()} == {
        "review-unreadable": "The review workbook A1.xlsx cannot be read.",
        "review-answer-odd": "The answer in F6 is none of those in its list.",
        "review-settled": "The answer in F6 came too late: the request has been dealt with.",
        "review-no-name": "The answers were taken, but nobody's name stands beside them.",
    }


def test_only_a_word_in_no_list_may_be_kept_always(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        typed(places, answers(redaction="always keep this word", name="EXAMPLE Amina"))
        assert read_reviews(store, places, NEXT) == ()
        assert kept(store)["r"] == "keep-always"


def test_an_answer_that_this_question_does_not_offer_is_a_finding(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        prepared(store, places)
        with store.transaction():
            store.write("UPDATE cluster.question SET code = ? WHERE question_id = ?", [("name-word", "r")])
        typed(places, answers(redaction="Always keep this word", held="Accept and remember this address"))
        found = read_reviews(store, places, NEXT)
        assert {(each.code, dict(each.detail)["limit"]) for each in found if each.detail} == {
            ("review-answer-odd", "Accept or Return"),
            ("review-answer-odd", "Take out or Keep or It is a name"),
        }
        assert kept(store) == {"h": None, "r": None, "c": None}
