"""Against a real SMTP server on loopback."""

import smtplib
import socket
from pathlib import Path

import pytest

from cluster_sheets.connect.config import IMPLICIT
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.replies.transport.outcome import Later, Never, Outcome, Sent, Unsure
from cluster_sheets.replies.transport.smtp import Smtp
from tests.replies.transport.desk import BOX, MESSAGE_ID, TO, by_token, message, smtp
from tests.servers.sink import Cut, Sink, Taken
from tests.servers.token import Tokens

TAKEN = Sent("250 2.0.0")


def handed(out: Smtp, to: str = TO, raw: bytes | None = None) -> Outcome:
    out.reach()
    return out.send(raw or message(to=to), BOX, to)


def test_a_message_arrives_byte_for_byte_with_no_envelope_sender(sink: Sink, tmp_path: Path) -> None:
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out) == TAKEN
    (taken,) = sink.taken
    assert (taken.sender, taken.to, taken.raw, taken.user) == ("", (TO,), message(), BOX)


def test_over_tls_from_the_first_byte_as_well(sink: Sink, tmp_path: Path) -> None:
    with Smtp(smtp(sink, tmp_path, tls=IMPLICIT)) as out:
        assert handed(out) == TAKEN
    assert [each.raw for each in sink.taken] == [message()]


def test_by_xoauth2_with_a_token_of_the_sign_in_service(sink: Sink, tokens: Tokens, tmp_path: Path) -> None:
    with Smtp(by_token(sink, tokens, tmp_path)) as out:
        assert handed(out) == TAKEN
    assert (sink.logins, sink.taken[0].user) == ([(BOX, True)], BOX)


def test_where_messages_are_to_come_back_the_mailbox_stands_on_the_envelope(sink: Sink, tmp_path: Path) -> None:
    with Smtp(smtp(sink, tmp_path, null_sender=False)) as out:
        assert handed(out) == TAKEN
    assert sink.taken[0].sender == BOX


def test_a_server_that_wants_a_sender_gets_one_and_is_not_asked_again(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    mail = smtplib.SMTP.mail

    def no_null(self: smtplib.SMTP, sender: str, options: tuple[str, ...] = ()) -> tuple[int, bytes]:
        asked.append(sender)
        return mail(self, sender, options) if sender else (550, b"5.7.1 EXAMPLE no null sender")

    monkeypatch.setattr(smtplib.SMTP, "mail", no_null)
    with Smtp(smtp(sink, tmp_path)) as out:
        assert [handed(out), handed(out)] == [TAKEN, TAKEN]
    assert asked == ["", BOX, BOX]
    assert [each.sender for each in sink.taken] == [BOX, BOX]


REFUSED = "554 5.7.1 <>: Sender address rejected: EXAMPLE"


def test_a_server_that_refuses_a_null_sender_once_a_recipient_is_named_gets_the_mailbox(
    sink: Sink, tmp_path: Path
) -> None:
    sink.to_null_sender = REFUSED
    with Smtp(smtp(sink, tmp_path)) as out:
        assert [handed(out), handed(out)] == [TAKEN, TAKEN]
    assert [each.sender for each in sink.taken] == [BOX, BOX]


def test_a_server_that_refuses_a_null_sender_once_it_has_the_message_gets_it_from_the_mailbox_and_once(
    sink: Sink, tmp_path: Path
) -> None:
    offered: list[str] = []

    def said(mail: Taken) -> str:
        offered.extend([mail.sender] if mail.raw else [])
        return "250 2.0.0 EXAMPLE taken" if mail.sender else "550 5.7.1 EXAMPLE null sender"

    sink.to_mail = said
    with Smtp(smtp(sink, tmp_path)) as out:
        assert [handed(out), handed(out)] == [TAKEN, TAKEN]
    assert offered == ["", BOX, BOX]
    assert [each.sender for each in sink.taken] == [BOX, BOX]


def test_an_address_that_is_refused_whoever_writes_is_the_recipient_s_fault_and_the_next_message_still_has_no_sender(
    sink: Sink, tmp_path: Path
) -> None:
    sink.to_recipient = lambda address: "550 5.1.1 EXAMPLE unknown" if address.startswith("gone@") else ""
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out, "gone@own.test") == Never("550 5.1.1")
        assert handed(out) == TAKEN
    assert [each.sender for each in sink.taken] == [""]


