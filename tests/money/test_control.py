"""Each control total ties on good books, and does not as soon as what it is about is amiss."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.period import Period
from cluster_sheets.money.books import Granted, closing
from cluster_sheets.money.control import Control, controls
from cluster_sheets.store.entries import Entry
from tests.money.made import BUDGET, CONTINGENCY, DAY, MAIN, books, granted, kept, posted

LEDGER = posted(MAIN, CONTINGENCY)
GOOD = (granted(MAIN), granted(CONTINGENCY))


def _amiss(told: Sequence[Control]) -> list[str]:
    return [each.rule for each in told if not each.ties]


def test_good_books_tie_with_both_figures() -> None:
    group = granted(MAIN, shares=(100_000, 396_000))
    told = controls(books(LEDGER, group, granted(CONTINGENCY)))
    assert [(each.rule, each.first, each.second, each.money) for each in told] == [
        ("R1", 19_600_000, 19_600_000, True),
        ("R2", 20_050_000, 20_050_000, True),
        ("R3", 0, 0, False),
        ("R4", 208_606, 208_606, True),
        ("R5", 208_606, 208_606, True),
        ("R11", 496_000, 496_000, True),
        ("R12", 796_000, 796_000, True),
        ("R13", 0, 0, False),
        ("R17", 0, 0, True),
        ("L1", 6, 6, False),
        ("L2", 12, 12, False),
    ]
    assert [each.ties for each in told] == [True] * 11


def test_both_sides_are_those_of_the_end_of_the_councils_own_year() -> None:
    for last, said in ((date(2027, 3, 31), "31 March"), (date(2027, 4, 5), "5 April")):
        year = replace(books(LEDGER, *GOOD), year=Period(date(2026, 4, 6), last))
        (told,) = (each.what for each in controls(year) if each.rule == "R12")
        assert told == f"Both sides of {said}, and whole awards"


YEARS = ("2026-27", "2027-28")
OPENED = {"2026-27": 19_600_000, "2027-28": 20_000_000}


def _by_year(ledger: Sequence[Entry], *decided: Granted) -> list[dict[str, Control]]:
    """The control totals of each year's statement, by rule."""
    told = [controls(books(ledger, *decided, la_fy=year, signed=OPENED[year])) for year in YEARS]
    return [{each.rule: each for each in year} for year in told]


@pytest.mark.parametrize(
    ("account", "la_fy", "type_", "of_year", "of_next"),
    [
        ("main:CEN", "2026-27", "BUDGET", ["R1", "R2", "R17", "L1"], []),
        ("allocation:CEN", "2026-27", "BUDGET", ["R2", "R17", "L1"], []),
        ("main:CEN", "2026-27", "COMMIT", ["R12", "R17", "L1"], ["R12", "L1"]),
        ("main:CEN", "2027-28", "COMMIT", ["R12", "L1"], ["R12", "R17", "L1"]),
        ("award:CEN-2627-0001", "2026-27", "COMMIT", ["R4", "R12", "R17", "L1"], ["R12", "L1"]),
        ("award:CEN-2627-0001", "2027-28", "COMMIT", ["R12", "L1"], ["R4", "R12", "R17", "L1"]),
    ],
)
def test_a_line_whose_amount_was_altered_is_told_in_the_year_it_stands_in(
    account: str, la_fy: str, type_: str, of_year: list[str], of_next: list[str]
) -> None:
    wanted = (account, la_fy, type_)
    at = next(each.entry_no for each in LEDGER if (each.account, each.la_fy, each.type) == wanted)
    altered = [
        replace(entry, amount_pence=entry.amount_pence + 1) if entry.entry_no == at else entry for entry in LEDGER
    ]
    for year, rules in zip(YEARS, (of_year, of_next), strict=True):
        last = closing(books(LEDGER, la_fy=year))
        told = controls(books(altered, *GOOD, last=last, la_fy=year, signed=OPENED[year]))
        assert _amiss(told) == rules, year


@given(st.lists(st.tuples(st.integers(1, 10**8), st.integers(0, 300), st.integers(0, 400)), max_size=8))
def test_the_statements_of_the_years_add_up_to_what_was_awarded(told: list[tuple[int, int, int]]) -> None:
    awards = []
    for number, (pence, start, days) in enumerate(told):
        first = DAY + timedelta(start)
        time = Period(first, min(first + timedelta(days), date(2028, 3, 31)))
        awards.append(replace(MAIN, application_ref=f"CEN-2627-{number:04d}", pence=pence, asked_for=time))
    ledger, decided = posted(*awards), [granted(each) for each in awards]
    for ledger_, matched in ((ledger, True), (posted(), False)):
        for rule in ("R4", "R5"):
            of_years = [each[rule] for each in _by_year(ledger_, *decided)]
            whole = sum(each.pence for each in awards)
            if rule == "R4" or matched:
                assert sum(each.first for each in of_years) == whole
            assert sum(each.second for each in of_years) == (whole if matched else 0)
    for year in _by_year(ledger, *decided):
        assert year["R12"].first == year["R12"].second >= year["R4"].first


