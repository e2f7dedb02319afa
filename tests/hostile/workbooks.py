"""Every kind of hostile workbook, made of good ones.

    for each in workbooks(desk.soon, desk.later): (inbox / each.name).write_bytes(each.data)

To look at one by hand: ``python -m tests.hostile.workbooks INTO`` writes them all into a folder.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from cluster_sheets.store.units import State
from tests.hostile import contents, others, slow, tampered, xmls, zips
from tests.hostile.desk import Desk, Good
from tests.hostile.kind import Hostile, Kind

KINDS: tuple[Kind, ...] = (*zips.KINDS, *xmls.KINDS, *others.KINDS, *contents.KINDS, *tampered.KINDS, *slow.KINDS)
TAKEN = tuple(each for each in KINDS if each.state is State.ACCEPTED)
"""Odd, and nothing wrong with them: in the night they are for a later meeting, so that the next one's pack stays as it
is without them."""
UNREAD = tuple(each for each in KINDS if each.codes[:1] and each.codes[0].startswith("file-"))
"""Nobody learns whose form they are, so that one form does for all of them."""
REFUSED = tuple(each for each in KINDS if each not in TAKEN and each not in UNREAD)
SOON, LATER = 2 + len(REFUSED), len(TAKEN)
"""So many good forms are wanted of each meeting."""


def workbooks(soon: Sequence[Good], later: Sequence[Good]) -> Iterator[Hostile]:
    """Every kind, each that is read made of a good form of its own: what is taken, of a form for the later meeting."""
    shared, *others_soon = soon[1:SOON]
    for kinds, goods in ((UNREAD, [shared] * len(UNREAD)), (REFUSED, others_soon), (TAKEN, later[:LATER])):
        for kind, good in zip(kinds, goods, strict=True):
            yield Hostile(f"{kind.name}.xlsx", kind.make(good), (kind.state,), kind.codes)


def main() -> None:
    """Writes every kind into a folder."""
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "central", SOON, LATER)
        for each in workbooks(desk.soon, desk.later):
            (into / each.name).write_bytes(each.data)


if __name__ == "__main__":
    main()