def test_where_only_a_null_sender_may_write_one_address_that_is_refused_stops_nothing(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = smtplib.SMTP.mail

    def only_null(self: smtplib.SMTP, sender: str, options: tuple[str, ...] = ()) -> tuple[int, bytes]:
        return mail(self, sender, options) if not sender else (553, b"5.7.1 EXAMPLE not yours")

    monkeypatch.setattr(smtplib.SMTP, "mail", only_null)
    sink.to_recipient = lambda address: "550 5.1.1 EXAMPLE unknown" if address.startswith("gone@") else ""
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out, "gone@own.test") == Never("550 5.1.1")
        assert handed(out) == TAKEN


def test_a_message_that_breaks_off_when_it_is_offered_with_the_mailbox_is_not_known_for_sent(
    sink: Sink, tmp_path: Path
) -> None:
    sink.to_null_sender = REFUSED
    sink.to_mail = lambda _: Cut.AFTER_MAIL
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out) == Unsure()
    assert len(sink.taken) == 1


def test_all_of_a_run_goes_over_one_line(sink: Sink, tmp_path: Path) -> None:
    with Smtp(smtp(sink, tmp_path)) as out:
        assert [handed(out) for _ in range(5)] == [TAKEN] * 5
    assert (len(sink.taken), sink.logins) == (5, [(BOX, True)])


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("451 4.3.0 try again later", Later("451 4.3.0")),
        ("550 5.7.1 EXAMPLE refused", Never("550 5.7.1")),
        ("554 no", Never("554")),
    ],
)
def test_what_the_server_says_to_a_message_is_what_becomes_of_it(
    sink: Sink, tmp_path: Path, said: str, becomes: Outcome
) -> None:
    sink.to_mail = lambda taken: said if taken.message_id == MESSAGE_ID else "250 2.0.0 EXAMPLE taken"
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out) == becomes
        assert handed(out, raw=message("<other@example>")) == TAKEN


@pytest.mark.parametrize(
    ("said", "becomes"), [("550 5.1.1 no such mailbox", Never("550 5.1.1")), ("450 4.2.1 busy", Later("450 4.2.1"))]
)
def test_what_the_server_says_to_an_address_is_what_becomes_of_the_message(
    sink: Sink, tmp_path: Path, said: str, becomes: Outcome
) -> None:
    sink.to_recipient = lambda address: said if address.startswith("gone@") else ""
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out, "gone@own.test") == becomes
        assert handed(out) == TAKEN
    assert [each.to for each in sink.taken] == [(TO,)]


NO_ANSWERS = [(-1, b"EXAMPLE could not be accepted"), (-1, b""), (354, b"EXAMPLE"), (199, b""), (699, b"")]


@pytest.mark.parametrize("said", NO_ANSWERS)
def test_what_is_no_answer_to_a_message_leaves_it_open_whether_the_server_has_it(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: tuple[int, bytes]
) -> None:
    with Smtp(smtp(sink, tmp_path)) as out:
        with monkeypatch.context() as patched:
            patched.setattr(smtplib.SMTP, "data", lambda *_: said)
            assert handed(out) == Unsure()
        assert handed(out) == TAKEN
    assert len(sink.logins) == 2


@pytest.mark.parametrize("said", [*NO_ANSWERS[:2], (250, b"EXAMPLE")])
def test_a_server_that_does_not_ask_for_a_message_does_not_have_it(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: tuple[int, bytes]
) -> None:
    def not_asked(*_: object) -> None:
        raise smtplib.SMTPDataError(*said)

    monkeypatch.setattr(smtplib.SMTP, "data", not_asked)
    with Smtp(smtp(sink, tmp_path)) as out, pytest.raises(UnreachableError, match="before it had a message"):
        handed(out)


