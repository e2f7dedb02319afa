"""Sheets of lines: a real Excel table for each list, its sums below, and one sentence that says whether it ties."""

from collections.abc import Mapping, Sequence

from cluster_sheets.base.cell import address
from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import Checks
from cluster_sheets.form.declared import Field, Sheet
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.layout import LABEL, Layout, TablePlace
from cluster_sheets.form.template_boxes import TO_MEND, fault_words, restrict, roles, shown_lines, write_answer
from cluster_sheets.form.template_lists import ChoiceLists
from cluster_sheets.form.template_status import status
from cluster_sheets.form.template_sums import line_formula, line_pence, write_sums
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import height, lines

_CENTRED = 60
"""Points: in a row no taller than this, answers stand in the middle."""
_DRAWN_TALL = 7
"""Lines as tall as their longest answer from the start: a page of them. Those below grow when they are used."""
_NAMED = 6
"""Cells to mend that a sheet's third row names; *What to mend* has them all."""


def write_tables(book: Book, sheet: Sheet, layout: Layout, filled: Filled, checks: Checks, lists: ChoiceLists) -> str:
    """One sheet of one or more tables; gives its third row, which says how far it is."""
    widths = _widths(sheet)
    page = book.sheet(sheet.name, widths, keyed=True)
    page.key(0, 0, keys.of_sheet(sheet))
    page.open_with(sheet.name, sheet.lead, "")
    shown = _status(page, sheet, layout, filled, checks)
    for table in sheet.tables:
        _table(page, layout.tables[table.name], layout, filled, lists)
    first = layout.tables[sheet.tables[0].name]
    page.sheet.freeze_panes(first.headings + 1, 0)
    page.sheet.set_selection(first.first, LABEL, first.first, LABEL)
    kept = _kept(sheet, layout)
    page.printed(layout.bottoms[sheet.name], filled.reference, repeat=first.headings, kept=kept)
    page.locked()
    return shown


def _status(page: Page, sheet: Sheet, layout: Layout, filled: Filled, checks: Checks) -> str:
    """Writes row 3, and gives what it says."""
    faults = filled.faults_on(sheet.name)
    if not faults:
        formula, shown = status(sheet, layout, filled, checks)
        page.formula(2, LABEL, formula, shown, "status")
        return shown
    cells = [f"no. {number} in {layout.cell(each.key, each.line)}" for number, each in faults[:_NAMED]]
    cells += [f"{len(faults) - _NAMED} more"] if len(faults) > _NAMED else []
    answers = "1 answer" if len(faults) == 1 else f"{len(faults)} answers"
    shown = f"{answers} to mend on this sheet. {TO_MEND}: {', '.join(cells)}."
    page.text(2, LABEL, shown, "status-alarm")
    return shown


def _kept(sheet: Sheet, layout: Layout) -> set[int]:
    """Rows that stay on the page of the next: the last line with its sums, and with a table that follows it.

    So the repeated heading of the first table never stands right above another table.
    """
    kept: set[int] = set()
    for number, table in enumerate(sheet.tables):
        place = layout.tables[table.name]
        kept |= set(range(place.last, place.bottom))
        if number:
            kept |= set(range(place.title or place.names, place.last))
    return kept


def _widths(sheet: Sheet) -> list[int]:
    table = sheet.tables[0]
    by_name = {column.name: column.width for column in table.columns} | {
        cell.name: cell.width for cell in table.computed
    }
    return [by_name[name] for name in keys.column_names(table)]


def _table(page: Page, place: TablePlace, layout: Layout, filled: Filled, lists: ChoiceLists) -> None:
    table = place.table
    if place.title is not None:
        page.sheet.set_row(place.title, 30)
        page.key(place.title, 0, f"title:{table.name}")
        page.text(place.title, LABEL, f"{table.title}. {table.lead}".rstrip(), "section")
    page.key(place.names, 0, keys.of_table(table))
    for name, column in place.columns.items():
        page.key(place.names, column, name)
    page.sheet.set_row(place.names, None, None, {"hidden": True})
    _headings(page, place, filled)
    needed = max(_allowed(column, page.widths[place.columns[column.name] - 1], lists) for column in table.columns)
    empty = height(needed, floor=27)
    touched = {*range(len(filled.lines.get(table.name, ()))), *filled.faulty_lines(table.name)}
    boxes = [(place.columns[column.name], _roles(column, empty)) for column in table.columns]
    for line in range(place.lines):
        if line in touched:
            _line(page, place, line, filled, empty)
        else:
            _empty_line(page, place, line, boxes, empty)
    for name, column in place.columns.items():
        field = next((each for each in table.columns if each.name == name), None)
        if field is not None:
            where = f"{address(place.first, column)}:{address(place.last, column)}"
            restrict(page, where, field, filled, lists, prompt=True)
    page.key(place.end, 0, keys.of_end(table))
    page.sheet.set_row(place.end, None, None, {"hidden": True})
    write_sums(page, place, layout, filled)


