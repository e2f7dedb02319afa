"""The world outside the form, as checks may ask about it."""

from dataclasses import FrozenInstanceError, fields

import pytest

from cluster_sheets.checks.world import Arrival, World
from tests.checks.batch import codes, world
from tests.requests import KINDS, RECEIVED


def test_everything_that_may_be_asked_is_a_function_or_a_fixed_figure() -> None:
    made = world()
    assert [field.name for field in fields(World) if not callable(getattr(made, field.name))] == ["year_start"]


def test_it_cannot_be_changed_while_a_batch_is_judged() -> None:
    with pytest.raises(FrozenInstanceError):
        world().year_start = (1, 4)  # type: ignore[misc]


def test_what_is_not_known_of_an_arrival_makes_the_rules_that_need_it_silent() -> None:
    early = KINDS["project"].but(start_date="01/10/2026")
    assert codes(early, Arrival(RECEIVED, RECEIVED)) == []
    assert codes(early) == [("starts-before-meeting", "start_date")]


def test_figures_of_policy_come_from_the_world_and_nowhere_else() -> None:
    dear = {"project_cap": 100_000, "weeks_max": 39, "known_within_days": 90, "project_min": 25_000}
    dear |= {"pupil_cap": 850_000, "contingency_cap": 500_000, "first_spend": 600_000, "cycles_wanted": 2}
    about = world(number=dear.__getitem__, words=lambda name: str(dear[name]))
    assert codes(KINDS["project"], about=about) == [("project-over-cap-alone", "amount_requested")]
