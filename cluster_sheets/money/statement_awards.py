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
    """Each application of the year: what it asked, what was decided, what is still to pay."""
    figures = ["Asked", "Least", "Awarded", "Paid", "Still to pay", f"Of {view.la_fy}"]
    widths = [LANDSCAPE - 104 - 112 - _MONEY * len(figures), 104, 112, *[_MONEY] * len(figures)]
    page = book.sheet(APPLICATIONS, widths)
    given = [each for each in view.applications if each.awarded]
    total = sum(each.awarded for each in given)
    status = f"{len(given)} of {len(view.applications)} applications have an award; together {pounds(total)}."
    page.open_with(APPLICATIONS, lead(view, " By reference only. z: asks for no money."), status)
    names = ["Reference", "Fund", "Outcome", *figures]
    page.headings(3, names, range(3, len(names)))
    for row, each in enumerate(view.applications, start=_FIRST):
        page.fitted(row, [(each.outcome, widths[2], False), (each.fund, widths[1], False)], floor=24)
        page.text(row, 0, each.application_ref, "row", "bold")
        page.text(row, 1, each.fund or "z", "row")
        page.text(row, 2, each.outcome, "row")
        for column, pence in ((3, each.asked), (4, each.least), (5, each.awarded), (6, each.paid)):
            _pounds_or_z(page, row, column, pence, none=not each.fund)
        if each.fund:
            still = (each.awarded - each.paid) / 100
            page.formula(row, 7, f"=ROUND(F{row + 1}-G{row + 1},2)", still, "row-figure", "pounds")
        else:
            page.text(row, 7, "z", "row-figure", "pounds")
        _pounds_or_z(page, row, 8, each.this_year, none=not each.fund)
    lines = view.applications
    sums = [
        sum(each.asked for each in lines),
        None,
        total,
        sum(each.paid for each in lines),
        total - sum(each.paid for each in lines),
        sum(each.this_year for each in lines),
    ]
    bottom = _total(page, len(lines), 3, sums)
    page.sheet.freeze_panes(4, 1)
    page.printed(bottom, footer)
    page.locked()


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
    """Each award by council year, school year, and lead and partner schools."""
    school_years = sorted({year for each in view.awards for year in each.by_school_year})
    names = [
        "Reference",
        "Awarded",
        f"Council {view.la_fy}",
        "Other years",
        *(f"School {year}" for year in school_years),
        "Lead school",
        "Partners",
    ]
    figures = len(names) - 1
    page = book.sheet(YEARS, [max(130, LANDSCAPE - _MONEY * figures), *[_MONEY] * figures], landscape=True)
    this_year = sum(each.this_year for each in view.awards)
    status = f"{pounds(this_year)} of what is awarded belongs to {view.la_fy}." if view.awards else "No award yet."
    page.open_with(YEARS, lead(view, " Split at 31 March and 31 August, by days."), status)
    page.headings(3, names, range(1, len(names)))
    for row, each in enumerate(view.awards, start=_FIRST):
        _by_year(page, row, each, school_years)
    sums = [
        sum(each.awarded for each in view.awards),
        this_year,
        sum(each.other_years for each in view.awards),
        *(sum(each.by_school_year.get(year, 0) for each in view.awards) for year in school_years),
        sum(each.awarded - each.partners for each in view.awards),
        sum(each.partners for each in view.awards),
    ]
    bottom = _total(page, len(view.awards), 1, sums)
    page.sheet.freeze_panes(4, 1)
    page.printed(bottom, footer)
    page.locked()


def _by_year(page: Page, row: int, each: AwardLine, school_years: Sequence[str]) -> None:
    """One award; what other years and the lead school get is worked out in the sheet."""
    page.sheet.set_row(row, 24)
    page.text(row, 0, each.application_ref, "row", "bold")
    page.pounds(row, 1, each.awarded, "row-figure")
    page.pounds(row, 2, each.this_year, "row-figure")
    other = f"=ROUND(B{row + 1}-C{row + 1},2)"
    page.formula(row, 3, other, each.other_years / 100, "row-figure", "pounds")
    for column, year in enumerate(school_years, start=4):
        page.pounds(row, column, each.by_school_year.get(year, 0), "row-figure")
    column = 4 + len(school_years)
    lead_share = f"=ROUND(B{row + 1}-{letters(column + 1)}{row + 1},2)"
    page.formula(row, column, lead_share, (each.awarded - each.partners) / 100, "row-figure", "pounds")
    page.pounds(row, column + 1, each.partners, "row-figure")
