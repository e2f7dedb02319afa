"""Graph: a mailbox of Microsoft 365 over https, in ids that stay when a mail is moved.

Where it is told to wait, it waits, within bounds; where its token has run out, it gets another, once.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from cluster_sheets.connect.config import Access
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.reach import SECONDS
from cluster_sheets.connect.token import token
from cluster_sheets.connect.web import over_the_web, session

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

_TRIES = 5
_LONGEST_WAIT = 120.0
"""Seconds that are waited between two tries at most; a service that wants more is away."""
_WAITS = (429, 503, 504)
_PREFER = {"Prefer": 'IdType="ImmutableId"'}
_PIECE = 64 * 1024
_MOST_PAGES = 10_000


class AnsweredError(UnreachableError):
    """Graph answered, and said no; ``status`` and ``code`` say how."""

    def __init__(self, place: str, status: int, code: str) -> None:
        if status in (401, 403):
            look = "ask IT whether the app may still read and write this one mailbox (Mail.ReadWrite)"
        elif status == 404:
            look = "look at user in cluster-sheets.toml"
        else:
            look = "try again later"
        super().__init__(f"{place} said no ({status} {code[:60]}): {look}.")
        self.status, self.code = status, code


class Graph:
    """One mailbox; a context manager. ``wait`` sleeps for so many seconds."""

    def __init__(self, access: Access, wait: Callable[[float], object] = time.sleep) -> None:
        self._access, self._wait, self.place = access, wait, access.place
        self._root = f"{access.base_url.rstrip('/')}/users/{quote(access.user)}"
        self._web = session(access, access.base_url)
        self._token = ""

    def __enter__(self) -> "Graph":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self._web.close()

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """What lies at ``path`` of the mailbox, such as ``/mailFolders/inbox``. Raises UnreachableError."""
        return self._json(self._asked("GET", self._root + path, params=_dollars(query)))

    def every(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        """Each entry of a list, over all its pages. Raises UnreachableError."""
        url, params = self._root + path, _dollars(query)
        for _ in range(_MOST_PAGES):
            told = self._json(self._asked("GET", url, params=params))
            yield from (each for each in told.get("value", []) if isinstance(each, dict))
            url, params = str(told.get("@odata.nextLink") or ""), {}
            if not url:
                return
            if urlsplit(url)[:2] != urlsplit(self._root)[:2]:
                # The token goes nowhere else, whatever an answer says.
                raise UnreachableError(f"{self.place} sends us elsewhere: look at base_url in cluster-sheets.toml.")

    def raw(self, path: str, most: int) -> tuple[bytes, bool]:
        """The bytes at ``path``, and whether that is all of them: no more than ``most`` are fetched."""
        answer = self._asked("GET", self._root + path, stream=True)
        with over_the_web(self.place), answer:
            found = bytearray()
            if int(answer.headers.get("Content-Length") or 0) > most:
                most = _PIECE
            for piece in answer.iter_content(_PIECE):
                found += piece
                if len(found) > most:
                    return bytes(found[:most]), False
            return bytes(found), True

    def post(self, path: str, told: Mapping[str, str] | bytes, *, again: bool = True) -> dict[str, Any]:
        """Sends JSON, or a mail as base64, to ``path``; what was answered.

        Without ``again`` it is said once more only where it surely was not heard. Raises UnreachableError.
        """
        if isinstance(told, bytes):
            sent: dict[str, Any] = {"data": told, "headers": {"Content-Type": "text/plain"}}
        else:
            sent = {"json": dict(told)}
        return self._json(self._asked("POST", self._root + path, again=again, **sent))

    def _asked(self, method: str, url: str, *, again: bool = True, **more: Any) -> "Response":
        renewed = False
        for tried in range(1, _TRIES + 1):
            answer = self._once(method, url, more)
            if answer.status_code < 300:
                return answer
            status, code = answer.status_code, _code(answer)
            answer.close()
            if status == 401 and not renewed and not self._access.token:
                renewed, self._token = True, ""
                continue
            pause = _pause(answer.headers.get("Retry-After"), tried)
            waits = status == 429 or (again and status in _WAITS)
            if not waits or tried == _TRIES or pause > _LONGEST_WAIT:
                raise AnsweredError(self.place, status, code)
            self._wait(pause)
        raise AnsweredError(self.place, 429, "")

    def _once(self, method: str, url: str, more: Mapping[str, Any]) -> "Response":
        headers = {**_PREFER, **more.get("headers", {})}
        self._token = self._token or token(self._access)
        with over_the_web(self.place):
            # Nothing is followed elsewhere: the token is for this one place.
            return self._web.request(
                method, url, timeout=SECONDS, allow_redirects=False, auth=self._bearer, **{**more, "headers": headers}
            )

    def _bearer(self, request: "PreparedRequest") -> "PreparedRequest":
        # As a header alone it would be replaced by what a .netrc file says.
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def _json(self, answer: "Response") -> dict[str, Any]:
        with over_the_web(self.place), answer:
            if not answer.content:
                return {}
            told = answer.json()
            return told if isinstance(told, dict) else {}


def _dollars(query: Mapping[str, str]) -> dict[str, str]:
    return {f"${name}": value for name, value in query.items()}


def _code(answer: "Response") -> str:
    """The kind of refusal; never its message, which may repeat what was asked."""
    try:
        return str(answer.json()["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def _pause(told: str | None, tried: int) -> float:
    """Seconds to wait: as told, else twice as long each time."""
    try:
        return max(0.0, float(told or ""))
    except ValueError:
        return float(2**tried)
