"""What stands in a decisions workbook that is not read, and may be meant: a decision is not taken past it.

In: the workbook as it lies; the same made anew, to know our own words by. Out: what is not read, and where.
Never: stops a workbook for what cannot change a decision: a further sheet that can be seen is told only.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cluster_sheets.base.cell import position
from cluster_sheets.panel.decisions.left import MARK, Lying, Spot, cells
from cluster_sheets.panel.decisions.place import LEFT
from cluster_sheets.panel.decisions.said import said_otherwise

_SUMS = re.compile(r"£?\d[\d,]*(\.\d\d)?")


class Unread(NamedTuple):
    """One thing that is not read."""

    code: str
    sheet: str
    cell: str = ""
    about: str = ""
    """The sheet of ours that it is about, as declared."""


def elsewhere(lies: Lying) -> Iterator[Unread]:
    """Where the chair may have filled in something else than what is read: told whatever the last box says."""
    raw = lies.raw
    for sheet, tab in raw.copies:
        yield Unread("decisions-sheet-twice", tab, "", sheet)
    if raw.two_requests or raw.twice:
        yield Unread("decisions-boxes-twice", "")
    for sheet, tab in raw.sheets.items():
        if tab in lies.hidden:
            yield Unread("decisions-sheet-hidden", tab, "", sheet)
    for tab in _others(lies):
        if tab in lies.hidden:
            yield Unread("decisions-hidden-sheet", tab)


def beside(lies: Lying, fresh: Callable[[], Lying]) -> Iterator[Unread]:
    """What stands beside or below the boxes, on them or on sheets of its own; ``fresh`` is the workbook made anew."""
    for tab in _others(lies):
        if tab not in lies.hidden:
            yield Unread("decisions-sheet-added", tab)
    for sheet, cell in lies.raw.notes:
        yield Unread("decisions-note", sheet, cell)
    if lies.raw.pictures:
        yield Unread("decisions-picture", "")
    changed = lies.changed()
    ours = {sheet: tab for sheet, tab in lies.raw.sheets.items() if tab in changed}
    if ours:
        new = fresh()
        for sheet, tab in ours.items():
            yield from (Unread("decisions-beside", tab, cell) for cell in _written(lies, tab, new, sheet))
            for said in said_otherwise(lies, tab, new):
                code = "decisions-line-of-another" if said.is_of_another else "decisions-beside"
                yield Unread(code, said.sheet, said.cell)


def _others(lies: Lying) -> Iterator[str]:
    """Tabs that are neither sheets of ours nor copies of them."""
    known = {*lies.raw.sheets.values(), *(tab for _, tab in lies.raw.copies)}
    return (tab for tab in lies.sheets if tab not in known)


def _written(lies: Lying, tab: str, new: Lying, name: str) -> Iterator[str]:
    """Cells of a sheet of ours that hold what we never write there."""
    told = list(_cells(new, name))
    known = {_wording(words) for _, words in told if not words.startswith(MARK)}
    # A case that has left the pack since is still named on the last sheet.
    known |= {ref for _, ref in lies.refs.values()}
    last = max((position(cell)[1] for cell, _ in told), default=0)
    read, figures = _read(lies), name == lies.form.sheets[LEFT].name
    for cell, words in _cells(lies, tab):
        sum_of_ours = words.startswith(MARK) or (figures and _figure(words))
        ours = _wording(words) in known or (sum_of_ours and position(cell)[1] <= last)
        if not ours and (tab, cell) not in read:
            yield cell


def _cells(lies: Lying, tab: str) -> Iterable[tuple[str, str]]:
    sheet = lies.sheets.get(tab)
    return ((cell, words) for cell, words in cells(sheet) if words) if sheet else ()


def _read(lies: Lying) -> frozenset[Spot]:
    """Cells that are read, and those of ours on the lines of the lists, which are held against each line's case."""
    lines = (line for told in lies.raw.lines.values() for line in told)
    return lies.boxes | {(spot[0], spot[1]) for line in lines for spot in line.values()}


def _wording(words: str) -> str:
    """Words as they are compared: the sums in a sentence may be those of another day."""
    return _SUMS.sub("0", words) if " " in words else words


def _figure(words: str) -> bool:
    """Whether it is a figure and nothing else."""
    return words.replace(".", "", 1).replace("-", "", 1).isdecimal()
