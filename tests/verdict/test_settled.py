from dataclasses import replace
from pathlib import Path

from cluster_sheets.store import units
from cluster_sheets.store.units import State
from tests.verdict.desk import ONE, REGISTER, TODAY, Desk, asked, made
from tests.verdict.made import URN

SENCO = REGISTER.reply_addresses(URN, TODAY)[0]


def test_the_same_bytes_again_are_set_aside_and_told_so(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    unit = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[0], content=b"EXAMPLE 0")
    desk.judge()
    assert desk.state(unit) == (State.SET_ASIDE, "same-file-again")
    assert (desk.codes(unit), desk.kinds(unit)) == (["same-file-again"], ["note"])
    assert desk.of(first).state is State.ACCEPTED


def test_of_two_that_came_together_one_is_judged_whichever_was_taken_in_as_the_same_again(tmp_path: Path) -> None:
    for place in (0, 1):
        with made(tmp_path / str(place)) as desk:
            both = [desk.come(asked(), ONE, content=b"EXAMPLE 0", sender=SENCO) for _ in range(2)]
            with desk.store.transaction():
                units.save_many(desk.store, [replace(both[place], reason="same-file-again")])
            desk.judge()
            assert [desk.state(each) for each in both] == [
                (State.ACCEPTED, ""), (State.SET_ASIDE, "same-file-again"),
            ]  # fmt: skip


def test_what_came_before_all_of_the_same_was_judged_already_is_not_read_again(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        desk.come(asked(), ONE, SENCO)
        desk.judge()
        unit = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[-1], content=b"EXAMPLE 0")
        del desk.told[unit.unit_id]
        with desk.store.transaction():
            units.save_many(desk.store, [replace(unit, reason="same-file-again")])
        desk.judge()
        assert desk.state(unit) == (State.SET_ASIDE, "same-file-again")


def test_the_same_bytes_from_the_school_itself_count_where_a_stranger_sent_them_first(tmp_path: Path) -> None:
    for at_once in (1, 100):
        with made(tmp_path / str(at_once)) as desk:
            first = desk.come(asked(), ONE, "somebody@else.example")
            second = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[0], content=b"EXAMPLE 0")
            desk.judge(at_once=at_once)
            assert desk.state(second) == (State.ACCEPTED, "")
            assert desk.state(first) == (State.SET_ASIDE, "superseded")
