"""SMTP: messages handed to a mail server, one line for all of a run.

SMTP knows no "exactly once": where the line breaks after the message and before the answer, nobody can tell. Such a
message is looked for in the mailbox's folder of sent mail, where there is one to look in; else it goes out again
under the same message id, by which mail programs know it for the same.
"""

import smtplib
from collections.abc import Callable
from typing import Self

from cluster_sheets.connect.config import Transport
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.reach import busy
from cluster_sheets.connect.smtp import closed, connected
from cluster_sheets.replies.transport.outcome import Later, Never, Outcome, Sent, Unsure, answer
from cluster_sheets.replies.transport.sent_mail import nobody_knows

_CLOSING = 421
_TAKEN, _PUT_OFF, _REFUSED = 2, 4, 5
"""The first figure of what a mail server says (RFC 5321, 4.2.1). smtplib has -1 for what is no answer at all."""
_NOT_AS = "5.7.60"
"""Exchange's code for a mailbox that may not send under that address."""
HasSent = Callable[[str], bool | None]


class _NotFromHereError(UnreachableError):
    """The mail server takes nothing with that sender on the envelope."""


class Smtp:
    """The way out by a mail server."""

    def __init__(self, told: Transport, has_sent: HasSent = nobody_knows) -> None:
        """``has_sent`` looks for a message id in sent mail."""
        self._told, self._look = told, has_sent
        self._client: smtplib.SMTP | None = None
        self._null = told.null_sender

    def __enter__(self) -> Self:
        """Nothing is reached yet."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Ends the line."""
        self._drop()

    def reach(self) -> None:
        """A line that is alive: one the server has let go of meanwhile is made anew."""
        if self._client is not None:
            try:
                code, _ = self._client.rset()
            except (smtplib.SMTPException, OSError):
                code = _CLOSING
            if _first(code) == _TAKEN:
                return
            self._drop()
        self._client = connected(self._told.access)

    def send(self, raw: bytes, sender: str, to: str) -> Outcome:
        """Hands one message over. Raises UnreachableError only where the mail server surely does not have it."""
        if not self._null:
            return self._tried(raw, sender, to)
        try:
            told: Outcome | None = self._tried(raw, "", to)
        except _NotFromHereError:
            told = None
        if told is not None and not isinstance(told, Never):
            return told
        # Whether that was said of the null sender or of the recipient, many servers leave open: Postfix says either
        # after the recipient. The address tells which. Nothing goes twice: what is refused, the server does not have.
        try:
            self.reach()
            again = self._tried(raw, sender, to)
        except _NotFromHereError:
            if told is None:
                raise
            return told
        self._null = not isinstance(again, Sent)
        return again

    def has_sent(self, message_id: str) -> bool | None:
        """Whether it lies among the mailbox's sent mail."""
        return self._look(message_id)

    def _tried(self, raw: bytes, sender: str, to: str) -> Outcome:
        """Hands one message over, with that sender on the envelope."""
        client = self._client
        if client is None:
            raise RuntimeError("a message was sent before the mail server was reached")
        try:
            return self._addressed(client, sender, to) or self._handed_over(client, raw)
        except (smtplib.SMTPException, OSError) as broken:
            self._drop()
            raise UnreachableError(
                f"The mail server {self._told.access.place} broke off before it had a message: try again."
            ) from broken

    def _addressed(self, client: smtplib.SMTP, sender: str, to: str) -> Outcome | None:
        """Says from whom and to whom; None where the server takes both. Raises SMTPException where it says nothing."""
        code, words = client.mail(sender)
        if code == _CLOSING:
            # Before it knows anything of the message: that is no try of this one.
            self._drop()
            raise UnreachableError(busy(self._told.access.place, answer(code, words)))
        if _first(code) == _REFUSED:
            raise _NotFromHereError(
                f"The mail server {self._told.access.place} does not take messages from {sender} (code"
                f" {answer(code, words)}): look at user in cluster-sheets.toml and at the cluster's mailbox."
            )
        if _first(code) == _TAKEN:
            code, words = client.rcpt(to)
        return None if _first(code) == _TAKEN else self._refused(code, words)

    def _handed_over(self, client: smtplib.SMTP, raw: bytes) -> Outcome:
        """Raises SMTPException where the server does not have the message and does not say why."""
        try:
            code, words = client.data(raw)
        except smtplib.SMTPDataError as refused:
            # It did not ask for the message.
            return self._refused(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError):
            code, words = 0, b""
        if _first(code) not in (_TAKEN, _PUT_OFF, _REFUSED):
            # The message is gone, and what came is no answer: a line that breaks, or something that stands between.
            self._drop()
            return Unsure()
        return Sent(answer(code, words)) if _first(code) == _TAKEN else self._refused(code, words)

    def _refused(self, code: int, words: bytes | str) -> Outcome:
        told = answer(code, words)
        if code == _CLOSING:
            self._drop()
            return Later(told, stop=True)
        if _NOT_AS in told:
            raise _NotFromHereError(
                f"The mail server lets {self._told.access.user} send under no other address (code {told}): look at user"
                " in cluster-sheets.toml and at the cluster's mailbox."
            )
        if _first(code) not in (_PUT_OFF, _REFUSED):
            raise smtplib.SMTPResponseException(code, words)
        return Later(told) if _first(code) == _PUT_OFF else Never(told)

    def _drop(self) -> None:
        if self._client is not None:
            closed(self._client)
            self._client = None


def _first(code: int) -> int:
    return code // 100
