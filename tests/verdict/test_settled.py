from pathlib import Path

from cluster_sheets.store.units import State
from tests.verdict.desk import ONE, REGISTER, TODAY, Desk, asked, made
from tests.verdict.made import URN


def test_the_same_bytes_again_are_set_aside_and_told_so(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    unit = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[0], content=b"EXAMPLE 0")
    desk.judge()
    assert desk.state(unit) == (State.SET_ASIDE, "same-file-again")
    assert (desk.codes(unit), desk.kinds(unit)) == (["same-file-again"], ["note"])
    assert desk.of(first).state is State.ACCEPTED


def test_the_same_bytes_from_the_school_itself_count_where_a_stranger_sent_them_first(tmp_path: Path) -> None:
    for at_once in (1, 100):
        with made(tmp_path / str(at_once)) as desk:
            first = desk.come(asked(), ONE, "somebody@else.example")
            second = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[0], content=b"EXAMPLE 0")
            desk.judge(at_once=at_once)
            assert desk.state(second) == (State.ACCEPTED, "")
            assert desk.state(first) == (State.SET_ASIDE, "superseded")
