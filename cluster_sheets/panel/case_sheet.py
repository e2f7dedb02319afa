"""One case: two columns, two A4 pages at the most, and a box for notes in what is left of the last.

A case that is longer than two pages is printed smaller, on wider columns, so that the page stays full and type stays
at 9 points or more. Excel forgets page breaks while it fits a sheet to the page, so the scale is worked out here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cluster_sheets.base.text import squeezed
from cluster_sheets.base.text import without_odd_characters as shown
from cluster_sheets.look import paper
from cluster_sheets.look.book import PORTRAIT, Book, Page
from cluster_sheets.look.measure import LINE_HEIGHTS, TALLEST, lines, width
from cluster_sheets.look.style import style
from cluster_sheets.panel.view import CaseView, Line, PackView, Section

LABEL = 118
PRINTS = ((100, False), (94, False), (88, False), (82, False), (82, True))
"""Per cent (82 of 11 points is 9 points), and whether the lines stand closer, as they do in no case but the fullest."""
_WHOLE_SECTIONS = 2
"""A print so much smaller is worth it if page two then begins with a heading."""
_HALF = 0.45
"""A page is not left emptier than that for the sake of a heading."""
_SNUG = 13.25
"""Points a line where lines stand closer: LibreOffice takes no more than 12.7."""
ALL_CASES = "All cases"
_TITLE, _BACK, _SECTION = 33.0, 23.0, 27.0
_NOTES, _NOTES_LEAST, _NOTES_MOST = 130.0, 40.0, 400.0
_TITLE_SIZES = (18, 16, 14)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a case sheet: a heading, or a line."""

    tall: float
    line: Line | None
    title: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A case as it goes on paper."""

    scale: int
    text: int
    """Pixels of the column of text."""
    rows: tuple[Row, ...]
    cut: int | None
    """The row, counted among ``rows``, that begins page two."""
    notes: float
    """Points of the box for notes."""
    pages: int | None
    """How many pages it prints on; None where nobody counted."""


def sheet_name(case_ref: str) -> str:
    """``Case K7``."""
    return f"Case {case_ref}"


def laid(case: CaseView) -> Laid:
    """The largest print at which a case fits on two pages."""
    return _fitted(case) or _fitted(_on_one_line(case)) or _squeezed(case)


def _fitted(case: CaseView) -> Laid | None:
    rows: dict[tuple[int, bool], tuple[Row, ...]] = {}
    for headed, prints in ((True, PRINTS[:_WHOLE_SECTIONS]), (False, PRINTS)):
        for scale, snug in prints:
            text, room = PORTRAIT * 100 // scale - LABEL, paper.PORTRAIT * 100 / scale
            if (scale, snug) not in rows:
                rows[scale, snug] = tuple(_rows(case, text, snug=snug))
            made = _paged(rows[scale, snug], room, headed=headed)
            if made is not None:
                cut, notes = made
                return Laid(scale, text, rows[scale, snug], cut, notes, 1 if cut is None else 2)
    return None


def _paged(rows: tuple[Row, ...], room: float, *, headed: bool) -> tuple[int | None, float] | None:
    """Where page two begins, and points of the box for notes, on pages that hold ``room``; None: the rows don't fit."""
    whole = sum(row.tall for row in rows)
    if _TITLE + _BACK + whole + _NOTES <= room:
        return None, min(_NOTES_MOST, room - _TITLE - _BACK - whole)
    cut = _cut(rows, room, headed=headed)
    return None if cut is None else (cut, min(_NOTES_MOST, room - _TITLE - sum(row.tall for row in rows[cut:])))


def _squeezed(case: CaseView) -> Laid:
    """A case that no limit of the form allows: at the smallest print, on as many pages as it takes."""
    scale, snug = PRINTS[-1]
    text = PORTRAIT * 100 // scale - LABEL
    return Laid(scale, text, tuple(_rows(case, text, snug=snug)), None, _NOTES_LEAST, None)


def _cut(rows: tuple[Row, ...], room: float, *, headed: bool) -> int | None:
    """The last row that may begin page two, so that each page holds what is its own; with ``headed`` a heading."""
    whole = sum(row.tall for row in rows)
    above, found = 0.0, None
    for place, row in enumerate(rows):
        fits = _TITLE + _BACK + above <= room and _TITLE + whole - above + _NOTES_LEAST <= room
        alone = rows[place - 1].line is None
        may = row.line is None and above >= _HALF * room if headed else not alone
        if place and fits and may:
            found = place
        above += row.tall
    return found


def _rows(case: CaseView, text: int, *, snug: bool) -> Iterator[Row]:
    sections = case.sections
    if _title_size(case, text + LABEL) is None and sections:
        named = Line("Title", case.title)
        sections = (Section(sections[0].title, (named, *sections[0].lines)), *sections[1:])
    for section in sections:
        yield Row(_SECTION - 3 if snug else _SECTION, None, section.title)
        for line in section.lines:
            yield _row(line, text, prose=section.prose, snug=snug)


