"""What the lines of a decisions workbook say of their cases, held against what we write there.

In: the workbook as it lies; the same made anew. Out: cells that say something else, references on another case's line.
Never: judges a line of a case that is no longer in the pack: what it was called is not known any more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cluster_sheets.panel.decisions.left import CASE, MARK, Lying, Spot, cells, ref_of
from cluster_sheets.panel.decisions.place import DECIDED
from cluster_sheets.panel.decisions.workbook import GONE

_TITLE = {DECIDED: "want"}
"""The name of the title in each list; in all others it is ``want_again``."""


class Said(NamedTuple):
    """What is not as we write it."""

    sheet: str
    cell: str
    is_of_another: bool
    """The cell is a reference, and the line says what another case wants."""


class _Line(NamedTuple):
    """One line: the list, its case, where that is named, and what our cells beside it say."""

    table: str
    case_ref: str
    at: Spot
    said: Mapping[str, tuple[str, str]]
    """By name: cell, words."""

    def words(self) -> Mapping[str, str]:
        """What we wrote there as words: formulas apart, which say what is typed."""
        return {name: words for name, (_, words) in self.said.items() if words and not words.startswith(MARK)}


def said_otherwise(lies: Lying, tab: str, new: Lying) -> Iterator[Said]:
    """Where a line of a sheet says something else of its case than we do; ``new`` is the workbook made anew."""
    ours = {(line.table, line.case_ref): line for line in _lines(new) if GONE not in line.words().values()}
    stands = Counter((line.table, line.case_ref) for line in _lines(lies))
    for line in _lines(lies):
        own = ours.get((line.table, line.case_ref))
        # A case on two lines is told as that.
        if own is None or line.at[0] != tab or stands[line.table, line.case_ref] > 1:
            continue
        others = (each for each in ours.values() if each.table == line.table and each.case_ref != own.case_ref)
        if not _is_line_of(line, own) and any(_is_line_of(line, each) for each in others):
            yield Said(tab, line.at[1], is_of_another=True)
            continue
        for name, (cell, words) in line.said.items():
            if words and not _is_ours(words, own.said.get(name, ("", ""))[1]):
                yield Said(tab, cell, is_of_another=False)


def _is_line_of(line: _Line, other: _Line) -> bool:
    """Whether a line says of its case what we say of another: its title, and all that is left of our words."""
    title, ours = _TITLE.get(line.table, "want_again"), other.words()
    said = {name: words for name, (_, words) in line.said.items() if words and name in ours}
    return said.get(title) == ours.get(title) and said.items() <= ours.items()


def _is_ours(words: str, ours: str) -> bool:
    """Formulas stand for formulas, whatever they come to; words must be the same."""
    return ours.startswith(MARK) if words.startswith(MARK) else words == ours


def _lines(lies: Lying) -> Iterator[_Line]:
    told = {tab: dict(cells(sheet)) for tab, sheet in lies.sheets.items() if sheet}
    for table in lies.form.tables:
        ours = {cell.name for cell in table.computed}
        for line in lies.raw.lines.get(table.name, ()):
            if CASE in line:
                said = {
                    name: (line[name][1], told[line[name][0]].get(line[name][1], "")) for name in ours & line.keys()
                }
                yield _Line(table.name, ref_of(line), (line[CASE][0], line[CASE][1]), dict(sorted(said.items())))