def _headings(page: Page, place: TablePlace, filled: Filled) -> None:
    table = place.table
    labels = {column.name: filled.scheme.told(column.label) for column in table.columns}
    labels |= {cell.name: cell.label for cell in table.computed}
    figures = {
        column.name for column in table.columns if column.kind in ("money", "whole-number", "decimal", "percent")
    }
    figures |= {cell.name for cell in table.computed}
    page.key(place.headings, 0, keys.of_headings(table))
    columns, most = [], 1
    for name, column in place.columns.items():
        style = page.book.style("heading-figure" if name in figures else "heading")
        columns.append({"header": labels[name], "header_format": style})
        most = max(most, lines(labels[name], page.widths[column - 1], bold=True))
    page.sheet.set_row(place.headings, height(most, pad=10, floor=26))
    last = max(place.columns.values())
    page.sheet.add_table(
        place.headings,
        LABEL,
        place.last,
        last,
        {"name": f"Table_{table.name}", "columns": columns, "autofilter": False, "style": None},
    )


def _allowed(field: Field, pixels: int, lists: ChoiceLists) -> int:
    """Lines of type that the answers of a column need: all of a long text, half of a short one, any of a list."""
    if field.kind in ("text", "long-text") and field.maximum is not None:
        most = field.maximum.literal or 0
        return lines(_words(most if field.kind == "long-text" else most // 2), pixels) + (field.kind == "long-text")
    labels = lists.labels(field) if field.kind == "choice" else ()
    return max((lines(label, pixels) for label in labels), default=1)


def _words(letters_: int) -> str:
    """Plain words of so many letters together."""
    words = "We met each week, and wrote down what each pupil can do on their own now. "
    return (words * letters_)[:letters_]


def _roles(column: Field, tall: float, *, faulty: bool = False) -> tuple[str, ...]:
    """Roles of an answer's cell in a row so tall."""
    return (*roles(column, in_table=True, faulty=faulty), *(("top",) if tall > _CENTRED else ()))


def _empty_line(
    page: Page, place: TablePlace, line: int, boxes: Sequence[tuple[int, tuple[str, ...]]], empty: float
) -> None:
    """A line that nothing is said of: what ``_line`` draws, for most lines of a form."""
    row = place.first + line
    if line < _DRAWN_TALL:
        page.sheet.set_row(row, empty)
    for column, box in boxes:
        page.blank(row, column, *box)
    _computed(page, place, row, {})


def _line(page: Page, place: TablePlace, line: int, filled: Filled, empty: float) -> None:
    table, row = place.table, place.first + line
    given = filled.lines.get(table.name, ())
    answers = given[line] if line < len(given) else {}
    needed = [
        lines(shown_lines(column, answers[column.name]), page.widths[place.columns[column.name] - 1])
        for column in table.columns
        if column.name in answers
    ]
    tall = max(empty, height(max(needed, default=1)))
    if line < max(len(given), _DRAWN_TALL):
        page.sheet.set_row(row, tall)
    for column in table.columns:
        fault, _ = fault_words(filled, column.key, line)
        box = _roles(column, tall, faulty=bool(fault))
        write_answer(page, row, place.columns[column.name], column, answers.get(column.name), box)
    _computed(page, place, row, answers)


def _computed(page: Page, place: TablePlace, row: int, answers: Mapping[str, Raw]) -> None:
    """The locked cells of a line, with what its answers come to."""
    for cell in place.table.computed:
        if cell.after:
            total = line_pence(answers)
            formula = line_formula(place, row)
            page.formula(
                row, place.columns[cell.name], formula, "" if total is None else total / 100, "computed", "pounds"
            )
