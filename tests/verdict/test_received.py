from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.store import applications, audit, cases, decisions, forms, packs, questions, redactions, units
from cluster_sheets.store.cases import Case
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.erasure import erase_form
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.received import SET, NotSetError, meant, moment_told, set_received
from cluster_sheets.verdict.word import Word
from tests.requests import Request
from tests.store.dump import dump
from tests.verdict.desk import HOUR, ONE, REGISTER, Desk, asked
from tests.verdict.made import NIGHT, ROUND, register

OWN = REGISTER.meeting(ROUND)
assert OWN is not None
CLOSES, LATER = OWN.closes_at, REGISTER.cluster_meetings("CEN")[1].meeting_id
SEEN = CLOSES + timedelta(hours=10)
"""The night after the closing."""
SAID = Word("EXAMPLE Admin", "The council's own server had it by then", SEEN)
OVER = datetime(OWN.day.year, OWN.day.month, OWN.day.day, 12, tzinfo=UTC) + timedelta(days=1)
REF = "CEN-2627-0001"
GOOD, TO_MEND = asked(), asked(headteacher_name=None)


def come(desk: Desk, at: datetime, request: Request | None = None, sender: str = "") -> Unit:
    """A submission of form ONE that counts as received then, and was first seen the night after the closing."""
    desk.now = at
    unit = replace(desk.come(request or GOOD, ONE, sender), first_seen_night=SEEN)
    with desk.store.transaction():
        units.save_many(desk.store, [unit])
    return unit


def night(desk: Desk) -> None:
    """The next night: it judges what waits."""
    desk.now = max(desk.now + HOUR, SEEN + HOUR)
    desk.judge()


def put(desk: Desk, unit: Unit, at: datetime) -> tuple[Unit, ...]:
    """The admin sets when a submission came."""
    return set_received(desk.store, REGISTER, [desk.of(unit)], at, SAID)


def told(desk: Desk) -> list[tuple[str, str, str, str]]:
    """(state, reason, meeting, kinds told) of each submission, in order of receipt."""
    every = [
        unit
        for found in units.of_forms(desk.store, [forms.form_ref(desk.store, ONE.form_id)]).values()
        for unit in found
    ]
    return [(str(each.state), each.reason, each.meeting or "", " ".join(desk.kinds(each))) for each in every]


def stands(desk: Desk) -> tuple[str, str | None]:
    """(unit, meeting) of the one request there is."""
    (only,) = applications.everything(desk.store)
    return only.current_unit, only.meeting


