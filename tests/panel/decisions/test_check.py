"""Decisions judged pure: what the reading gives, without a file or a store."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.money import pounds
from cluster_sheets.base.period import Period, Years
from cluster_sheets.base.record import Value
from cluster_sheets.panel.decisions.check import CaseFacts, Judged, World, is_begun, judged
from cluster_sheets.panel.decisions.workbook import declared
from cluster_sheets.reading.typed import FORM, Line, TypedForm
from cluster_sheets.register.model import Meeting
from tests.panel.papers import MAIN, MEETING

YEARS = Years((1, 4), (1, 9))
SPRING = Period(date(2027, 2, 22), date(2027, 7, 16))


def _typed(*awards: tuple[str, str, int | None], held_on: date = MEETING.day) -> TypedForm:
    own: dict[str, Value] = {"held_on": held_on, "present": 13, "chair_name": "EXAMPLE", "confirmed": "YES"}
    lines = [
        Line({"case_ref": ref, "outcome": outcome, "award": award}, row={"award": ("Decisions", f"H{row}", award)})
        for row, (ref, outcome, award) in enumerate(awards, start=6)
    ]
    return TypedForm("", "decisions.xlsx", {FORM: [Line(own)], "decided": lines, "words": []}, {})


def _world(
    facts: dict[str, CaseFacts], left: dict[str, int], held_on: date = MEETING.day, meeting: Meeting = MEETING,
    cap: int = 10**9,
) -> World:  # fmt: skip
    purses = {(*MAIN, year): pence for year, pence in left.items()}
    return World(meeting, held_on, lambda _: 25, facts, purses, YEARS, 10**9, cap)


def _judged(
    left: dict[str, int],
    *awards: tuple[str, str, int | None],
    held_on: date = MEETING.day,
    meeting: Meeting = MEETING,
) -> Judged:
    facts = {ref: CaseFacts(ref, ref, "PROJECT", MAIN, award or 0, None, SPRING) for ref, _, award in awards}
    return judged(declared(), _typed(*awards, held_on=held_on), _world(facts, left, held_on, meeting))


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=6))
def test_awards_are_taken_just_as_long_as_each_year_holds_its_parts(awards: list[int]) -> None:
    told = [(f"K{number}", "AGREED", pence) for number, pence in enumerate(awards, start=2)]
    parts = [part for pence in awards for part in YEARS.parts(pence, SPRING)]
    needed = {year: sum(part.pence for part in parts if part.la_fy == year) for year in ("2026-27", "2027-28")}
    enough = _judged(needed, *told)
    assert (enough.findings, [each.pence for each in enough.decided]) == ((), awards)
    for year in needed:
        (short,) = _judged({**needed, year: needed[year] - 1}, *told).findings if needed[year] else (None,)
        assert short is None or (short.code, dict(short.detail)["other"]) == (
            "more-than-is-left", f"the main fund for {year}: {pounds(needed[year] - 1)}",
        )  # fmt: skip


def test_a_year_of_which_no_budget_is_told_yet_is_not_said_to_be_spent() -> None:
    (told,) = _judged({"2026-27": 10**9}, ("K2", "AGREED", 10**6)).findings
    words = "the main fund for 2027-28: the register's sheet Budget has no line for it yet"
    assert (told.code, dict(told.detail)["other"]) == ("more-than-is-left", words)


def test_a_meeting_held_in_april_gives_nothing_from_the_year_that_is_over() -> None:
    april = replace(MEETING, day=date(2027, 4, 15))
    told = _judged({"2026-27": 0, "2027-28": 1000}, ("K2", "AGREED", 1000), held_on=date(2027, 4, 20), meeting=april)
    assert [each.code for each in told.findings] == ["held-on-another-day"]


@pytest.mark.parametrize(
    ("held_on", "codes"),
    [
        (date(2026, 4, 1), ["held-on-another-day"]),
        (date(2026, 3, 31), ["held-in-another-year"]),
        (date(2026, 2, 4), ["held-in-another-year"]),
        (date(2027, 3, 31), ["held-on-another-day"]),
        (date(2027, 4, 1), ["held-in-another-year"]),
    ],
)
def test_a_meeting_is_held_in_the_council_year_whose_balances_its_workbook_shows(
    held_on: date, codes: list[str]
) -> None:
    told = _judged({"2026-27": 1000, "2027-28": 1000}, ("K2", "AGREED", 1000), held_on=held_on)
    assert [each.code for each in told.findings] == codes


def test_words_that_fit_no_line_or_stand_on_two_are_told_at_their_cell() -> None:
    facts = {ref: CaseFacts(ref, ref, "PROJECT", MAIN, 1000, None, SPRING) for ref in ("K2", "K3")}
    said = [("K2", "EXAMPLE 1"), ("P8", "EXAMPLE 2"), ("k2", "EXAMPLE 3"), ("P9", None)]
    words = [
        Line(
            {"case_ref": ref, "feedback": text},
            row={name: ("Words", f"{column}{row}", "") for name, column in (("case_ref", "B"), ("feedback", "F"))},
        )
        for row, (ref, text) in enumerate(said, start=6)
    ]
    typed = _typed(("K2", "NOT_AGREED", None), ("K3", "NOT_AGREED", None))
    typed.lines["words"] = words
    told = judged(declared(), typed, _world(facts, {}))
    assert [(each.code, each.place.cell, each.field, dict(each.detail)) for each in told.findings] == [
        ("case-without-a-line", "", "words", {"other": "K3"}),
        ("case-not-in-pack", "B7", "words.case_ref", {"typed": "‘P8’"}),
        ("case-twice", "B8", "words.case_ref", {"other": "K2"}),
    ]
    assert told.decided[0].feedback == "EXAMPLE 1"


@pytest.mark.parametrize(("asked", "codes"), [(1001, ["contingency-above-cap"]), (1000, [])])
def test_a_case_is_passed_on_to_contingency_up_to_what_may_be_asked_of_it(asked: int, codes: list[str]) -> None:
    facts = CaseFacts("K2", "K2", "UNFORESEEN", MAIN, asked, None, SPRING, later={"TO_CONTINGENCY": "CITY"})
    told = judged(declared(), _typed(("K2", "TO_CONTINGENCY", None)), _world({"K2": facts}, {}, cap=1000))
    assert [each.code for each in told.findings] == codes


def test_a_fund_already_below_nought_has_nothing_left() -> None:
    (told,) = _judged({"2026-27": -5, "2027-28": 10**9}, ("K2", "AGREED", 1000)).findings
    assert dict(told.detail) == {"limit": "£0.03", "other": "the main fund for 2026-27: £0.00"}


def test_findings_come_in_the_order_of_the_sheets_and_cells() -> None:
    lines = [(f"K{number}", "AGREED", None) for number in range(2, 9)]
    assert [each.place.cell for each in _judged({}, *lines).findings] == [f"H{row}" for row in range(6, 13)]


def test_a_workbook_is_begun_with_the_first_thing_typed() -> None:
    blank = TypedForm(
        "", "", {FORM: [Line({"held_on": None})], "decided": [Line({"case_ref": "K2", "outcome": None})]}, {}
    )
    assert not is_begun(blank)
    assert is_begun(_typed())
    blank.lines["decided"][0].faulty.add("award")
    assert is_begun(blank)


def test_what_another_meeting_gave_money_to_is_given_none_again() -> None:
    def codes(outcome: str, award: int | None) -> list[tuple[str, dict[str, str]]]:
        facts = CaseFacts(
            "K7", "CEN-2627-0001", "PROJECT", MAIN, 155_740, None, SPRING, awarded=("CEN-2627-A1", 50_000)
        )
        world = World(MEETING, MEETING.day, lambda _: 25, {"K7": facts}, {}, YEARS, 10**9, 10**9)
        typed = _typed(("K7", outcome, award))
        return [(each.code, dict(each.detail)) for each in judged(declared(), typed, world).findings]

    said = {"other": "K7", "limit": "CEN-2627-A1", "typed": "£500.00"}
    for outcome, award in (("AGREED", 155_740), ("AGREED_LESS", 100), ("AGREED_WITH_CONDITIONS", 155_740)):
        assert codes(outcome, award) == [("awarded-already", said)]
    assert codes("WITHDRAWN", None) == []
