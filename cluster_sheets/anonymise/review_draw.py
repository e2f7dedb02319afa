"""Review, drawn: a view of a meeting's questions as a workbook in our look, locked but for the answers.

In: a view, the meeting it is for, the name typed before. Out: the workbook's bytes, the same for the same.
"""

from collections.abc import Sequence

from cluster_sheets.anonymise.review_view import ANSWER, COLUMNS, NAME, NEEDS_YOU, SORTS, Line, Sort, View, key
from cluster_sheets.base.date import in_words
from cluster_sheets.base.text import without_odd_characters
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import lines as lines_of
from cluster_sheets.look.palette import ALARM
from cluster_sheets.register.model import Meeting

_TALLEST_LINES = 26
_WIDTHS = (180, 629, 90, 110)


def drawn(shown: View, calendar: Meeting | None, name: str = "") -> bytes:
    """The workbook's bytes; ``name`` stands in the box for it already."""
    book = Book(f"Review {shown.meeting}".strip())
    _needs_you(book, shown, calendar, name)
    for sort in SORTS:
        _sheet(book, sort, shown)
    return book.done()


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _needs_you(book: Book, shown: View, calendar: Meeting | None, name: str) -> None:
    page = book.sheet("Needs you", _WIDTHS, keyed=True)
    page.sheet.set_tab_color(ALARM)
    page.text(0, 0, NEEDS_YOU, "hidden-key")
    left = shown.all_left
    title = f"Needs you: {_counted(left, 'answer', 'answers')}" if left else "Needs you: nothing just now"
    page.open_with(title, _about(shown, calendar), _status(left, calendar))
    page.headings(3, ("Sheet", "What to do", "Open", "Answered"), figures=(2, 3))
    row = 4
    for sort in SORTS:
        page.link(row, 1, f"'{sort.sheet}'!A1", sort.sheet, "row")
        page.text(row, 2, sort.do, "row")
        page.figure(row, 3, shown.left(sort.kind), "row-figure", "count", *(("bold",) if shown.left(sort.kind) else ()))
        page.figure(row, 4, len(shown.lines[sort.kind]) - shown.left(sort.kind), "row-figure", "count", "muted")
        page.fitted(row, [(sort.do, _WIDTHS[1], False)], pad=12)
        row += 1
    row = _name_box(page, row, name)
    row = _how(page, row)
    page.printed(row, f"Review {shown.meeting}".strip())
    page.locked()
    page.sheet.set_selection(4, 1, 4, 1)
    page.sheet.activate()


def _about(shown: View, calendar: Meeting | None) -> str:
    if calendar is None:
        return "Review of requests that wait for no meeting yet."
    return f"Review of {shown.meeting}, the meeting of {in_words(calendar.day)}. Keep this file here: it names schools."


def _status(left: int, calendar: Meeting | None) -> str:
    if not left:
        return "Every question is answered."
    if calendar is None:
        return "Nothing here reaches a panel until it is answered."
    return f"The pack goes out on {in_words(calendar.pack_out)}, and not before every question here is answered."


def _name_box(page: Page, row: int, name: str) -> int:
    page.sheet.set_row(row, 30)
    page.text(row, 1, "Who answers", "section-in-list")
    for column in (2, 3, 4):
        page.blank(row, column, "section-in-list")
    row += 1
    page.sheet.set_row(row, 27)
    page.text(row, 0, NAME, "hidden-key")
    page.text(row, 1, "Your name", "subtotal")
    page.text(row, 2, name, "box")
    return row + 1


def _how(page: Page, row: int) -> int:
    page.sheet.set_row(row, 30)
    page.text(row, 1, "How it works", "section")
    row += 1
    for line in (
        "Type your name above, choose an answer in each white box of the other sheets, save, and close the file.",
        "The next run reads your answers. You may answer a few now and the rest later.",
        "Answer Redactions and Facts first, and Ready after the next run: a case that has changed is asked again.",
        "It is a name: it goes from the whole request, also by halves. Always keep this word: it is not asked again.",
        "An address to remember: after the next run its line for the register is in register-proposal.xlsx.",
        "To change an answer, choose another one. To take it back, empty its box.",
        "Not so on Held: once a run has read an answer it stands, for the school has been told.",
    ):
        page.sheet.set_row(row, 21)
        page.text(row, 1, line)
        row += 1
    return row


