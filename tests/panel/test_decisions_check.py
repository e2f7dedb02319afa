"""Decisions judged pure: what the reading gives, without a file or a store."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.money import pounds
from cluster_sheets.base.period import Period, Years
from cluster_sheets.base.record import Value
from cluster_sheets.panel.decisions import declared
from cluster_sheets.panel.decisions_check import CaseFacts, Judged, World, is_begun, judged
from cluster_sheets.reading.typed import FORM, Line, TypedForm
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


def _judged(left: dict[str, int], *awards: tuple[str, str, int | None], held_on: date = MEETING.day) -> Judged:
    facts = {ref: CaseFacts(ref, ref, "PROJECT", MAIN, award or 0, None, SPRING) for ref, _, award in awards}
    purses = {(*MAIN, year): pence for year, pence in left.items()}
    world = World(MEETING, held_on, lambda _: 25, facts, purses, YEARS, 10**9)
    return judged(declared(), _typed(*awards, held_on=held_on), world)


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


def test_a_meeting_held_in_april_gives_nothing_from_the_year_that_is_over() -> None:
    told = _judged({"2026-27": 0, "2027-28": 1000}, ("K2", "AGREED", 1000), held_on=date(2027, 4, 20))
    assert [each.code for each in told.findings] == ["held-on-another-day"]


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
