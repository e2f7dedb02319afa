"""Typed over: a school's words where only the template's own stand, and where its columns have come to.

In: the rows of a sheet, what its keys say, which cells hold formulas. Out: cells with words that are not its own.
Never: takes for a school's what the template of this declaration has written, or what a program has worked out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cluster_sheets.base.cell import address
from cluster_sheets.base.text import folded
from cluster_sheets.form import keys, own_words
from cluster_sheets.form.check_cell import APART, CLEAR, DONE, NOT_NEEDED, OPTIONAL, REQUIRED, TIES
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import Raw, is_blank
from cluster_sheets.reading.plan import ERROR, UNWORKED, Plan, Rows

Cell = tuple[int, int]
"""(row, column)."""
_WORDS = (REQUIRED, OPTIONAL, NOT_NEEDED, DONE, CLEAR)
_CHECKS = frozenset({"", UNWORKED, ERROR, *_WORDS})
_CHECK = re.compile(
    rf"(?:TO MEND [\d, ]+\s*)?(?:{'|'.join(_WORDS)}|(?:{TIES}|{APART})[^\n]*"
    r"|\d[\d., ]* \w+ \d[\d., ]*(?:: \d[\d., ]* \w+)?)?"
)
"""What a check comes to say, also where its formula has become a text."""
_BLANK = re.compile(r"\{[^}]*\}")
_MOST_KNOWN = 512
_MEND = folded(own_words.MEND)
_WHERE_HEADINGS = 8
"""The headings of What to mend are looked for in so many rows."""


class Columns(NamedTuple):
    """Where the columns of a sheet of questions stand."""

    label: int
    answer: int
    help: int
    check: int


def question_columns(rows: Rows, at: int, plan: Plan) -> Columns:
    """The columns by their headings, for a column put in moves them; without headings where the template has them."""
    usual = Columns(*range(at + 1, at + 5))
    asked, headings = plan.answers or plan.stamp, own_words.QUESTIONS if plan.answers else own_words.START_HEADINGS
    if not asked or plan.blocks or usual.answer >= len(rows[0]):
        return usual
    above = range(asked[0][1] - 1, -1, -1)
    wanted = list(headings)
    for row in above:
        if rows[row][usual.answer] == headings[1] and rows[row][usual.label : usual.check + 1] == wanted:
            return usual
    words = [folded(each) for each in headings]
    for row in above:
        places = {folded(raw): column for column, raw in enumerate(rows[row]) if isinstance(raw, str) and raw}
        answer = places.get(words[1], 0)
        if answer > at and len(places.keys() & set(words)) > 1:
            return Columns(
                places.get(words[0], answer - 1), answer, *(places.get(words[2 + n], answer + 1 + n) for n in (0, 1))
            )
    return usual


class OwnWords:
    """The template's own words of one declared form. Made once, used for many workbooks."""

    def __init__(self, form: Form) -> None:
        fields = [each for sheet in form.sheets for each in sheet.fields]
        self._said = {keys.of_field(each): (_pieces(each.label), _pieces(each.hint)) for each in fields}
        steps = range(1, len(own_words.HOW) + 1)
        start = {own_words.START_TITLE, own_words.HOW_TITLE, own_words.STAMP_TITLE, *own_words.START_HEADINGS}
        start |= {*own_words.HOW, *own_words.STAMP_WORDS.values(), *(f"{step}." for step in steps)}
        self._names = frozenset(sheet.name for sheet in form.sheets)
        self._as_it_is = frozenset({"", *start, *self._names, *(sheet.lead for sheet in form.sheets)})
        """Of the first sheet, letter by letter: nearly every cell is."""
        self._start = frozenset(map(folded, self._as_it_is))
        self._known: set[tuple[Raw, ...]] = set()
        """Labels and help of sheets in which nothing was typed over: forms of one template have the same."""

    def on_questions(
        self, rows: Rows, plan: Plan, where: Columns, marks: Mapping[str, str]
    ) -> tuple[list[Cell], list[Cell]]:
        """(cells in columns put between the template's, cells of the template that are typed over)."""
        if not plan.answers or plan.blocks:
            return [], []
        asked = [rows[row] for _, row in plan.answers]
        label, answer, aid, check = where
        straight = check - label == len(where) - 1 and check < len(asked[0])
        told = tuple([row[label] for row in asked] + [row[aid] for row in asked]) if straight else ()
        if told in self._known and all(map(_is_check, {row[check] for row in asked} - _CHECKS)):
            return [], []
        found: tuple[list[Cell], list[Cell]] = ([], [])
        for key, row in plan.answers:
            for column in range(min(label, answer), min(check + 1, len(rows[row]))):
                if column != answer and not self._is_own(key, rows[row][column], marks, (row, column)):
                    found[column in where].append((row, column))
        if straight and not any(found):
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known.add(told)
        return found

    def _is_own(self, key: str, raw: Raw, marks: Mapping[str, str], cell: Cell) -> bool:
        if raw in _CHECKS or is_blank(raw) or address(*cell) in marks or key not in self._said:
            return True
        if not isinstance(raw, str):
            return False
        text, (label, hint) = folded(raw), self._said[key]
        # In a copy sent back what is to be mended stands before the help.
        return _is_check(raw) or (_says(text, label) and text.startswith(label[0])) or _says(text, hint)

    def on_start(self, rows: Rows, plan: Plan, where: Columns, marks: Mapping[str, str]) -> list[Cell]:
        """Cells of the first sheet that hold something else than the template and the form's mark put there."""
        heads = next((row for row in range(len(rows)) if _headed(rows[row], own_words.START_HEADINGS)), None)
        if heads is None or not plan.stamp or plan.answers:
            return []
        as_it_is, stamped = self._as_it_is, {row for _, row in plan.stamp}
        found = []
        for row, line in enumerate(rows):
            if not as_it_is.issuperset(line):
                odd = [column for column, raw in enumerate(line) if raw not in as_it_is and column >= where.label]
                # What stands here is the school's name, how far a sheet is, or the mark.
                free = {where.label} if row < heads else {where.answer} if row in stamped else set()
                free |= set() if self._names.isdisjoint(line) else {where.label, where.check}
                found += [(row, column) for column in odd if column not in free]
        return [cell for cell in found if not self._is_of_start(rows[cell[0]][cell[1]], marks, cell)]

    def _is_of_start(self, raw: Raw, marks: Mapping[str, str], cell: Cell) -> bool:
        return is_blank(raw) or address(*cell) in marks or (isinstance(raw, str) and folded(raw) in self._start)


