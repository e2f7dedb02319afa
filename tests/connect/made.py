"""Ways to the mailboxes of the tests' servers. All in them is invented."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cluster_sheets.connect.config import XOAUTH2, Access, Kind, Route
from tests.servers.ca import HOST, Authority

if TYPE_CHECKING:
    from tests.servers.dovecot import Mailbox
    from tests.servers.graph import Graph
    from tests.servers.token import Tokens

USER = "cluster@council.test"
"""Of a mailbox that a test makes by itself."""


def route_of(mailbox: "Mailbox", authority: Authority, home: Path, **given: str) -> Route:
    """The way to a mailbox, by the password that the environment holds as EXAMPLE_PASSWORD."""
    access = Access(
        home,
        HOST,
        mailbox.server.imaps,
        ca_file=authority.file,
        user=mailbox.address,
        secret="env:EXAMPLE_PASSWORD",
    )
    return Route(Kind.IMAP, access, "cluster-sheets.toml:2", **given)  # type: ignore[arg-type]


def access_of(graph: "Graph", tokens: "Tokens", home: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    """How USER's mailbox of the Graph stand-in is signed in to."""
    tokens.app("app-1", "EXAMPLE-app-secret", USER)
    monkeypatch.setenv("EXAMPLE_APP_SECRET", "EXAMPLE-app-secret")
    return Access(
        home,
        ca_file=graph.authority.file,
        user=USER,
        auth=XOAUTH2,
        secret="env:EXAMPLE_APP_SECRET",
        client_id="app-1",
        authority=tokens.url,
        base_url=graph.url,
    )
