"""Contingency runway: what each city meeting gave, and how long the rest lasts at that rate."""

from collections.abc import Iterator

from cluster_sheets.base.date import in_words
from cluster_sheets.base.money import pounds
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.palette import ACCENT, BOX, INK, WHITE
from cluster_sheets.money import statement_monitoring
from cluster_sheets.money.statement_view import ACTUAL, FORECAST, LOOKS_ON, View, lead, number
from cluster_sheets.store.account import CONTINGENCY

SHEET = "Contingency runway"
WIDTHS = (264, 130, 130, 160)
_FIRST = 4
_FONT = {"name": "Arial", "size": 10, "color": INK, "bold": False}
_SOLID = {"fill": {"color": ACCENT}, "border": {"color": ACCENT}}
_HATCHED = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": ACCENT, "bg_color": WHITE},
    "border": {"color": ACCENT},
}


def write(book: Book, view: View, footer: str) -> None:
    """The sheet."""
    page = book.sheet(SHEET, WIDTHS)
    page.open_with(SHEET, lead(view, " A forecast is not a decision."), _status(view))
    page.headings(3, ["City meeting", "Given", "Left after it", "Kind"], (1, 2))
    last = _table(page, view)
    row = _chart(page, view, last) if len(view.runway) else last + 1
    row = _rests_on(page, view, row)
    page.sheet.freeze_panes(4, 0)
    page.printed(row, footer)
    page.locked()


def _mean(view: View) -> int | None:
    """Pence that a meeting gives by the forecast."""
    return next((step.given for step in view.runway if step.kind in LOOKS_ON), None)


def _status(view: View) -> str:
    left = view.position.funds[CONTINGENCY].left
    said = f"{pounds(left)} left."
    mean = _mean(view)
    if not any(step.kind == ACTUAL for step in view.runway):
        return f"{said} No City Cluster Meeting has given anything from it yet this year."
    if not mean or left < 0:
        return said
    more = number(left // mean).lower()
    to_come = sum(step.kind == FORECAST for step in view.runway)
    return f"{said} At {pounds(mean)} a meeting it lasts {more} more; this year has {number(to_come).lower()}."


def _steps(view: View) -> Iterator[tuple[str, int | None, int | None, str]]:
    """Each row: what it is of, given, left after it, kind; a forecast gives no more than there is."""
    before = view.given_before
    left = view.position.funds[CONTINGENCY].budget - before
    yield "Start of year", before, left, ACTUAL
    for step in view.runway:
        given = step.given
        if given is not None:
            given = min(given, max(0, left)) if step.kind in LOOKS_ON else given
            left -= given
        yield in_words(step.day), given, None if given is None else left, step.kind


def _table(page: Page, view: View) -> int:
    """The rows; gives the last of them."""
    row = _FIRST - 1
    for row, (label, given, left, kind) in enumerate(_steps(view), start=_FIRST):
        slant = ("forecast",) if kind in LOOKS_ON else ()
        page.sheet.set_row(row, 21.75)
        page.text(row, 0, label, "row", *slant)
        page.pounds(row, 1, given, "row-figure", *slant)
        before = f"'{statement_monitoring.SHEET}'!C{statement_monitoring.BUDGET_ROW}" if row == _FIRST else f"C{row}"
        if left is None:
            page.blank(row, 2, "row-figure")
        else:
            told = f"=ROUND({before}-B{row + 1},2)"
            page.formula(row, 2, told, left / 100, "row-figure", "bold", *slant, "pounds")
        page.text(row, 3, kind, "row", *slant)
    return row


def _chart(page: Page, view: View, last: int) -> int:
    chart = page.book.book.add_chart({"type": "column"})
    if chart is None:
        raise ValueError("a chart was refused")
    kinds = [ACTUAL, *(step.kind for step in view.runway)]
    chart.add_series(
        {
            "categories": [SHEET, _FIRST, 0, last, 0],
            "values": [SHEET, _FIRST, 2, last, 2],
            "gap": 60,
            "points": [dict(_HATCHED if kind in LOOKS_ON else _SOLID) for kind in kinds],
            "data_labels": {"value": True, "num_format": "£#,##0;-£#,##0;£0", "font": {**_FONT, "bold": True}},
        }
    )
    title = {"name": "Contingency left (solid: actual; hatched: forecast)", "layout": {"x": 0.01, "y": 0.02}}
    chart.set_title({**title, "name_font": {**_FONT, "size": 12, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": _FONT, "line": {"color": BOX}, "major_tick_mark": "none", "label_position": "low"})
    lowest = {} if any((left or 0) < 0 for _, _, left, _ in _steps(view)) else {"min": 0}
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, **lowest})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": 684, "height": 250})
    row = last + 1
    for at in range(row, row + 13):
        page.sheet.set_row(at, 15)
    left = view.position.funds[CONTINGENCY].left
    page.sheet.insert_chart(
        row, 0, chart, {"y_offset": 6, "object_position": 2, "description": f"Contingency: {pounds(left)} left."}
    )
    return row + 13


def _rests_on(page: Page, view: View, row: int) -> int:
    held = sum(step.kind == ACTUAL for step in view.runway)
    told = []
    if held:
        meetings = "City Cluster Meeting" if held == 1 else f"{number(held).lower()} City Cluster Meetings"
        weak = ": so few make a weak guide" if held < 3 else ""
        told.append(f"What the {meetings} of this year gave on average{weak}.")
    else:
        told.append("Nothing yet: there is no forecast before a City Cluster Meeting has decided.")
    told.append(f"On {view.release_day} the cluster may vote to move what is left to the main fund.")
    page.sheet.set_row(row, 34)
    page.text(row, 0, "What the forecast rests on", "section")
    for place, text in enumerate(told, start=1):
        page.sheet.set_row(row + place, 21)
        page.text(row + place, 0, f"{place}.  {text}", "plain")
    return row + len(told) + 1
