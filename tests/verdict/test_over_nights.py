"""Submissions of one form: however their mails were spread over nights, what stands in the end is the same."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_sheets.store import applications, questions, units
from cluster_sheets.store.units import State
from tests.requests import Request
from tests.verdict.desk import HOUR, ONE, REGISTER, TODAY, asked, made
from tests.verdict.made import NIGHT, URN

GOOD, TO_MEND, ASKED_ABOUT, OF_A_STRANGER = "good", "to mend", "asked about", "of a stranger"
THE_SAME = "the same to mend"
"""The very same bytes each time."""
KINDS = (GOOD, TO_MEND, THE_SAME, ASKED_ABOUT, OF_A_STRANGER)
FEW = settings.default.max_examples // 5  # type: ignore[union-attr]
SENCO = REGISTER.reply_addresses(URN, TODAY)[0]
End = tuple[list[tuple[State, str]], list[int], list[int]]


def request(kind: str, number: int) -> Request:
    """What a school might send, told from its others by an amount."""
    good = asked(minimum_viable=2000.0 + number)
    if kind in (TO_MEND, THE_SAME):
        return (asked() if kind == THE_SAME else good).but(headteacher_name=None)
    return good.but(capital="Yes", capital_amount=10.0) if kind == ASKED_ABOUT else good


def ended(root: Path, kinds: Sequence[str], nights: Sequence[Sequence[int]], *, accept: bool) -> End:
    """States in order of receipt, which submission an application stands on, which a person is still asked about.

    ``nights`` are the numbers of those that come to be read on each; number n was received n hours on.
    """
    with made(root) as desk:
        came = {}
        for night in nights:
            for number in night:
                desk.now, kind = NIGHT + number * HOUR, kinds[number]
                sender, content = "somebody@else.example" if kind == OF_A_STRANGER else "", f"EXAMPLE {number}"
                if kind == THE_SAME:
                    # In another mail each time: the name before the address tells them apart.
                    sender, content = f"EXAMPLE {number} <{SENCO}>", kind
                came[number] = desk.come(request(kind, number), ONE, sender, content=content.encode())
            desk.now = NIGHT + len(kinds) * HOUR
            desk.judge()
        if accept:
            for unit in units.held(desk.store):
                desk.answer(unit, "accept")
            desk.judge()
        number_of = {unit.unit_id: number for number, unit in came.items()}
        open_ones = [each for each in questions.of_units(desk.store, number_of) if each.answer is None]
        return (
            [desk.state(came[number]) for number in range(len(kinds))],
            [number_of[each.current_unit] for each in applications.everything(desk.store)],
            sorted(number_of[each.unit_id] for each in open_ones),
        )


@cache
def at_once(kinds: tuple[str, ...], accept: bool) -> End:
    """The same, all read in one night."""
    with TemporaryDirectory() as folder:
        return ended(Path(folder), kinds, [range(len(kinds))], accept=accept)


@st.composite
def spread(draw: st.DrawFn) -> tuple[list[str], list[list[int]]]:
    """Kinds of submission, in order of receipt, and the nights they come to be read on."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=4))
    order = draw(st.permutations(range(len(kinds))))
    cuts = draw(st.sets(st.integers(1, len(kinds) - 1), min_size=1))
    edges = [0, *sorted(cuts), len(kinds)]
    return kinds, [order[start:stop] for start, stop in pairwise(edges)]


@settings(max_examples=FEW, deadline=None)
@given(spread(), st.booleans())
def test_what_stands_does_not_depend_on_which_night_read_what(
    told: tuple[list[str], list[list[int]]], accept: bool
) -> None:
    kinds, nights = told
    with TemporaryDirectory() as folder:
        assert ended(Path(folder), kinds, nights, accept=accept) == at_once(tuple(kinds), accept)


ACCEPTED, RETURNED, HELD = (State.ACCEPTED, ""), (State.RETURNED, ""), (State.HELD, "capital-asked")
UNKNOWN, ASIDE = (State.HELD, "sender-not-registered"), (State.SET_ASIDE, "superseded")
PAIRS = {
    (GOOD, GOOD): (ASIDE, ACCEPTED),
    (TO_MEND, GOOD): (ASIDE, ACCEPTED),
    (ASKED_ABOUT, GOOD): (ASIDE, ACCEPTED),
    (OF_A_STRANGER, GOOD): (ASIDE, ACCEPTED),
    (GOOD, TO_MEND): (ACCEPTED, RETURNED),
    (TO_MEND, TO_MEND): (ASIDE, RETURNED),
    (THE_SAME, THE_SAME): (ASIDE, RETURNED),
    (ASKED_ABOUT, TO_MEND): (ASIDE, RETURNED),
    (GOOD, ASKED_ABOUT): (ACCEPTED, HELD),
    (TO_MEND, ASKED_ABOUT): (RETURNED, HELD),
    (ASKED_ABOUT, ASKED_ABOUT): (ASIDE, HELD),
    (GOOD, OF_A_STRANGER): (ACCEPTED, UNKNOWN),
    (TO_MEND, OF_A_STRANGER): (RETURNED, UNKNOWN),
    (ASKED_ABOUT, OF_A_STRANGER): (HELD, UNKNOWN),
}


@pytest.mark.parametrize("nights", [[[0, 1]], [[1], [0]]], ids=str)
@pytest.mark.parametrize("kinds", PAIRS, ids=" then ".join)
def test_of_two_the_newer_takes_the_place_of_the_older_as_far_as_it_may(
    tmp_path: Path, kinds: tuple[str, str], nights: list[list[int]]
) -> None:
    states, stands, waits = ended(tmp_path, kinds, nights, accept=False)
    assert tuple(states) == PAIRS[kinds]
    assert stands == [number for number, state in enumerate(states) if state == ACCEPTED]
    assert waits == [number for number, (state, _) in enumerate(states) if state is State.HELD]


@pytest.mark.parametrize("nights", [[[0, 1, 2]], [[0], [1], [2]], [[1], [0], [2]], [[2], [1], [0]]], ids=str)
@pytest.mark.parametrize("between", [TO_MEND, GOOD])
def test_the_same_bytes_go_back_again_after_another_took_their_place(
    tmp_path: Path, between: str, nights: list[list[int]]
) -> None:
    states, *_ = ended(tmp_path, (THE_SAME, between, THE_SAME), nights, accept=False)
    assert states == [ASIDE, ACCEPTED if between == GOOD else ASIDE, RETURNED]