@pytest.mark.parametrize("said", NO_ANSWERS)
@pytest.mark.parametrize("to", ["mail", "rcpt"])
def test_what_is_no_answer_before_a_message_ends_the_sending(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, said: tuple[int, bytes]
) -> None:
    with Smtp(smtp(sink, tmp_path)) as out:
        with monkeypatch.context() as patched:
            patched.setattr(smtplib.SMTP, to, lambda *_: said)
            with pytest.raises(UnreachableError, match="before it had a message"):
                handed(out)
        assert handed(out) == TAKEN


def test_a_line_on_which_no_answer_comes_is_made_anew(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Smtp(smtp(sink, tmp_path)) as out:
        out.reach()
        monkeypatch.setattr(smtplib.SMTP, "rset", lambda _: (-1, b"EXAMPLE"))
        out.reach()
    assert len(sink.logins) == 2


def test_a_server_that_closes_before_it_knows_of_a_message_is_away(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtplib.SMTP, "mail", lambda *_: (421, b"4.3.2 EXAMPLE closing"))
    with Smtp(smtp(sink, tmp_path)) as out, pytest.raises(UnreachableError, match=r"busy .* \(code 421 4\.3\.2\)"):
        handed(out)
    assert out._client is None


def test_a_server_that_closes_takes_no_more_tonight(sink: Sink, tmp_path: Path) -> None:
    sink.to_recipient = lambda _: "421 4.7.0 EXAMPLE closing"
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out) == Later("421 4.7.0", stop=True)


@pytest.mark.parametrize(("cut", "taken"), [(Cut.IN_MAIL, 0), (Cut.AFTER_MAIL, 1)])
def test_a_line_that_breaks_in_a_message_or_after_it_leaves_it_open_what_became_of_it(
    sink: Sink, tmp_path: Path, cut: Cut, taken: int
) -> None:
    cuts = [cut]
    sink.to_mail = lambda mail: cuts[0] if cuts else "250 2.0.0 EXAMPLE taken"
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out) == Unsure()
        assert len(sink.taken) == taken
        cuts.clear()
        assert handed(out) == TAKEN
    assert [each.message_id for each in sink.taken] == [MESSAGE_ID] * (taken + 1)


def test_a_line_that_was_let_go_of_between_two_messages_is_made_anew(sink: Sink, tmp_path: Path) -> None:
    with Smtp(smtp(sink, tmp_path)) as out:
        assert handed(out) == TAKEN
        client = out._client
        assert client is not None
        assert client.sock is not None
        client.sock.shutdown(socket.SHUT_RDWR)
        assert handed(out) == TAKEN
    assert len(sink.logins) == 2


def test_a_wrong_password_is_told_with_the_server_and_without_the_secret(sink: Sink, tmp_path: Path) -> None:
    with Smtp(smtp(sink, tmp_path, "EXAMPLE-wrong")) as out, pytest.raises(UnreachableError) as raised:
        out.reach()
    place = f"localhost:{sink.starttls}"
    assert str(raised.value) == (
        f"{place} does not let {BOX} in (code 535): look at user and secret in cluster-sheets.toml."
    )


def test_a_mailbox_that_may_not_send_as_the_cluster_stops_the_sending(sink: Sink, tmp_path: Path) -> None:
    sink.to_mail = lambda _: "550 5.7.60 EXAMPLE no permission to send as this sender"
    with Smtp(smtp(sink, tmp_path)) as out, pytest.raises(UnreachableError, match=r"\(code 550 5.7.60\)"):
        handed(out)
    assert sink.taken == []


def test_sent_mail_is_asked_for_where_it_is_known_how() -> None:
    assert Smtp.has_sent(_out({"<1@x>": True}), "<1@x>") is True
    assert Smtp.has_sent(_out({"<1@x>": False}), "<1@x>") is False


def _out(known: dict[str, bool]) -> Smtp:
    from cluster_sheets.connect.config import Access, Kind, Transport

    return Smtp(Transport(Kind.SMTP, Access(Path())), known.get)
