"""SMTP: a line to a mail server that is encrypted and signed in, or a sentence on why there is none."""

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from cluster_sheets.connect import tls
from cluster_sheets.connect.config import IMPLICIT, XOAUTH2, Access, Transport
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.reach import SECONDS, busy, reaching, why
from cluster_sheets.connect.secret import secret

_LET_IN, _ASKS = 235, 334
_FOR_NOW = 4
"""First figure of a refusal that says nothing of who asked (RFC 5321, 4.2.1)."""


@contextmanager
def opened(transport: Transport) -> Iterator[smtplib.SMTP]:
    """A line to the mail server of ``transport``. Raises UnreachableError, ConfigError."""
    client = connected(transport.access)
    try:
        yield client
    finally:
        closed(client)


def connected(access: Access) -> smtplib.SMTP:
    """A line that the caller closes. Raises UnreachableError, ConfigError."""
    trusted = tls.context(access.ca_file)
    with reaching(access.place):
        client = _encrypted(access, trusted)
    try:
        _sign_in(client, access)
    except BaseException:
        closed(client)
        raise
    return client


def closed(client: smtplib.SMTP) -> None:
    """Ends a line politely, or at all."""
    with suppress(OSError, smtplib.SMTPException):
        client.quit()
    client.close()


def _encrypted(access: Access, trusted: ssl.SSLContext) -> smtplib.SMTP:
    # Its own name is not looked up: that may ask the network, and no mail server goes by it.
    me = socket.gethostname() or "localhost"
    try:
        if access.tls == IMPLICIT:
            return smtplib.SMTP_SSL(access.host, access.port, me, timeout=SECONDS, context=trusted)
        client = smtplib.SMTP(access.host, access.port, me, timeout=SECONDS)
        try:
            client.starttls(context=trusted)
        except BaseException:
            client.close()
            raise
        return client
    except smtplib.SMTPException as strange:
        if isinstance(strange, smtplib.SMTPResponseException) and strange.smtp_code // 100 == _FOR_NOW:
            raise UnreachableError(busy(access.place, str(strange.smtp_code))) from strange
        # It hung up, speaks something else, or has no STARTTLS: then nothing is said to it in the clear.
        raise UnreachableError(
            f"{access.place} answers, but not as a mail server over TLS: look at port and tls in cluster-sheets.toml."
        ) from strange


def _sign_in(client: smtplib.SMTP, access: Access) -> None:
    # Not by smtplib's own login: that knows no password with a letter beyond ASCII.
    by_token = access.auth == XOAUTH2
    told = (_token(access) if by_token else secret(access.secret, access.home)).encode()
    user = access.user.encode()
    try:
        client.ehlo_or_helo_if_needed()
        if by_token:
            code = _answered(client, "XOAUTH2", [b"user=%s\x01auth=Bearer %s\x01\x01" % (user, told)])
        elif _only_asks(client):
            code = _answered(client, "LOGIN", [user, told])
        else:
            code = _answered(client, "PLAIN", [b"\0%s\0%s" % (user, told)])
    except OSError as failed:
        raise UnreachableError(why(access.place, failed)) from failed
    if code // 100 == _FOR_NOW:
        raise UnreachableError(busy(access.place, str(code)))
    if code != _LET_IN:
        look = "client_id and secret" if by_token else "user and secret"
        raise UnreachableError(
            f"{access.place} does not let {access.user} in (code {code}): look at {look} in cluster-sheets.toml."
        )


def _only_asks(client: smtplib.SMTP) -> bool:
    """Whether the server takes name and password one after the other only."""
    offered = client.esmtp_features.get("auth", "").upper().split()
    return "LOGIN" in offered and "PLAIN" not in offered


def _answered(client: smtplib.SMTP, how: str, words: Sequence[bytes]) -> int:
    """What the server says in the end; a refusal may come as one more question, which is answered with nothing."""
    first, *rest = (b64encode(each).decode() for each in words)
    code, _ = client.docmd("AUTH", f"{how} {first}")
    for each in (*rest, ""):
        if code == _ASKS:
            code, _ = client.docmd(each)
    return code


def _token(access: Access) -> str:
    from cluster_sheets.connect.token import token

    return token(access)
