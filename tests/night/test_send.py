"""Nights that hand their answers to a mail server, and what comes back from there (mail.md 9 to 13, 29, 30)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from cluster_sheets.demo import deliver
from cluster_sheets.night import run
from cluster_sheets.night.workspace import rehearsed
from cluster_sheets.register.make import made
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.report.summary import text
from cluster_sheets.store import answers, applications, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState, Reply
from cluster_sheets.store.units import State
from tests.night.made import full, state
from tests.servers.ca import HOST
from tests.servers.sink import Cut, Sink, Taken
from tests.store.asked import every_unit

BOX, WORD, DAY = "cluster.central@council.example", "EXAMPLE-word", timedelta(days=1)
CONFIG = """[send]
kind = "smtp"
host = "{host}"
port = {port}
user = "{user}"
secret = "file:secret.txt"
ca_file = "{ca}"
"""


@pytest.fixture
def ready(sink: Sink, tmp_path: Path) -> tuple[Places, datetime]:
    """A workspace with mail in its inbox and a mail server to answer by, before its first night."""
    places, at = full(tmp_path / "central")
    sink.passwords[BOX] = WORD
    secret = places.root / "secret.txt"
    secret.write_text(WORD)
    secret.chmod(0o600)
    places.config.write_text(CONFIG.format(host=HOST, port=sink.starttls, user=BOX, ca=sink.authority.file))
    return places, at


def every(places: Places) -> tuple[Reply, ...]:
    with Store.open(places.root) as store:
        return replies.everything(store)


def states(places: Places) -> Counter[str]:
    return Counter(str(each.state) for each in every(places))


def sent_ids(sink: Sink) -> list[str]:
    return sorted(each.message_id for each in sink.taken)


def parsed(taken: Taken) -> EmailMessage:
    message = message_from_bytes(taken.raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def returned(taken: Taken, number: int = 1, action: str = "failed") -> bytes:
    """The delivery report that a mail server sends about a message of ours."""
    head = taken.raw.partition(b"\r\n\r\n")[0].decode()
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.school.example\r\nTo: {BOX}\r\n"
        f"Message-ID: <{number}@mx.school.example>\r\nAuto-Submitted: auto-replied\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nEXAMPLE: it could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.school.example\r\n\r\n"
        f"Final-Recipient: rfc822; {taken.to[0]}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n--b--\r\n"
    ).encode()


def away(taken: Taken, number: int = 1) -> bytes:
    """A school's absence note in answer to a message of ours, with all of that attached."""
    message = EmailMessage()
    message["From"], message["To"] = taken.to[0], BOX
    message["Subject"], message["Message-ID"] = "Automatic reply", f"<away.{number}@school.example>"
    message["Auto-Submitted"], message["In-Reply-To"] = "auto-replied", taken.message_id
    message.set_content("EXAMPLE: back on Monday.")
    for part in parsed(taken).iter_attachments():
        kind, _, more = part.get_content_type().partition("/")
        message.add_attachment(part.get_content(), maintype=kind, subtype=more, filename=part.get_filename())
    return message.as_bytes()


def needs(told: Run) -> Iterator[str]:
    return (f"{each.where}: {each.what}" for each in told.needs)


