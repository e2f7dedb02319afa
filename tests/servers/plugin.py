"""Fixtures of the servers; loaded with every test run, so the servers themselves are imported when first wanted."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.servers.ca import Authority
    from tests.servers.dovecot import Dovecot, Mailbox
    from tests.servers.graph import Graph
    from tests.servers.postfix import Postfix
    from tests.servers.sink import Sink
    from tests.servers.token import Tokens


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> "Authority":
    """Who signed the certificate of every server here."""
    from tests.servers.ca import Authority

    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def tokens(authority: "Authority") -> Iterator["Tokens"]:
    """The sign-in service."""
    from tests.servers.token import Tokens

    with Tokens(authority) as service:
        yield service


@pytest.fixture
def sink(authority: "Authority", tokens: "Tokens") -> Iterator["Sink"]:
    """A mail server that takes in what is sent."""
    from tests.servers.sink import Sink

    with Sink(authority, tokens) as server:
        yield server


@pytest.fixture(scope="session")
def dovecot(authority: "Authority", tokens: "Tokens") -> Iterator["Dovecot"]:
    """A Dovecot; a test asks for ``mailbox``."""
    from tests.servers.dovecot import Dovecot

    with Dovecot(authority, tokens) as server:
        yield server


@pytest.fixture
def new_mailbox(dovecot: "Dovecot") -> Callable[[], "Mailbox"]:
    """Makes mailboxes nobody else has."""
    return dovecot.mailbox


@pytest.fixture
def mailbox(new_mailbox: Callable[[], "Mailbox"]) -> "Mailbox":
    """A mailbox of the test's own."""
    return new_mailbox()


@pytest.fixture
def answering(authority: "Authority", tokens: "Tokens", sink: "Sink") -> Iterator["Dovecot"]:
    """A Dovecot whose mailboxes may answer by themselves (``away``); what they answer goes to ``sink``."""
    from tests.servers.dovecot import Dovecot

    with Dovecot(authority, tokens, submission=sink.plain, sieve=True) as server:
        yield server


@pytest.fixture
def postfix(dovecot: "Dovecot", sink: "Sink") -> Iterator["Postfix"]:
    """A postfix: mail for council.test goes to ``dovecot``, all other mail to ``sink``."""
    from tests.servers.dovecot import DOMAIN
    from tests.servers.postfix import Postfix

    with Postfix(dovecot.lmtp, sink.plain, DOMAIN) as server:
        yield server


@pytest.fixture
def graph(authority: "Authority", tokens: "Tokens") -> Iterator["Graph"]:
    """A stand-in for Microsoft Graph."""
    from tests.servers.graph import Graph

    with Graph(authority, tokens) as service:
        yield service
