"""One workbook as it was written: bytes in, raw answers with their places out. Runs in a worker process.

What comes out is plain lists, text, numbers and dates only, so that it can cross from one process to another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from python_calamine import CalamineError

from cluster_sheets.base.cell import position
from cluster_sheets.form import keys, own_words
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.reading.located import Located, Locator
from cluster_sheets.reading.package import Package, SheetPart
from cluster_sheets.reading.plan import ERROR, UNWORKED, Rows
from cluster_sheets.reading.values import values

OWN_SHEETS = {"lists", own_words.MEND.casefold(), own_words.START.casefold()}
"""Sheets of a form that ask nothing."""


@dataclass(slots=True)
class RawForm:
    """What one workbook holds, nothing of it understood yet. A place is (sheet, cell); an answer (sheet, cell, raw)."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    lines: dict[str, list[dict[str, list[Any]]]] = field(default_factory=dict)
    first_line: dict[str, list[str]] = field(default_factory=dict)
    formulas: list[list[str]] = field(default_factory=list)
    """Places of formulas that have a stored value."""
    percents: list[list[str]] = field(default_factory=list)
    """Places of numbers in a percentage format, where that changes the answer."""
    stamp: dict[str, list[str]] = field(default_factory=dict)
    stamp_place: list[str] = field(default_factory=list)
    version_property: str = ""
    sheets: dict[str, str] = field(default_factory=dict)
    missing_sheets: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    by_label: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    headless: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Columns (``table.name``) that a table with lines no longer has."""
    copies: list[list[str]] = field(default_factory=list)
    """(declared name, tab) of each further copy of a sheet of ours: not read."""
    below: list[list[str]] = field(default_factory=list)
    beside: list[list[str]] = field(default_factory=list)
    """Places of what is written beside the boxes."""
    over: list[list[str]] = field(default_factory=list)
    """Places of what is no word of the template as it is declared now (``typed_over``)."""
    added: list[str] = field(default_factory=list)
    """Visible sheets that are not the form's."""
    hidden: list[str] = field(default_factory=list)
    """Hidden sheets that are not the form's."""
    notes: list[list[str]] = field(default_factory=list)
    external_links: bool = False
    pictures: bool = False
    two_requests: bool = False
    ours: bool = False

    def told(self) -> dict[str, Any]:
        """The same as plain values."""
        return {name: getattr(self, name) for name in self.__slots__}

    def typed_over(self, version: str) -> Sequence[Sequence[str]]:
        """Places where the template's own words are typed over; ``version`` is that of the template now.

        Of a form of another version nothing is told: its own words may have been others.
        """
        return self.over if version and version in self.stamp.get("version", ()) else ()


def read(data: bytes, parts: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """The raw answers of a pre-checked workbook of the application form, as ``RawForm.told`` gives them.

    Args:
        data: the workbook.
        parts: parts of it that the pre-check has inflated already.

    Raises RefusedError where it is a workbook by its looks only.
    """
    try:
        return raw_form(data, _application(), parts).told()
    except CalamineError as damaged:
        raise RefusedError("file-broken") from damaged


def raw_form(data: bytes, locator: Locator, parts: Mapping[str, bytes] | None = None) -> RawForm:
    """The raw answers of a pre-checked workbook of the form that ``locator`` knows. Raises CalamineError."""
    form = locator.form
    package = Package(data, parts)
    sheets, marks = [], {}
    read_parts = {sheet.name: sheet for sheet in package.sheets()}
    for name, rows, told in values(package):
        marks[name] = told
        sheets.append((name, _marked(rows, told)))
    located = locator.located(sheets, marks)
    raw = _told(located, marks)
    raw.ours = locator.is_ours(located)
    raw.percents = [list(place) for place in _percents(locator, located, package, read_parts)]
    named = (*located.sheets.values(), *located.stamp_spot[:1], *(each.name for each in form.sheets), *_lists(sheets))
    ours = {name.casefold() for name in named} | OWN_SHEETS
    others = [sheet for sheet in read_parts.values() if sheet.name.casefold() not in ours]
    copies = {tab for _, tab in raw.copies}
    raw.added = [sheet.name for sheet in others if sheet.visible and sheet.name not in copies]
    raw.hidden = [sheet.name for sheet in others if not sheet.visible]
    raw.notes = [[sheet.name, cell] for sheet in read_parts.values() for cell in package.notes(sheet)]
    raw.external_links, raw.pictures = package.has_external_links(), package.has_pictures()
    raw.version_property = package.custom_property(keys.VERSION_PROPERTY)
    return raw


def _lists(sheets: Sequence[tuple[str, Rows]]) -> Iterator[str]:
    """The tab with the lists of the form, whatever it is called now: its title stays."""
    return (name for name, rows in sheets if rows and "Lists" in rows[0][:2])


@cache
def _application() -> Locator:
    return Locator(shipped_form("application"))


def _marked(rows: list[list[Any]], marks: Mapping[str, str]) -> Rows:
    """``rows`` with a mark where Excel shows a fault or has not worked a formula out. Raises RefusedError."""
    for cell, mark in marks.items():
        if mark != "formula":
            try:
                row, column = position(cell)
            except ValueError as nowhere:
                # Excel writes no such address; a reader that passes over it would lose what stands there.
                raise RefusedError("file-broken") from nowhere
            while len(rows) <= row:
                rows.append([])
            line = rows[row]
            if column >= len(line):
                line += [""] * (column + 1 - len(line))
            line[column] = ERROR if mark == "error" else UNWORKED
    return rows


def _told(located: Located, marks: Mapping[str, Mapping[str, str]]) -> RawForm:
    form_ids = {each for each in located.stamp.get("form_id", []) if each}
    return RawForm(
        answers=located.answers,
        lines=located.lines,
        first_line=located.first_line,
        formulas=_given(located, marks),
        stamp=located.stamp,
        stamp_place=located.stamp_spot[:2],
        sheets=located.sheets,
        missing_sheets=located.missing_sheets,
        missing=located.missing,
        by_label=located.by_label,
        twice=located.twice,
        headless=located.headless,
        gone=located.gone,
        copies=[list(each) for each in located.copies],
        below=[spot[:2] for spot in located.below],
        beside=[spot[:2] for spot in located.beside],
        over=[spot[:2] for spot in located.over],
        two_requests=bool(located.apart) or len(form_ids) > 1,
    )


def _given(located: Located, marks: Mapping[str, Mapping[str, str]]) -> list[list[str]]:
    """The places of answers that formulas give; ``marks`` are of each sheet, by cell."""
    lines = (line for rows in located.lines.values() for line in rows)
    spots = (spot for line in (located.answers, *lines) for spot in line.values())
    return sorted(map(list, {(sheet, cell) for sheet, cell, _ in spots if marks[sheet].get(cell) == "formula"}))


def _percents(
    locator: Locator, located: Located, package: Package, sheets: Mapping[str, SheetPart]
) -> list[tuple[str, str]]:
    """Places of numbers, asked for as percentages or as text, that stand in a percentage format: a second look."""
    wanted: dict[str, set[str]] = {}
    for table, name in locator.percents:
        rows = located.lines.get(table, []) if table else [located.answers]
        for sheet, cell, raw in (line[name] for line in rows if name in line):
            if isinstance(raw, int | float) and raw and not isinstance(raw, bool):
                wanted.setdefault(sheet, set()).add(cell)
    return [
        (name, cell)
        for name, cells in wanted.items()
        if name in sheets
        for cell in sorted(package.percent_cells(sheets[name].part, frozenset(cells)))
    ]
