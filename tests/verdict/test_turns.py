from dataclasses import replace

import pytest

from cluster_sheets.store import replies, units
from cluster_sheets.store.replies import About, OutboxState, Reply
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.turns import Turns
from tests.verdict.desk import HOUR, ONE, Desk, asked
from tests.verdict.made import NIGHT, ROUND


@pytest.fixture
def unit(desk: Desk) -> Unit:
    """A submission that was accepted, and that nobody was told about yet."""
    return replace(
        desk.come(asked(), ONE), state=State.ACCEPTED, version=1, meeting=ROUND, form_ref="f" * 64, reason=""
    )


def tell(desk: Desk, unit: Unit, *told: tuple[str, int]) -> None:
    """These kinds were told, with their ordinals, an hour apart."""
    for hour, (kind, ordinal) in enumerate(told):
        message_id = f"<{kind}.{ordinal}@x.example>"
        reply = Reply(message_id, "thread", kind, OutboxState.SENT, f"outbox/{kind}-{ordinal}.eml", NIGHT + hour * HOUR)
        with desk.store.transaction():
            replies.save_many(desk.store, [reply], [About(unit.unit_id, kind, 1, ordinal, message_id)])


def turn(desk: Desk, before: Unit, unit: Unit, kind: str) -> int:
    return Turns(desk.store, [unit.unit_id]).of(before, unit, kind, counts=kind in ("receipt", "late"))


TOLD: dict[str, tuple[list[tuple[str, int]], str, int]] = {
    "never": ([], "receipt", 1),
    "the same": ([("receipt", 1)], "receipt", 0),
    "another kind": ([("held", 1)], "receipt", 1),
    "one that it was told before another": ([("held", 1), ("receipt", 1)], "held", 0),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_verdict_is_told_once(desk: Desk, unit: Unit, case: str) -> None:
    told, kind, expected = TOLD[case]
    tell(desk, unit, *told)
    assert turn(desk, replace(unit, state=State.HELD), unit, kind) == expected


ANEW: dict[str, tuple[list[tuple[str, int]], str, int]] = {
    "never": ([], "receipt", 1),
    "the same": ([("late", 1)], "late", 0),
    "another": ([("late", 1)], "receipt", 2),
    "back to what it was": ([("late", 1), ("receipt", 2)], "late", 3),
    "the newest of those told before": ([("held", 1), ("late", 1)], "late", 0),
}


@pytest.mark.parametrize("case", ANEW)
def test_one_that_is_judged_anew_is_told_what_changed(desk: Desk, unit: Unit, case: str) -> None:
    told, kind, expected = ANEW[case]
    tell(desk, unit, *told)
    assert turn(desk, replace(unit, state=State.PENDING), unit, kind) == expected


def test_another_meeting_is_something_new_and_so_is_to_count_again(desk: Desk, unit: Unit) -> None:
    tell(desk, unit, ("receipt", 1))
    waiting = replace(unit, state=State.PENDING)
    assert turn(desk, replace(waiting, meeting="CEN-2627-A2"), unit, "receipt") == 2
    assert turn(desk, replace(waiting, superseded_by="e" * 16), unit, "receipt") == 2
    with desk.store.transaction():
        newer = replace(unit, unit_id="e" * 16, received_at=unit.received_at + HOUR, state=State.PENDING)
        units.save_many(desk.store, [newer])
    assert turn(desk, replace(waiting, superseded_by="e" * 16), unit, "receipt") == 0


def test_what_was_held_after_that_and_is_accepted_is_told_anew(desk: Desk, unit: Unit) -> None:
    tell(desk, unit, ("receipt", 1), ("held", 2))
    assert turn(desk, replace(unit, state=State.HELD), unit, "receipt") == 3
