"""What the Graph stand-in says to each request: (status, JSON or bytes, headers)."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.servers.graph_box import Box, Kept

Answer = tuple[int, object, Mapping[str, str]]
_EQUAL = re.compile(r"(displayName|internetMessageId) eq '((?:[^']|'')*)'")


@dataclass(frozen=True)
class Wanted:
    """One request that may be answered."""

    box: Box
    url: str
    query: dict[str, str]
    body: bytes
    immutable: bool
    page: int


def refused(status: int, code: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer that says no."""
    return status, {"error": {"code": code, "message": f"EXAMPLE: {code}."}}, headers or {}


def throttled(seconds: int = 1) -> Answer:
    """Too many requests: the next one in so many seconds."""
    return refused(429, "ApplicationThrottled", {"Retry-After": str(seconds)})


def away(seconds: int | None = None) -> Answer:
    """The service is not there for a while."""
    return refused(503, "ServiceUnavailable", {"Retry-After": str(seconds)} if seconds is not None else {})


def expired() -> Answer:
    """The token is good no more."""
    return refused(401, "InvalidAuthenticationToken")


def missing(code: str = "ErrorItemNotFound") -> Answer:
    """No such thing."""
    return refused(404, code)


def answer(method: str, path: list[str], wanted: Wanted, content_type: str) -> Answer:
    """The answer to one request; ``path`` is what follows the user."""
    match (method, path):
        case ("GET", ["mailFolders"]):
            return _folders(wanted)
        case ("POST", ["mailFolders"]):
            name = str(json.loads(wanted.body)["displayName"])
            return 201, {"id": wanted.box.add_folder(name), "displayName": name}, {}
        case ("GET", ["mailFolders", folder]):
            found = wanted.box.folder(folder)
            return missing() if found is None else (200, {"id": found, "displayName": wanted.box.folders[found]}, {})
        case ("GET", ["mailFolders", folder, "messages"]):
            found = wanted.box.folder(folder)
            return missing() if found is None else _messages(wanted, f"/mailFolders/{folder}/messages", found)
        case ("GET", ["messages"]):
            return _messages(wanted, "/messages", None)
        case ("POST", ["sendMail"]):
            return _sent(wanted, content_type)
        case (_, ["messages", message, *rest]) | (_, ["mailFolders", _, "messages", message, *rest]):
            kept = wanted.box.message(message)
            return missing() if kept is None else _of_message(method, rest, kept, wanted)
    return missing("BadRequest")


def _of_message(method: str, rest: list[str], kept: Kept, wanted: Wanted) -> Answer:
    match (method, rest):
        case ("GET", []):
            return 200, kept.told(wanted.immutable), {}
        case ("GET", ["$value"]):
            return 200, kept.raw, {}
        case ("POST", ["move"]):
            folder = wanted.box.folder(str(json.loads(wanted.body).get("destinationId", "")))
            if folder is None:
                return missing("ErrorFolderNotFound")
            wanted.box.move(kept, folder)
            return 201, kept.told(wanted.immutable), {}
    return missing("BadRequest")


def _folders(wanted: Wanted) -> Answer:
    name = _asked_for(wanted, "displayName")
    found = [(each, told) for each, told in wanted.box.folders.items() if name in (None, told)]
    return _page(wanted, "/mailFolders", [{"id": each, "displayName": told} for each, told in found])


def _messages(wanted: Wanted, path: str, folder: str | None) -> Answer:
    message_id = _asked_for(wanted, "internetMessageId")
    found = [each for each in wanted.box.messages if folder in (None, each.folder)]
    told = [each.told(wanted.immutable) for each in found]
    return _page(wanted, path, [each for each in told if message_id in (None, each["internetMessageId"])])


def _asked_for(wanted: Wanted, name: str) -> str | None:
    found = _EQUAL.search(wanted.query.get("$filter", ""))
    return found[2].replace("''", "'") if found and found[1] == name else None


def _page(wanted: Wanted, path: str, found: list[dict[str, object]]) -> Answer:
    size = min(int(wanted.query.get("$top", wanted.page)), wanted.page)
    start = int(wanted.query.get("$skip", 0))
    told: dict[str, object] = {"value": found[start : start + size]}
    if start + size < len(found):
        told["@odata.nextLink"] = f"{wanted.url}{path}?{urlencode({**wanted.query, '$skip': start + size})}"
    return 200, told, {}


def _sent(wanted: Wanted, content_type: str) -> Answer:
    if not content_type.startswith("text/plain"):
        return refused(400, "ErrorMimeContentInvalid")
    try:
        raw = base64.b64decode(b"".join(wanted.body.split()), validate=True)
    except binascii.Error:
        return refused(400, "ErrorMimeContentInvalidBase64String")
    wanted.box.sent.append(raw)
    wanted.box.deliver(raw, "Sent Items")
    return 202, None, {}
