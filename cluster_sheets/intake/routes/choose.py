"""Choose: the source of a route; the room of each kind is imported only where there is such a route."""

from cluster_sheets.connect.config import Kind, Route
from cluster_sheets.intake.routes.source import Source


def source(route: Route) -> Source:
    """The source of a route."""
    match route.kind:
        case Kind.IMAP:
            from cluster_sheets.intake.routes.imap import ImapSource

            return ImapSource(route)
        case Kind.GRAPH:
            from cluster_sheets.intake.routes.graph import GraphSource

            return GraphSource(route)
        case Kind.MAILDIR:
            from cluster_sheets.intake.routes.maildir import MaildirSource

            return MaildirSource(route)
        case Kind.MBOX:
            from cluster_sheets.intake.routes.mbox import MboxSource

            return MboxSource(route)
        case _:
            from cluster_sheets.intake.routes.folder import FolderSource

            return FolderSource(route)
