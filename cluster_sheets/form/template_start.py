"""The first sheet: what to give where, how to fill it in, and the mark that says whose form it is."""

from collections.abc import Sequence

from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import APART
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.layout import FIRST_ROW, Layout
from cluster_sheets.look.book import Page

SHEET = "Start here"
WIDTHS = (56, 190, 563, 200)
_WIDEST = "30 lines in pupils, 6 in counts by year band."
"""The longest that a sheet comes to say of itself here, for the height of its row."""
HOW = (
    "Type in the white boxes with a dark edge. All else is locked, so that nothing can be broken by accident.",
    "The last column says what is still required, and counts your letters once you leave a box.",
    "Never write a child's name, initials, date of birth or address. The panel does not see your school's name.",
    "Save it as an Excel workbook (.xlsx) and send it. Send it again if you change it: the newest good one counts.",
    "It opens in Excel on a computer, in Excel online and in LibreOffice. On an iPad, use the Excel app.",
)
STAMP_WORDS = {
    "form_id": "Form. One form is one request; your school has more of them.",
    "urn": "School it was made for",
    "cluster": "Cluster",
    "round": "Meeting it was made for",
    "version": "Version of the form",
    "mark": "",
}


def write_start(page: Page, layout: Layout, filled: Filled, statuses: Sequence[str]) -> None:
    """The sheet itself; ``statuses`` says how far each of the others is."""
    page.key(0, 0, "sheet:start")
    page.open_with("Ask the cluster for SEND funding", filled.lead, filled.status)
    page.headings(FIRST_ROW - 1, ("Step", "Sheet", "What you give there", "Where you are"))
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
    page.text(row, 1, "How to fill it in", "section")
    for number, text in enumerate(HOW, start=1):
        page.sheet.set_row(row + number, 23)
        page.text(row + number, 1, f"{number}.", "muted", "centre")
        page.text(row + number, 2, text, "plain")
    return row + len(HOW) + 1


def _stamp(page: Page, row: int, filled: Filled) -> None:
    page.sheet.set_row(row, 34)
    page.text(row, 1, "Whose form this is", "section")
    row += 1
    for part in keys.STAMP_PARTS:
        page.sheet.set_row(row, 21)
        page.key(row, 0, keys.of_stamp(part))
        page.text(row, 2, getattr(filled.stamp, part), "muted")
        if STAMP_WORDS[part]:
            page.text(row, 3, STAMP_WORDS[part], "muted")
        row += 1
