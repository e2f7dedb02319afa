"""SMTP: a line to a mail server that is encrypted and signed in, or a sentence on why there is none."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cluster_sheets.connect import tls
from cluster_sheets.connect.config import IMPLICIT, XOAUTH2, Access, Transport
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.reach import SECONDS, reaching, why
from cluster_sheets.connect.secret import secret


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
        # It hung up, speaks something else, or has no STARTTLS: then nothing is said to it in the clear.
        raise UnreachableError(
            f"{access.place} answers, but not as a mail server over TLS: look at port and tls in cluster-sheets.toml."
        ) from strange


def _sign_in(client: smtplib.SMTP, access: Access) -> None:
    told = _token(access) if access.auth == XOAUTH2 else secret(access.secret, access.home)
    look = "its secret, or whether the app may send as it" if access.auth == XOAUTH2 else "user and secret"
    try:
        client.ehlo_or_helo_if_needed()
        if access.auth == XOAUTH2:
            bearer = f"user={access.user}\x01auth=Bearer {told}\x01\x01"
            # A refusal comes as a question that is answered with nothing; only then does the server say no.
            client.auth("XOAUTH2", lambda asked=None: bearer if asked is None else "", initial_response_ok=True)
        else:
            client.login(access.user, told)
    except smtplib.SMTPException as refused:
        code = f" (code {refused.smtp_code})" if isinstance(refused, smtplib.SMTPResponseException) else ""
        raise UnreachableError(
            f"{access.place} does not let {access.user} in{code}: look at {look} in cluster-sheets.toml."
        ) from None
    except OSError as failed:
        raise UnreachableError(why(access.place, failed)) from failed


def _token(access: Access) -> str:
    from cluster_sheets.connect.token import token

    return token(access)
