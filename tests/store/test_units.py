from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.store import mails, marks, units
from cluster_sheets.store.nights import Span
from cluster_sheets.store.units import ReplyState, State
from tests.store.asked import every_unit
from tests.store.made import NIGHT, keep, made, unit_of

FULL = replace(
    unit_of(b"full"),
    state=State.ACCEPTED,
    reason="late",
    attempts=1,
    form_ref="ab" * 8,
    application_ref="CEN-2627-0001",
    version=2,
    round="2026-A2",
    meeting="2026-A2-CENTRAL",
    judged_at=NIGHT,
    judged_under="e" * 64,
    frozen=True,
    returns=1,
    queries=2,
    notes=3,
    reply=ReplyState.DUE,
)


def test_a_unit_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        keep(store, b"full")
        units.save_many(store, [FULL])
        assert units.get_many(store, [FULL.unit_id, "none"]) == {FULL.unit_id: FULL}
        assert every_unit(store) == (FULL,)


def test_that_its_reply_is_written_is_all_that_changes_of_a_unit(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        keep(store, b"full")
        units.save_many(store, [FULL])
        other = keep(store, b"other")
        units.note_written(store, {FULL.unit_id, "none"})
        told = replace(FULL, reply=ReplyState.WRITTEN)
        assert units.get_many(store, [FULL.unit_id, other.unit_id]) == {FULL.unit_id: told, other.unit_id: other}


def test_a_known_unit_is_not_added_again(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        assert units.add_many(store, [replace(unit, reason="other"), unit]) == 0
        assert every_unit(store) == (unit,)


@given(st.permutations(range(6)))
def test_what_waits_comes_in_the_same_order_whatever_order_it_was_kept_in(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    contents = [bytes([number]) for number in range(6)]
    with made(tmp_path_factory.mktemp("central")) as store, store.transaction():
        kept = {number: unit_of(contents[number]) for number in order}
        kept = {
            number: replace(unit, received_at=NIGHT - timedelta(hours=number % 3), ordinal=number // 3)
            for number, unit in kept.items()
        }
        mails.add_many(store, [mails.Mail(unit.mail_sha256, "file", NIGHT, NIGHT) for unit in kept.values()])
        units.add_many(store, kept.values())
        expected = sorted(kept.values(), key=lambda unit: (unit.received_at, unit.ordinal, unit.file_sha256))
        assert sorted(kept.values(), key=lambda unit: unit.place) == expected
        assert units.pending(store) == tuple(expected)
        assert units.pending(store, 2) == tuple(expected[:2])


def test_units_are_found_by_their_state_their_form_and_their_bytes(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        waiting, held, accepted = keep(store, b"1"), keep(store, b"2"), keep(store, b"3")
        later = NIGHT + timedelta(hours=1)
        held = replace(held, state=State.HELD, form_ref="f1", received_at=later, reply=ReplyState.DUE)
        accepted = replace(accepted, state=State.ACCEPTED, form_ref="f1", supersedes=held.unit_id)
        units.save_many(store, [held, accepted])
        assert (units.pending(store), units.held(store)) == ((waiting,), (held,))
        assert units.of_forms(store, ["f1", "f2"]) == {"f1": (accepted, held)}
        assert units.first_of_forms(store, ["f1", "f2"]) == {"f1": accepted.received_at}
        assert units.verdicts_of_files(store, [held.file_sha256, "none"]) == {held.file_sha256: {(State.HELD, "")}}
        nothing = dict.fromkeys(State, 0)
        expected = nothing | {State.PENDING: 1, State.HELD: 1, State.ACCEPTED: 1}
        assert (
            units.counts(store),
            units.counts(store, Span(None, NIGHT)),
            units.counts(store, Span(NIGHT, later)),
        ) == (
            expected,
            expected,
            nothing,
        )
        units.save_many(store, [replace(waiting, state=State.SET_ASIDE)])
        assert units.pending(store) == ()


def test_all_verdicts_on_some_bytes_are_told(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        again = replace(unit, unit_id="0" * 16, ordinal=1, state=State.SET_ASIDE, reason="same-file-again")
        units.add_many(store, [again, replace(again, unit_id="1" * 16, ordinal=2)])
        told = units.verdicts_of_files(store, [unit.file_sha256])
        assert told == {unit.file_sha256: {(State.PENDING, ""), (State.SET_ASIDE, "same-file-again")}}


def test_what_was_superseded_is_told_as_gone_back_where_it_had_gone_back(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        back, good = (keep(store, each, state=State.SET_ASIDE, reason="superseded") for each in (b"back", b"good"))
        marks.replace_many(store, marks.SENT_BACK, [(back.unit_id, (back.file_sha256,)), (good.unit_id, ())])
        assert units.verdicts_of_files(store, [back.file_sha256, good.file_sha256]) == {
            back.file_sha256: {(State.RETURNED, "superseded")},
            good.file_sha256: {(State.SET_ASIDE, "superseded")},
        }


def test_what_came_tonight_and_nobody_is_told_of_is_what_goes_back_or_was_set_apart(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        back = keep(store, b"back", state=State.RETURNED)
        apart = keep(store, b"apart", state=State.QUARANTINED)
        keep(store, b"told", state=State.RETURNED, reply=ReplyState.DUE)
        good = keep(store, b"accepted", state=State.ACCEPTED)
        keep(store, b"answered", state=State.ACCEPTED, reply=ReplyState.WRITTEN)
        keep(store, b"bounce", state=State.QUARANTINED, reason="bounce")
        found = {each.unit_id for each in units.untold_of_night(store, Span(None, NIGHT))}
        assert found == {back.unit_id, apart.unit_id}
        day = timedelta(days=1)
        assert units.untold_of_night(store, Span(None, NIGHT - day)) == ()
        assert units.untold_of_night(store, Span(NIGHT, NIGHT + day)) == ()
        assert {each.unit_id for each in units.untold_of_night(store, Span(NIGHT - day, NIGHT + day))} == found
        assert [each.unit_id for each in units.unanswered_of_night(store, Span(None, NIGHT))] == [good.unit_id]
        assert units.unanswered_of_night(store, Span(None, NIGHT - day)) == ()


def test_letters_are_what_has_no_form_and_what_is_marked_as_one(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        none = keep(store, b"none", state=State.SET_ASIDE, reason=units.NO_FORM)
        beside, quiet, other = (keep(store, each, state=State.RETURNED) for each in (b"beside", b"quiet", b"other"))
        marks.replace_many(store, marks.LETTER, [(beside.unit_id, [""])])
        marks.replace_many(store, marks.QUIET_LETTER, [(quiet.unit_id, [""])])
        assert {each.unit_id for each in units.letters(store)} == {none.unit_id, beside.unit_id, quiet.unit_id}
        assert [each.unit_id for each in units.marked(store, marks.LETTER, Span(None, NIGHT))] == [beside.unit_id]
        assert units.marked(store, marks.LETTER, Span(None, NIGHT - timedelta(days=1))) == ()
        assert other.unit_id not in {each.unit_id for each in units.letters(store)}
