from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.replies import outbox
from cluster_sheets.replies.outbox import Listed, OutboxError, To
from cluster_sheets.replies.send import Sending
from cluster_sheets.replies.transport.outcome import Never
from cluster_sheets.store import audit, replies
from cluster_sheets.store.replies import OutboxState
from cluster_sheets.verdict.word import Word
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, SCHOOL, Workspace, came, issued, workspace
from tests.replies.post import Post, only, queued, send, write
from tests.store.dump import dump

DAY = timedelta(days=1)
SAID = Word("EXAMPLE Admin", "rang the office", NIGHT + DAY)


def in_state(at: Workspace, state: str) -> replies.Reply:
    queued(at)
    moved = replace(only(at), state=OutboxState(state))
    with at.store.transaction():
        replies.save_many(at.store, [moved])
    return moved


def test_a_message_is_told_of_by_references(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "receipt", about=issued(at.store), application_ref="CEN-2627-0001")
        write(at)
        send(at, Post(lambda _: Never("550 5.1.1")))
        assert outbox.listed(at.store, [only(at)]) == (
            Listed(
                f"{unit.unit_id}-receipt", "receipt", "failed", "not sent: refused, or put off too often",
                ("CEN-2627-0001",), "2026-09-29T01:00Z", "", 1, "550 5.1.1",
            ),
        )  # fmt: skip


def test_a_message_is_found_by_its_name_its_beginning_its_application_or_its_unit(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "receipt", about=issued(at.store), application_ref="CEN-2627-0001")
        came(at, "mend", content=b"other")
        told = only_of(at, unit.unit_id)
        file = f"{told.name}.eml"
        names = (told.name, told.name[:9], file, f"private/outbox/{file}", f".\\{file}", "cen-2627-0001", unit.unit_id)
        for name in (*names, unit.unit_id.upper()):
            assert outbox.found(at.store, name) == told
        with pytest.raises(OutboxError, match="There is no message nothing in the outbox"):
            outbox.found(at.store, "nothing")
        with pytest.raises(OutboxError, match="There is no message  in the outbox"):
            outbox.found(at.store, "")


def only_of(at: Workspace, unit_id: str) -> replies.Reply:
    (about,) = replies.verdicts_of(at.store, [unit_id])
    return replies.get_many(at.store, [about.message_id])[about.message_id]


def test_a_name_that_means_several_lists_them(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for kind in ("held", "receipt"):
            came(at, kind, content=kind.encode(), application_ref="CEN-2627-0001")
        with pytest.raises(OutboxError, match=r"2 messages are meant by CEN-2627-0001. Name one:\n  \w+-") as raised:
            outbox.found(at.store, "CEN-2627-0001")
        assert all(each.name in str(raised.value) for each in replies.everything(at.store))


def test_whom_it_goes_to_is_by_the_register_as_it_is_now(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at)
        assert outbox.to_whom(at.store, REGISTER, only(at), NIGHT) == To(SCHOOL, "senco@abbey-hulton.example")
        nobody = replace(REGISTER, members=(), schools={})
        assert outbox.to_whom(at.store, nobody, only(at), NIGHT) == To("", "")


def test_one_that_failed_is_written_and_sent_once_more_with_who_and_why_in_the_audit(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        (message_id,) = queued(at)
        send(at, Post(lambda _: Never("550 5.1.1")))
        (again,) = outbox.retry(at.store, [only(at)], SAID)
        assert again == only(at)
        assert (again.state, again.attempts, again.answer, again.tried_at) == (OutboxState.DUE, 0, "", None)
        line = audit.everything(at.store)[-1]
        assert (line.at, line.who, line.event, line.text) == (
            NIGHT + DAY, "EXAMPLE Admin", "reply-retry", f"{again.name}: rang the office",
        )  # fmt: skip
        write(at)
        post = Post()
        assert send(at, post, NIGHT + DAY) == Sending(sent=1)
        assert [each for each, _ in post.given] == [message_id]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("due", "needs no retry: it is written by the next run"),
        ("queued", "needs no retry: it waits, and the next run sends it"),
        ("sending", "needs no retry: it waits, and the next run sends it"),
        ("sent", "was sent. If the school has lost it, send it on from the mailbox"),
    ],
)
def test_what_waits_or_was_sent_is_not_tried_again(tmp_path: Path, state: str, why: str) -> None:
    with workspace(tmp_path) as at:
        told = in_state(at, state)
        before = dump(at.store)
        with pytest.raises(OutboxError, match=why):
            outbox.retry(at.store, [told], SAID)
        assert dump(at.store) == before


@pytest.mark.parametrize("state", ["written", "failed", "cancelled", "undeliverable"])
def test_what_nobody_has_may_be_tried_again(tmp_path: Path, state: str) -> None:
    with workspace(tmp_path) as at:
        (again,) = outbox.retry(at.store, [in_state(at, state)], SAID)
        assert again.state is OutboxState.DUE


@pytest.mark.parametrize("state", ["due", "written", "queued", "sending", "failed", "undeliverable"])
def test_one_that_is_cancelled_is_never_sent_and_its_file_is_gone(tmp_path: Path, state: str) -> None:
    with workspace(tmp_path) as at:
        told = in_state(at, state)
        (cancelled,) = outbox.cancel(at.store, at.places, [told], SAID)
        assert cancelled == only(at) == replace(told, state=OutboxState.CANCELLED)
        assert list(at.places.outbox.iterdir()) == []
        assert audit.everything(at.store)[-1].text == f"{told.name}: rang the office"
        write(at)
        post = Post()
        assert send(at, post, NIGHT + DAY) == Sending()
        assert post.given == []


def test_cancelling_again_changes_nothing_but_finishes_what_a_kill_left(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        told = in_state(at, "cancelled")
        before = dump(at.store)
        assert (at.places.private / told.path).exists()
        outbox.cancel(at.store, at.places, [told], SAID)
        assert dump(at.store) == before
        assert not (at.places.private / told.path).exists()


def test_what_was_sent_is_not_called_back_and_then_none_of_them_is(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at, 2)
        first, second = replies.everything(at.store)
        sent = replace(second, state=OutboxState.SENT)
        before = dump(at.store)
        with pytest.raises(OutboxError, match="was sent: it cannot be called back"):
            outbox.cancel(at.store, at.places, [first, sent], SAID)
        assert dump(at.store) == before
        assert len(list(at.places.outbox.iterdir())) == 2
