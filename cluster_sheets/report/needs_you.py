"""Needs you: the workbook of what a person must do after a night, in the order it is wanted."""

from cluster_sheets.base.date import in_short
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.palette import ALARM
from cluster_sheets.replies.wording import day_in_words
from cluster_sheets.report.need import Need, When, minutes, plural
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.report.summary import STATES

SHEET = "Needs you"
WIDTHS = (48, 216, 262, 287, 112, 84)
NAMES = ("No.", "About", "What happened", "What to do", "By", "Done")
STATUS = {
    Exit.FAILED: "The night was not finished, and nothing was released.",
    Exit.INTEGRITY: "The night stopped to be safe, and nothing was released.",
}


def needs_you(run: Run) -> bytes:
    """The workbook."""
    book = Book(SHEET)
    page = book.sheet(SHEET, WIDTHS)
    title = f"Needs you: {plural(len(run.needs), 'thing')}, about {plural(minutes(run.needs), 'minute')}"
    page.open_with(title, _lead(run), _status(run), status_role="status-alarm" if run.exit_code in STATUS else "status")
    page.headings(3, NAMES)
    row, number, kept = 4, 0, []
    for kind in When:
        group = [each for each in run.needs if each.kind is kind]
        if not group:
            continue
        page.sheet.set_row(row, 30)
        kept.append(row)
        for column in range(len(WIDTHS)):
            page.blank(row, column, "section-in-list")
        page.text(row, 0, f"{kind[:1].upper()}{kind[1:]}: {len(group)}", "section-in-list")
        row += 1
        for each in group:
            number += 1
            _row(page, row, number, each)
            row += 1
    page.sheet.set_tab_color(ALARM)
    page.sheet.freeze_panes(4, 0)
    page.sheet.set_selection(5, 5, 5, 5)
    page.printed(row, f"Night of {day_in_words(run.local_day)}", marking="OFFICIAL", kept=kept)
    page.locked()
    return book.done()


def _lead(run: Run) -> str:
    came = ", ".join(f"{count} {STATES[state]}" for state, count in run.tonight.states.items() if count)
    return f"Night of {day_in_words(run.local_day)}. {run.tonight.received} came{': ' if came else ''}{came}."


def _status(run: Run) -> str:
    if run.exit_code in STATUS:
        return STATUS[run.exit_code]
    said = ["Nothing was lost"]
    if run.controls and all(each.ties for each in run.controls):
        said.append("the money ties")
    draft = next((pack for pack in run.packs if pack.state != "RELEASED"), None)
    then = f" The pack of {draft.meeting} is {draft.state}." if draft else ""
    return f"{' and '.join(said)}.{then}"


def _row(page: Page, row: int, number: int, need: Need) -> None:
    about = f"{need.where}\n{need.about}" if need.about else need.where
    page.fitted(row, [(about, WIDTHS[1], True), (need.what, WIDTHS[2], False), (need.do, WIDTHS[3], True)], pad=14)
    page.figure(row, 0, number, "row-centre", "bold")
    if need.about:
        style = page.book.style
        page.sheet.write_rich_string(row, 1, style("bold"), need.where, style("plain"), f"\n{need.about}", style("row"))
    else:
        page.text(row, 1, need.where, "row", "bold")
    page.text(row, 2, need.what, "row")
    page.text(row, 3, need.do, "row", "bold")
    page.text(row, 4, in_short(need.by) if need.by else "", "row")
    page.blank(row, 5, "tick")
