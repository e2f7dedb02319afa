import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.store import replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.nights import Span
from cluster_sheets.store.replies import About, OutboxState, Reply
from cluster_sheets.store.units import Unit
from tests.store.made import NIGHT, keep, made

HOUR = timedelta(hours=1)


def reply_of(store: Store, unit: Unit, kind: str = "receipt", **given: object) -> tuple[Reply, About]:
    about = About(unit.unit_id, kind, 1, 1, f"<{kind}.{unit.unit_id}@example>")
    thread = replies.thread_of(store, unit.mail_sha256, "999001")
    told = Reply(about.message_id, thread, kind, OutboxState.DUE, f"outbox/{kind}-{unit.unit_id}.eml", NIGHT)
    return replace(told, **given), about  # type: ignore[arg-type]


def test_a_reply_is_kept_with_what_it_tells_and_moves_on(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        one, about = reply_of(store, unit)
        other, told = reply_of(store, unit, "mend", judged_at=NIGHT + HOUR)
        replies.save_many(store, [other, one], [told, about])
        assert replies.in_state(store, OutboxState.DUE) == replies.everything(store) == (one, other)
        assert one.name == f"receipt-{unit.unit_id}"
        replies.move_many(store, [one.message_id], OutboxState.WRITTEN)
        written = replace(one, state=OutboxState.WRITTEN)
        assert replies.get_many(store, [one.message_id, "none"]) == {one.message_id: written}
        assert replies.in_state(store, OutboxState.WRITTEN, OutboxState.SENT) == (written,)
        assert replies.told_of(store, [one.message_id, "none"]) == {one.message_id: (about,)}
        assert replies.verdicts_of(store, [unit.unit_id, "none"]) == (told, about)
        assert [replies.any_in(store, state) for state in (OutboxState.WRITTEN, OutboxState.SENT)] == [True, False]


def test_all_of_a_row_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        one, about = reply_of(
            store, unit, state=OutboxState.UNDELIVERABLE, attempts=3, answer="550 5.1.1", tried_at=NIGHT,
            sent_at=NIGHT, returned_in=unit.unit_id,
        )  # fmt: skip
        replies.save_many(store, [one], [about])
        assert replies.everything(store) == (one,)


def test_no_verdict_is_told_in_two_messages(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        one, about = reply_of(store, keep(store))
        replies.save_many(store, [one], [about])
        other = replace(one, message_id="<other@example>")
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE constraint"):
            replies.save_many(store, [other], [replace(about, message_id=other.message_id)])


def test_a_thread_is_found_while_its_message_is_not_written(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        one, about = reply_of(store, keep(store))
        replies.save_many(store, [one], [about])
        assert replies.due_in(store, [one.thread, "none"]) == {one.thread: (one,)}
        replies.move_many(store, [one.message_id], OutboxState.QUEUED)
        assert replies.due_in(store, [one.thread]) == {}


def test_a_thread_is_of_one_mail_and_one_school(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        told = {replies.thread_of(store, mail, urn) for mail in ("a", "b") for urn in ("1", "2")}
        assert len(told) == 4


def test_replies_are_counted_by_kind_and_how_far_they_came_of_all_or_of_one_night(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        now, before = keep(store), keep(store, b"before")
        rows = (
            reply_of(store, now),
            reply_of(store, now, "mend", state=OutboxState.WRITTEN),
            reply_of(store, before, "mend", state=OutboxState.WRITTEN, judged_at=NIGHT - timedelta(days=1)),
        )
        replies.save_many(store, [row for row, _ in rows], [about for _, about in rows])
        assert replies.counted(store) == {"mend": {"written": 2}, "receipt": {"due": 1}}
        assert replies.counted(store, Span(NIGHT - HOUR, NIGHT)) == {"mend": {"written": 1}, "receipt": {"due": 1}}


def test_what_was_sent_to_an_address_is_counted_without_the_address(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        one, about = reply_of(store, keep(store), state=OutboxState.SENT, sent_at=NIGHT)
        replies.save_many(store, [one], [about])
        replies.note_address(store, one.message_id, "Senco@own.example")
        mark = replies.address_mark(store, "senco@own.example")
        assert replies.sent_since(store, NIGHT) == ((mark, NIGHT),)
        assert replies.sent_since(store, NIGHT + HOUR) == ()
        assert "own.example" not in mark
        replies.note_address(store, one.message_id, "head@own.example")
        assert replies.sent_since(store, NIGHT) == ((replies.address_mark(store, "head@own.example"), NIGHT),)


@pytest.mark.parametrize(
    ("state", "comes_back"),
    [("written", True), ("sending", True), ("sent", True), ("due", False), ("queued", False), ("cancelled", False)],
)
def test_only_what_somebody_may_have_had_comes_back(tmp_path: Path, state: str, comes_back: bool) -> None:
    with made(tmp_path) as store, store.transaction():
        unit, report = keep(store), keep(store, b"report")
        one, about = reply_of(store, unit, state=OutboxState(state))
        replies.save_many(store, [one], [about])
        assert replies.returned(store, [(one.message_id, report.unit_id), ("<none@x>", report.unit_id)]) == comes_back
        (now,) = replies.everything(store)
        after = ("undeliverable", report.unit_id) if comes_back else (state, None)
        assert (now.state, now.returned_in) == after