def _sheet(book: Book, sort: Sort, shown: View) -> None:
    page = book.sheet(sort.sheet, sort.widths, keyed=True)
    page.text(0, 0, sort.kind, "hidden-key")
    lines, left = shown.lines[sort.kind], shown.left(sort.kind)
    title = (
        f"{sort.sheet}: {_counted(left, 'answer', 'answers')} to give" if left else f"{sort.sheet}: nothing to answer"
    )
    page.open_with(title, sort.lead, sort.do if lines else "There is nothing on this sheet.")
    page.text(3, 0, COLUMNS, "hidden-key")
    page.headings(3, ("No.", *sort.headings, ANSWER))
    row, number, first = 4, 0, 0
    for name, some in (("To answer", lines[:left]), ("Answered", lines[left:])):
        if not some:
            continue
        page.sheet.set_row(row, 25)
        page.text(row, 1, f"{name}: {len(some)}", "section-in-list")
        for column in range(2, page.last + 1):
            page.blank(row, column, "section-in-list")
        for line in some:
            row += 1
            number += 1
            first = first or row
            _row(page, sort, row, number, line)
        row += 1
    page.printed(max(row, 5), f"Review {shown.meeting}".strip())
    page.sheet.freeze_panes(4, 0)
    page.locked()
    page.sheet.set_selection(first or 4, page.last, first or 4, page.last)


def _row(page: Page, sort: Sort, row: int, number: int, line: Line) -> None:
    choices = sort.choices(line.offered)
    texts = [_cut(text, sort.widths[place]) for place, text in enumerate(line.texts, start=1)]
    page.text(row, 0, key(line), "hidden-key")
    fitted = [(text, sort.widths[place], place == 1) for place, text in enumerate(texts, start=1)]
    tall = page.fitted(row, [*fitted, (max(choices, key=len), sort.widths[-1], False)], pad=12)
    top = ("top",) if tall > 60 else ()
    page.figure(row, 1, number, "row-centre", *top)
    for place, text in enumerate(texts):
        strong = (text.partition("\n")[0],) if place == 0 else line.bold if place == 1 else ()
        _with_bold(page, row, place + 2, text, strong, "row", *top)
    if line.settled:
        page.text(row, page.last, line.answer, "row", "muted", *top)
        return
    page.text(row, page.last, line.answer, "box", *top)
    page.sheet.data_validation(
        row,
        page.last,
        row,
        page.last,
        {
            "validate": "list",
            "source": choices,
            "error_title": "Choose from the list",
            "error_message": f"Choose {' or '.join(choices)}, or leave the box empty.",
        },
    )


def _cut(text: str, pixels: int) -> str:
    """As many lines as a row can show; what is left out is counted."""
    parts = text.split("\n")
    kept: list[str] = []
    room = _TALLEST_LINES
    for part in parts:
        room -= lines_of(part, pixels)
        if room < 0:
            break
        kept.append(part)
    left_out = len(parts) - len(kept)
    if not left_out:
        return text
    return "\n".join((*kept, f"And {left_out} more.")) if kept else text


def _with_bold(page: Page, row: int, column: int, text: str, words: Sequence[str], *roles: str) -> None:
    """A text with some words of it in bold."""
    parts = _parts(without_odd_characters(text), [without_odd_characters(each) for each in words])
    if len(parts) < 2:
        page.text(row, column, text, *roles, *(("bold",) if parts and parts[0][1] else ()))
        return
    # Each run names its font: LibreOffice sets one without a font in another than the cell's.
    plain, bold = page.book.style("plain"), page.book.style("bold")
    runs = [each for part, is_bold in parts for each in (bold if is_bold else plain, part)]
    page.sheet.write_rich_string(row, column, *runs, page.book.style(*roles))


def _parts(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """(part, whether it is one of the words) of a text: the first place of each of the words that is left."""
    places: list[tuple[int, int]] = []
    for word in filter(None, words):
        start = text.find(word)
        while start >= 0 and any(start < end and begin < start + len(word) for begin, end in places):
            start = text.find(word, start + 1)
        if start >= 0:
            places.append((start, start + len(word)))
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, stop in sorted(places):
        parts += [(text[done:start], False), (text[start:stop], True)]
        done = stop
    return [each for each in (*parts, (text[done:], False)) if each[0]]