def test_a_part_moved_over_31_march_on_one_side_is_told_on_both_sides() -> None:
    account = "award:CEN-2627-0001"
    moved = [replace(each, la_fy="2027-28") if each.account == account else each for each in LEDGER]
    of_year, of_next = _by_year(moved, *GOOD)
    assert (of_year["R4"].apart, of_next["R4"].apart) == (129_986, 366_014)
    assert of_year["R4"].why == ("CEN-2627-0001: £1,299.86 of 2026-27 decided, £0.00 promised in the ledger.",)


def test_a_promise_keeps_the_time_it_was_made_for() -> None:
    later = granted(MAIN, by_year={"2027-28": MAIN.pence})
    assert [_amiss(list(each.values())) for each in _by_year(LEDGER, later, granted(CONTINGENCY))] == [[], []]


@pytest.mark.parametrize("change", [{"note": "Other"}, {"meeting": "SP2"}, {"reverses": 1}])
def test_a_line_altered_without_its_amount_is_told_by_the_hash(change: dict[str, object]) -> None:
    last = closing(books(LEDGER))
    altered = [replace(LEDGER[0], **change), *LEDGER[1:]]  # type: ignore[arg-type]
    (told,) = [each for each in controls(books(altered, *GOOD, last=last)) if not each.ties]
    assert (told.rule, told.apart) == ("R17", 0)
    assert told.why == (f"Lines of the ledger up to number {len(LEDGER)} are not those of last night.",)


def test_lines_added_since_last_night_are_no_alteration() -> None:
    last = closing(books(LEDGER))
    more = posted(replace(MAIN, application_ref="CEN-2627-0009"), ledger=LEDGER)
    told = controls(books(more, *GOOD, granted(replace(MAIN, application_ref="CEN-2627-0009")), last=last))
    assert _amiss(told) == []
    assert closing(books(more)) != last


def test_what_the_next_year_carries_in_is_no_more_than_was_left() -> None:
    ledger = posted(MAIN, CONTINGENCY)
    why: list[tuple[str, ...]] = []
    for carried, amiss in ((17_870_014, []), (17_870_015, ["R3"])):
        budget = (*BUDGET[:2], replace(BUDGET[2], carried_in_pence=carried), BUDGET[3])
        told = controls(books(posted(budget=budget, ledger=ledger), *GOOD))
        assert _amiss(told) == amiss
        why = [each.why for each in told if each.rule == "R3"]
    said = "the next year carries in £178,700.15 of it, £178,700.14 was left."
    assert why == [(f"The main fund is £0.01 below nought: {said}",)]


def test_what_was_signed_is_held_against_what_was_opened() -> None:
    (told,) = [each for each in controls(books(LEDGER, *GOOD, signed=19_600_001)) if not each.ties]
    assert (told.rule, told.apart) == ("R1", -1)
    assert told.why == ("The ledger opened the year with £196,000.00; £196,000.01 was signed.",)
    assert _amiss(controls(books(LEDGER, *GOOD, signed=None))) == ["R1"]


def test_a_fund_below_nought_is_counted() -> None:
    large = replace(CONTINGENCY, pence=10_000_000)
    (told,) = [each for each in controls(books(posted(large), granted(large))) if not each.ties]
    assert (told.rule, told.first, told.why) == ("R3", 1, ("Contingency is £5,706.89 below nought.",))


def test_an_award_that_is_not_in_the_ledger_is_told() -> None:
    told = {each.rule: each for each in controls(books(posted(CONTINGENCY), *GOOD))}
    assert _amiss(list(told.values())) == ["R4"]
    assert (told["R4"].first, told["R4"].second) == (208_606, 78_620)
    assert told["R4"].why == ("CEN-2627-0001: £1,299.86 of 2026-27 decided, £0.00 promised in the ledger.",)


def test_an_award_of_another_year_that_is_not_in_the_ledger_is_that_years() -> None:
    other = granted(replace(MAIN, decided_on=date(2027, 4, 1)))
    of_year, of_next = _by_year(posted(CONTINGENCY), other, granted(CONTINGENCY))
    assert (_amiss(list(of_year.values())), _amiss(list(of_next.values()))) == ([], ["R4"])


def test_an_award_promised_twice_is_told_though_nothing_is_decided_twice() -> None:
    again = [entry for entry in LEDGER if entry.application_ref == MAIN.application_ref]
    assert _amiss(controls(books(kept([tuple(again)], LEDGER), *GOOD))) == ["R4"]


def test_a_promise_from_the_wrong_fund_is_told() -> None:
    ledger = posted(replace(MAIN, pot="CONTINGENCY"))
    (told,) = [each for each in controls(books(ledger, granted(MAIN))) if not each.ties]
    assert (told.rule, told.first, told.second) == ("R4", 129_986, 0)
    assert told.why == ("CEN-2627-0001: not promised from the fund it was awarded from.",)


