"""Lines to a mail server, against one that really listens; what is sent over them: tests/replies/transport."""

import smtplib
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.connect import smtp as line
from cluster_sheets.connect.config import IMPLICIT, Transport
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.connect.smtp import connected, opened
from tests.replies.transport.desk import APP_SECRET, BOX, WORD, by_token, smtp
from tests.servers.sink import Sink
from tests.servers.token import Tokens


def why(transport: Transport) -> str:
    with pytest.raises(UnreachableError) as raised:
        connected(transport.access)
    assert WORD not in str(raised.value)
    assert APP_SECRET not in str(raised.value)
    return str(raised.value)


def test_a_line_is_encrypted_and_signed_in(sink: Sink, tmp_path: Path) -> None:
    with opened(smtp(sink, tmp_path)) as client:
        assert client.noop()[0] == 250
    assert sink.logins == [(BOX, True)]


def test_a_certificate_that_nobody_here_trusts_ends_it_before_the_password_is_said(sink: Sink, tmp_path: Path) -> None:
    told = smtp(sink, tmp_path)
    strange = replace(told, access=replace(told.access, ca_file=None))
    assert why(strange).startswith(f"localhost:{sink.starttls} shows a certificate that is not trusted here (")
    assert sink.logins == []


def test_a_server_without_encryption_is_told_nothing(sink: Sink, tmp_path: Path) -> None:
    told = smtp(sink, tmp_path)
    bare = replace(told, access=replace(told.access, port=sink.plain))
    assert why(bare).startswith(f"localhost:{sink.plain} answers, but not as a mail server over TLS: look at port")
    assert sink.logins == []


def test_tls_on_a_port_that_begins_in_the_clear_is_told(sink: Sink, tmp_path: Path) -> None:
    told = smtp(sink, tmp_path)
    wrong = replace(told, access=replace(told.access, tls=IMPLICIT))
    assert why(wrong) == (
        f"localhost:{sink.starttls} answers, but not by TLS as asked: look at port and tls in cluster-sheets.toml."
    )


def test_nobody_at_home_is_told(sink: Sink, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        told = smtp(sink, tmp_path)
        assert why(replace(told, access=replace(told.access, port=port))).startswith(
            f"Nothing answers at localhost:{port}:"
        )


def test_an_app_with_a_wrong_secret_is_told_and_the_mail_server_hears_nothing(
    sink: Sink, tokens: Tokens, tmp_path: Path
) -> None:
    assert "the app's secret is wrong or has run out" in why(by_token(sink, tokens, tmp_path, "EXAMPLE-old"))
    assert sink.logins == []


def test_a_token_that_is_good_no_more_is_refused(sink: Sink, tokens: Tokens, tmp_path: Path) -> None:
    told = by_token(sink, tokens, tmp_path)
    ready = replace(told.access, token="file:secret.txt")
    (tmp_path / "secret.txt").write_text(tokens.token(BOX, exp=1))
    assert why(replace(told, access=ready)) == (
        f"localhost:{sink.starttls} does not let {BOX} in (code 535): look at client_id and secret in"
        " cluster-sheets.toml."
    )
    (tmp_path / "secret.txt").write_text(tokens.token(BOX))
    with opened(replace(told, access=ready)) as client:
        assert client.noop()[0] == 250


def test_a_secret_that_is_not_there_is_told(sink: Sink, tmp_path: Path) -> None:
    told = smtp(sink, tmp_path)
    (tmp_path / "secret.txt").unlink()
    with pytest.raises(ConfigError, match=r"secret.txt is missing"):
        connected(told.access)


def test_a_sign_in_that_is_put_off_is_not_blamed_on_the_secret(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_answered", lambda *_: 454)
    assert why(smtp(sink, tmp_path)) == (
        f"localhost:{sink.starttls} is busy or about to close (code 454): try again later, or ask whether it is down."
    )


def test_a_server_that_takes_no_more_lines_is_busy_not_on_a_wrong_port(
    sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtplib.SMTP, "connect", lambda *_: (421, b"4.7.0 EXAMPLE too many"))
    assert "is busy or about to close (code 421)" in why(smtp(sink, tmp_path))
    monkeypatch.setattr(smtplib.SMTP, "connect", lambda *_: (554, b"EXAMPLE"))
    assert "not as a mail server over TLS" in why(smtp(sink, tmp_path))


def test_a_server_that_asks_for_name_and_password_one_by_one_gets_them_so() -> None:
    heard, code = _conversation(["250-EXAMPLE\r\n250 AUTH LOGIN", "334 UGFzc3dvcmQ6", "235 in"])
    assert (heard[1:], code) == (["AUTH LOGIN dXNlcg==", "d29yZA=="], 235)


def test_a_refusal_that_comes_as_a_question_is_answered_with_nothing() -> None:
    heard, code = _conversation(
        ["250-EXAMPLE\r\n250 AUTH XOAUTH2", "334 eyJzdGF0dXMiOiI0MDAifQ==", "535 no"], "XOAUTH2"
    )
    assert (heard[1:], code) == (["AUTH XOAUTH2 dXNlcg==", ""], 535)


def _conversation(answers: list[str], how: str = "LOGIN") -> tuple[list[str], int]:
    """(what a server heard that gives these answers, how it ended)."""
    heard: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        spoken, _ = server.accept()
        with spoken, spoken.makefile("rwb") as file:
            file.write(b"220 EXAMPLE\r\n")
            file.flush()
            for each in answers:
                heard.append(file.readline().decode().rstrip("\r\n"))
                file.write(f"{each}\r\n".encode())
                file.flush()

    thread = threading.Thread(target=serve)
    thread.start()
    with server, smtplib.SMTP("127.0.0.1", server.getsockname()[1], "EXAMPLE", timeout=10) as client:
        client.ehlo()
        assert line._only_asks(client) is (how == "LOGIN")
        code = line._answered(client, how, [b"user", b"word"] if how == "LOGIN" else [b"user"])
        thread.join(10)
        client.close()
    return heard, code