def test_a_late_one_counts_for_its_own_meeting_and_its_school_is_told_once(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    assert (stands(desk), desk.codes(unit)) == ((unit.unit_id, LATER), ["came-after-closing"])
    put(desk, unit, CLOSES - HOUR)
    assert desk.of(unit).state is State.PENDING
    night(desk)
    assert told(desk) == [("accepted", "", ROUND, "late receipt")]
    assert (stands(desk), desk.codes(unit)) == ((unit.unit_id, ROUND), [])
    night(desk)
    assert told(desk) == [("accepted", "", ROUND, "late receipt")]


def test_a_timely_one_waits_for_the_later_meeting_and_back_again(desk: Desk) -> None:
    unit = come(desk, CLOSES - HOUR)
    night(desk)
    put(desk, unit, CLOSES + HOUR)
    night(desk)
    assert told(desk) == [("accepted", "", LATER, "late receipt")]
    assert desk.codes(unit) == ["came-after-closing"]
    put(desk, unit, CLOSES)
    night(desk)
    assert told(desk) == [("accepted", "", ROUND, "late receipt receipt")]
    assert stands(desk) == (unit.unit_id, ROUND)


@pytest.mark.parametrize("hour", [-1, 1])
def test_it_ends_as_if_it_had_come_then(tmp_path: Path, hour: int) -> None:
    """But for what was said on the way: the note to the school, and who set it."""
    from tests.verdict.desk import made

    ends = []
    for first in (CLOSES + hour * HOUR, CLOSES - hour * HOUR):
        with made(tmp_path / str(first.hour)) as desk:
            unit = come(desk, first)
            night(desk)
            put(desk, unit, CLOSES + hour * HOUR)
            night(desk)
            now = desk.of(unit)
            ends.append(
                (
                    replace(now, judged_at=None),
                    applications.everything(desk.store),
                    desk.codes(unit),
                    desk.kinds(unit)[-1:],
                )
            )
    assert ends[0][:3] == ends[1][:3]


def test_of_two_versions_the_one_that_came_last_stands(desk: Desk) -> None:
    first, second = come(desk, CLOSES - 3 * HOUR), come(desk, CLOSES - 2 * HOUR)
    night(desk)
    assert stands(desk)[0] == second.unit_id
    put(desk, second, CLOSES - 4 * HOUR)
    night(desk)
    assert [desk.state(each) for each in (second, first)] == [(State.SET_ASIDE, "superseded"), (State.ACCEPTED, "")]
    assert (stands(desk)[0], desk.of(second).superseded_by) == (first.unit_id, first.unit_id)
    assert (desk.of(first).superseded_by, desk.of(first).supersedes) == (None, second.unit_id)
    assert desk.of(second).supersedes is None
    assert [desk.kinds(each) for each in (second, first)] == [["receipt"], ["receipt", "receipt"]]
    assert [desk.of(each).version for each in (first, second)] == [1, 2]


def test_where_the_order_stays_nobody_is_told_anew(desk: Desk) -> None:
    first, second = come(desk, CLOSES - 3 * HOUR), come(desk, CLOSES - 2 * HOUR)
    night(desk)
    put(desk, first, CLOSES - 4 * HOUR)
    night(desk)
    assert [desk.state(each) for each in (first, second)] == [(State.SET_ASIDE, "superseded"), (State.ACCEPTED, "")]
    assert [desk.kinds(each) for each in (first, second)] == [["receipt"], ["receipt"]]


def test_a_first_one_that_came_in_time_lets_its_correction_count_until_fix_by(desk: Desk) -> None:
    first = come(desk, CLOSES + HOUR, TO_MEND)
    come(desk, CLOSES + 2 * HOUR)
    night(desk)
    assert told(desk)[1][2] == LATER
    put(desk, first, CLOSES - HOUR)
    night(desk)
    assert told(desk)[1] == ("accepted", "", ROUND, "receipt receipt")
    assert desk.state(first) == (State.SET_ASIDE, "superseded")


def test_what_goes_back_is_told_no_second_time(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR, TO_MEND)
    night(desk)
    put(desk, unit, CLOSES - HOUR)
    night(desk)
    assert told(desk) == [("returned", "", ROUND, "mend")]


def test_the_same_moment_again_changes_nothing(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    put(desk, unit, CLOSES - HOUR)
    before = dump(desk.store)
    assert put(desk, unit, CLOSES - HOUR) == ()
    assert dump(desk.store) == before
    night(desk)
    before = dump(desk.store)
    assert put(desk, unit, CLOSES - HOUR) == ()
    assert dump(desk.store) == before


def test_who_and_why_stand_in_the_audit_with_both_moments(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    put(desk, unit, CLOSES - HOUR)
    line = audit.everything(desk.store)[-1]
    assert (line.at, line.who, line.event, line.unit_id) == (SEEN, "EXAMPLE Admin", SET, unit.unit_id)
    assert line.text == f"{(CLOSES + HOUR).isoformat()} to {(CLOSES - HOUR).isoformat()}: {SAID.why}"
    assert line.application_ref == "CEN-2627-0001"
    assert audit.verify(desk.store) == ()


def test_one_that_waits_to_be_judged_counts_as_set(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    put(desk, unit, CLOSES - HOUR)
    night(desk)
    assert told(desk) == [("accepted", "", ROUND, "receipt")]


def test_one_that_is_held_stays_held_and_its_question_stays(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR, asked(capital="Yes", capital_amount=10.0))
    stranger = come(desk, CLOSES + 2 * HOUR, sender="somebody@else.example")
    night(desk)
    put(desk, unit, CLOSES - 2 * HOUR)
    put(desk, stranger, CLOSES - HOUR)
    night(desk)
    assert [desk.state(each)[0] for each in (unit, stranger)] == [State.HELD, State.HELD]
    assert (desk.of(unit).meeting, len(questions.of_units(desk.store, [unit.unit_id, stranger.unit_id]))) == (ROUND, 2)
    desk.answer(unit, "accept")
    night(desk)
    assert stands(desk) == (unit.unit_id, ROUND)


def test_what_the_admin_said_of_it_holds(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR, asked(capital="Yes", capital_amount=10.0))
    night(desk)
    desk.answer(unit, "accept")
    night(desk)
    put(desk, unit, CLOSES - HOUR)
    night(desk)
    assert desk.state(unit) == (State.ACCEPTED, "")
    assert (stands(desk), desk.kinds(unit)) == ((unit.unit_id, ROUND), ["held", "late", "receipt"])


def test_a_form_that_was_vouched_for_is_vouched_for_once(desk: Desk) -> None:
    desk.now = CLOSES + HOUR
    unit = replace(desk.come(GOOD), first_seen_night=SEEN)
    with desk.store.transaction():
        units.save_many(desk.store, [unit])
    night(desk)
    desk.answer(unit, "accept")
    night(desk)
    before = len(forms.of_round(desk.store, ROUND))
    put(desk, unit, CLOSES - HOUR)
    night(desk)
    assert len(forms.of_round(desk.store, ROUND)) == before
    assert stands(desk) == (unit.unit_id, desk.of(unit).meeting)


def test_one_that_was_accepted_and_would_go_back_by_now_is_asked_about(desk: Desk) -> None:
    """The register has changed since: an answered verdict is never withdrawn without a word."""
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    desk.register = register(mail_authserv_name="mx.council.example", weeks_max="4")
    put(desk, unit, CLOSES - HOUR)
    night(desk)
    assert desk.state(unit)[0] is State.HELD
    night(desk)
    assert desk.state(unit)[0] is State.HELD
    desk.answer(unit, "accept")
    night(desk)
    assert desk.state(unit) == (State.ACCEPTED, "")
    assert stands(desk) == (unit.unit_id, ROUND)
    assert desk.kinds(unit) == ["held", "late", "receipt"]


def test_its_texts_are_taken_up_anew_by_the_meeting_that_hears_it(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    with desk.store.transaction():
        redactions.put_many(desk.store, [(unit.unit_id, {"need": "EXAMPLE"})])
    put(desk, unit, CLOSES - HOUR)
    assert redactions.those_kept(desk.store) == frozenset()


def test_all_of_them_or_none(desk: Desk) -> None:
    good, again = come(desk, CLOSES + HOUR), desk.come(GOOD, ONE, content=b"EXAMPLE again")
    night(desk)
    before = dump(desk.store)
    with pytest.raises(NotSetError):
        set_received(
            desk.store, REGISTER, [desk.of(good), replace(desk.of(again), state=State.QUARANTINED)], CLOSES, SAID
        )
    assert dump(desk.store) == before


def test_a_kill_in_between_leaves_all_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    before = dump(desk.store)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(audit, "append_many", killed)
    with pytest.raises(KeyboardInterrupt):
        put(desk, unit, CLOSES - HOUR)
    assert dump(desk.store) == before


def refused(desk: Desk, unit: Unit, at: datetime = CLOSES - HOUR) -> str:
    """Why it cannot be set; nothing is changed by asking."""
    before = dump(desk.store)
    with pytest.raises(NotSetError) as why:
        put(desk, unit, at)
    assert dump(desk.store) == before
    return str(why.value)


def test_once_a_meeting_has_decided_it_stays(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    with desk.store.transaction():
        decisions.record_many(
            desk.store,
            [Decision(LATER, REF, "DEFERRED", 0, "MAIN", 25, 13, None, None, None, SEEN.date(), SEEN)],
        )
    assert refused(desk, unit) == f"CEN-2627-0001 was before {LATER}, which decided: when it came stays as it is."


def test_a_case_of_a_released_pack_whose_meeting_is_over_stays(desk: Desk) -> None:
    unit = come(desk, CLOSES - HOUR)
    night(desk)
    with desk.store.transaction():
        cases.save_many(desk.store, [Case(ROUND, "CEN-2627-0001", "K7", 1, 1)])
        packs.save(desk.store, Pack(ROUND, 1, PackState.RELEASED, "0" * 64, "0" * 64, "p", SEEN, SEEN, SEEN))
    over = replace(SAID, at=OVER)
    with pytest.raises(NotSetError, match="which is over"):
        set_received(desk.store, REGISTER, [desk.of(unit)], CLOSES - 2 * HOUR, over)
    assert put(desk, unit, CLOSES - 2 * HOUR)


def test_a_second_copy_counts_for_nothing_whenever_it_came(desk: Desk) -> None:
    come(desk, CLOSES - HOUR, sender="")
    desk.now = CLOSES + HOUR
    again = desk.come(GOOD, ONE, "somebody@else.example", content=b"EXAMPLE 0")
    night(desk)
    assert desk.state(again) == (State.SET_ASIDE, "same-file-again")
    assert "is set aside (same-file-again) whenever it came: name the submission that counts." in refused(desk, again)


def test_what_is_in_quarantine_is_let_out_first(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    with desk.store.transaction():
        units.save_many(desk.store, [replace(unit, state=State.QUARANTINED)])
    assert "is in quarantine: let it out first" in refused(desk, unit)


def test_nothing_comes_after_it_was_here_or_before_its_form_was_made(desk: Desk) -> None:
    unit = come(desk, CLOSES - HOUR)
    night(desk)
    assert "it cannot have come later, at" in refused(desk, unit, SEEN + timedelta(seconds=1))
    assert "it cannot have come back at" in refused(desk, unit, NIGHT - timedelta(seconds=1))
    assert put(desk, unit, NIGHT)
    assert put(desk, unit, SEEN)


def test_what_was_erased_is_told_at_once(desk: Desk) -> None:
    unit = come(desk, CLOSES + HOUR)
    night(desk)
    erase_form(desk.store, ONE.form_id, SEEN, "EXAMPLE Admin", "time is over")
    with pytest.raises(NotSetError, match="was erased with its form"):
        put(desk, unit, CLOSES - HOUR)


def test_a_submission_is_named_by_its_reference_or_the_beginning_of_its_id(desk: Desk) -> None:
    unit, other = come(desk, CLOSES + HOUR), come(desk, CLOSES + 2 * HOUR)
    night(desk)
    assert meant(desk.store, "cen-2627-0001").unit_id == other.unit_id
    assert meant(desk.store, unit.unit_id[:10].upper()).unit_id == unit.unit_id
    for nothing in ("", "zz", "CEN-2627-0002"):
        with pytest.raises(NotSetError, match="There is no submission"):
            meant(desk.store, nothing)
    with desk.store.transaction():
        units.save_many(desk.store, [replace(unit, unit_id=unit.unit_id[:15] + "g")])
    with pytest.raises(NotSetError, match="2 units begin with"):
        meant(desk.store, unit.unit_id[:15])


MOMENTS = {
    "2026-10-01T16:50": datetime(2026, 10, 1, 15, 50, tzinfo=UTC),
    " 2026-10-01 16:50 ": datetime(2026, 10, 1, 15, 50, tzinfo=UTC),
    "2026-10-01T16:50Z": datetime(2026, 10, 1, 16, 50, tzinfo=UTC),
    "2026-10-01T16:50+02:00": datetime(2026, 10, 1, 14, 50, tzinfo=UTC),
    "2026-10-25T00:59": datetime(2026, 10, 24, 23, 59, tzinfo=UTC),
    "2026-10-25T02:00": datetime(2026, 10, 25, 2, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_by_the_clock_of_the_scheme(text: str) -> None:
    assert moment_told(REGISTER, text, datetime(2026, 11, 1, tzinfo=UTC)) == MOMENTS[text]


NO_MOMENTS = {
    "yesterday": "yesterday is no moment: write it like 2026-10-01T16:50",
    "": " is no moment",
    "2026-10-01": "2026-10-01 has no time of day",
    "2026-10-32T16:50": "is no moment",
    "2026-11-01T00:01": "00:01 on 1 November 2026 has not come yet: say when the form came.",
    "2026-10-25T01:30": "there were two such times. Write 2026-10-25T00:30Z or 2026-10-25T01:30Z.",
    "2026-03-29T01:30": "The clocks went forward over 2026-03-29T01:30: there was no such time.",
    "1026-10-01T16:50": "years ago: look at the year.",
    "0001-01-01T00:00+14:00": "is no moment",
}


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_a_moment_without_meaning_is_told(text: str) -> None:
    with pytest.raises(NotSetError) as why:
        moment_told(REGISTER, text, datetime(2026, 11, 1, tzinfo=UTC))
    assert NO_MOMENTS[text] in str(why.value)
