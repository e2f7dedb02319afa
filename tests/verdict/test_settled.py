from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.intake.keeping import keep
from cluster_sheets.store import findings, mails, provenance, units
from cluster_sheets.store.units import ReplyState, State, Unit
from tests.checks.batch import raw
from tests.requests import Request
from tests.verdict.desk import HOUR, ONE, REGISTER, TODAY, Desk, asked, made
from tests.verdict.made import OTHER, URN, stamp_of

SENCO = REGISTER.reply_addresses(URN, TODAY)[0]
SAME, STRANGER = b"EXAMPLE 0", "somebody@else.example"
DAYS = REGISTER.settings.whole("same_reply_after_days")


def drop(desk: Desk, request: Request, content: bytes = SAME) -> Unit:
    """A workbook that lies in the inbox on the night that is judged next; the unit it becomes."""
    before = {each.unit_id for each in units.pending(desk.store)}
    keep(desk.store, [("our form.xlsx", content)], desk.now)
    (unit,) = (each for each in units.pending(desk.store) if each.unit_id not in before)
    made = raw(request)
    made.stamp, made.stamp_place = stamp_of(ONE), ["Start here", "C20"]
    desk.told[unit.unit_id] = made.told()
    return unit


def test_a_bare_file_that_went_back_and_is_dropped_again_is_judged_as_of_now(desk: Desk) -> None:
    in_two_days = asked(headteacher_agrees_on=TODAY + timedelta(days=2))
    found = []
    for days in (0, 1, 1, 1):
        desk.now += timedelta(days=days)
        found.append(drop(desk, in_two_days))
        desk.judge()
        desk.judge()
    assert [(desk.state(each), desk.kinds(each)) for each in found] == [
        ((State.SET_ASIDE, "superseded"), ["mend"]),
        ((State.SET_ASIDE, "superseded"), []),  # the same is not said again within some days
        ((State.ACCEPTED, ""), ["receipt"]),
        ((State.SET_ASIDE, "same-file-again"), []),
    ]


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


def of_message(desk: Desk, ref: str, *some: Unit) -> None:
    """These came in copies of one message."""
    known = mails.get_many(desk.store, [each.mail_sha256 for each in some])
    with desk.store.transaction():
        mails.save_many(desk.store, [replace(each, message_ref=ref) for each in known.values()])


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("taken_in_as", ["", "same-file-again"])
def test_rule_4_a_message_that_is_delivered_twice_is_answered_once(
    desk: Desk, together: bool, taken_in_as: str
) -> None:
    first = desk.come(asked(), ONE, SENCO, content=SAME)
    of_message(desk, "one", first)
    if not together:
        desk.judge()
    copy = replace(desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[-1], content=SAME), reason=taken_in_as)
    with desk.store.transaction():
        units.save_many(desk.store, [copy])
    of_message(desk, "one", copy)
    desk.judge()
    assert (desk.state(first), desk.kinds(first)) == ((State.ACCEPTED, ""), ["receipt"])
    assert (desk.state(copy), desk.kinds(copy), desk.codes(copy)) == ((State.SET_ASIDE, "received-again"), [], [])
    other = desk.come(asked(), ONE, STRANGER, content=SAME)
    of_message(desk, "two", other)
    desk.judge()
    assert desk.state(other) == (State.SET_ASIDE, "same-file-again")


def test_rule_4_where_the_first_copy_was_never_answered_the_second_is(desk: Desk) -> None:
    first = desk.come(asked(), ONE, SENCO, content=SAME)
    desk.judge()
    with desk.store.transaction():
        units.save_many(desk.store, [replace(desk.of(first), reply=ReplyState.NONE)])
    copy = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[-1], content=SAME)
    of_message(desk, "one", first, copy)
    desk.judge()
    assert (desk.state(copy), desk.kinds(copy)) == ((State.SET_ASIDE, "same-file-again"), ["note"])


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


def test_what_the_admin_sent_back_for_its_sender_counts_once_the_school_sends_it(desk: Desk) -> None:
    first = desk.come(asked(), ONE, STRANGER)
    desk.judge()
    desk.answer(first, "return")
    desk.judge()
    assert desk.state(first) == (State.RETURNED, "")
    second = desk.come(asked(), ONE, SENCO, content=SAME)
    desk.judge()
    assert (desk.state(second), desk.kinds(second)) == ((State.ACCEPTED, ""), ["receipt"])
    assert desk.state(first) == (State.SET_ASIDE, "superseded")


