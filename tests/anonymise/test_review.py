import hashlib
from datetime import timedelta
from pathlib import Path

import openpyxl

from cluster_sheets.anonymise.review import write_reviews
from cluster_sheets.anonymise.review_read import read_reviews
from cluster_sheets.store import cases, decisions, questions, units
from cluster_sheets.store.cases import CaseKey
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.places import Places
from cluster_sheets.store.questions import Question
from tests.register.made import REGISTER
from tests.store.asked import every_unit
from tests.store.made import NIGHT, apply, keep, made

MEETING = REGISTER.meetings[0]
REF = "CEN-2627-0001"
SCHOOL = next(iter(REGISTER.schools.values()))


def asked(store: Store) -> None:
    """One question each of two meetings: one to come and one over."""
    over = Question("q2", "CITY-2627-A", "", None, "held", "late")
    with store.transaction():
        unit = keep(store)
        for each in (Question("q1", MEETING.meeting_id, unit.unit_id, None, "held", "late"), over):
            question = Question(each.question_id, each.meeting, unit.unit_id, None, "held", "late")
            questions.add_many(store, [(question, {"who": "EXAMPLE Oakhill"})])


def test_a_workbook_is_written_for_each_meeting_and_not_again_for_nothing(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        asked(store)
        night = NIGHT.replace(month=9)
        assert write_reviews(store, places, REGISTER, night) == (MEETING.meeting_id, "CITY-2627-A")
        path = places.review_of(MEETING.meeting_id)
        first = path.read_bytes()
        assert (path.stat().st_mode & 0o777, places.review.stat().st_mode & 0o777) == (0o600, 0o700)
        assert read_reviews(store, places, night + timedelta(days=1)) == ()
        assert write_reviews(store, places, REGISTER, night + timedelta(days=1)) == ()
        assert path.read_bytes() == first
        path.unlink()
        assert write_reviews(store, places, REGISTER, night) == (MEETING.meeting_id,)
        assert path.read_bytes() == first


def test_it_says_that_an_answer_on_held_stands_once_it_is_read(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        asked(store)
        write_reviews(store, Places(tmp_path), REGISTER, NIGHT.replace(month=9))
    front = openpyxl.load_workbook(Places(tmp_path).review_of(MEETING.meeting_id)).worksheets[0]
    said = [cell.value for cell in front["B"] if cell.value]
    assert "Not so on Held: once a run has read an answer it stands, for the school has been told." in said


def test_a_workbook_goes_once_all_of_its_meeting_was_withdrawn(tmp_path: Path) -> None:
    places, night = Places(tmp_path), NIGHT.replace(month=9)
    with made(tmp_path) as store:
        asked(store)
        write_reviews(store, places, REGISTER, night)
        with store.transaction():
            questions.drop_open(store, [each.unit_id for each in every_unit(store)])
        assert questions.how_many(store) == {}
        assert write_reviews(store, places, REGISTER, night) == ()
        assert [each.name for each in places.review.iterdir()] == []


def test_a_meeting_that_is_over_with_all_answered_is_left_alone(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        asked(store)
        with store.transaction():
            questions.answer_many(store, [("q1", "accept")], NIGHT)
        assert write_reviews(store, Places(tmp_path), REGISTER, NIGHT) == ("CITY-2627-A",)


def test_a_workbook_of_which_nothing_is_asked_any_more_goes_unless_somebody_typed_in_it(tmp_path: Path) -> None:
    places = Places(tmp_path)
    for typed in (False, True):
        with made(tmp_path / str(typed)) as store:
            places = Places(tmp_path / str(typed))
            asked(store)
            night = NIGHT.replace(month=9)
            write_reviews(store, places, REGISTER, night)
            path, other = places.review_of(MEETING.meeting_id), places.review_of("CITY-2627-A")
            places.proposal.write_bytes(b"EXAMPLE proposal")
            if typed:
                path.write_bytes(b"EXAMPLE answers")
            with store.transaction():
                store.write("DELETE FROM cluster.question WHERE meeting = ?", [(MEETING.meeting_id,)])
            assert write_reviews(store, places, REGISTER, night) == ()
            assert (path.exists(), other.exists(), places.proposal.exists()) == (typed, True, True)


def test_the_workbook_of_a_meeting_that_is_over_no_longer_asks_about_a_case_that_has_gone(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        asked(store)
        with store.transaction():
            unit = keep(store, b"EXAMPLE another")
            more = Question("q3", MEETING.meeting_id, unit.unit_id, None, "held", "late")
            questions.add_many(store, [(more, {"who": "EXAMPLE Oakhill"})])
            questions.answer_many(store, [("q1", "accept")], NIGHT)
        write_reviews(store, places, REGISTER, NIGHT.replace(month=9))
        with store.transaction():
            questions.drop_open(store, [unit.unit_id])
        # A quarter of a year later, long after the meeting.
        assert MEETING.meeting_id in write_reviews(store, places, REGISTER, NIGHT)
        held = openpyxl.load_workbook(places.review_of(MEETING.meeting_id))["Held"]
        assert [row[0] for row in held.iter_rows(values_only=True) if "|" in str(row[0])] == ["q1|Accept"]
        assert write_reviews(store, places, REGISTER, NIGHT + timedelta(days=1)) == ()


def test_what_was_typed_since_the_last_reading_is_never_written_over(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        asked(store)
        night = NIGHT.replace(month=9)
        write_reviews(store, places, REGISTER, night)
        path = places.review_of(MEETING.meeting_id)
        book = openpyxl.load_workbook(path)
        book["Held"]["F6"] = "Accept"
        book.save(path)
        typed = hashlib.sha256(path.read_bytes()).hexdigest()
        with store.transaction():
            more = Question(
                "q3", MEETING.meeting_id, questions.get_many(store, ["q1"])["q1"].unit_id, None, "held", "late"
            )
            questions.add_many(store, [(more, {"who": "EXAMPLE Mere"})])
        assert write_reviews(store, places, REGISTER, night) == ()
        assert hashlib.sha256(path.read_bytes()).hexdigest() == typed


def decided(store: Store, pence: int) -> None:
    """What the meeting decided on its one case."""
    told = Decision(MEETING.meeting_id, REF, "AGREED", pence, "MAIN", 25, 13, 12, 1, 0, MEETING.day, NIGHT)
    with store.transaction():
        decisions.record_many(store, [told])


def outcomes(places: Places) -> list[tuple[object, ...]]:
    """The rows of the sheet Ready, from the case to the outcome."""
    rows = openpyxl.load_workbook(places.review_of(MEETING.meeting_id))["Ready"].iter_rows(min_row=6)
    return [tuple(cell.value for cell in row[2:8]) for row in rows]


def over(store: Store, places: Places) -> None:
    """A meeting that is over, with every question answered and its workbook as it was written then."""
    with store.transaction():
        unit = apply(store, state=units.State.ACCEPTED, application_ref=REF)
        ready = Question("c1", MEETING.meeting_id, unit.unit_id, REF, "ready", "ready")
        questions.add_many(store, [(ready, {"case": "K7", "title": "Groups of six", "fits": "16 schools"})])
        questions.answer_many(store, [("c1", "yes")], NIGHT)
        cases.put_keys(store, [CaseKey(MEETING.meeting_id, "K7", REF, SCHOOL.urn)])
    write_reviews(store, places, REGISTER, NIGHT.replace(month=9))


def test_after_the_meeting_it_says_whose_request_each_case_was_and_what_became_of_it(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        over(store, places)
        assert outcomes(places) == [("K7", REF, SCHOOL.name, "Groups of six", "16 schools", None)]
        assert write_reviews(store, places, REGISTER, NIGHT) == ()
        decided(store, 327560)
        assert write_reviews(store, places, REGISTER, NIGHT) == (MEETING.meeting_id,)
        assert outcomes(places) == [("K7", REF, SCHOOL.name, "Groups of six", "16 schools", "Agreed\n£3,275.60")]
        assert write_reviews(store, places, REGISTER, NIGHT) == ()
        decided(store, 200000)
        assert write_reviews(store, places, REGISTER, NIGHT) == (MEETING.meeting_id,)
        assert outcomes(places)[0][-1] == "Agreed\n£2,000.00"


def test_what_was_decided_waits_until_what_was_typed_meanwhile_is_read(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with made(tmp_path) as store:
        over(store, places)
        path = places.review_of(MEETING.meeting_id)
        book = openpyxl.load_workbook(path)
        book["Needs you"]["C10"] = "EXAMPLE Amina"
        book.save(path)
        decided(store, 327560)
        assert write_reviews(store, places, REGISTER, NIGHT) == ()
        assert outcomes(places)[0][-1] is None
        read_reviews(store, places, NIGHT)
        assert write_reviews(store, places, REGISTER, NIGHT) == (MEETING.meeting_id,)
        assert outcomes(places)[0][-1] == "Agreed\n£3,275.60"
