"""The transport that cluster-sheets.toml asks for; only its own library is loaded."""

from cluster_sheets.connect.config import Config, Kind
from cluster_sheets.replies.transport.outcome import Transport


def transport(config: Config) -> Transport:
    """The mail server of a workspace that has one (``Config.sends``); nothing is reached yet."""
    match config.transport.kind:
        case Kind.SMTP:
            from cluster_sheets.replies.transport.sent_mail import look_of
            from cluster_sheets.replies.transport.smtp import Smtp

            return Smtp(config.transport, look_of(config))
        case Kind.GRAPH:
            from cluster_sheets.replies.transport.graph import GraphMail

            return GraphMail(config.transport)
        case _:
            raise ValueError("what lies in the folder is sent by a person")
