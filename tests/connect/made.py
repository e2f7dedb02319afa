"""Ways to the mailboxes of the tests' servers. All in them is invented."""

from pathlib import Path
from typing import TYPE_CHECKING

from cluster_sheets.connect.config import Access, Kind, Route
from tests.servers.ca import HOST, Authority

if TYPE_CHECKING:
    from tests.servers.dovecot import Mailbox


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