def _row(line: Line, text: int, *, prose: bool, snug: bool) -> Row:
    tall = _tall(line, text, prose=prose, snug=snug)
    if tall > TALLEST:
        # Excel takes no taller row: a text of many short lines is run together rather than cut off.
        line = replace(line, text=squeezed(line.text))
        tall = min(TALLEST, _tall(line, text, prose=prose, snug=snug))
    return Row(tall, line, prose=prose)


def _tall(line: Line, text: int, *, prose: bool, snug: bool) -> float:
    # The head is bold, and so a little wider than it is measured.
    needed = lines(f"{line.head}  {line.text}" if line.head else line.text, text, bold=line.total)
    if line.label:
        needed = max(needed, lines(line.label, LABEL, bold=True))
    tall = needed * _SNUG + 5 if snug else needed * LINE_HEIGHTS[11] + (8 if prose else 6)
    return max(19.5 if snug else 21.0, round(tall * 4) / 4)


def _on_one_line(case: CaseView) -> CaseView:
    """The case with its texts run together: line breaks alone must not make it longer than two pages."""
    sections = tuple(
        replace(section, lines=tuple(replace(line, text=squeezed(line.text)) for line in section.lines))
        for section in case.sections
    )
    return replace(case, sections=sections)


def _title(case: CaseView) -> str:
    return f"{sheet_name(case.case_ref)}: {case.title}"


def _title_size(case: CaseView, pixels: int) -> int | None:
    """The largest type in which the title goes on one line; None where even the smallest does not."""
    return next((size for size in _TITLE_SIZES if width(_title(case), size, bold=True) <= pixels * 0.97), None)


def write_case(book: Book, case: CaseView, made: Laid, pack: PackView, back: str) -> None:
    """The sheet of one case; ``back`` is where its link leads."""
    page = book.sheet(sheet_name(case.case_ref), [LABEL, made.text], landscape=False)
    size = _title_size(case, LABEL + made.text)
    page.sheet.set_row(0, _TITLE)
    page.text(0, 0, _title(case) if size else sheet_name(case.case_ref), "title", *((f"size-{size}",) if size else ()))
    page.sheet.set_row(1, _BACK)
    page.link(1, 0, back, "Back to all cases")
    row = 2
    summed: list[int] = []
    for each in made.rows:
        page.sheet.set_row(row, each.tall)
        if each.line is None:
            page.text(row, 0, each.title, "section-in-case", "inset", "middle")
            page.blank(row, 1, "section-in-case")
            summed = []
        else:
            _write_line(page, row, each, summed)
        row += 1
    _write_notes(page, row, made.notes)
    _print(page, made, row + 1, case, pack)


def _write_line(page: Page, row: int, each: Row, summed: list[int]) -> None:
    line = each.line
    if line is None:
        return
    if line.total:
        span = f"=SUM(A{summed[0] + 1}:A{summed[-1] + 1})" if summed else "=0"
        page.formula(row, 0, span, (line.pence or 0) / 100, "row-total-figure", "pounds")
        page.text(row, 1, line.text, "row-total")
        return
    roles = ("text",) if each.prose else ("row",)
    if line.pence is not None:
        summed.append(row)
        page.pounds(row, 0, line.pence, "row-figure")
    else:
        page.text(row, 0, line.label, *roles, "bold")
    if line.head:
        _headed(page, row, line, roles)
    else:
        page.text(row, 1, line.text, *roles)


def _headed(page: Page, row: int, line: Line, roles: tuple[str, ...]) -> None:
    """The text of a line after its head in bold; both as text, whatever they begin with."""
    font = {name: style("plain")[name] for name in ("font_name", "font_size", "font_color")}
    bold, plain = page.book.raw({**font, "bold": True}), page.book.raw(font)
    parts = (bold, shown(line.head), plain, shown(line.text) or " ", page.book.style(*roles))
    if page.sheet.write_rich_string(row, 1, *parts):
        raise ValueError(f"a text did not fit into row {row + 1}")


def _write_notes(page: Page, row: int, tall: float) -> None:
    page.sheet.set_row(row, tall)
    page.text(row, 0, "Your notes", "notes-label")
    page.blank(row, 1, "notes")


def _print(page: Page, made: Laid, rows: int, case: CaseView, pack: PackView) -> None:
    sheet = page.sheet
    sheet.print_area(0, 0, rows - 1, 1)
    sheet.repeat_rows(0)
    sheet.set_print_scale(made.scale)
    sheet.set_start_page(1)
    if made.cut is not None:
        sheet.set_h_pagebreaks([made.cut + 2])
    of = f" of {made.pages}" if made.pages else ""
    left = f"OFFICIAL-SENSITIVE: {pack.label}".replace("&", "&&")
    # Printed smaller with the rest, it still comes out at 9 points.
    size = -(-9 * 100 // made.scale)
    sheet.set_footer(f"&L&{size}{left}&R&{size}{sheet_name(case.case_ref)}: page &P{of}")
    sheet.freeze_panes(1, 0)
    page.locked()
