"""The sums beside the chair's boxes, as we work them out; ``test_book`` holds them against LibreOffice."""

from dataclasses import replace

import pytest

from cluster_sheets.form.kind import Raw
from cluster_sheets.panel.decisions.view import Typed
from tests.panel.papers import ADVICE, CONTINGENCY, MAIN, NEED, project, sums, with_longer_words

ROOM = {(*MAIN, "2026-27"): 10**9, (*MAIN, "2027-28"): 10**9}


@pytest.mark.parametrize(
    ("outcome", "award", "told"),
    [
        (None, None, "To decide"),
        (None, 5, "To decide"),
        ("Agreed", None, "Type the award"),
        ("Agreed", "lots", "Type the award"),
        ("Agreed", 14200, "In full"),
        (" agreed ", 14200, "In full"),
        ("Agreed", 14199.99, "Not as asked"),
        ("Agreed", 14200.01, "More than asked"),
        ("Agreed for less", 14200, "Not less"),
        ("Agreed for less", 14199.99, "In part"),
        ("Agreed for less", 7000, "In part"),
        ("Agreed for less", 6999.99, "Below the least"),
        ("Agreed with conditions", 14200, "In full"),
        ("Agreed with conditions", 7000, "In part"),
        ("Not agreed", None, "No money"),
        ("Not agreed", 0.01, "Clear the award"),
        ("Advice only", None, "Not for advice"),
        ("To contingency", None, "No money"),
    ],
)
def test_how_a_project_stands(outcome: Raw, award: Raw, told: str) -> None:
    typed = Typed({}, {"K7": {"outcome": outcome, "award": award}})
    assert sums(typed, project("K7"), left=ROOM).stands(0) == told


@pytest.mark.parametrize(
    ("outcome", "award", "told"),
    [("Advice only", None, "No money"), ("Deferred", 1, "Clear the award"), ("Agreed", 1, "Choose Advice only")],
)
def test_how_a_case_without_money_stands(outcome: str, award: Raw, told: str) -> None:
    made = sums(Typed({}, {"N8": {"outcome": outcome, "award": award}}), ADVICE)
    assert (made.stands(0), made.left_after(0)) == (told, None)


def test_a_fund_runs_down_case_by_case_by_the_part_of_the_year() -> None:
    said = Typed({}, {"K7": {"outcome": "Agreed", "award": 100}, "D2": {"outcome": "Agreed", "award": 200}})
    left = {(*MAIN, "2026-27"): 2620 + 5241, (*MAIN, "2027-28"): 0, (*CONTINGENCY, "2026-27"): 7}
    made = sums(said, project("K7", 10_000), NEED, project("D2", 20_000), left=left)
    assert [made.left_after(line) for line in range(3)] == [5241, 7, 0]
    assert made.parts(made.view.cases[0]) == {"2026-27": 2620, "2027-28": 7380}
    assert made.given[(*MAIN, "2027-28")] == 7380 + 14759
    assert (made.left((*MAIN, "2026-27")), made.all_fits()[:4]) == (0, "More")
    assert (
        made.progress() == "2 of 3 cases decided. Main fund: £0.00 left of 2026-27. Contingency: £0.07 left of 2026-27."
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, ""),
        ({"outcome": "Agreed"}, "Nothing"),
        ({"outcome": "Agreed with conditions"}, "Conditions"),
        ({"outcome": "Agreed with conditions", "conditions": "No  ."}, "Conditions"),
        ({"outcome": "Agreed with conditions", "conditions": "EXAMP"}, "Nothing"),
        ({"outcome": "Not agreed", "feedback": "x" * 19}, "Feedback"),
        ({"outcome": "Deferred"}, "Feedback"),
        ({"outcome": "Not agreed", "feedback": "x" * 20}, "Nothing"),
    ],
)
def test_which_words_are_still_wanted(given: dict[str, Raw], told: str) -> None:
    made = sums(Typed({}, {"K7": given}), project("K7"))
    assert made.wanted(made.view.cases[0]) == told
    assert made.to_write() == (
        "1 still to write." if told in ("Conditions", "Feedback") else "Nothing is left to write."
    )


@pytest.mark.parametrize(
    ("outcome", "name", "least"), [("Agreed with conditions", "conditions", 7), ("Not agreed", "feedback", 30)]
)
def test_words_are_wanted_until_they_are_as_long_as_their_box_is_declared(outcome: str, name: str, least: int) -> None:
    for length, told in ((least - 1, name.capitalize()), (least, "Nothing")):
        made = sums(Typed({}, {"K7": {"outcome": outcome, name: "x" * length}}), project("K7"))
        assert replace(made, form=with_longer_words()).wanted(made.view.cases[0]) == told
