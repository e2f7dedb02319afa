"""Graph: messages handed to Microsoft 365 as the bytes they are, by sendMail; its folder of sent mail can be asked."""

from base64 import b64encode
from typing import TYPE_CHECKING, Self

from cluster_sheets.connect.config import Transport
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.replies.transport.outcome import Later, Never, Outcome, Sent, Unsure

if TYPE_CHECKING:
    from cluster_sheets.connect.graph import Graph

_SENT = "/mailFolders/sentitems"
_NOT_LET_IN = (401, 403, 404)
_TOO_MANY, _OURS = 429, 500
"""Refusals below the second are about what was asked; from there on, the service itself is in trouble."""


class GraphMail:
    """The way out by Microsoft 365."""

    def __init__(self, told: Transport) -> None:
        self._told = told
        self._graph: Graph | None = None

    def __enter__(self) -> Self:
        """Nothing is reached yet."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Lets go."""
        if self._graph is not None:
            self._graph.__exit__(None, None, None)

    def reach(self) -> None:
        """Asks for the mailbox once a run: that signs in."""
        if self._graph is None:
            from cluster_sheets.connect.graph import Graph

            graph = Graph(self._told.access)
            graph.get(_SENT, select="id")
            self._graph = graph

    def send(self, raw: bytes, sender: str, to: str) -> Outcome:  # noqa: ARG002 - both stand in the message itself
        """Hands one message over. Raises UnreachableError only where the service surely does not have it."""
        from cluster_sheets.connect.graph import AnsweredError

        if self._graph is None:
            raise RuntimeError("a message was sent before the service was reached")
        try:
            self._graph.post("/sendMail", b64encode(raw), again=False)
        except AnsweredError as no:
            return _outcome(no.status, no)
        except UnreachableError:
            # We are signed in, so the line broke while the message was on it.
            return Unsure()
        return Sent("202")

    def has_sent(self, message_id: str) -> bool | None:
        """Whether it lies among the mailbox's sent mail."""
        self.reach()
        if self._graph is None:
            return None
        asked = {"filter": f"internetMessageId eq '{message_id}'", "select": "id", "top": "1"}
        return any(True for _ in self._graph.every(f"{_SENT}/messages", **asked))


def _outcome(status: int, no: Exception) -> Outcome:
    if status in _NOT_LET_IN:
        raise no
    if status == _TOO_MANY:
        return Later(str(status), stop=True)
    return Unsure() if status >= _OURS else Never(str(status))
