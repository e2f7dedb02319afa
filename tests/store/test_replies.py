from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.store import replies
from cluster_sheets.store.replies import OutboxState, Reply
from tests.store.made import NIGHT, keep, made


def test_a_reply_is_kept_once_and_moves_on(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        unit = keep(store)
        one = Reply("<1@example>", unit.unit_id, "receipt", 1, 1, OutboxState.DUE, "outbox/1.eml")
        other = replace(one, message_id="<2@example>", ordinal=2)
        assert replies.add_many(store, [other, one]) == 2
        assert replies.add_many(store, [replace(one, path="elsewhere")]) == 0
        assert replies.in_state(store, OutboxState.DUE) == (one, other)
        replies.move_many(store, [one.message_id], OutboxState.WRITTEN)
        written = replace(one, state=OutboxState.WRITTEN)
        assert replies.of_units(store, [unit.unit_id, "none"]) == {unit.unit_id: (written, other)}
        assert replies.in_state(store, OutboxState.WRITTEN) == (written,)
        assert replies.known(store, ["<1@example>", "<3@example>"]) == {"<1@example>"}


def test_replies_are_counted_by_kind_and_how_far_they_came_of_all_or_of_one_night(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        now = keep(store, judged_at=NIGHT)
        before = keep(store, b"before", judged_at=NIGHT - timedelta(days=1))
        states = ((now, "receipt", "due"), (now, "mend", "written"), (before, "mend", "written"))
        replies.add_many(
            store,
            [
                Reply(f"<{number}@example>", unit.unit_id, kind, 1, 1, OutboxState(state), "x.eml")
                for number, (unit, kind, state) in enumerate(states)
            ],
        )
        assert replies.counted(store) == {"mend": {"written": 2}, "receipt": {"due": 1}}
        assert replies.counted(store, NIGHT) == {"mend": {"written": 1}, "receipt": {"due": 1}}
