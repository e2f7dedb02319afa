"""A mail server that only takes in: what is sent to it lies in a list, and it answers as a test tells it to.

Three ports are one server: one that asks for STARTTLS and a login, one that is TLS from the first byte and asks for a
login, and one in the clear that asks for nothing, for what other servers here pass on.
"""

import asyncio
import base64
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from enum import Enum
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.ca import Authority
from tests.servers.token import Tokens

TAKEN = "250 2.0.0 EXAMPLE taken"


class Cut(Enum):
    """A connection that breaks off."""

    IN_MAIL = "while the mail is being sent"
    AFTER_MAIL = "once the mail is taken, before it is told so"


Answer = str | Cut
"""What is said to a mail, or how the connection breaks off."""


@dataclass(frozen=True)
class Taken:
    """One mail that was taken in."""

    sender: str
    """The envelope's; empty for a null sender."""
    to: tuple[str, ...]
    raw: bytes
    user: str = ""
    """Who signed in to send it."""

    @property
    def message(self) -> Message:
        """Its headers and parts."""
        return message_from_bytes(self.raw)

    @property
    def message_id(self) -> str:
        """Its Message-ID as it stands."""
        return str(self.message["Message-ID"])


@dataclass
class Sink:
    """The server; a context manager. ``starttls``, ``tls`` and ``plain`` are its ports."""

    authority: Authority
    tokens: Tokens
    passwords: dict[str, str] = field(default_factory=dict)
    """Who may sign in by password; by XOAUTH2 whoever has a token."""
    taken: list[Taken] = field(default_factory=list)
    """Mails, in the order they came."""
    to_recipient: Callable[[str], str] = lambda _: ""
    """What is said to an address, such as ``550 5.1.1 no such mailbox``; empty: it is known."""
    to_null_sender: str = ""
    """What is said to a null sender once a recipient is named, which is when Postfix says it; empty: it is taken."""
    to_mail: Callable[["Taken"], Answer] = lambda _: TAKEN
    """What is said to a mail. What starts with 2 takes it in, and so does ``Cut.AFTER_MAIL``."""
    logins: list[tuple[str, bool]] = field(default_factory=list)
    """(who, whether let in) of every login."""

    def __enter__(self) -> "Sink":
        self._loop, self._servers = asyncio.new_event_loop(), list[asyncio.Server]()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        context = self.authority.of_server()
        self.starttls = self._listen(None, tls_context=context, require_starttls=True, auth_required=True)
        self.tls = self._listen(context, auth_required=True)
        self.plain = self._listen(None)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def sent_to(self, address: str) -> list[Taken]:
        """The mails that an address got."""
        return [each for each in self.taken if address in each.to]

    def _listen(self, context: ssl.SSLContext | None, **how: Any) -> int:
        def protocol() -> _Protocol:
            made = _Protocol(self, loop=self._loop, enable_SMTPUTF8=True, ident="EXAMPLE sink", **how)
            # It knows of STARTTLS only; where all is TLS from the first byte, a login is safe as well.
            made._auth_require_tls = context is None
            return made

        made = self._loop.create_server(protocol, "127.0.0.1", 0, ssl=context)
        server = asyncio.run_coroutine_threadsafe(made, self._loop).result(10)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _ended(self) -> None:
        for server in self._servers:
            server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    # What follows is called by the protocol, by name.
    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = (self.to_null_sender if _sender(envelope) == "" else "") or self.to_recipient(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 EXAMPLE known"

    async def handle_DATA(self, server: "_Protocol", session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = _mail(session, envelope, bytes(envelope.original_content or b""))
        answer = self.to_mail(mail)
        if answer is Cut.AFTER_MAIL or (isinstance(answer, str) and answer.startswith("2")):
            self.taken.append(mail)
        if isinstance(answer, Cut):
            server.cut()
            return "421 EXAMPLE gone"
        return answer

    async def auth_XOAUTH2(self, server: SMTP, args: list[bytes]) -> AuthResult:  # noqa: N802
        user, token = _user_and_token(args[1]) if len(args) > 1 else ("", "")
        return self._let_in(user, self.tokens.accepts(user, token))

    def authenticated(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:
        """Whether a password opens a mailbox."""
        if not isinstance(data, LoginPassword):
            return self._let_in("", False)
        user = data.login.decode()
        return self._let_in(user, self.passwords.get(user) == data.password.decode())

    def _let_in(self, user: str, known: bool) -> AuthResult:
        self.logins.append((user, known))
        return AuthResult(success=known, handled=False, auth_data=user)


class _Protocol(SMTP):
    # As sent, a token is longer than a line of SMTP used to be.
    command_size_limit = 12288
    line_length_limit = 12290

    def __init__(self, sink: Sink, **how: Any) -> None:
        super().__init__(sink, authenticator=sink.authenticated, **how)
        self._sink = sink
        self.command_size_limits: dict[str, int] = defaultdict(lambda: self.command_size_limit)

    def cut(self) -> None:
        """Breaks the connection off."""
        assert isinstance(self.transport, asyncio.WriteTransport)
        self.transport.abort()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """As the protocol has it, but for a connection that breaks off in the middle of a mail."""
        envelope, session = self.envelope, self.session
        assert envelope is not None
        assert session is not None
        if envelope.rcpt_tos and self._sink.to_mail(_mail(session, envelope, b"")) is Cut.IN_MAIL:
            await self.push("354 EXAMPLE begin")
            await self._reader.readline()
            self.cut()
            return
        await super().smtp_DATA(arg)


def _sender(envelope: Envelope) -> str:
    return (envelope.mail_from or "").removeprefix("<").removesuffix(">")


def _mail(session: Session, envelope: Envelope, raw: bytes) -> Taken:
    who: Any = session.auth_data
    user = str(who or "")
    return Taken(_sender(envelope), tuple(envelope.rcpt_tos), raw, user)


def _user_and_token(told: bytes) -> tuple[str, str]:
    """What an XOAUTH2 login says: ``user=...`` and ``auth=Bearer ...``, between bytes of value 1."""
    parts = dict(part.split("=", 1) for part in base64.b64decode(told).decode().split("\x01") if "=" in part)
    return parts.get("user", ""), parts.get("auth", "").removeprefix("Bearer ")