def test_every_answer_of_a_night_is_sent_once_and_the_night_again_changes_nothing(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    told = run(places.root, at)
    assert sent_ids(sink) == sorted(each.message_id for each in every(places))
    assert states(places) == {"sent": len(sink.taken)}
    assert f"{len(sink.taken)} messages tonight sent: " in text(told)
    before = state(places)
    run(places.root, at)
    assert state(places) == before
    assert len(sink.logins) == 1


def test_rule_11_each_says_that_a_program_wrote_it_and_what_it_answers(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    run(places.root, at)
    for taken in sink.taken:
        message = parsed(taken)
        assert [message[name] for name in ("Auto-Submitted", "Precedence", "X-Auto-Response-Suppress")] == [
            "auto-replied", "bulk", "All",
        ]  # fmt: skip
        assert taken.sender == ""
        assert message["In-Reply-To"] == message["References"]
    theirs = [parsed(each)["In-Reply-To"] for each in sink.taken]
    # What was dropped in the folder without a mail has no message to refer to.
    assert {bool(each) for each in theirs} == {True, False}
    assert all(each is None or each.endswith(".example>") for each in theirs)


def test_rule_28_no_answer_holds_a_word_that_was_typed_but_in_the_copy_that_goes_back(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    run(places.root, at)
    with Store.open(places.root) as store:
        titles = answers.titles(store, [each.unit_id for each in every_unit(store)])
    assert titles
    for taken in sink.taken:
        message = parsed(taken)
        said = str(taken.raw.partition(b"\r\n\r\n")[0])
        for kind in ("plain", "html"):
            body = message.get_body((kind,))
            assert body is not None
            said += str(body.get_content())
        assert not [title for title in titles.values() if title in said]


def test_rule_12_what_is_over_the_limits_waits_and_is_told(ready: tuple[Places, datetime], sink: Sink) -> None:
    places, at = ready

    places.register.write_bytes(made({"mail_authserv_name": deliver.EXCHANGER, "replies_per_run": "3"}))
    told = run(places.root, at)
    waiting = len(every(places)) - 3
    assert (len(sink.taken), states(places)) == (3, {"sent": 3, "queued": waiting})
    assert f"private/outbox: {waiting} messages wait: a run sends no more (replies_per_run)." in needs(told)
    assert f"{waiting} messages tonight waiting to be sent: " in text(told)
    run(places.root, at + DAY)
    assert len(sink.taken) == 6


def test_rule_30_what_is_put_off_is_sent_by_the_next_night_and_what_is_refused_is_told(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    said = {"receipt": "451 4.3.0 try again", "mend": "550 5.7.1 no"}
    sink.to_mail = lambda taken: next(
        (answer for kind, answer in said.items() if taken.message_id.startswith(f"<{kind}.")), "250 2.0.0 taken"
    )
    told = run(places.root, at)
    counts = Counter((each.kind, str(each.state)) for each in every(places))
    put_off, refused = counts["receipt", "queued"], counts["mend", "failed"]
    assert put_off > 0 < refused
    assert f"private/outbox: {put_off} messages wait: the mail server put it off." in needs(told)
    assert sum("was refused by the mail server (550 5.7.1)" in each for each in needs(told)) == refused
    assert told.exit_code == Exit.NEEDED
    said.clear()
    run(places.root, at + DAY)
    assert Counter((each.kind, str(each.state)) for each in every(places))["receipt", "sent"] == put_off


@pytest.mark.parametrize("cut", list(Cut))
def test_rule_29_a_line_that_breaks_is_healed_by_the_next_night(
    ready: tuple[Places, datetime], sink: Sink, cut: Cut
) -> None:
    places, at = ready
    cuts = [cut]

    def once(taken: Taken) -> str | Cut:
        # The server asks before the message has come, and after.
        if cuts and bool(taken.raw) is (cut is Cut.AFTER_MAIL):
            return cuts.pop()
        return "250 2.0.0 taken"

    sink.to_mail = once
    told = run(places.root, at)
    assert states(places)["sending"] == 1
    assert any("the line broke, and nobody knows" in each for each in needs(told))
    run(places.root, at + DAY)
    assert states(places) == {"sent": len(every(places))}
    # SMTP has no "exactly once": what the server had taken before the line broke has come twice, under one id.
    twice = [message_id for message_id, times in Counter(sent_ids(sink)).items() if times == 2]
    assert len(twice) == (1 if cut is Cut.AFTER_MAIL else 0)
    assert len(set(sent_ids(sink))) == len(every(places))


def test_a_mail_server_that_is_away_stops_nothing_else_and_ends_the_night_with_5(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    good = places.config.read_text()
    places.config.write_text(good.replace(f"port = {sink.starttls}", "port = 1"))
    told = run(places.root, at)
    assert told.exit_code == Exit.UNREACHABLE
    assert any("Nothing answers at localhost:1" in each for each in needs(told))
    assert (sink.taken, set(states(places))) == ([], {"queued"})
    assert list((places.root / "panel").glob("*/panel-*.xlsx"))
    places.config.write_text(good)
    told = run(places.root, at)
    assert told.exit_code == Exit.NEEDED
    assert states(places) == {"sent": len(sink.taken)}


def test_a_dry_run_sends_nothing(ready: tuple[Places, datetime], sink: Sink) -> None:
    places, at = ready
    with rehearsed(places, wanted=True) as stage:
        run(stage.root, at)
    assert (sink.taken, sink.logins, every(places)) == ([], [], ())


def test_rule_13_a_message_that_comes_back_is_told_with_its_reference_and_makes_no_application(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    run(places.root, at)
    lost = next(each for each in sink.taken if each.message_id.startswith("<receipt."))
    with Store.open(places.root) as store:
        before = len(applications.everything(store))
    (places.inbox / "returned.eml").write_bytes(returned(lost))
    (places.inbox / "late.eml").write_bytes(returned(sink.taken[-1], 2, "delayed"))
    count = len(sink.taken)
    told = run(places.root, at + DAY)
    (row,) = (each for each in every(places) if each.message_id == lost.message_id)
    with Store.open(places.root) as store:
        about = replies.told_of(store, [row.message_id])[row.message_id]
        reference = units.get_many(store, [about[0].unit_id])[about[0].unit_id].application_ref
        reports = [each for each in every_unit(store) if each.first_seen_night == at + DAY]
        assert len(applications.everything(store)) == before
    assert row.state is OutboxState.UNDELIVERABLE
    assert {(each.state, each.reason) for each in reports} == {
        (State.SET_ASIDE, "reply-returned"), (State.SET_ASIDE, "delivery-note"),
    }  # fmt: skip
    assert row.returned_in in [each.unit_id for each in reports]
    lines = [each for each in needs(told) if "undeliverable" in each]
    assert lines == [f"{reference}: A receipt is undeliverable: it came back, and the school does not have it."]
    assert "1 message in all undeliverable: they came back: 1 receipt" in " ".join(text(told).split())
    assert len(sink.taken) == count


def test_rule_09_and_10_absence_notes_and_our_own_mail_are_set_aside_and_not_answered(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    run(places.root, at)
    count = len(sink.taken)
    with_copy = next(each for each in sink.taken if each.message_id.startswith("<mend."))
    (places.inbox / "away.eml").write_bytes(away(with_copy))
    (places.inbox / "own.eml").write_bytes(b"Received: by mx.council.example\r\n" + with_copy.raw)
    own = with_copy.raw.replace(with_copy.message_id.encode(), b"<changed@gateway.example>")
    (places.inbox / "changed.eml").write_bytes(own)
    run(places.root, at + DAY)
    with Store.open(places.root) as store:
        came = [each for each in every_unit(store) if each.first_seen_night == at + DAY]
    assert sorted((str(each.state), each.reason) for each in came) == [
        ("set-aside", "auto-reply"), ("set-aside", "own-mail"), ("set-aside", "own-mail"),
    ]  # fmt: skip
    assert len(sink.taken) == count


def test_rule_12_an_answering_machine_and_a_dead_address_talk_to_it_for_ten_nights_and_get_nothing(
    ready: tuple[Places, datetime], sink: Sink
) -> None:
    places, at = ready
    run(places.root, at)
    count = len(sink.taken)
    first, second = sink.taken[:2]
    told: list[Run] = []
    for night in range(1, 11):
        (places.inbox / "away.eml").write_bytes(away(first, night))
        (places.inbox / "returned.eml").write_bytes(returned(second, night))
        told.append(run(places.root, at + night * DAY))
    assert len(sink.taken) == count
    assert [sum("undeliverable" in each for each in needs(night)) for night in told] == [1] * 10
