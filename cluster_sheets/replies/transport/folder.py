"""The folder: what lies in the outbox stays there, for a person to send."""

from typing import Self

from cluster_sheets.replies.transport.outcome import Outcome, Sent


class Folder:
    """The way out of a workspace that no mail server is set up for."""

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing to close."""

    def reach(self) -> None:
        """The folder is always there."""

    def send(self, raw: bytes, sender: str, to: str) -> Outcome:  # noqa: ARG002 - as every transport
        """It lies where it is to be."""
        return Sent()

    def has_sent(self, message_id: str) -> bool | None:  # noqa: ARG002 - as every transport
        """Nobody notes what a person sends."""
        return None
