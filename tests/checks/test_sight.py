"""What a rule sees: answers at the level of the form or of a table's lines."""

import pandas as pd
import pytest

from cluster_sheets.checks.sight import Sight, compared, everywhere
from cluster_sheets.checks.world import Arrival
from cluster_sheets.form.condition import parse
from cluster_sheets.reading.frames import frames
from tests.checks.batch import FORM, typed, world
from tests.requests import KINDS, RECEIVED, ROUND, Request

PROJECT, ADVICE = KINDS["project"], KINDS["advice"]
ARRIVAL = Arrival(RECEIVED, RECEIVED, ROUND, ROUND, "CEN")


def sight(*requests: Request) -> Sight:
    """What rules see of these requests."""
    batch = [typed(request) for request in requests]
    return Sight(FORM, frames(FORM, batch), [ARRIVAL] * len(batch), world())


def test_an_answer_of_the_form_is_seen_from_each_line() -> None:
    seen = sight(PROJECT, ADVICE)
    assert list(seen.value("purpose", "")) == ["PROJECT", "ADVICE"]
    assert list(seen.value("purpose", "pupils")) == ["PROJECT"] * 4 + ["ADVICE"]


def test_an_answer_of_another_table_has_no_value_on_a_line() -> None:
    with pytest.raises(KeyError):
        sight(PROJECT).value("costs.rate", "pupils")


def test_a_column_has_parsed_for_the_form_when_it_has_on_every_line() -> None:
    seen = sight(PROJECT, PROJECT.but_line("pupils", 3, upn="R99"), PROJECT.but_lines("pupils", []))
    assert list(seen.parsed("pupils.upn", "")) == [True, False, True]
    assert list(seen.all_parsed(("pupils.upn", "purpose"), "")) == [True, False, True]


def test_a_condition_on_an_answer_that_did_not_parse_is_unknown_and_does_not_hold() -> None:
    seen = sight(PROJECT, PROJECT.but(purpose="Something"), PROJECT.but(purpose=None))
    for text, holds in (("purpose=PROJECT", [True, False, False]), ("blank(purpose)", [False, False, True])):
        held, unknown = seen.holds(parse(text), "")
        assert list(held) == holds
        assert list(unknown) == [False, True, False]


def test_a_blank_answer_makes_every_comparison_false() -> None:
    seen = sight(PROJECT.but(other_funding=None))
    for text in ("other_funding=0", "other_funding!=0", "other_funding>0", "other_funding<=0"):
        assert list(seen.holds(parse(text), "")[0]) == [False]


def test_used_lines_are_counted_by_form() -> None:
    assert list(sight(PROJECT, ADVICE).rows("costs")) == [2, 0]


def test_a_later_meeting_is_known_only_to_a_form_that_waits_for_one() -> None:
    seen = sight(PROJECT)
    assert seen.environment("later_meeting.date").isna().all()
    assert list(seen.environment("round.date")) == [pd.Timestamp(ROUND)]
    assert list(seen.environment("school_year_before")) == [pd.Timestamp("2025-09-01")]


def test_a_school_year_ends_the_day_before_the_next_begins() -> None:
    days = pd.Series([pd.Timestamp("2027-08-31"), pd.Timestamp("2027-09-01"), pd.NaT])
    assert list(sight(PROJECT).year_end(days)) == [pd.Timestamp("2027-08-31"), pd.Timestamp("2028-08-31"), pd.NaT]


def test_what_is_not_known_compares_as_false_either_way() -> None:
    figures = pd.Series([1, None], dtype="Int64")
    assert list(compared(figures, ">=", 1)) == [True, False]
    assert list(compared(figures, "<", 1)) == [False, False]
    assert list(everywhere(figures.index, holds=True)) == [True, True]


def test_an_answer_that_is_hushed_is_known_by_its_cell() -> None:
    seen = sight(PROJECT, PROJECT.but_line("costs", 0, rate="lots"))
    seen.hush("costs", "rate", seen.faulty["costs"]["rate"])
    place = seen.frames.forms[1].lines["costs"][0].place("rate")
    assert place is not None
    assert seen.hushed == {(1, *place)}
