"""Budget monitoring: what each fund has, has promised and has left, and how fast the main fund goes."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from cluster_sheets.base.date import in_words
from cluster_sheets.base.money import half_up_of, pounds
from cluster_sheets.base.period import council_year_on
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.palette import ACCENT, BOX, CAUTION, INK, RULE, WHITE
from cluster_sheets.money.statement_view import Pace, View, lead
from cluster_sheets.store.account import CONTINGENCY, MAIN

SHEET = "Budget monitoring"
WIDTHS = (324, 120, 120, 120)
_FIRST = 4
_OPENING, _UPLIFT, _CARRIED, _MOVED, _BUDGET, _PROMISED, _RELEASED, _LEFT, _NET, _PAID, _TO_PAY = range(
    _FIRST, _FIRST + 11
)
BUDGET_ROW = _BUDGET + 1
"""Row of the budget for the year, as formulas call it."""
_COLUMNS = {MAIN: 1, CONTINGENCY: 2}
_BOTH = 3
_TOTALS = {
    _BUDGET: f"SUM({{c}}{_OPENING + 1}:{{c}}{_MOVED + 1})",
    _LEFT: f"{{c}}{_BUDGET + 1}+{{c}}{_PROMISED + 1}+{{c}}{_RELEASED + 1}",
    _NET: f"-{{c}}{_PROMISED + 1}-{{c}}{_RELEASED + 1}",
    _TO_PAY: f"{{c}}{_NET + 1}+{{c}}{_PAID + 1}",
}
"""Rows that are worked out, as formulas over a column ``c``."""
_STRONG = (_BUDGET, _LEFT, _TO_PAY)
_STEP = 0.5
"""Of the chart's axis."""
_FONT = {"name": "Arial", "size": 10, "color": INK, "bold": False}


def write(book: Book, view: View, footer: str) -> None:
    """The sheet."""
    page = book.sheet(SHEET, WIDTHS)
    page.open_with(SHEET, lead(view), _status(view))
    page.headings(3, ["Pounds", "Main", "Contingency", "Both"], (1, 2, 3))
    _table(page, view)
    row = _pace(page, view, _TO_PAY + 1)
    page.sheet.freeze_panes(4, 0)
    page.printed(row, footer)
    page.locked()


def _status(view: View) -> str:
    budget = sum(each.budget for each in view.position.funds.values())
    left = view.position.left
    if left < 0:
        return f"{pounds(-left)} more than the {pounds(budget)} there is has been promised."
    share = f": {half_up_of(100 * left, budget)} per cent" if budget > 0 else ""
    return f"{pounds(left)} of {pounds(budget)} is left to promise{share}."


def _rows(view: View) -> dict[int, tuple[str, dict[str, int]]]:
    """Each row: its label, and its pence by fund."""
    funds = view.position.funds
    moved = "Moved between main and contingency"
    if any(each.carried_out for each in funds.values()):
        moved = f"Moved, and carried into {council_year_on(view.la_fy, 1)}"
    words = {
        _OPENING: ("Opening allocation", "opening"),
        _UPLIFT: ("Uplift", "uplift"),
        _CARRIED: (f"Carried in from {council_year_on(view.la_fy, -1)}", "carried_in"),
        _MOVED: (moved, "moved"),
        _BUDGET: ("Budget for the year", "budget"),
        _PROMISED: ("Promised to schools", "promised"),
        _RELEASED: ("Released back", "released"),
        _LEFT: ("Left to promise", "left"),
    }
    made = {row: (label, {pot: getattr(funds[pot], name) for pot in funds}) for row, (label, name) in words.items()}
    made[_NET] = ("Promised, less released", {pot: -each.promised - each.released for pot, each in funds.items()})
    made[_PAID] = ("Paid to schools", {pot: -each.paid for pot, each in funds.items()})
    made[_TO_PAY] = ("Promised, still to pay", {pot: each.still_to_pay for pot, each in funds.items()})
    return made


def _table(page: Page, view: View) -> None:
    for row, (label, amounts) in sorted(_rows(view).items()):
        total = row in _STRONG
        look, figure = ("row-total", "row-total-figure") if total else ("row", "row-figure")
        page.sheet.set_row(row, 21.75)
        page.text(row, 0, label, look)
        for pot, column in _COLUMNS.items():
            below = ("alarm",) if total and amounts[pot] < 0 else ()
            if row in _TOTALS:
                told = "=" + _TOTALS[row].format(c="ABCD"[column])
                page.formula(row, column, told, amounts[pot] / 100, figure, *below, "pounds")
            else:
                page.pounds(row, column, amounts[pot], figure)
        both = sum(amounts.values())
        below = ("alarm",) if total and both < 0 else ()
        page.formula(row, _BOTH, f"=B{row + 1}+C{row + 1}", both / 100, figure, *below, "pounds")


# How fast the main fund goes


def _share(step: Pace, budget: int) -> float | None:
    """Promised so far, as a part of the budget."""
    return None if step.promised is None or budget <= 0 else step.promised / budget


def _above(step: Pace, budget: int) -> bool:
    return step.promised is not None and budget > 0 and step.promised * 1000 > step.guard * budget


def _to_pace(view: View) -> int:
    """What the pace is a part of: the main fund as it was before the next year carried any of it in."""
    fund = view.position.funds[MAIN]
    return fund.budget - fund.carried_out