@pytest.mark.parametrize(
    "decided", [(), (granted(MAIN, quorate=False),), (granted(MAIN, at_city=True),)], ids=["none", "no quorum", "city"]
)
def test_a_promise_without_a_decision_that_could_make_it_is_told(decided: tuple[object, ...]) -> None:
    told = controls(books(posted(MAIN), *decided))  # type: ignore[arg-type]
    (five,) = [each for each in told if not each.ties]
    assert (five.rule, five.first, five.second) == ("R5", 129_986, 0)
    of_year = "CEN-2627-0001: £1,299.86 of 2026-27 is promised"
    assert five.why == (f"{of_year} without a decision of SP1 that had a quorum.",)


def test_a_promise_that_was_taken_back_needs_no_decision() -> None:
    ledger = posted(replace(MAIN, pence=0, version=2), ledger=posted(MAIN))
    assert _amiss(controls(books(ledger))) == []


def test_shares_that_do_not_come_to_the_award_are_told() -> None:
    (told,) = [
        each for each in controls(books(posted(MAIN), granted(MAIN, shares=(100_000, 395_999)))) if not each.ties
    ]
    assert (told.rule, told.apart) == ("R11", -1)
    assert told.why == ("CEN-2627-0001: the shares come to £4,959.99, £4,960.00 is promised.",)


def test_awards_outside_what_was_asked_are_counted() -> None:
    above, below = granted(MAIN, asked=495_999), granted(CONTINGENCY, asked=400_000, least=300_001)
    (told,) = [each for each in controls(books(LEDGER, above, below)) if not each.ties]
    assert (told.rule, told.first, told.second) == ("R13", 2, 0)
    assert told.why == (
        "CEN-2627-0001: £4,960.00 given, £4,959.99 asked.",
        "CEN-2627-0002: £3,000.00 given, £3,000.01 was the least.",
    )


def test_two_awards_of_one_application_never_tie_whatever_they_come_to() -> None:
    again = replace(MAIN, meeting="SU1")
    ledger = posted(MAIN, again)
    of_year, of_next = _by_year(ledger, granted(MAIN), granted(again))
    for year in (of_year, of_next):
        assert _amiss(list(year.values())) == ["R4", "R13"]
        assert year["R4"].second == 0
        assert year["R4"].why == ("CEN-2627-0001: awarded at SP1 and SU1. The chair must take one of them back.",)
        assert year["R13"].why == ("CEN-2627-0001: £9,920.00 given in all, £4,960.00 asked.",)
    small = [replace(each, pence=100_000) for each in (MAIN, again)]
    told = controls(books(posted(*small), *(granted(each, asked=496_000) for each in small)))
    assert _amiss(told) == ["R4"]


def test_a_second_award_of_another_year_is_told_in_both() -> None:
    later = Period(date(2027, 9, 6), date(2027, 12, 17))
    again = replace(MAIN, meeting="SU1", asked_for=later)
    ledger = posted(replace(MAIN, asked_for=Period(date(2027, 2, 22), date(2027, 3, 19))), again)
    first = granted(replace(MAIN, asked_for=Period(date(2027, 2, 22), date(2027, 3, 19))))
    for year in _by_year(ledger, first, granted(again)):
        assert _amiss(list(year.values())) == ["R4", "R13"]


def test_a_movement_with_one_side_is_told_by_its_lines() -> None:
    forged = replace(
        LEDGER[-1], type="PAY", account="award:CEN-2627-0001", amount_pence=-5, entry_no=len(LEDGER) + 1, movement=99
    )
    told = {each.rule: each for each in controls(books([*LEDGER, replace(forged, la_fy="2026-27")], *GOOD))}
    assert (told["L1"].first, told["L1"].second) == (7, 6)
    assert told["L1"].why == (f"Movement 99, line {len(LEDGER) + 1}, comes to -£0.05, not to nought.",)
    altered = [replace(LEDGER[0], movement=99), *LEDGER[1:]]
    assert _amiss(controls(books(altered, *GOOD))) == ["L1"]


def test_a_line_without_a_source_is_told_by_its_number_in_its_own_year() -> None:
    (line, *_) = [each.entry_no for each in LEDGER if each.la_fy == "2027-28"]
    why = f"Line {line}, BUDGET £1.00: the audit does not know it as it stands."
    of_next = replace(books(LEDGER, *GOOD, la_fy="2027-28", signed=OPENED["2027-28"]), without_source={line: why})
    (told,) = [each for each in controls(of_next) if not each.ties]
    assert (told.rule, told.first - told.second, told.why) == ("L2", 1, (why,))
    assert _amiss(controls(replace(books(LEDGER, *GOOD), without_source={line: why}))) == []
