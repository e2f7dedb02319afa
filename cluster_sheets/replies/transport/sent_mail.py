"""Sent mail: whether a message went out already, by the mailbox's own folder of what it sent.

Only where mail also comes in from that mailbox by IMAP: then it is known how to look.
"""

from collections.abc import Callable

from cluster_sheets.connect.config import Config, Kind, Route


def look_of(config: Config) -> Callable[[str], bool | None]:
    """Says of a message id whether it was sent; None where there is no telling. Raises UnreachableError."""
    user = config.transport.access.user.casefold()
    found = (each for each in config.routes if each.kind is Kind.IMAP and each.access.user.casefold() == user)
    route = next(found, None)
    return nobody_knows if route is None else lambda message_id: _looked(route, message_id)


def nobody_knows(_: str) -> bool | None:
    """The look of a workspace that has nowhere to look."""
    return None


def _looked(route: Route, message_id: str) -> bool | None:
    from cluster_sheets.connect.imap import opened

    with opened(route) as mailbox:
        return mailbox.has_sent(message_id)
