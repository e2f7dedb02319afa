"""A mailbox by IMAP. What it gave before is known by our own store, never by what is read or unread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from cluster_sheets.connect.config import Route
from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.imap import Mailbox, RefusedError, opened
from cluster_sheets.intake.routes.source import Came, Move, Seen, folder, headers, is_it
from cluster_sheets.store.fetched import Fetched, Lies

_MAILS_AT_ONCE, _BYTES_AT_ONCE = 50, 16 * 1024 * 1024
_MOVES_AT_ONCE = 100
_LOOKED_THROUGH = 2000
"""Newest mails of a folder among which one is looked for whose number nobody told us."""


class ImapSource:
    """One mailbox."""

    first = Lies.INBOX

    def __init__(self, route: Route) -> None:
        self._route, self.coming, self.left, self.missing = route, 0, 0, set[Lies]()

    def mails(self, seen: Seen, most: int) -> Iterator[Came]:
        """What it has not given before."""
        self.left = 0
        with opened(self._route) as box:
            validity = box.validity
            known = seen(validity)
            new = [(uid, size) for uid, size in box.sizes() if uid not in known]
            self.coming = len(new)
            for group in _groups([each for each in new if each[1] <= most]):
                sizes = dict(group)
                for uid, raw in self._whole(box, list(sizes)):
                    yield Came(validity, uid, raw, sizes[uid])
            large = {uid: size for uid, size in new if size > most}
            for uid, head in self._each(box, list(large), heads=True):
                yield Came(validity, uid, headers(head), large[uid], whole=False)

    def _whole(self, box: Mailbox, uids: list[str]) -> Iterator[tuple[str, bytes]]:
        try:
            found = list(box.mails(uids))
        except RefusedError:
            # One mail that the server itself can't read must not keep the others from us.
            yield from self._each(box, uids)
            return
        yield from ((uid, raw) for uid, raw in found if uid in uids)

    def _each(self, box: Mailbox, uids: list[str], *, heads: bool = False) -> Iterator[tuple[str, bytes]]:
        for uid in uids:
            try:
                found = list(box.heads([uid]) if heads else box.mails([uid]))
            except RefusedError:
                self.left += 1
                continue
            yield from ((told, raw) for told, raw in found if told == uid)

    def file_away(self, moves: Sequence[Move]) -> Iterator[Fetched]:
        """Moves mails by MOVE, which takes each away from here in the same act as it puts it there."""
        with opened(self._route, write=True) as box:
            if not box.can_move:
                return
            filed_in = {move.mail.lies for move in moves} - {Lies.INBOX}
            # Of those that had to be made somebody has removed or renamed the one before, or told another in its place.
            # That it was not there is known by that alone: a server says no as well where we only may not open it.
            wanted = sorted(filed_in | {move.to for move in moves})
            no: dict[tuple[Lies, Lies], str] = {}
            self.missing = filed_in & {lies for lies in wanted if self._made(box, lies, no)}
            in_turn = sorted(moves, key=lambda move: (move.mail.lies, move.to))
            for (lies, to), group in groupby(in_turn, key=lambda move: (move.mail.lies, move.to)):
                mails = [move.mail for move in group]
                for start in range(0, len(mails), _MOVES_AT_ONCE):
                    if no.keys() & {(lies, to), (to, to)}:
                        break
                    try:
                        yield from self._moved(box, mails[start : start + _MOVES_AT_ONCE], lies, to)
                    except RefusedError as refused:
                        # What one folder does not take or give keeps no mail from the others.
                        no[lies, to] = str(refused)
            if no:
                raise UnreachableError(" ".join(dict.fromkeys(no.values())))

    def _made(self, box: Mailbox, lies: Lies, no: dict[tuple[Lies, Lies], str]) -> bool:
        try:
            return box.make(folder(self._route, lies))
        except RefusedError as refused:
            no[lies, lies] = str(refused)
            return False

    def _moved(self, box: Mailbox, mails: Sequence[Fetched], lies: Lies, to: Lies) -> Iterator[Fetched]:
        if lies in self.missing:
            yield from self._there(box, mails, to)
            return
        validity = box.select(folder(self._route, lies), write=True)
        here = {mail.at_uid: mail for mail in mails if mail.at_validity == validity}
        astray = [mail for mail in mails if mail.at_validity != validity]
        if astray:
            # The folder's numbers were given anew: what we know of them leads to other mails.
            here |= {uid: mail for mail, uid in _found(box, astray)}
        moved = box.move(list(here), folder(self._route, to)) if here else {}
        for uid, mail in here.items():
            if uid in moved:
                yield replace(mail, lies=to, at_validity=moved[uid][0], at_uid=moved[uid][1])
        yield from self._there(box, [mail for mail in mails if not any(here.get(uid) is mail for uid in moved)], to)

    def _there(self, box: Mailbox, mails: Sequence[Fetched], to: Lies) -> Iterator[Fetched]:
        """Mails that were not there to be moved: moved already by a night that was cut short, or gone."""
        if not mails:
            return
        validity = box.select(folder(self._route, to))
        found = {id(mail): uid for mail, uid in _found(box, mails)}
        for mail in mails:
            if id(mail) in found:
                yield replace(mail, lies=to, at_validity=validity, at_uid=found[id(mail)])
            else:
                yield replace(mail, lies=Lies.GONE)


def _found(box: Mailbox, mails: Sequence[Fetched]) -> Iterator[tuple[Fetched, str]]:
    """Those of these mails that lie in the folder we are in, by their size and bytes, each with its number there."""
    wanted = list(mails)
    for uid, size in reversed(box.sizes(_LOOKED_THROUGH)):
        alike = [mail for mail in wanted if mail.size == size]
        if not alike:
            continue
        for _, raw in box.mails([uid]):
            same = next((mail for mail in alike if is_it(raw if mail.whole else headers(raw), mail)), None)
            if same is not None:
                wanted.remove(same)
                yield same, uid


def _groups(mails: Sequence[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Mails as they are asked for at once: not too many, and not too much."""
    group: list[tuple[str, int]] = []
    for each in mails:
        if group and (len(group) == _MAILS_AT_ONCE or sum(size for _, size in group) + each[1] > _BYTES_AT_ONCE):
            yield group
            group = []
        group.append(each)
    if group:
        yield group
