"""A stand-in for Microsoft Graph's mail, over https: as much of its documented JSON as mail in and out takes.

Folders of a mailbox, messages of a folder in pages, one message as MIME, move, sendMail with MIME. A message has two
ids: the immutable one, told where ``Prefer: IdType="ImmutableId"`` is asked for, and one that changes with each move.
It can be told to throttle, to be away, and to want another token.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import RLock
from urllib.parse import parse_qs, unquote, urlsplit

from tests.servers import graph_answer as answers
from tests.servers.ca import HOST, Authority
from tests.servers.graph_answer import Answer
from tests.servers.graph_box import Box
from tests.servers.token import GRAPH, Tokens
from tests.servers.web import Answering, Web

PREFERENCE = 'IdType="ImmutableId"'


@dataclass(frozen=True)
class Asked:
    """One request, as a test may look at it."""

    method: str
    path: str
    """Without the version in front."""
    query: Mapping[str, str]
    immutable: bool
    """Whether it asked for ids that stay."""
    status: int


@dataclass
class Graph:
    """The service; a context manager."""

    authority: Authority
    tokens: Tokens
    page: int = 10
    """How many messages a page holds at most, whatever is asked for."""
    asked: list[Asked] = field(default_factory=list)
    """Every request, in order."""
    next_answers: deque[Answer] = field(default_factory=deque)
    """Told to the next requests in place of what they ask for: ``throttled(2)``, ``away()``, ``expired()``."""

    def __post_init__(self) -> None:
        self._boxes: dict[str, Box] = {}
        self._lock, self._numbers = RLock(), count(1)
        self._web = Web(self._handler(), self.authority)

    def __enter__(self) -> "Graph":
        self._web.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._web.stop()

    @property
    def url(self) -> str:
        """Where it is (``base_url``), with the version."""
        return f"https://{HOST}:{self._web.port}/v1.0"

    def box(self, user: str) -> Box:
        """A user's mailbox, made where there is none."""
        return self._boxes.setdefault(user, Box(self._numbers))

    def _answer(self, handler: Answering, method: str, body: bytes) -> None:
        url = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        path = unquote(url.path).removeprefix("/v1.0")
        immutable = PREFERENCE.lower() in handler.headers.get("Prefer", "").lower()
        with self._lock:
            status, told, headers = self._told(handler, method, path, query, body, immutable)
            self.asked.append(Asked(method, path, query, immutable, status))
        handler.answer(status, told, headers)

    def _told(
        self, handler: Answering, method: str, path: str, query: dict[str, str], body: bytes, immutable: bool
    ) -> Answer:
        if self.next_answers:
            return self.next_answers.popleft()
        user, _, rest = path.removeprefix("/users/").partition("/")
        token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        if not path.startswith("/users/") or user not in self._boxes:
            return answers.missing("Request_ResourceNotFound")
        if not self.tokens.accepts(user, token, GRAPH):
            return answers.expired()
        wanted = answers.Wanted(self._boxes[user], f"{self.url}/users/{user}", query, body, immutable, self.page)
        return answers.answer(method, rest.split("/"), wanted, handler.headers.get("Content-Type", ""))

    def _handler(self) -> type[Answering]:
        service = self

        class Handler(Answering):
            def do_GET(self) -> None:  # noqa: N802 - http.server's name
                service._answer(self, "GET", b"")

            def do_POST(self) -> None:  # noqa: N802 - http.server's name
                service._answer(self, "POST", self.body())

        return Handler
