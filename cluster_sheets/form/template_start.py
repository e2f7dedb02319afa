"""The first sheet: what to give where, how to fill it in, and the mark that says whose form it is."""

from collections.abc import Sequence

from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import APART
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.layout import FIRST_ROW, Layout
from cluster_sheets.form.own_words import HOW, HOW_TITLE, STAMP_TITLE, STAMP_WORDS, START_HEADINGS, START_TITLE
from cluster_sheets.look.book import Page

WIDTHS = (56, 190, 563, 200)
_WIDEST = "30 lines in pupils, 6 in counts by year band."
"""The longest that a sheet comes to say of itself here, for the height of its row."""


def write_start(page: Page, layout: Layout, filled: Filled, statuses: Sequence[str]) -> None:
    """The sheet itself; ``statuses`` says how far each of the others is."""
    page.key(0, 0, "sheet:start")
    page.open_with(START_TITLE, filled.lead, filled.status)
    page.headings(FIRST_ROW - 1, START_HEADINGS)
    row = FIRST_ROW
    for number, (sheet, status) in enumerate(zip(layout.form.sheets, statuses, strict=True), start=1):
        page.fitted(row, [(sheet.lead, WIDTHS[2], False), (_WIDEST, WIDTHS[3], False)])
        page.figure(row, 1, number, "row-centre")
        page.link(row, 2, f"'{sheet.name}'!B1", sheet.name, "row")
        page.text(row, 3, sheet.lead, "row")
        formula, shown = _where(f"'{sheet.name}'!$B$3", status)
        page.formula(row, 4, formula, shown, "row", "muted")
        row += 1
    row = _how(page, row)
    _stamp(page, row, filled)
    page.sheet.set_tab_color("#0F4C5C")
    page.sheet.set_selection(FIRST_ROW, 2, FIRST_ROW, 2)
    # The stamp is for the reader and the helpdesk; on paper it stands in the foot of every page.
    page.printed(row, filled.reference, repeat=None, marking="")
    page.locked()


def _where(status: str, shown: str) -> tuple[str, str]:
    """How far a sheet is, in few words: (formula over the cell of its status, what it shows)."""
    first = f'LEFT({status},FIND(".",{status}))'
    short = f"{APART}." if APART in shown else shown[: shown.index(".") + 1]
    return f'=IF(ISNUMBER(FIND("{APART}",{status})),"{APART}.",{first})', short


def _how(page: Page, row: int) -> int:
    page.sheet.set_row(row, 34)
    page.text(row, 1, HOW_TITLE, "section")
    for number, text in enumerate(HOW, start=1):
        page.sheet.set_row(row + number, 23)
        page.text(row + number, 1, f"{number}.", "muted", "centre")
        page.text(row + number, 2, text, "plain")
    return row + len(HOW) + 1


def _stamp(page: Page, row: int, filled: Filled) -> None:
    page.sheet.set_row(row, 34)
    page.text(row, 1, STAMP_TITLE, "section")
    row += 1
    for part in keys.STAMP_PARTS:
        page.sheet.set_row(row, 21)
        page.key(row, 0, keys.of_stamp(part))
        page.text(row, 2, getattr(filled.stamp, part), "muted")
        if STAMP_WORDS[part]:
            page.text(row, 3, STAMP_WORDS[part], "muted")
        row += 1
