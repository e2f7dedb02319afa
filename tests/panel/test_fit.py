"""How many schools a case could be of, and what is asked where they are too few."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.anonymise.fits import KEY_STAGE, PHASE_GROUP, SIZE_BAND, Shown
from cluster_sheets.anonymise.redact import redacted
from cluster_sheets.anonymise.review import write_reviews
from cluster_sheets.anonymise.review_read import read_reviews
from cluster_sheets.panel.fit import Asked, Clusters, Fit, ask_facts, listed, schools
from cluster_sheets.panel.gather import gathered
from cluster_sheets.panel.release import NotReadyError
from cluster_sheets.register.model import Meeting
from cluster_sheets.store import answers, applications, audit, cases, packs, questions, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import PackState
from cluster_sheets.store.places import Places
from tests import requests
from tests.checks.batch import FORM
from tests.panel.made import FINDER, LATER, MEETING, NIGHT, accepted, built, record, released, workspace
from tests.register.made import REGISTER
from tests.store.made import keep

REFERRAL_UNIT = next(each.urn for each in REGISTER.schools.values() if each.phase == "PR")
OTHERS = "Secondary or alternative provision"
FACT_SHEET, ANSWER = "Facts", 7
"""The sheet, and the column of its answers."""


def the_meeting() -> Meeting:
    found = REGISTER.meeting(MEETING)
    assert found is not None
    return found


def known(request: requests.Request, urn: str) -> tuple[Shown, int]:
    case = Clusters(REGISTER, FORM, the_meeting()).known("form", urn, record(request))
    return case.shown, case.fits


def with_years(*years: str) -> requests.Request:
    return requests.project().but_lines(
        "pupils", [{**requests.pupil(at), "year_group": year} for at, year in enumerate(years, start=1)]
    )


@pytest.mark.parametrize(
    ("request_", "urn", "shown", "fit"),
    [
        (with_years("Year 4", "R"), requests.OWN, Shown("Primary", "medium", ("Early years", "Key stage 2")), 3),
        (with_years("Year 8"), REFERRAL_UNIT, Shown(OTHERS, "", ("Key stage 3",)), 4),
        (with_years("Year 2", "Year 8"), REFERRAL_UNIT, Shown(OTHERS, "", ("Key stage 1", "Key stage 3")), 1),
        (requests.whole_school(), REFERRAL_UNIT, Shown(OTHERS, "", ("Key stage 1", "Key stage 2"), are_all=True), 1),
        # The pupils of a request by several schools may be at any of them.
        (requests.group(), REFERRAL_UNIT, Shown(OTHERS), 4),
        # A school that the register does not have says nothing of itself.
        (with_years("Year 8"), "999999", Shown("", "", ("Key stage 3",)), 4),
    ],
)  # fmt: skip
def test_a_case_is_held_against_the_members_on_the_day(
    request_: requests.Request, urn: str, shown: Shown, fit: int
) -> None:
    assert known(request_, urn) == (shown, fit)


def fitted(given: Mapping[str, str]) -> Fit:
    clusters = Clusters(REGISTER, FORM, the_meeting())
    case = clusters.known("form", REFERRAL_UNIT, record(with_years("Year 2")))
    ids = {fact: case.question_of(b"key", fact) for fact in case.shown.facts}
    fit = clusters.fit(case, ids, {ids[fact]: answer for fact, answer in given.items()})
    assert [each.question_id for each in fit.asked] == [ids[each.fact] for each in fit.asked]
    return fit


@pytest.mark.parametrize(
    ("answers", "asked", "blurred", "fit", "words"),
    [
        ({}, {PHASE_GROUP: None}, (PHASE_GROUP,), 20, "1 school: blur the phase group\nthen 20 schools"),
        ({PHASE_GROUP: "blur"}, {PHASE_GROUP: "blur"}, (PHASE_GROUP,), 20, "20 schools\nthe phase group blurred"),
        (
            {PHASE_GROUP: "show"},
            {PHASE_GROUP: "show", KEY_STAGE: None},
            (KEY_STAGE,),
            4,
            "1 school: blur the key stages\nthen 4 schools",
        ),
        (
            {PHASE_GROUP: "show", KEY_STAGE: "blur"},
            {PHASE_GROUP: "show", KEY_STAGE: "blur"},
            (KEY_STAGE,),
            4,
            "4 schools\nthe key stages blurred",
        ),
        (
            {PHASE_GROUP: "show", KEY_STAGE: "show"},
            {PHASE_GROUP: "show", KEY_STAGE: "show"},
            (),
            1,
            "1 school\nshown by your word",
        ),
        # What was answered stays so, whatever would be proposed now.
        ({KEY_STAGE: "blur"}, {KEY_STAGE: "blur"}, (KEY_STAGE,), 4, "4 schools\nthe key stages blurred"),
    ],
)
def test_a_fact_is_left_out_until_the_admin_has_it_shown_and_then_the_next_is_asked(
    answers: Mapping[str, str],
    asked: Mapping[str, str | None],
    blurred: tuple[str, ...],
    fit: int,
    words: str,
) -> None:
    found = fitted(answers)
    assert {each.fact: each.answer for each in found.asked} == asked
    assert (found.blurred, found.fits, found.whole, found.in_words()) == (blurred, fit, 1, words)


def test_where_nothing_can_be_blurred_the_admin_reads_so() -> None:
    assert Fit(Shown(), 2, 2, 3).in_words() == "2 schools\nnothing to blur"
    assert Fit(Shown(), 16, 16, 3).in_words() == "16 schools"
    two = (Asked(SIZE_BAND, "a", "large"), Asked(PHASE_GROUP, "b", "Primary"))
    assert Fit(Shown(), 9, 1, 3, two).in_words() == "1 school: blur the size band and the phase group\nthen 9 schools"
    assert (schools(1), listed((KEY_STAGE,))) == ("1 school", "the key stages")


def test_an_answer_is_to_what_is_shown_and_to_how_many_fit() -> None:
    clusters = Clusters(REGISTER, FORM, the_meeting())
    cases_ = [clusters.known("form", REFERRAL_UNIT, record(with_years(*years))) for years in (["Year 2"], ["Year 4"])]
    cases_.append(clusters.known("form", REFERRAL_UNIT, record(with_years("Year 1"))))
    ids = [each.question_of(b"key", PHASE_GROUP) for each in cases_]
    assert ids[0] == ids[2] != ids[1]


def prepared(store: Store, places: Places, as_of_request: requests.Request | None = None) -> None:
    """A case of one school alone by its facts, and one of many; collated, and asked about."""
    with store.transaction():
        accepted(store, 1, as_of_request or with_years("Year 2"), own=REFERRAL_UNIT)
        accepted(store, 2)
    built(store, places)
    write_reviews(store, places, REGISTER, NIGHT)


def panel_says(places: Places) -> str:
    """Every cell of the files that the panel and the chair are given."""
    found = []
    for path in sorted(places.panel(MEETING).glob("*.xlsx")):
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        found += [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    return "\n".join(found)


def glance(store: Store) -> str:
    found = gathered(store, REGISTER, FORM, the_meeting(), cases.of_meeting(store, MEETING))
    ref = next(ref for ref, (_, application) in found.units.items() if application == "CEN-2627-0001")
    case = next(each for each in found.cases if each.case_ref == ref)
    return " ".join(line.text for line in case.sections[0].lines)


def typed(places: Places, answer: str) -> None:
    """The admin answers the open fact, and saves."""
    path = places.review_of(MEETING)
    book = openpyxl.load_workbook(path)
    book["Needs you"]["C10"] = "EXAMPLE Amina"
    row = next(row for row in book[FACT_SHEET].iter_rows(min_row=5) if str(row[0].value).endswith("|"))
    row[ANSWER - 1].value = answer
    book.save(path)


def facts_of(store: Store) -> list[tuple[str, str | None]]:
    return [(each.code, each.answer) for each in questions.of_meeting(store, MEETING) if each.kind == "fact"]


def test_the_panel_does_not_read_the_fact_and_nothing_is_released_while_it_is_asked(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        prepared(store, places)
        assert facts_of(store) == [(PHASE_GROUP, None)]
        assert OTHERS not in panel_says(places)
        assert "Key stage 1" in glance(store)
        assert packs.few(store, MEETING) == 0
        ready = [each for each in questions.of_meeting(store, MEETING) if each.kind == "ready"]
        with store.transaction():
            questions.answer_many(store, [(each.question_id, "yes") for each in ready], NIGHT)
        built(store, places)
        current = packs.current(store, MEETING)
        assert current is not None
        assert current.state is PackState.DRAFT
        with pytest.raises(NotReadyError, match="draft with 1 open question: answer it in"):
            released(store, places)
        typed(places, "Blur")
        assert read_reviews(store, places, LATER) == ()
        built(store, places, LATER)
        released(store, places, LATER)
        assert OTHERS not in panel_says(places)
        lines = [each.text for each in audit.everything(store) if each.who == "EXAMPLE Amina"]
        assert lines == ["fact: blur"]


def test_a_fact_that_is_shown_by_the_admins_word_stands_in_the_pack_and_the_next_is_asked(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        prepared(store, places)
        for at, (fact, fit) in enumerate(((PHASE_GROUP, 0), (KEY_STAGE, 1)), start=1):
            assert (fact, None) in facts_of(store)
            typed(places, "Show")
            day = NIGHT + timedelta(days=at)
            assert read_reviews(store, places, day) == ()
            built(store, places, day)
            write_reviews(store, places, REGISTER, day)
            assert packs.few(store, MEETING) == fit
            assert ("Key stage 1" in glance(store)) is (fact == KEY_STAGE)
        assert f"{OTHERS}." in panel_says(places)
        assert sorted(facts_of(store)) == [(KEY_STAGE, "show"), (PHASE_GROUP, "show")]
        sheet = openpyxl.load_workbook(places.review_of(MEETING))["Ready"]
        assert "1 school\nshown by your word" in [row[6].value for row in sheet.iter_rows(min_row=6)]


def test_counts_by_year_band_are_not_listed_where_the_key_stages_are_blurred(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        prepared(store, places, requests.whole_school())
        assert "Key stage 2" in panel_says(places)
        typed(places, "Show")
        read_reviews(store, places, LATER)
        built(store, places, LATER)
        assert f"{OTHERS}." in panel_says(places)
        assert "Counts by year band" not in panel_says(places)
        assert "Key stage 2" not in panel_says(places)


def sent_again(store: Store, request: requests.Request) -> None:
    """A newer version of the first application, as the night leaves it."""
    before = applications.get_many(store, ["CEN-2627-0001"])["CEN-2627-0001"]
    unit = units.get_many(store, [before.current_unit])[before.current_unit]
    read = record(request)
    about = {"application_ref": unit.application_ref, "form_ref": unit.form_ref, "meeting": MEETING}
    with store.transaction():
        newer = keep(store, repr(read).encode(), "F-0001-AAAA", state=units.State.ACCEPTED, version=2, **about)
        answers.put_many(store, [(newer.unit_id, read)])
        redactions.put_many(store, [(newer.unit_id, redacted(FORM, read, FINDER).texts)])
        applications.save_many(store, [replace(before, current_unit=newer.unit_id)])
        questions.drop_open(store, [unit.unit_id])


def test_an_answer_holds_for_a_next_version_that_shows_the_same(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        prepared(store, places)
        typed(places, "Show")
        read_reviews(store, places, LATER)
        sent_again(store, with_years("Year 1", "Year 2"))
        built(store, places, LATER)
        assert sorted(facts_of(store), key=str) == [(KEY_STAGE, None), (PHASE_GROUP, "show")]
        assert f"{OTHERS}." in panel_says(places)
        sent_again(store, with_years("Year 6"))
        built(store, places, LATER)
        assert (PHASE_GROUP, None) in facts_of(store)
        assert OTHERS not in panel_says(places)


def test_a_question_that_nobody_needs_to_answer_any_more_is_withdrawn(tmp_path: Path) -> None:
    with workspace(tmp_path) as (store, places):
        prepared(store, places)
        found = gathered(store, REGISTER, FORM, the_meeting(), cases.of_meeting(store, MEETING))
        plain = {ref: Fit(fit.shown, 9, 9, 3) for ref, fit in found.fits.items()}
        with store.transaction():
            ask_facts(store, the_meeting(), replace(found, fits=plain))
        assert facts_of(store) == []
