"""Sending against a way out that says what it is told to; against real mail servers: tests/replies/transport."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Config, Kind, Transport
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.replies.send import Sending, send_due, write_again
from cluster_sheets.replies.transport.outcome import Later, Never, Outcome, Unsure
from cluster_sheets.store import audit, replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.replies import OutboxState
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, Workspace, came, issued, workspace
from tests.replies.post import SENT, Post, limited, only, queued, send, write
from tests.store.dump import dump

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SENCO = REGISTER.reply_addresses("146487", REGISTER.day_of(NIGHT))[0]
DUE, QUEUED, SENDING, OUT, FAILED = (
    OutboxState.DUE, OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT, OutboxState.FAILED,
)  # fmt: skip


def states(at: Workspace) -> Counter[str]:
    return Counter(str(each.state) for each in replies.everything(at.store))


def audited(at: Workspace) -> list[str]:
    return [each.text for each in audit.everything(at.store) if each.event == "reply"]


def test_a_queued_message_goes_to_the_schools_registered_address_and_is_noted(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        (message_id,) = queued(at)
        post = Post()
        assert send(at, post) == Sending(sent=1)
        assert post.given == [(message_id, SENCO)]
        sent = only(at)
        assert (sent.state, sent.attempts, sent.answer, sent.tried_at, sent.sent_at) == (
            OUT, 1, "250 2.0.0", NIGHT, NIGHT,
        )  # fmt: skip
        assert audited(at) == [f"{sent.name}: sent (250 2.0.0)"]


def test_a_second_call_as_of_the_same_moment_changes_nothing(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at, 3)
        register = limited(replies_per_run=1)
        post = Post()
        assert send(at, post, register=register) == Sending(sent=1, over_run=2)
        before = dump(at.store)
        assert send(at, post, register=register) == Sending(over_run=2)
        assert dump(at.store) == before
        assert len(post.given) == 1


def test_rule_12_a_run_sends_so_many_and_the_rest_waits_for_the_next(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        waiting = queued(at, 5)
        post, register = Post(), limited(replies_per_run=2)
        assert send(at, post, register=register) == Sending(sent=2, over_run=3)
        assert states(at) == {"sent": 2, "queued": 3}
        assert send(at, post, NIGHT + DAY, register) == Sending(sent=2, over_run=1)
        assert send(at, post, NIGHT + 2 * DAY, register) == Sending(sent=1)
        assert [message_id for message_id, _ in post.given] == list(waiting)


def test_rule_12_one_address_gets_so_many_a_day_however_often_the_night_runs(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at, 4)
        post, register = Post(), limited(replies_per_sender_a_day=2)
        assert send(at, post, register=register) == Sending(sent=2, over_day=2)
        for run in range(1, 4):
            assert send(at, post, NIGHT + run * MINUTE, register) == Sending(over_day=2)
        assert states(at) == {"sent": 2, "queued": 2}
        assert send(at, post, NIGHT + DAY, register) == Sending(sent=2)


def test_rule_12_the_limit_is_of_the_address_not_of_the_school(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at, 1)
        other = next(urn for urn in REGISTER.schools if urn != "146487")
        came(at, "receipt", content=b"another school's", urn=other)
        write(at)
        assert send(at, Post(), register=limited(replies_per_sender_a_day=1)) == Sending(sent=2)


def test_rule_30_what_is_put_off_is_tried_by_the_next_run_and_given_up_after_so_many(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at)
        post, register = Post(lambda _: Later("451 4.3.0")), limited(reply_attempts_max=3)
        for night in range(2):
            assert send(at, post, NIGHT + night * DAY, register) == Sending(put_off=1)
            assert (only(at).state, only(at).attempts, only(at).answer) == (QUEUED, night + 1, "451 4.3.0")
        assert send(at, post, NIGHT + 2 * DAY, register) == Sending()
        assert (only(at).state, only(at).attempts) == (FAILED, 3)
        assert send(at, post, NIGHT + 3 * DAY, register) == Sending()
        assert len(post.given) == 3
        assert audited(at)[-1] == f"{only(at).name}: given up (451 4.3.0)"


def test_rule_30_what_is_put_off_is_not_tried_again_by_the_same_run(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at)
        post = Post(lambda _: Later("451 4.3.0"))
        send(at, post)
        before = dump(at.store)
        assert send(at, post) == Sending()
        assert dump(at.store) == before


def test_rule_30_what_is_refused_has_failed_at_once(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        refused, other = queued(at, 2)
        post = Post(lambda message_id: Never("550 5.1.1") if message_id == refused else SENT)
        assert send(at, post) == Sending(sent=1)
        found = replies.get_many(at.store, [refused, other])
        assert [(each.state, each.answer) for each in (found[refused], found[other])] == [
            (FAILED, "550 5.1.1"), (OUT, "250 2.0.0"),
        ]  # fmt: skip


def test_a_server_that_closes_gets_no_more_tonight(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at, 3)
        post = Post(lambda _: Later("421 4.7.0", stop=True))
        assert send(at, post) == Sending(put_off=3)
        assert len(post.given) == 1
        assert states(at) == {"queued": 3}


def test_rule_29_a_kill_before_the_handing_over_sends_it_by_the_next_run(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        (message_id,) = queued(at)

        def killed(_: str) -> Outcome:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            send(at, Post(killed))
        assert only(at).state is SENDING
        post = Post(sent_mail=frozenset())
        assert send(at, post) == Sending(sent=1)
        assert post.given == [(message_id, SENCO)]
        assert (only(at).state, only(at).attempts) == (OUT, 1)


def test_rule_29_a_kill_after_the_handing_over_is_found_among_sent_mail_and_not_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspace(tmp_path) as at:
        (message_id,) = queued(at)
        transaction, calls = Store.transaction, 0

        def dies_at_the_second(self: Store) -> object:
            nonlocal calls
            calls += 1
            if calls == 2:
                raise KeyboardInterrupt
            return transaction(self)

        monkeypatch.setattr(Store, "transaction", dies_at_the_second)
        first = Post()
        with pytest.raises(KeyboardInterrupt):
            send(at, first)
        monkeypatch.undo()
        assert (only(at).state, len(first.given)) == (SENDING, 1)
        again = Post(sent_mail=frozenset({message_id}))
        assert send(at, again, NIGHT + DAY) == Sending(sent=1)
        assert again.given == []
        assert (only(at).state, only(at).sent_at) == (OUT, NIGHT + DAY)
        assert audited(at) == [f"{only(at).name}: found among sent mail"]


def test_rule_29_where_nobody_can_tell_it_goes_again_under_the_same_id(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        (message_id,) = queued(at)
        post = Post(lambda _: Unsure())
        assert send(at, post) == Sending(unsure=1)
        assert only(at).state is SENDING
        post.told = lambda _: SENT
        assert send(at, post, NIGHT + DAY) == Sending(sent=1)
        assert post.given == [(message_id, SENCO)] * 2


def test_a_line_that_breaks_every_time_is_given_up(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at)
        post, register = Post(lambda _: Unsure()), limited(reply_attempts_max=2)
        assert send(at, post, register=register) == Sending(unsure=1)
        assert send(at, post, NIGHT + DAY, register) == Sending()
        assert (only(at).state, only(at).answer) == (FAILED, "")


@pytest.mark.parametrize("failed", [UnreachableError("mail.example is down."), ConfigError("MAIL is not set.")])
def test_a_server_that_is_not_reached_leaves_all_as_it_was_and_says_so(tmp_path: Path, failed: Exception) -> None:
    with workspace(tmp_path) as at:
        queued(at, 2)
        before = dump(at.store)

        def away() -> None:
            raise failed

        assert send(at, Post(reached=away)) == Sending(unreachable=str(failed))
        assert dump(at.store) == before


def test_a_server_lost_before_it_had_the_message_leaves_that_as_it_was(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at, 2)

        def lost(_: str) -> Outcome:
            raise UnreachableError("mail.example broke off.")

        assert send(at, Post(lost)) == Sending(unreachable="mail.example broke off.")
        assert {(each.state, each.attempts, each.tried_at) for each in replies.everything(at.store)} == {
            (QUEUED, 0, None)
        }
        assert send(at, Post()) == Sending(sent=2)


def test_a_school_that_has_moved_is_written_to_anew_where_it_is_now(tmp_path: Path) -> None:
    moved = replace(
        REGISTER,
        members=tuple(
            replace(each, email="office@new.example") if each.school_urn == "146487" else each
            for each in REGISTER.members
        ),
    )
    with workspace(tmp_path) as at:
        (message_id,) = queued(at)
        post = Post()
        assert send(at, post, register=moved) == Sending()
        assert (post.given, only(at).state) == ([], DUE)
        write(at, moved)
        assert send(at, post, register=moved) == Sending(sent=1)
        assert post.given == [(message_id, "office@new.example")]


def test_a_queued_message_whose_file_is_gone_or_whose_school_has_moved_is_due_again(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        gone, stays = queued(at, 2)
        (at.places.private / replies.get_many(at.store, [gone])[gone].path).unlink()
        write_again(at.store, at.places, REGISTER, NIGHT)
        found = replies.get_many(at.store, [gone, stays])
        assert (found[gone].state, found[stays].state) == (DUE, QUEUED)
        write(at)
        assert send(at, Post()) == Sending(sent=2)


def test_without_a_mail_server_what_was_queued_is_left_for_a_person(tmp_path: Path) -> None:
    folder = Config(Transport(Kind.FOLDER, Access(tmp_path)))
    with workspace(tmp_path) as at:
        queued(at, 2)
        assert send_due(at.store, at.places, folder, REGISTER, NIGHT) == Sending()
        assert states(at) == {"written": 2}


def test_what_was_written_for_a_person_is_never_sent_by_the_program(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "receipt", about=issued(at.store))
        at.write()
        post = Post()
        assert send(at, post) == Sending()
        assert (post.given, only(at).state) == ([], OutboxState.WRITTEN)


def test_neither_database_says_in_the_open_to_whom_it_was_sent(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        queued(at)
        send(at, Post())
        for path in (at.places.root / "cluster.db", at.places.private / "identities.db"):
            assert SENCO.encode() not in path.read_bytes()
