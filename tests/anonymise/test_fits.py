from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.blur import LARGE, MEDIUM, OTHERS, PRIMARY, SMALL, STAGES, Policy, standing
from cluster_sheets.anonymise.fits import (
    FACTS,
    KEY_STAGE,
    PHASE_GROUP,
    SIZE_BAND,
    Members,
    Shown,
    stages_sure,
    stages_taught,
    to_blur,
)
from cluster_sheets.register.model import School
from tests.register.made import REGISTER

POLICY = Policy.of(REGISTER.settings)
EARLY, ONE, TWO, THREE, FOUR, FIVE = STAGES
PILOT = REGISTER.members_on("CEN", date(2026, 10, 15))
REFERRAL_UNIT = next(each.urn for each in PILOT if each.phase == "PR")


def school(number: int, phase: str, roll: int | None = None, name: str = "EXAMPLE School") -> School:
    return School(f"{999000 + number}", name, phase, (), roll=roll)


@pytest.mark.parametrize(
    ("phase", "name", "taught"),
    [
        ("NS", "EXAMPLE Nursery", (EARLY,)),
        ("PS", "EXAMPLE Primary School", (EARLY, ONE, TWO)),
        ("PS", "EXAMPLE Infant School", (EARLY, ONE)),
        ("PS", "EXAMPLE Juniors", (TWO,)),
        ("PS", "EXAMPLE Infant and Junior School", (EARLY, ONE, TWO)),
        ("MP", "EXAMPLE Middle School", (TWO, THREE)),
        ("MS", "EXAMPLE Middle School", (TWO, THREE)),
        ("SS", "EXAMPLE High School", (THREE, FOUR, FIVE)),
        ("SS", "EXAMPLE Junior Road High School", (THREE, FOUR, FIVE)),
        ("AT", "EXAMPLE Academy", STAGES),
        ("SP", "EXAMPLE School", STAGES),
        ("PR", "EXAMPLE Centre", STAGES),
    ],
)
def test_a_school_teaches_the_stages_of_its_phase_and_of_its_name(
    phase: str, name: str, taught: tuple[str, ...]
) -> None:
    assert stages_taught(school(1, phase, name=name)) == taught


@pytest.mark.parametrize(
    ("phase", "sure"),
    [("NS", ()), ("PS", (ONE, TWO)), ("MS", (TWO, THREE)), ("SS", (THREE, FOUR)), ("AT", STAGES[1:5]), ("SP", ())],
)
def test_a_school_names_the_stages_that_it_surely_has_pupils_in(phase: str, sure: tuple[str, ...]) -> None:
    assert stages_sure(school(1, phase)) == sure


def test_a_school_that_is_also_called_infants_teaches_infants() -> None:
    assert stages_taught(replace(school(1, "PS"), aliases=("EXAMPLE Infants",))) == (EARLY, ONE)
    assert stages_taught(replace(school(1, "PS"), ambiguous=("EXAMPLE Juniors",))) == (TWO,)


@pytest.mark.parametrize(
    ("shown", "fit"),
    [
        (Shown(), 25),
        (Shown(PRIMARY), 21),
        (Shown(PRIMARY, MEDIUM), 4),
        (Shown(PRIMARY, MEDIUM, (TWO,)), 3),
        (Shown(PRIMARY, stages=(ONE,)), 19),
        (Shown(PRIMARY, stages=(ONE, TWO)), 17),
        (Shown(OTHERS), 4),
        (Shown(OTHERS, LARGE, (THREE, FOUR)), 3),
        (Shown(OTHERS, stages=(TWO,)), 1),
        (Shown(stages=(TWO,)), 20),
        (Shown(PRIMARY, stages=(THREE,)), 0),
        # Of a whole school: one that has other children too is another. Reception may be left out.
        (Shown(PRIMARY, stages=(EARLY, ONE, TWO), are_all=True), 17),
        (Shown(PRIMARY, stages=(ONE, TWO), are_all=True), 17),
        (Shown(PRIMARY, stages=(EARLY, ONE), are_all=True), 2),
        (Shown(PRIMARY, stages=(TWO,), are_all=True), 2),
        (Shown(stages=(TWO,), are_all=True), 3),
        (Shown(OTHERS, stages=(THREE, FOUR), are_all=True), 4),
        (Shown(PRIMARY, are_all=True), 21),
    ],
)
def test_the_pilots_schools_that_fit_what_is_shown_are_counted(shown: Shown, fit: int) -> None:
    assert Members(PILOT, POLICY).fitting(shown, "") == fit


def test_a_school_fits_what_it_shows_itself_whatever_the_register_says_of_it() -> None:
    primary = next(each.urn for each in PILOT if each.phase == "PS")
    assert Members(PILOT, POLICY).fitting(Shown(PRIMARY, stages=(THREE,)), primary) == 1
    assert Members(PILOT, POLICY).fitting(Shown(PRIMARY, stages=(THREE,)), "999999") == 0


SMALL_PRIMARIES = [school(number, "PS", 100) for number in range(4)]
BIG = [school(number, "PS", 900, "EXAMPLE Infants" if number < 12 else "EXAMPLE Juniors") for number in range(10, 14)]
MIDDLE = [school(20, "MS", 300)]
MIXED = [*SMALL_PRIMARIES, *BIG, *MIDDLE]