def test_what_went_back_for_a_day_to_come_counts_when_it_is_sent_again_on_that_day(desk: Desk) -> None:
    tomorrow = asked(headteacher_agrees_on=TODAY + timedelta(days=1))
    first = desk.come(tomorrow, ONE)
    desk.judge()
    assert (desk.of(first).state, desk.codes(first)) == (State.RETURNED, ["headteacher-agreed-in-the-future"])
    desk.now += timedelta(days=1)
    second = desk.come(tomorrow, ONE, SENCO, content=SAME)
    desk.judge()
    assert desk.state(second) == (State.ACCEPTED, "")


@pytest.mark.parametrize("at_once", [1, 100])
def test_what_is_to_be_mended_is_said_again_of_the_same_bytes_but_not_within_the_days(desk: Desk, at_once: int) -> None:
    to_mend = asked(headteacher_name=None)
    desk.come(to_mend, ONE)
    again = desk.come(to_mend, ONE, SENCO, content=SAME)
    desk.judge(at_once=at_once)
    assert (desk.state(again), desk.kinds(again)) == ((State.RETURNED, ""), [])
    desk.now += timedelta(days=DAYS)
    third = desk.come(to_mend, ONE, REGISTER.reply_addresses(URN, TODAY)[-1], content=SAME)
    desk.judge(at_once=at_once)
    assert (desk.state(third), desk.kinds(third)) == ((State.RETURNED, ""), ["mend"])
    assert "blank" in desk.codes(third)


@pytest.mark.parametrize("sender", [SENCO, ""])
def test_an_earlier_version_once_more_is_told_which_one_counts_and_what_to_do_if_it_is_meant(
    desk: Desk, sender: str
) -> None:
    drop(desk, asked())
    desk.now += HOUR
    newer = desk.come(asked(minimum_viable=3000.0), ONE, SENCO)
    desk.judge()
    again = desk.come(asked(), ONE, SENCO, content=SAME) if sender else drop(desk, asked())
    desk.now += HOUR
    desk.judge()
    assert desk.state(again) == (State.SET_ASIDE, "earlier-version-again")
    assert (desk.kinds(again), desk.of(newer).state) == (["note"], State.ACCEPTED)
    (found,) = findings.of_units(desk.store, [again.unit_id])[again.unit_id]
    assert found.detail == (("limit", "04:00 on 28 September 2026"),)
    assert provenance.get_many(desk.store, [again.unit_id])[again.unit_id].urn == URN
    anew = desk.come(asked(), ONE, SENCO, content=b"the same, saved anew")
    desk.judge()
    assert (desk.of(anew).state, desk.of(newer).state) == (State.ACCEPTED, State.SET_ASIDE)


def test_another_school_is_told_nothing_of_a_newer_version(desk: Desk) -> None:
    for number in range(2):
        desk.come(asked(minimum_viable=2000.0 + number), ONE)
    desk.judge()
    other = REGISTER.reply_addresses(OTHER, TODAY)[0]
    again = desk.come(asked(minimum_viable=2000.0), ONE, other, content=SAME)
    desk.judge()
    assert desk.state(again) == (State.SET_ASIDE, "same-file-again")


def test_an_earlier_version_whose_place_was_taken_by_what_went_back_is_judged_again(desk: Desk) -> None:
    asks = asked(capital="Yes", capital_amount=10.0)
    first = desk.come(asks, ONE)
    desk.judge()
    desk.come(asks.but(headteacher_name=None), ONE)
    desk.judge()
    assert desk.state(first) == (State.SET_ASIDE, "superseded")
    again = desk.come(asks, ONE, SENCO, content=SAME)
    desk.judge()
    assert desk.of(again).state is State.HELD


def test_what_counts_is_not_judged_again_though_it_went_back_before(desk: Desk) -> None:
    tomorrow = asked(headteacher_agrees_on=TODAY + timedelta(days=1))
    desk.come(tomorrow, ONE)
    desk.judge()
    desk.now += timedelta(days=1)
    desk.come(tomorrow, ONE, SENCO, content=SAME)
    desk.judge()
    third = desk.come(tomorrow, ONE, REGISTER.reply_addresses(URN, TODAY)[-1], content=SAME)
    desk.judge()
    assert desk.state(third) == (State.SET_ASIDE, "same-file-again")