def _pace(page: Page, view: View, row: int) -> int:
    budget, carried = _to_pace(view), -view.position.funds[MAIN].carried_out
    whole = f"(B{_BUDGET + 1}+{carried / 100:.2f})" if carried else f"B{_BUDGET + 1}"
    page.sheet.set_row(row, 34)
    page.text(row, 0, "How fast the main fund goes", "section")
    page.sheet.set_row(row + 1, 21)
    page.text(row + 1, 0, _pace_in_words(view, budget), "plain")
    if not view.pace:
        return row + 2
    page.headings(row + 2, ["Meeting", "Promised", "Pace guard", "Against it"], (1, 2))
    first = row + 3
    for at, step in enumerate(view.pace, start=first):
        page.sheet.set_row(at, 21.75)
        page.text(at, 0, in_words(step.day), "row")
        share = _share(step, budget)
        if share is None:
            page.blank(at, 1, "row-figure")
        else:
            told = f"=ROUND({(step.promised or 0) / 100:.2f}/{whole},4)"
            page.formula(at, 1, told, round(share + 1e-12, 4), "row-figure", "share")
        page.figure(at, 2, step.guard / 1000, "row-figure", "share")
        words = "" if step.promised is None else "Above" if _above(step, budget) else "Within"
        page.text(at, 3, words, "row", *(("alarm",) if words == "Above" else ()))
    last = first + len(view.pace) - 1
    return _chart(page, view, first, last)


def _pace_in_words(view: View, budget: int) -> str:
    held = [(number, step) for number, step in enumerate(view.pace, start=1) if step.promised is not None]
    if not view.pace:
        return "The register has no cluster meeting in this year."
    if not held or budget <= 0:
        before = -view.position.funds[MAIN].promised
        said = "No cluster meeting of this year has been held yet"
        return f"{said}; earlier ones promised {pounds(before)} of it." if before > 0 else f"{said}."
    number, step = held[-1]
    percent = half_up_of(100 * (step.promised or 0), budget)
    said = f"{percent} per cent is promised after meeting {number} of {view.meetings_a_year}."
    guard = half_up_of(step.guard, 10)
    return (
        f"{said} More than {guard} needs a recorded vote." if _above(step, budget) else f"{said} The guard is {guard}."
    )


def _chart(page: Page, view: View, first: int, last: int) -> int:
    """Columns for what is promised, a dashed line for the guard; gives the row below."""
    budget = _to_pace(view)
    told = [step for step in view.pace if step.promised is not None]
    title = _finding(told, budget)
    chart = _series(page, first, last)
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "layout": {"x": 0.01, "y": 0.02}})
    chart.set_x_axis({"num_font": _FONT, "line": {"color": BOX}, "major_tick_mark": "none"})
    gridlines = {"visible": True, "line": {"color": RULE}}
    scale = {"num_format": "0%", "min": 0, "max": _top(view, budget), "major_unit": _STEP}
    chart.set_y_axis({**scale, "num_font": _FONT, "line": {"none": True}, "major_gridlines": gridlines})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": 684, "height": 250})
    row = last + 1
    for at in range(row, row + 13):
        page.sheet.set_row(at, 15)
    figures = ", ".join(f"{in_words(step.day)} {round(100 * (_share(step, budget) or 0))}%" for step in told)
    said = f"Promised so far: {figures}." if told else "Nothing is promised yet."
    page.sheet.insert_chart(row, 0, chart, {"y_offset": 6, "object_position": 2, "description": f"{title}. {said}"})
    return row + 13


def _top(view: View, budget: int) -> float:
    """Where the axis ends: at 100 per cent, or a step above what is more."""
    most = max([1.0, *(_share(step, budget) or 0 for step in view.pace), *(step.guard / 1000 for step in view.pace)])
    return ceil(most / _STEP) * _STEP


def _finding(told: Sequence[Pace], budget: int) -> str:
    """What the chart shows, for its title."""
    if not told or not told[-1].promised:
        return "Main fund: no meeting of this year has promised anything yet"
    return f"Main fund: promised so far is {'above' if _above(told[-1], budget) else 'within'} the pace guard"


def _series(page: Page, first: int, last: int) -> Any:
    """The columns, with the line laid over them."""
    columns, guard = (page.book.book.add_chart({"type": kind}) for kind in ("column", "line"))
    if columns is None or guard is None:
        raise ValueError("a chart was refused")
    names = [SHEET, first, 0, last, 0]
    columns.add_series(
        {
            "name": "Promised so far",
            "categories": names,
            "values": [SHEET, first, 1, last, 1],
            "gap": 60,
            "fill": {"color": ACCENT},
            "border": {"color": ACCENT},
            # At the foot of its column and on white: above it, the guard would run through what is told.
            "data_labels": {
                "value": True,
                "num_format": "0%",
                "font": {**_FONT, "bold": True},
                "position": "inside_base",
                "fill": {"color": WHITE},
            },
        }
    )
    guard.add_series(
        {
            "name": "Pace guard",
            "categories": names,
            "values": [SHEET, first, 2, last, 2],
            "line": {"color": CAUTION, "width": 1.5, "dash_type": "dash"},
            "marker": {"type": "diamond", "size": 7, "fill": {"color": CAUTION}, "border": {"color": CAUTION}},
        }
    )
    columns.combine(guard)
    return columns
