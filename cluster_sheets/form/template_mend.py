"""What to mend: the first sheet of a copy sent back, each thing with a link to its cell."""

from collections.abc import Iterator
from itertools import groupby

from cluster_sheets.form.filled import Fault, Filled
from cluster_sheets.form.layout import Layout
from cluster_sheets.form.own_words import MEND, MEND_HEADINGS, MEND_LAST
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.palette import ALARM

WIDTHS = (52, 150, 306, 306, 195)
_MOST_CELLS = 6


def write_mend(book: Book, layout: Layout, filled: Filled) -> None:
    """The sheet itself."""
    page = book.sheet(MEND, WIDTHS)
    to_mend = [each for each in filled.faults if not each.only_told]
    count = len(to_mend) + filled.more_faults
    things = "1 thing" if count == 1 else f"{count} things"
    page.open_with(f"What to mend: {things}, then send it back", filled.lead, filled.status)
    page.headings(3, MEND_HEADINGS)
    row, number, kept = 4, 0, []
    for sheet, faults in groupby(filled.faults, key=lambda each: each.sheet):
        group = list(faults)
        mend = sum(not each.only_told for each in group)
        page.sheet.set_row(row, 30)
        kept.append(row)
        for column in range(5):
            page.blank(row, column, "section-in-list")
        words = f"{mend} to mend" if mend else "only to tell you"
        page.text(row, 0, f"{sheet or 'The file'}: {words}", "section-in-list")
        row += 1
        for each in group:
            # What is only told is not counted in the title either.
            number += not each.only_told
            _row(page, row, None if each.only_told else number, each, layout)
            row += 1
    kept.append(row - 1)
    for text in _ends(layout, filled):
        page.sheet.set_row(row, 23)
        page.text(row, 0, text, "lead")
        row += 1
    page.sheet.set_tab_color(ALARM)
    page.sheet.freeze_panes(4, 0)
    page.sheet.set_selection(5, 1, 5, 1)
    page.printed(row, filled.reference, kept=kept)
    page.locked()


def _ends(layout: Layout, filled: Filled) -> Iterator[str]:
    """What stands below the list: how to know what is to be mended, and whether that is all."""
    if filled.more_faults:
        are = "is 1 more thing" if filled.more_faults == 1 else f"are {filled.more_faults} more things"
        yield f"There {are} like these. They show once these are mended."
    to_mend = [each for each in filled.faults if not each.only_told and each.key]
    questions = any(each.key in layout.rows for each in to_mend)
    lines = any(each.key not in layout.rows for each in to_mend)
    if to_mend:
        edge = "Each answer to mend has a thick red edge"
        beside = "; a question has the words TO MEND beside it" if lines else " and the words TO MEND beside it"
        more = filled.more_faults or any(each.whole for each in to_mend)
        all_else = "" if more else " Nothing else needs changing."
        yield f"{edge}{beside if questions else ''}.{all_else}"
    yield MEND_LAST


def _row(page: Page, row: int, number: int | None, fault: Fault, layout: Layout) -> None:
    bold = not fault.only_told
    known = fault.key in layout.rows or fault.key.rpartition(".")[0] in layout.tables or fault.key in layout.tables
    linked = known and bool(fault.sheet)
    cells = [layout.cell(fault.key, line) for line in (fault.line, *fault.also)] if linked else []
    where = f"‘{fault.sheet}’ {_listed(cells)}" if linked else fault.sheet or "The file"
    texts = [(where, WIDTHS[1], False), (fault.found, WIDTHS[2], False), (fault.mend, WIDTHS[3], bold)]
    page.fitted(row, [*texts, (fault.example, WIDTHS[4], False)])
    if number is None:
        page.blank(row, 0, "row-centre")
    else:
        page.figure(row, 0, number, "fault-number")
    if linked:
        page.link(row, 1, f"'{fault.sheet}'!{cells[0]}", where, "row")
    else:
        page.text(row, 1, where, "row")
    page.text(row, 2, fault.found, "row")
    page.text(row, 3, fault.mend, "row", *(("bold",) if bold else ()))
    page.text(row, 4, fault.example, "row", "muted")


def _listed(cells: list[str]) -> str:
    shown = ", ".join(cells[:_MOST_CELLS])
    return f"{shown} and {len(cells) - _MOST_CELLS} more" if len(cells) > _MOST_CELLS else shown