@pytest.mark.parametrize(
    ("members", "shown", "k", "kept", "proposed"),
    [
        (PILOT, Shown(PRIMARY, MEDIUM, (TWO,)), 3, (), ()),
        (PILOT, Shown(PRIMARY, MEDIUM, (TWO,)), 4, (), (SIZE_BAND,)),
        (PILOT, Shown(PRIMARY, MEDIUM, (TWO,)), 4, (SIZE_BAND,), (KEY_STAGE,)),
        (PILOT, Shown(PRIMARY, MEDIUM, (TWO,)), 4, (SIZE_BAND, KEY_STAGE), ()),
        (PILOT, Shown(OTHERS, "", (TWO,)), 3, (), (PHASE_GROUP,)),
        (PILOT, Shown(OTHERS, "", (TWO,)), 3, (PHASE_GROUP,), (KEY_STAGE,)),
        (PILOT, Shown(OTHERS, "", (TWO,)), 3, (PHASE_GROUP, KEY_STAGE), ()),
        (PILOT, Shown(OTHERS, "", (TWO,)), 22, (), (PHASE_GROUP, KEY_STAGE)),
        (PILOT, Shown(PRIMARY, "", (TWO,), are_all=True), 3, (), (PHASE_GROUP,)),
        (PILOT, Shown(PRIMARY, "", (TWO,), are_all=True), 4, (), (KEY_STAGE,)),
        # No single fact will do: the two that are missed least, of those that do.
        (MIXED, Shown(OTHERS, MEDIUM, (TWO,)), 3, (), (SIZE_BAND, PHASE_GROUP)),
        (MIXED, Shown(PRIMARY, LARGE, (ONE,)), 3, (), (SIZE_BAND,)),
        # Nothing brings so many: what brings most, and nothing that brings no more.
        (MIDDLE, Shown(OTHERS, MEDIUM, (TWO,)), 3, (), ()),
        (MIXED, Shown(PRIMARY, SMALL), 100, (), (SIZE_BAND, PHASE_GROUP)),
        (MIXED, Shown("", SMALL), 100, (), (SIZE_BAND,)),
        ([], Shown(PRIMARY), 3, (), ()),
    ],
)
def test_the_fact_that_is_missed_least_is_proposed(
    members: Sequence[School], shown: Shown, k: int, kept: tuple[str, ...], proposed: tuple[str, ...]
) -> None:
    known = Members(members, POLICY)
    assert to_blur(shown, lambda each: known.fitting(each, ""), k, kept) == proposed


def test_what_is_blurred_is_not_shown_and_the_rest_is() -> None:
    shown = Shown(PRIMARY, MEDIUM, (ONE, TWO))
    assert shown.facts == FACTS
    assert [shown.told(fact) for fact in FACTS] == [MEDIUM, PRIMARY, "Key stage 1, Key stage 2"]
    assert shown.without((PHASE_GROUP,)) == Shown("", MEDIUM, (ONE, TWO))
    assert shown.without(FACTS) == Shown()
    assert Shown().facts == ()


NAMES = st.sampled_from(("EXAMPLE School", "EXAMPLE Infants", "EXAMPLE Junior School"))
SCHOOLS = st.lists(
    st.tuples(
        st.sampled_from(("NS", "PS", "PS", "PS", "MP", "MS", "SS", "AT", "SP", "PR")),
        st.sampled_from((None, 90, 300, 900)),
        NAMES,
    ),
    min_size=1,
    max_size=12,
).map(lambda told: [school(number, *each) for number, each in enumerate(told)])
TAUGHT = st.lists(st.sampled_from(STAGES), unique=True, max_size=3).map(
    lambda some: tuple(each for each in STAGES if each in some)
)


@given(SCHOOLS, st.data(), TAUGHT, st.booleans(), st.integers(1, 6), st.sets(st.sampled_from(FACTS)))
def test_blurring_what_is_proposed_never_lowers_the_number_and_reaches_it_where_it_can_be_reached(
    members: list[School], data: st.DataObject, stages: tuple[str, ...], are_all: bool, k: int, kept: set[str]
) -> None:
    own = data.draw(st.sampled_from(members))
    told = standing(own, members, POLICY)
    shown, known = Shown(told.phase_group, told.size_band, stages, are_all), Members(members, POLICY)

    def fitting(each: Shown) -> int:
        return known.fitting(each, own.urn)

    proposed = to_blur(shown, fitting, k, kept)
    blurred = fitting(shown.without(proposed))
    assert blurred >= fitting(shown) >= 1
    assert not kept & set(proposed)
    may = [fact for fact in shown.facts if fact not in kept]
    ways = {facts: fitting(shown.without(facts)) for facts in all_of(may)}
    assert blurred >= k or blurred == max(ways.values())
    if fitting(shown) >= k:
        assert proposed == ()
    elif singles := [facts for facts, fit in ways.items() if len(facts) == 1 and fit >= k]:
        assert proposed == singles[0]
    # What nobody has asked to be shown fits as many as it should, if the cluster has as many.
    if not kept and len(members) >= k:
        assert blurred >= k
    # Whatever is blurred beside it, the number never falls.
    assert all(fitting(shown.without((*proposed, *more))) >= blurred for more in ways)


def all_of(facts: Sequence[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(facts, count) for count in range(len(facts) + 1)))
