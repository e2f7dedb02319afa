"""The statement of a cluster and council year: what finance signs. References and amounts, no name and no school.

In: what it shows, as values. Out: the bytes of its workbook, the same each time; sums are live formulas.
"""

from collections.abc import Iterable, Iterator, Sequence

from cluster_sheets.base.cell import address
from cluster_sheets.base.date import in_words
from cluster_sheets.base.money import pounds
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import width
from cluster_sheets.money import statement_awards, statement_monitoring, statement_runway
from cluster_sheets.money.control import DOES_NOT, NOT_JUDGED, TIES, Control
from cluster_sheets.money.statement_view import View, lead, number

CONTROLS = "Control totals"
WIDTHS = (54, 166, 106, 106, 100, 102, 50)
_RULE, _WHAT, _ONE, _TWO, _APART, _RESULT, _TICK = range(7)
_FIRST = 4
_SHOWN = 20
"""Sentences on what does not tie; the rest is counted."""
_ALTERED = "Lines of the ledger are never changed. If they were, put the workspace's last backup back and run again."
_NEXT = {
    "R1": "Hold the register's Budget sheet against the signed paper, put right what is wrong and run again.",
    "R3": "Put right what the next year carries in, move money into the fund, or have the chair correct an award, and"
    " run again.",
    "R13": "Have the chair correct the award in the decisions workbook, and run again.",
}


def made(view: View) -> bytes:
    """The workbook."""
    book = Book(f"Statement {view.code} {view.la_fy}")
    footer = f"Statement {view.code} {view.la_fy}, night of {in_words(view.day)}"
    _controls(book, view, footer)
    statement_monitoring.write(book, view, footer)
    statement_runway.write(book, view, footer)
    statement_awards.write_applications(book, view, footer)
    statement_awards.write_years(book, view, footer)
    return book.done()


def _controls(book: Book, view: View, footer: str) -> None:
    page = book.sheet(CONTROLS, WIDTHS)
    amiss = [each for each in view.controls if not each.ties]
    page.open_with(CONTROLS, lead(view), "" if amiss else _all_tie(view))
    if amiss:
        page.banner(2, _amiss(amiss, len(view.controls)), "alarm-banner")
    page.headings(3, ["Rule", "Must be equal", "First", "Second", "Apart", "Result", "Tick"], (_ONE, _TWO, _APART))
    for row, each in enumerate(view.controls, start=_FIRST):
        _control(page, row, each)
    row = _FIRST + len(view.controls)
    for line in wrapped(NOT_JUDGED, sum(WIDTHS)):
        page.sheet.set_row(row, 21)
        page.text(row, _RULE, line, "plain", "muted")
        row += 1
    if amiss:
        row = _explained(page, row, amiss)
    row = _signed(page, row)
    page.sheet.freeze_panes(4, 0)
    page.sheet.set_selection(_FIRST, _TICK, _FIRST, _TICK)
    page.printed(row, footer)
    page.locked()


def _all_tie(view: View) -> str:
    return f"All {number(len(view.controls)).lower()} tie. {pounds(view.position.left)} is left to promise."


def _amiss(amiss: Sequence[Control], of: int) -> str:
    """Such as: ONE DOES NOT TIE: R15, by £310.00. Eight tie. Nothing was released."""
    first = amiss[0]
    by = f", by {_amount(first, abs(first.apart))}" if first.apart and len(amiss) == 1 else ""
    rules = ", ".join(each.rule for each in amiss)
    verb = "DOES NOT TIE" if len(amiss) == 1 else "DO NOT TIE"
    rest = of - len(amiss)
    ties = f"{number(rest)} tie{'s' if rest == 1 else ''}."
    return f"{number(len(amiss)).upper()} {verb}: {rules}{by}. {ties} Nothing was released."


def _amount(each: Control, figure: int) -> str:
    return pounds(figure) if each.money else str(figure)


def _control(page: Page, row: int, each: Control) -> None:
    bad = not each.ties
    strong = ("alarm",) if bad else ()
    scale, kind = (100, "pounds") if each.money else (1, "count")
    page.text(row, _RULE, each.rule, "row", "bold")
    page.text(row, _WHAT, each.what, "row", *(("bold",) if bad else ()))
    for column, figure in ((_ONE, each.first), (_TWO, each.second)):
        page.figure(row, column, figure / scale, "row-figure", *strong, kind)
    one, two = address(row, _ONE), address(row, _TWO)
    page.formula(row, _APART, f"=ROUND({one}-{two},2)", each.apart / scale, "row-figure", *strong, kind)
    if bad and not each.apart:
        # Equal sums over lines that are not: words, for no formula over two figures can tell.
        page.text(row, _RESULT, DOES_NOT, "row", *strong)
    else:
        told = f'=IF({address(row, _APART)}=0,"{TIES}","{DOES_NOT}")'
        page.formula(row, _RESULT, told, DOES_NOT if bad else TIES, "row", *(strong or ("muted",)))
    page.blank(row, _TICK, "tick")
    page.fitted(row, [(each.what, WIDTHS[_WHAT], bad), (DOES_NOT if bad else TIES, WIDTHS[_RESULT], bad)], floor=30)


def _explained(page: Page, row: int, amiss: Sequence[Control]) -> int:
    page.sheet.set_row(row, 30)
    page.text(row, 0, "What does not tie", "section")
    lines = [line for each in amiss for line in _cut(each.rule, each.why)]
    what_next = dict.fromkeys(_NEXT.get(each.rule, _ALTERED) for each in amiss)
    lines += [line for text in what_next for line in _cut("Next", (text,))]
    for label, text in lines[:_SHOWN]:
        row += 1
        page.sheet.set_row(row, 21)
        page.text(row, _RULE, label, "inset", "bold")
        page.text(row, _WHAT, text, "inset")
    if len(lines) > _SHOWN:
        row += 1
        page.text(row, _WHAT, f"{len(lines) - _SHOWN} more lines like these.", "inset", "muted")
    return row + 1


def _cut(label: str, sentences: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Sentences cut into lines that fit the page; the first of them bears the label."""
    room = sum(WIDTHS[_WHAT:]) - 20
    for text in sentences:
        for line in wrapped(text, room):
            yield label, line
            label = ""


def wrapped(text: str, pixels: int) -> Iterator[str]:
    """``text`` in lines of at most so many pixels, for cells that run over empty ones."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer) > pixels * 0.96:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _signed(page: Page, row: int) -> int:
    """Two lines to sign on."""
    page.sheet.set_row(row, 34)
    page.text(row, 0, "Signed", "section")
    for place, who in enumerate(("Prepared by", "Checked by"), start=row + 1):
        page.sheet.set_row(place, 30)
        for column in range(len(WIDTHS)):
            page.blank(place, column, "sign-line")
        page.text(place, 0, who, "sign-line")
        page.text(place, _TWO, "Date", "sign-line")
    return row + 3