def on_what_to_mend(name: str, rows: Rows) -> list[Cell]:
    """Cells of the list of what to mend that hold something where the template never writes."""
    if folded(name) != _MEND:
        return []
    found = enumerate(rows[:_WHERE_HEADINGS])
    heads = next((row for row, line in found if _headed(line, own_words.MEND_HEADINGS)), None)
    if heads is None:
        return []
    first = next(column for column, raw in enumerate(rows[heads]) if raw == own_words.MEND_HEADINGS[0])
    last = next((row for row, line in enumerate(rows) if line[first] == own_words.MEND_LAST), len(rows))
    return list(_beside_the_list(rows, heads, last, first))


def _beside_the_list(rows: Rows, heads: int, last: int, first: int) -> Iterator[Cell]:
    listed = range(first, first + len(own_words.MEND_HEADINGS))
    for row, line in enumerate(rows):
        whole = row == heads or (heads < row <= last and _is_listed(line[listed.start : listed.stop]))
        own: Sequence[int] = listed if whole else (first,) if row <= last else ()
        yield from ((row, column) for column, raw in enumerate(line) if column not in own and not is_blank(raw))


def _is_listed(line: Sequence[Raw]) -> bool:
    """True of a line of the list: with its number, or, of what is only told, with where and what it is."""
    return isinstance(line[0], int | float) or (is_blank(line[0]) and not any(map(is_blank, line[1:3])))


def _headed(line: Sequence[Raw], headings: Sequence[str]) -> bool:
    return all(each in line for each in headings)


def _is_check(raw: Raw) -> bool:
    return isinstance(raw, str) and _CHECK.fullmatch(raw) is not None


def _pieces(text: str) -> tuple[str, ...]:
    """What stands between the settings of a text, as it is compared."""
    return tuple(folded(piece) for piece in _BLANK.split(text))


def _says(text: str, pieces: Sequence[str]) -> bool:
    """True where ``text`` holds all pieces in order, and ends with the last."""
    spot = 0
    for piece in pieces:
        spot = text.find(piece, spot)
        if spot < 0:
            return False
        spot += len(piece)
    return text.endswith(pieces[-1])
