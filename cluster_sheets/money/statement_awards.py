"""Applications by reference, and each award by the years its money belongs to and by who gets it."""

from collections.abc import Sequence

from cluster_sheets.base.cell import letters
from cluster_sheets.base.money import pounds
from cluster_sheets.look.book import LANDSCAPE, Book, Page
from cluster_sheets.money.statement_view import AwardLine, View, lead

APPLICATIONS, YEARS = "Applications", "Awards by year"
_FIRST = 4
_MONEY = 108


def write_applications(book: Book, view: View, footer: str) -> None:
    """Each application: what it asked, what of it was awarded of this year, what is still to pay of that."""
    figures = ["Asked", "Least", "Whole award", f"Of {view.la_fy}", "Paid of it", "Still to pay"]
    widths = [LANDSCAPE - 104 - 112 - _MONEY * len(figures), 104, 112, *[_MONEY] * len(figures)]
    page = book.sheet(APPLICATIONS, widths)
    words = " By reference. Asked stands in the year of the meeting. z: asks for no money."
    page.open_with(APPLICATIONS, lead(view, words), _awarded(view))
    names = ["Reference", "Fund", "Outcome", *figures]
    page.headings(3, names, range(3, len(names)))
    lines = view.applications
    for row, each in enumerate(lines, start=_FIRST):
        page.fitted(row, [(each.outcome, widths[2], False), (each.fund, widths[1], False)], floor=24)
        page.text(row, 0, each.application_ref, "row", "bold")
        page.text(row, 1, each.fund or "z", "row")
        page.text(row, 2, each.outcome, "row")
        for column, pence in enumerate((each.asked, each.least, each.whole, each.this_year, each.paid), start=3):
            _pounds_or_z(page, row, column, pence, none=not each.fund)
        if each.fund:
            still = (each.this_year - each.paid) / 100
            page.formula(row, 8, f"=ROUND(G{row + 1}-H{row + 1},2)", still, "row-figure", "pounds")
        else:
            page.text(row, 8, "z", "row-figure", "pounds")
    this_year, paid = sum(each.this_year for each in lines), sum(each.paid for each in lines)
    sums = [
        sum(each.asked or 0 for each in lines),
        None,
        sum(each.whole for each in lines),
        this_year,
        paid,
        this_year - paid,
    ]
    bottom = _total(page, len(lines), 3, sums)
    page.sheet.freeze_panes(4, 1)
    page.printed(bottom, footer)
    page.locked()


def _awarded(view: View) -> str:
    """How many have an award, and what of it belongs to the year."""
    given = [each.whole for each in view.applications if each.whole]
    this_year = sum(each.this_year for each in view.applications)
    said = f"{len(given)} of {len(view.applications)} applications have an award, together {pounds(sum(given))}"
    return f"{said}; {pounds(this_year)} of it belongs to {view.la_fy}."


def _pounds_or_z(page: Page, row: int, column: int, pence: int | None, *, none: bool) -> None:
    if none:
        page.text(row, column, "z", "row-figure", "pounds")
    else:
        page.pounds(row, column, pence, "row-figure")


def _total(page: Page, lines: int, first_figure: int, sums: Sequence[int | None]) -> int:
    """The line of totals, live; gives the row below it."""
    row = _FIRST + lines
    page.sheet.set_row(row, 27)
    for column in range(first_figure):
        page.text(row, column, "Together" if column == 0 else "", "row-total")
    for column, pence in enumerate(sums, start=first_figure):
        if pence is None or not lines:
            page.blank(row, column, "row-total-figure")
            continue
        letter = letters(column)
        told = f"=ROUND(SUM({letter}{_FIRST + 1}:{letter}{row}),2)"
        page.formula(row, column, told, pence / 100, "row-total-figure", "pounds")
    return row + 1


def write_years(book: Book, view: View, footer: str) -> None:
    """Each award: the whole of it by who gets it, then its part of this council year by school year."""
    school_years = sorted({year for each in view.awards for year in each.by_school_year})
    names = [
        "Reference",
        "Whole award",
        "One school",
        "Lead of a group",
        "Partners of it",
        "Of other years",
        f"Of {view.la_fy}",
        *(f"School {year}" for year in school_years),
    ]
    figures = len(names) - 1
    page = book.sheet(YEARS, [max(130, LANDSCAPE - _MONEY * figures), *[_MONEY] * figures], landscape=True)
    this_year = sum(each.this_year for each in view.awards)
    status = f"{pounds(this_year)} of what is awarded belongs to {view.la_fy}." if view.awards else "No award yet."
    words = f" Split at {' and '.join(view.year_ends)}, by days. R11: lead and partners, whole."
    page.open_with(YEARS, lead(view, words), status)
    page.headings(3, names, range(1, len(names)))
    for row, each in enumerate(view.awards, start=_FIRST):
        _by_year(page, row, each, school_years)
    sums = [
        sum(each.whole for each in view.awards),
        sum(_alone(each) for each in view.awards),
        sum(each.lead for each in view.awards),
        sum(each.partners for each in view.awards),
        sum(each.whole - each.this_year for each in view.awards),
        this_year,
        *(sum(each.by_school_year.get(year, 0) for each in view.awards) for year in school_years),
    ]
    bottom = _total(page, len(view.awards), 1, sums)
    page.sheet.freeze_panes(4, 1)
    page.printed(bottom, footer)
    page.locked()


def _alone(each: AwardLine) -> int:
    """What a school that asked alone gets."""
    return each.whole - each.lead - each.partners


def _by_year(page: Page, row: int, each: AwardLine, school_years: Sequence[str]) -> None:
    """One award; what a school alone gets and what other years get is worked out in the sheet."""
    page.sheet.set_row(row, 24)
    page.text(row, 0, each.application_ref, "row", "bold")
    page.pounds(row, 1, each.whole, "row-figure")
    alone = f"=ROUND(B{row + 1}-D{row + 1}-E{row + 1},2)"
    page.formula(row, 2, alone, _alone(each) / 100, "row-figure", "pounds")
    page.pounds(row, 3, each.lead, "row-figure")
    page.pounds(row, 4, each.partners, "row-figure")
    other = f"=ROUND(B{row + 1}-G{row + 1},2)"
    page.formula(row, 5, other, (each.whole - each.this_year) / 100, "row-figure", "pounds")
    page.pounds(row, 6, each.this_year, "row-figure")
    for column, year in enumerate(school_years, start=7):
        page.pounds(row, column, each.by_school_year.get(year, 0), "row-figure")
