"""What a chair types is taken whole, or nothing of it, with each fault at its cell."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook.workbook import Workbook

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.panel.decisions.workbook import path_of
from cluster_sheets.register.model import CANCELLED
from cluster_sheets.store import applications, audit, cases, decisions, packs
from cluster_sheets.store.packs import PackState
from tests.decided import (
    A2,
    ADVICE,
    AT,
    CITY,
    CONTINGENT,
    FEEDBACK,
    LARGE,
    NEED,
    PROJECT,
    SP1,
    Bid,
    Desk,
    desk,
    lay,
    pack,
    with_budget,
)
from tests.store import dump

FILE = f"decisions-{SP1}.xlsx"
AGREED = {"outcome": "Agreed", "award": 4960}
Line = Mapping[str, Any]


def _kept(at: Desk, meeting: str = SP1) -> list[tuple[str, str, int, str]]:
    return [
        (each.application_ref, each.outcome, each.amount_pence, each.pot)
        for each in decisions.of_meeting(at.store, meeting)
    ]


def test_a_meeting_is_taken_whole(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED, ADVICE) as at:
        said = {"outcome": "Agreed with conditions", "award": "£3,000.00", "conditions": "A trained adult leads."}
        at.fill(K7=AGREED, H3=said, N8={"outcome": "Advice only"})
        assert at.read() == ()
        first, second, third = decisions.of_meeting(at.store, SP1)
        assert (first.outcome, first.amount_pence, first.pot) == ("AGREED", 496000, "MAIN")
        assert (first.eligible, first.present, first.in_favour, first.decided_on) == (25, 13, None, date(2027, 2, 4))
        assert (second.outcome, second.amount_pence, second.conditions) == (
            "AGREED_WITH_CONDITIONS", 300000, "A trained adult leads.",
        )  # fmt: skip
        assert (third.outcome, third.amount_pence, third.pot) == ("ADVICE_ONLY", 0, "")
        states = {each.application_ref: each.state for each in applications.everything(at.store)}
        assert states == {"CEN-2627-0001": "AGREED", "CEN-2627-0002": "AGREED", "CEN-2627-0003": "DECIDED"}
        lines = [each for each in audit.everything(at.store) if each.event == "decided"]
        assert [(each.who, each.text) for each in lines] == [
            ("chair", f"{SP1} AGREED £4,960.00, version 1"),
            ("chair", f"{SP1} AGREED_WITH_CONDITIONS £3,000.00, version 1"),
            ("chair", f"{SP1} ADVICE_ONLY, version 1"),
        ]


def test_read_again_nothing_changes_and_a_correction_is_a_new_version(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7=AGREED)
        assert at.read() == ()
        before = dump.dump(at.store)
        at.at += timedelta(days=1)
        assert at.read() == ()
        assert dump.dump(at.store) == before
        at.fill(K7={"outcome": "Agreed for less", "award": 4000})
        assert at.read() == ()
        assert [(each.version, each.amount_pence) for each in decisions.everything(at.store)] == [
            (1, 496000),
            (2, 400000),
        ]


def test_a_note_is_told_by_its_own_night_however_often_that_is_run_and_by_no_other(tmp_path: Path) -> None:
    with desk(tmp_path, LARGE) as at:
        at.fill(D2={"outcome": "Agreed", "award": 25000})
        told = at.read()
        assert [(each.code, each.severity) for each in told] == [("large-award", Severity.NOTE)]
        before = dump.dump(at.store)
        assert at.read() == told
        assert dump.dump(at.store) == before
        at.at += timedelta(days=1)
        assert at.read() == ()
        assert dump.dump(at.store) == before


def test_nothing_is_taken_before_the_chair_confirms_and_a_blank_workbook_says_nothing(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        before = dump.dump(at.store)
        assert at.read() == ()
        at.fill({"confirmed": None}, K7=AGREED)
        assert at.read() == (
            Finding(Place(FILE, "Meeting", "C8"), "decisions-not-confirmed", Severity.NOTE, "confirmed"),
        )
        at.fill({"confirmed": "No"}, K7=AGREED)
        assert at.codes() == ["decisions-not-confirmed"]
        assert dump.dump(at.store) == before


def test_without_its_yes_a_workbook_that_was_taken_says_that_what_was_decided_stands(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7=AGREED)
        assert at.read() == ()
        before = dump.dump(at.store)
        at.fill({"confirmed": "No"}, K7={"outcome": "Agreed for less", "award": 4000})
        assert at.read() == (Finding(Place(FILE, "Meeting", "C8"), "decisions-stand", Severity.NOTE, "confirmed"),)
        assert dump.dump(at.store) == before


def test_a_last_box_that_says_neither_yes_nor_no_is_told(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill({"confirmed": "When signed"}, K7=AGREED)
        assert [(each.code, each.place.cell) for each in at.read()] == [("not-yes-or-no", "C8")]
        assert _kept(at) == []


def test_one_fault_and_none_of_the_meeting_is_taken(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.fill(K7=AGREED, H3={"outcome": "Not agreed"})
        before = dump.dump(at.store)
        told = at.read()
        assert told == (
            Finding(
                Place(FILE, "Conditions and feedback", "F7"), "feedback-wanted", Severity.RETURN, "words.feedback",
                (("other", "H3"),),
            ),
        )  # fmt: skip
        assert at.read() == told, "it is told every night until it is mended"
        assert dump.dump(at.store) == before


def test_a_pack_that_was_never_released_is_not_decided(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, state=PackState.CHECKED) as at:
        at.fill({"confirmed": None}, K7=AGREED)
        assert at.codes() == ["decisions-not-confirmed"]
        at.fill(K7=AGREED)
        assert at.read() == (
            Finding(Place(FILE, "Meeting", "C8"), "decisions-not-released", Severity.RETURN, "confirmed"),
        )
        assert _kept(at) == []


CASES: list[tuple[str, Bid, Line, list[str]]] = [
    ("agreed as asked", PROJECT, AGREED, []),
    ("agreed, typed with a pound sign", PROJECT, {"outcome": "agreed", "award": "£4,960.00"}, []),
    ("agreed, not as asked", PROJECT, {"outcome": "Agreed", "award": 4959.99}, ["award-not-as-asked"]),
    ("agreed above what was asked", PROJECT, {"outcome": "Agreed", "award": 4960.01}, ["award-above-asked"]),
    ("agreed without an award", PROJECT, {"outcome": "Agreed"}, ["decisions-blank"]),
    ("agreed with an award of nothing", PROJECT, {"outcome": "Agreed", "award": 0}, ["award-of-nothing"]),
    ("agreed for less", PROJECT, {"outcome": "Agreed for less", "award": 3000}, []),
    (
        "agreed for less than the least",
        PROJECT,
        {"outcome": "Agreed for less", "award": 2999.99},
        ["award-below-least"],
    ),
    ("agreed for less without a least", NEED, {"outcome": "Agreed for less", "award": 0.01}, []),
    ("agreed for less, all of it", PROJECT, {"outcome": "Agreed for less", "award": 4960}, ["award-not-less"]),
    (
        "agreed for less, above what was asked",
        PROJECT,
        {"outcome": "Agreed for less", "award": 5000},
        ["award-above-asked"],
    ),
    (
        "with conditions, above what was asked",
        PROJECT,
        {"outcome": "Agreed with conditions", "award": 5000, "conditions": "EXAMPLE."},
        ["award-above-asked"],
    ),
    (
        "with conditions, none written",
        PROJECT,
        {"outcome": "Agreed with conditions", "award": 4960},
        ["conditions-wanted"],
    ),
    (
        "with conditions of three letters",
        PROJECT,
        {"outcome": "Agreed with conditions", "award": 4960, "conditions": "Yes"},
        ["too-short"],
    ),
    ("not agreed", PROJECT, {"outcome": "Not agreed", "feedback": FEEDBACK}, []),
    ("not agreed, no feedback", PROJECT, {"outcome": "Not agreed"}, ["feedback-wanted"]),
    ("not agreed, short feedback", PROJECT, {"outcome": "Not agreed", "feedback": "x" * 19}, ["too-short"]),
    ("not agreed, long feedback", PROJECT, {"outcome": "Not agreed", "feedback": "x" * 501}, ["too-long"]),
    (
        "not agreed, but an award",
        PROJECT,
        {"outcome": "Not agreed", "award": 1, "feedback": FEEDBACK},
        ["award-where-none"],
    ),
    ("not agreed, an award of nothing", PROJECT, {"outcome": "Not agreed", "award": 0, "feedback": FEEDBACK}, []),
    ("deferred, no feedback", PROJECT, {"outcome": "Deferred"}, ["feedback-wanted"]),
    ("withdrawn", PROJECT, {"outcome": "Withdrawn"}, []),
    ("no outcome", PROJECT, {}, ["decisions-blank"]),
    ("an outcome nobody knows", PROJECT, {"outcome": "Maybe"}, ["not-on-list"]),
    ("an award in words", PROJECT, {"outcome": "Agreed", "award": "lots"}, ["not-money"]),
    ("an award below nought", PROJECT, {"outcome": "Agreed", "award": -1}, ["money-out-of-range"]),
    ("part of a penny", PROJECT, {"outcome": "Agreed", "award": 4960.001}, ["money-part-of-a-penny"]),
    ("advice for money", PROJECT, {"outcome": "Advice only"}, ["not-for-advice"]),
    ("money for advice", ADVICE, {"outcome": "Agreed", "award": 10}, ["advice-only"]),
    ("advice put off", ADVICE, {"outcome": "Deferred", "feedback": FEEDBACK}, []),
    ("a project to contingency", PROJECT, {"outcome": "To contingency"}, ["project-to-contingency"]),
    ("a need to contingency", NEED, {"outcome": "To contingency"}, []),
    (
        "contingency at a cluster meeting",
        CONTINGENT,
        {"outcome": "Agreed", "award": 3000},
        ["contingency-at-a-cluster-meeting"],
    ),
    ("a large award", LARGE, {"outcome": "Agreed", "award": 25000}, ["large-award"]),
]


@pytest.mark.parametrize(("bid", "said", "codes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_may_be_decided_of_one_case(tmp_path: Path, bid: Bid, said: Line, codes: list[str]) -> None:
    with desk(tmp_path, bid) as at:
        at.fill(**{bid.case_ref: said})
        assert at.codes() == codes
        taken = codes in ([], ["large-award"])
        assert len(_kept(at)) == int(taken)


OWN: list[tuple[str, Line, list[str]]] = [
    ("quorum just met", {"present": 10}, []),
    ("quorum just missed", {"present": 9}, ["quorum-not-met"]),
    ("more than there are", {"present": 26}, ["present-above-members"]),
    ("all of them", {"present": 25}, []),
    ("nobody counted", {"present": None}, ["decisions-blank"]),
    ("counted in words", {"present": "thirteen"}, ["not-a-whole-number"]),
    ("no chair", {"chair_name": None}, ["decisions-blank"]),
    ("no day", {"held_on": None}, ["decisions-blank"]),
    ("a day in words", {"held_on": "last Thursday"}, ["not-a-date"]),
    ("a day as text", {"held_on": "04/02/2027"}, []),
    ("another day", {"held_on": date(2027, 2, 5)}, ["held-on-another-day"]),
    ("the day of the run", {"held_on": date(2027, 2, 6)}, ["held-on-another-day"]),
    ("a day to come", {"held_on": date(2027, 2, 7)}, ["held-after-today"]),
    ("a day of the year before", {"held_on": date(2026, 2, 4)}, ["held-in-another-year"]),
    ("a far day", {"held_on": date(2017, 2, 4)}, ["date-far-off"]),
]


@pytest.mark.parametrize(("own", "codes"), [case[1:] for case in OWN], ids=[case[0] for case in OWN])
def test_what_may_be_said_of_the_meeting(tmp_path: Path, own: Line, codes: list[str]) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(own, K7=AGREED)
        assert at.codes() == codes
        assert len(_kept(at)) == int(codes in ([], ["held-on-another-day"]))


def test_a_finding_knows_its_cell_and_what_it_speaks_of(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.fill({"present": 9}, K7={"outcome": "Agreed for less", "award": 2000}, H3=AGREED)
        assert at.read() == (
            Finding(
                Place(FILE, "Meeting", "C6"), "quorum-not-met", Severity.RETURN, "present",
                (("limit", "10"), ("typed", "9")),
            ),
            Finding(
                Place(FILE, "Decisions", "H6"), "award-below-least", Severity.RETURN, "decided.award",
                (("limit", "£3,000.00"), ("other", "K7"), ("typed", "£2,000.00")),
            ),
            Finding(
                Place(FILE, "Decisions", "H7"), "award-above-asked", Severity.RETURN, "decided.award",
                (("limit", "£4,800.00"), ("other", "H3"), ("typed", "£4,960.00")),
            ),
        )  # fmt: skip


def _case_at(cell: str, value: str | None, sheet: str = "Decisions") -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def test_cases_are_those_of_the_released_pack(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.fill(K7=AGREED, H3={"outcome": "Withdrawn"})
        at.change(_case_at("B7", "K7"))
        assert at.codes() == ["case-without-a-line", "case-twice"]
        at.change(_case_at("B7", "Z9"))
        assert at.codes() == ["case-without-a-line", "case-not-in-pack"]
        at.change(_case_at("B7", "h3"))
        assert at.codes() == []


def test_a_case_that_came_after_the_release_waits(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        lay(at.store, at.meeting, (NEED,), first=7)
        with at.store.transaction():
            (_, added) = cases.of_meeting(at.store, SP1)
            cases.save_many(at.store, [replace(added, version_in=2)])
            packs.save(at.store, pack(SP1, PackState.DRAFT, 2))
        at.write()
        at.fill(K7=AGREED, H3={"outcome": "Withdrawn"})
        assert at.codes() == [], "it has no line yet"
        at.change(_case_at("B6", "H3"))
        assert at.codes() == ["case-without-a-line", "case-not-in-pack"]


def test_awards_are_held_against_what_is_left_in_each_year(tmp_path: Path) -> None:
    # Of £4,960.00 over 38 + 107 days, £1,299.86 comes before April.
    with desk(tmp_path, PROJECT, register=with_budget(129986, 0)) as at:
        at.fill(K7=AGREED)
        assert at.codes() == []
    with desk(tmp_path / "short", PROJECT, register=with_budget(129985, 0)) as at:
        at.fill(K7=AGREED)
        (told,) = at.read()
        assert (told.code, told.place.cell) == ("more-than-is-left", "H6")
        assert dict(told.detail) == {"limit": "£4,959.99", "other": "the main fund for 2026-27: £1,299.85"}
        at.fill(K7={"outcome": "Agreed for less", "award": 4959.99})
        assert at.codes() == [], "what is told to fit does fit"


def test_a_second_award_from_a_spent_fund_is_told_at_its_own_cell(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED, register=with_budget(129986, 0)) as at:
        at.fill(K7=AGREED, H3={"outcome": "Agreed", "award": 4800})
        assert [(each.code, each.place.cell) for each in at.read()] == [("more-than-is-left", "H7")]


def test_what_another_meeting_gave_is_not_left(tmp_path: Path) -> None:
    register = with_budget(2 * 129986 - 1, 0)
    with desk(tmp_path, PROJECT, register=register) as at:
        at.fill(K7=AGREED)
        assert at.codes() == []
        later = register.meeting("CEN-2627-Sp2")
        assert later is not None
        at.meeting, at.at = later, AT + timedelta(days=60)
        lay(at.store, later, (replace(PROJECT, case_ref="B9"),), first=9)
        at.write()
        at.fill(B9=AGREED)
        assert at.codes() == ["more-than-is-left"]


def test_below_nought_a_correction_that_makes_it_no_worse_is_taken(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.fill(K7=AGREED, H3={"outcome": "Agreed", "award": 4800})
        assert at.codes() == []
        at.register = with_budget(100, 0)
        at.fill({"present": 14}, K7=AGREED)
        assert at.codes() == []
        at.fill(K7={"outcome": "Agreed for less", "award": 3000})
        assert at.codes() == []
        at.fill(K7=AGREED)
        assert at.codes() == ["more-than-is-left"], "what was given up is not given again"
        at.fill(K7={"outcome": "Agreed for less", "award": 3000}, H3={"outcome": "Withdrawn", "award": None})
        assert at.codes() == []
        assert [each[1:3] for each in _kept(at)] == [("AGREED_LESS", 300000), ("WITHDRAWN", 0)]


def test_a_deferred_case_goes_to_the_next_meeting_of_its_cluster(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Deferred", "feedback": FEEDBACK})
        assert at.codes() == []
        (case,), (told,) = cases.of_meeting(at.store, SP1), applications.everything(at.store)
        assert (case.carried_to, told.meeting, told.state) == ("CEN-2627-Sp2", "CEN-2627-Sp2", "VALID")
        assert cases.without_pack(at.store) == ("CEN-2627-0001",)


def test_a_case_passed_on_asks_contingency_of_the_next_city_meeting(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "To contingency"})
        assert at.codes() == []
        (told,) = applications.everything(at.store)
        assert (told.meeting, told.pot, told.state) == (CITY, "CONTINGENCY", "VALID")
        assert _kept(at) == [("CEN-2627-0001", "TO_CONTINGENCY", 0, "MAIN")]


def test_a_chair_may_take_back_a_deferral_until_the_next_pack_holds_the_case(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "To contingency"})
        assert at.codes() == []
        at.fill(H3={"outcome": "Agreed", "award": 4800})
        assert at.codes() == []
        (case,), (told,) = cases.of_meeting(at.store, SP1), applications.everything(at.store)
        assert (case.carried_to, told.meeting, told.pot, told.state) == (None, SP1, "MAIN", "AGREED")


def test_a_case_that_left_the_pack_after_it_went_out_is_decided_where_it_waits(tmp_path: Path) -> None:
    with desk(tmp_path, CONTINGENT, meeting=CITY) as at:
        at.at = AT + timedelta(days=60)
        at.fill(M4={"outcome": "Agreed", "award": 3000})
        (case,) = cases.of_meeting(at.store, CITY)
        with at.store.transaction():
            cases.save_many(at.store, [replace(case, version_out=2, carried_to=SP1)])
            cases.save_many(at.store, [cases.Case(SP1, "CEN-2627-0001", "P5", 1, 1)])
        for state in (PackState.DRAFT, PackState.RELEASED):
            with at.store.transaction():
                packs.save(at.store, pack(SP1, state))
            (told,) = at.read()
            assert (told.code, told.place.cell, dict(told.detail)) == ("case-went", "G6", {"limit": SP1, "other": "M4"})
        with at.store.transaction():
            packs.save(at.store, pack(CITY, version=2))
        at.fill(M4={"outcome": None, "award": None})
        assert at.codes() == []
        assert _kept(at, CITY) == []


def test_what_stands_in_a_later_pack_is_decided_there(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "To contingency"})
        assert at.codes() == []
        with at.store.transaction():
            cases.save_many(at.store, [cases.Case(CITY, "CEN-2627-0001", "P5", 1, 1)])
            packs.save(at.store, pack(CITY))
        at.fill(H3={"outcome": "Agreed", "award": 4800})
        (told,) = at.read()
        assert (told.code, told.place.cell, dict(told.detail)) == ("gone-on", "G6", {"limit": CITY, "other": "H3"})
        city = at.register.meeting(CITY)
        assert city is not None
        at.fill(H3={"outcome": "To contingency", "award": None, "feedback": FEEDBACK})
        at.meeting, at.at = city, AT + timedelta(days=60)
        at.write()
        at.fill(P5={"outcome": "Agreed", "award": 4800})
        assert at.codes() == []
        assert _kept(at, CITY) == [("CEN-2627-0001", "AGREED", 480000, "CONTINGENCY")]
        (settled,) = applications.everything(at.store)
        assert (settled.state, settled.meeting, settled.pot) == ("AGREED", CITY, "CONTINGENCY")


@pytest.mark.parametrize(
    ("bid", "said", "codes"),
    [
        (CONTINGENT, {"outcome": "Agreed", "award": 3000}, []),
        (CONTINGENT, {"outcome": "To contingency"}, ["already-in-contingency"]),
        (NEED, {"outcome": "Agreed", "award": 4800}, ["main-at-a-city-meeting"]),
    ],
)
def test_a_city_meeting_gives_from_contingency_only(tmp_path: Path, bid: Bid, said: Line, codes: list[str]) -> None:
    with desk(tmp_path, bid, meeting=CITY) as at:
        at.at = AT + timedelta(days=60)
        at.fill(**{bid.case_ref: said})
        assert at.codes() == codes


def test_a_case_cannot_be_put_off_beyond_the_calendar(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, meeting="CEN-2627-Su2") as at:
        at.at = AT + timedelta(days=200)
        at.fill(K7={"outcome": "Deferred", "feedback": FEEDBACK})
        assert at.codes() == ["no-later-meeting"]


def test_a_workbook_in_another_meetings_folder_is_told_and_so_is_a_broken_one(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7=AGREED)
        here, there = path_of(at.places, SP1), path_of(at.places, A2)
        there.parent.mkdir(parents=True)
        here.rename(there)
        assert at.read() == (
            Finding(
                Place(f"decisions-{A2}.xlsx"), "decisions-of-another-meeting", Severity.RETURN, "", (("other", SP1),)
            ),
        )
        there.write_bytes(there.read_bytes()[:2000])
        assert at.read() == (Finding(Place(f"decisions-{A2}.xlsx"), "decisions-unreadable"),)
        assert _kept(at) == []


def test_a_workbook_that_lost_a_sheet_is_told_by_what_is_gone(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7=AGREED)
        at.change(lambda book: book.remove(book["Conditions and feedback"]))
        assert at.read() == (Finding(Place(FILE), "decisions-lost", field="words"),)


def test_moved_rows_and_renamed_tabs_are_read_all_the_same(tmp_path: Path) -> None:
    def moved(book: Workbook) -> None:
        book["Decisions"].insert_rows(6)
        book["Decisions"].title = "Oct decisions"
        book["Meeting"].insert_rows(2, 3)

    with desk(tmp_path, PROJECT) as at:
        at.fill(K7=AGREED)
        at.change(moved)
        assert at.codes() == []
        assert _kept(at) == [("CEN-2627-0001", "AGREED", 496000, "MAIN")]


def test_an_award_of_another_meeting_is_known_and_no_second_one_is_taken(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7=AGREED)
        assert at.codes() == []
        later = at.register.meeting(A2)
        assert later is not None
        with at.store.transaction():
            # A case of it in another pack, by whatever path it came there.
            (case,) = cases.of_meeting(at.store, SP1)
            cases.save_many(at.store, [replace(case, carried_to=A2), cases.Case(A2, "CEN-2627-0001", "R8", 1, 1)])
            packs.save(at.store, pack(A2))
        at.meeting = later
        at.write()
        at.fill(R8=AGREED)
        (told,) = at.read()
        said = {"limit": SP1, "other": "R8", "typed": "£4,960.00"}
        assert (told.code, told.place.cell, dict(told.detail)) == ("awarded-already", "G6", said)
        assert _kept(at, A2) == []
        at.fill(R8={"outcome": "Not agreed", "award": None, "feedback": FEEDBACK})
        assert at.codes() == []
        assert _kept(at, A2) == [("CEN-2627-0001", "NOT_AGREED", 0, "MAIN")]


def test_an_award_is_held_against_what_the_released_pack_asked(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.newer(400_000)
        at.fill(K7=AGREED)
        assert at.codes() == []
        assert _kept(at) == [("CEN-2627-0001", "AGREED", 496000, "MAIN")]


def test_a_meeting_that_is_cancelled_decides_nothing_but_what_it_decided_before_can_be_corrected(
    tmp_path: Path,
) -> None:
    def off(at: Desk) -> None:
        told = (replace(each, status=CANCELLED) if each.meeting_id == SP1 else each for each in at.register.meetings)
        at.register = replace(at.register, meetings=tuple(told))

    for name, before in (("one", False), ("two", True)):
        with desk(tmp_path / name, PROJECT) as at:
            at.fill(K7=AGREED)
            if before:
                assert at.codes() == []
                at.fill(K7={"outcome": "Agreed for less", "award": 4000})
            off(at)
            assert at.codes() == []
            assert [each[2] for each in _kept(at)] == ([400000] if before else [])
