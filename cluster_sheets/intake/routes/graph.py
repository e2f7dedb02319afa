"""A mailbox by Microsoft Graph. Each mail comes as the bytes that came, so that one parser serves all routes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from cluster_sheets.connect.config import Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.graph import AnsweredError, Graph
from cluster_sheets.intake.routes.source import ALWAYS, Came, Move, Seen, folder, headers
from cluster_sheets.store.fetched import Fetched, Lies

_WELL_KNOWN = ("inbox", "archive", "junkemail", "deleteditems", "sentitems")
_GONE = 404
_OF_THIS_MAIL = (400, 404, 410, 500, 501)
"""Answers that say nothing of the mailbox, only of the one mail that was asked for."""


class GraphSource:
    """One mailbox."""

    first = Lies.INBOX

    def __init__(self, route: Route) -> None:
        self._route, self.coming, self.left, self.missing = route, 0, 0, set[Lies]()

    def mails(self, seen: Seen, most: int) -> Iterator[Came]:
        """What it has not given before."""
        self.left = 0
        known = seen(ALWAYS)
        with Graph(self._route.access) as box:
            where = f"/mailFolders/{quote(opened(box, self._route))}/messages"
            listed = [str(each.get("id") or "") for each in box.every(where, select="id", top="100")]
            # The newest stand first; older ones have waited longer.
            new = [uid for uid in reversed(listed) if uid and uid not in known]
            self.coming = len(new)
            for uid in new:
                yield from self._mail(box, uid, most)

    def _mail(self, box: Graph, uid: str, most: int) -> Iterator[Came]:
        try:
            raw, whole = box.raw(f"/messages/{quote(uid)}/$value", most)
        except AnsweredError as refused:
            if refused.status not in _OF_THIS_MAIL:
                raise
            self.left += refused.status != _GONE
            return
        yield Came(ALWAYS, uid, raw if whole else headers(raw), len(raw), whole)

    def file_away(self, moves: Sequence[Move]) -> Iterator[Fetched]:
        """Moves mails; the id of each stays what it was."""
        with Graph(self._route.access) as box:
            # Where mails lay is looked at before any folder is made: somebody may have removed or renamed it.
            ids = {
                lies: _id(box, folder(self._route, lies)) or "" for lies in sorted({each.mail.lies for each in moves})
            }
            self.missing = {lies for lies, found in ids.items() if not found}
            ids |= {to: _made(box, folder(self._route, to)) for to in sorted({move.to for move in moves})}
            for move in moves:
                yield self._moved(box, move, ids)

    def _moved(self, box: Graph, move: Move, ids: dict[Lies, str]) -> Fetched:
        path = f"/messages/{quote(move.mail.at_uid)}"
        try:
            lies = box.get(path, select="parentFolderId").get("parentFolderId")
            if lies == ids[move.mail.lies]:
                box.post(f"{path}/move", {"destinationId": ids[move.to]})
            elif lies != ids[move.to]:
                # Somebody has put it elsewhere, and there it stays.
                return replace(move.mail, lies=Lies.GONE)
        except AnsweredError as refused:
            if refused.status != _GONE:
                raise
            return replace(move.mail, lies=Lies.GONE)
        return replace(move.mail, lies=move.to)


def opened(box: Graph, route: Route) -> str:
    """The id of the route's folder, which is really looked at. Raises UnreachableError."""
    found = _id(box, route.mailbox)
    if found is None:
        raise UnreachableError(f"{box.place} let us in, but there is no folder {route.mailbox}: look at {route.where}.")
    return found


def _id(box: Graph, name: str) -> str | None:
    """The id of a folder, by its well-known name or the name it shows."""
    if name.lower() in _WELL_KNOWN:
        return str(box.get(f"/mailFolders/{name.lower()}", select="id")["id"])
    asked = "displayName eq '{}'".format(name.replace("'", "''"))
    return next((str(each["id"]) for each in box.every("/mailFolders", filter=asked, select="id")), None)


def _made(box: Graph, name: str) -> str:
    return _id(box, name) or str(box.post("/mailFolders", {"displayName": name}, again=False)["id"])
