from collections import Counter

import pytest

from cluster_sheets.demo.careless import DOUBTS, SLIPS
from cluster_sheets.demo.requests import Fate, Habits, forms_needed, rounds, samples, spread
from tests.demo.made import START, judged, register

EVERY = samples(register(), 120, 11, "CEN", START)


def test_the_same_seed_makes_the_same_year_and_another_another() -> None:
    again = samples(register(), 120, 11, "CEN", START)
    assert [(each.title, each.typed) for each in again] == [(each.title, each.typed) for each in EVERY]
    other = samples(register(), 120, 12, "CEN", START)
    assert [each.typed for each in other] != [each.typed for each in EVERY]


def test_a_good_request_has_no_finding_and_a_careless_one_has_the_one_meant() -> None:
    assert judged(EVERY) == [[each.slip] if each.slip else [] for each in EVERY]


def test_one_in_eight_is_careless_and_all_kinds_of_request_are_there() -> None:
    slips = [each for each in EVERY if each.slip]
    assert 12 <= len(slips) <= 15
    assert {each.slip for each in slips} <= {slip.code for slip in (*SLIPS, *DOUBTS)}
    assert all(each.typed != each.meant for each in slips)
    assert {each.purpose for each in EVERY} == {"PROJECT", "UNFORESEEN", "ADVICE"}
    told = Counter(str(each.typed.answers["beneficiary"]) for each in EVERY)
    assert set(told) == {"One pupil", "A group of pupils", "The whole school", "Pupils in several schools"}
    assert any(each.typed.lines["partners"] for each in EVERY)


def test_no_two_pupils_share_a_upn() -> None:
    upns = [line["upn"] for each in EVERY for line in each.meant.lines["pupils"] if "upn" in line]
    assert len(upns) > 250
    assert len(set(upns)) == len(upns)
    assert all(str(upn)[1:4] == "999" for upn in upns)


def test_amounts_tie_to_the_penny_and_titles_say_that_they_are_invented() -> None:
    for each in EVERY:
        assert each.title.startswith("EXAMPLE: ")
        assert len(each.title) <= 80
    titles = [(each.urn, each.meeting, each.title) for each in EVERY]
    assert len(set(titles)) == len(titles)


def test_each_odd_fate_is_there_once_and_none_in_a_small_or_plain_year() -> None:
    fates = Counter(each.fate for each in EVERY)
    assert {fate: count for fate, count in fates.items() if fate != Fate.PLAIN} == {
        fate: 1 for fate in Fate if fate != Fate.PLAIN
    }
    late = next(each for each in EVERY if each.fate == Fate.LATE)
    closes = rounds(register(), "CEN", START)[0].closes_at
    assert [each for each in EVERY if each.sent_at > closes] == [late]
    assert {each.fate for each in samples(register(), 11, 1, "CEN", START)} == {Fate.PLAIN}
    assert {each.fate for each in samples(register(), 40, 1, "CEN", START, Habits(specials=False))} == {Fate.PLAIN}


def test_two_in_one_mail_are_of_one_school_and_one_after_the_other() -> None:
    together = next(each for each in EVERY if each.fate == Fate.TOGETHER)
    before = EVERY[together.number - 1]
    assert before.urn == together.urn
    assert before.by_mail or together.by_mail


@pytest.mark.parametrize(
    ("size", "first", "later"), [(1, 1, 0), (10, 9, 1), (40, 36, 4), (1000, 200, 800), (10_000, 200, 9800)]
)
def test_the_next_meeting_gets_most_but_never_more_than_two_hundred(size: int, first: int, later: int) -> None:
    meetings = rounds(register(), "CEN", START)
    counts = spread(size, meetings)
    assert list(counts) == [each.meeting_id for each in meetings]
    assert next(iter(counts.values())) == first
    assert sum(list(counts.values())[1:]) == later
    assert max(list(counts.values())[1:]) - min(list(counts.values())[1:]) <= 1


def test_the_last_meeting_of_a_year_takes_all_there_is() -> None:
    assert spread(300, rounds(register(), "CEN", START)[-1:]) == {"CEN-2627-Su2": 300}


def test_forms_needed_covers_every_sample() -> None:
    needed = forms_needed(EVERY)
    assert all(each.form_number <= needed[each.meeting][each.urn] for each in EVERY)
    assert sum(sum(of_round.values()) for of_round in needed.values()) == len(EVERY)
