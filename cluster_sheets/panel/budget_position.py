"""Budget position: what each fund has, has promised, and is asked for by the cases of this pack, with a chart each."""

from collections.abc import Iterator
from fractions import Fraction

from cluster_sheets.base.date import in_words
from cluster_sheets.base.money import pounds
from cluster_sheets.look.book import Page
from cluster_sheets.look.palette import ACCENT, BOX, CHART_2, CHART_3, INK, WHITE
from cluster_sheets.panel import phrase
from cluster_sheets.panel.contents import BUDGET
from cluster_sheets.panel.view import FUNDS, Fund, PackView, Short

WIDTHS = (349, 165, 165, 165, 165)
_FIRST = 4
_ROWS = ("Budget for the year", "Paid to schools", "Promised, not yet paid", "Left to promise", "Asked for now")
_LEFT, _ASKED, _AFTER = _FIRST + 3, _FIRST + 4, _FIRST + 5
_CHART = _AFTER + 2
_PARTS = ((Fraction(1, 4), "a quarter"), (Fraction(1, 3), "a third"), (Fraction(1, 2), "half"))
_FONT = {"name": "Arial", "size": 10, "color": INK, "bold": False}
_POINTS = (
    {"fill": {"color": WHITE}, "border": {"color": ACCENT}},
    {"fill": {"color": ACCENT}, "border": {"color": ACCENT}},
    {"fill": {"color": CHART_2}, "border": {"color": CHART_2}},
    {"fill": {"color": CHART_3}, "border": {"color": BOX}},
    {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": ACCENT, "bg_color": WHITE},
        "border": {"color": ACCENT},
    },
)


def write_budget(page: Page, pack: PackView) -> None:
    """The sheet."""
    lead = (
        f"{pack.name}, council year {pack.la_fy}, before it decides. Left to promise is what is not paid or promised."
    )
    page.open_with(f"{BUDGET} at {in_words(pack.made_on)}", lead, " ".join(_said(fund) for fund in pack.funds))
    names = ["Pounds", *(FUNDS[fund.pot] for fund in pack.funds), "Both", "Share of budget"]
    page.headings(3, names, figures=(1, 2, 3, 4))
    _table(page, pack.funds)
    page.sheet.set_row(_AFTER + 1, 30)
    page.text(_AFTER + 1, 0, "How what is asked compares with what is left", "section")
    for column, fund in zip((0, 2), pack.funds, strict=True):
        _chart(page, fund, column, pack.funds.index(fund))
    for row in range(_CHART, _CHART + 11):
        page.sheet.set_row(row, 15)
    bottom = _CHART + 11
    for row, said in enumerate((said for fund in pack.funds for said in _besides(fund, pack.la_fy)), start=bottom):
        page.sheet.set_row(row, 21.75)
        page.text(row, 0, said, "status")
        bottom = row + 1
    page.sheet.freeze_panes(4, 0)
    page.printed(bottom, pack.label)
    page.sheet.fit_to_pages(1, 1)
    page.locked()


def _said(fund: Fund) -> str:
    """How a fund stands, in a sentence."""
    name, after = FUNDS[fund.pot], fund.after_pence
    if not fund.cases:
        return f"{name}: {pounds(fund.position.left_pence)} left, and no case asks for it."
    if after < 0:
        return f"{name}: the cases ask for {pounds(-after)} more than is left."
    which = "its one case" if fund.cases == 1 else f"all {phrase.number(fund.cases)} cases"
    if fund.short:
        return f"{name}: not enough for {which}; see below."
    return f"{name}: enough for {which}, with {pounds(after)} to spare."


def _besides(fund: Fund, year: str) -> Iterator[str]:
    """What its sums of one year and of all clusters together do not show; ``year`` is the meeting's council year."""
    name = FUNDS[fund.pot]
    if fund.later_pence:
        yield f"{name}: {pounds(fund.later_pence)} of what is asked is for time after {year}, and not counted above."
    yield from (_short(each, name, year) for each in fund.short)


def _short(short: Short, name: str, year: str) -> str:
    """What one cluster's fund of one year lacks."""
    whose = f"{name} of {short.cluster}" if short.cluster else name
    return (
        f"{whose}, {short.la_fy or year}: {pounds(short.asked_pence)} is asked, and {pounds(short.left_pence)} is left."
    )


def _figures(fund: Fund) -> tuple[int, ...]:
    at = fund.position
    return at.budget_pence, at.paid_pence, at.promised_pence, at.left_pence, fund.now_pence, fund.after_pence


def _table(page: Page, funds: tuple[Fund, ...]) -> None:
    each = [_figures(fund) for fund in funds]
    both = [sum(figures) for figures in zip(*each, strict=True)]
    for place, label in enumerate((*_ROWS, "Left if every case were agreed in full")):
        row = _FIRST + place
        total = row in (_LEFT, _AFTER)
        look, figure = ("row-total", "row-total-figure") if total else ("row", "row-figure")
        page.sheet.set_row(row, 21.75)
        page.text(row, 0, label, look)
        for column, figures in enumerate(each, start=1):
            letter = "ABCDE"[column]
            below = (figure, "alarm") if figures[place] < 0 else (figure,)
            if row == _LEFT:
                span = f"={letter}{_FIRST + 1}-{letter}{_FIRST + 2}-{letter}{_FIRST + 3}"
                page.formula(row, column, span, figures[place] / 100, *below, "pounds")
            elif row == _AFTER:
                page.formula(
                    row, column, f"={letter}{_LEFT + 1}-{letter}{_ASKED + 1}", figures[place] / 100, *below, "pounds"
                )
            else:
                page.pounds(row, column, figures[place], figure)
        below = (figure, "alarm") if both[place] < 0 else (figure,)
        page.formula(row, 3, f"=B{row + 1}+C{row + 1}", both[place] / 100, *below, "pounds")
        share = both[place] / both[0] if both[0] else 0
        page.formula(row, 4, f"=IF($D${_FIRST + 1}=0,0,D{row + 1}/$D${_FIRST + 1})", share, figure, "share")


def _chart(page: Page, fund: Fund, column: int, place: int) -> None:
    chart = page.book.book.add_chart({"type": "bar"})
    if chart is None:
        raise ValueError("a bar chart was refused")
    values = 1 + place
    chart.add_series(
        {
            "categories": [BUDGET, _FIRST, 0, _ASKED, 0],
            "values": [BUDGET, _FIRST, values, _ASKED, values],
            "gap": 40,
            "points": list(_POINTS),
            "data_labels": {"value": True, "num_format": "£#,##0;-£#,##0;£0", "font": {**_FONT, "bold": True}},
        }
    )
    title = {**_FONT, "size": 12, "bold": True}
    chart.set_title({"name": _finding(fund), "name_font": title, "layout": {"x": 0.01, "y": 0.02}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "num_format": "£#,##0"})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": _FONT,
            "line": {"color": BOX},
            "major_tick_mark": "none",
            "minor_tick_mark": "none",
        }
    )
    chart.set_plotarea({"layout": {"x": 0.32, "y": 0.17, "width": 0.5, "height": 0.78}})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": 498, "height": 215})
    figures = ", ".join(f"{label.lower()} {pounds(pence)}" for label, pence in zip(_ROWS, _figures(fund), strict=False))
    offset = 0 if column == 0 else 5
    page.sheet.insert_chart(
        _CHART,
        column,
        chart,
        {"x_offset": offset, "object_position": 2, "description": f"{FUNDS[fund.pot]}: {figures}."},
    )


def _finding(fund: Fund) -> str:
    """What a chart says, in one line."""
    name = FUNDS[fund.pot]
    left = fund.position.left_pence
    if not fund.asked_pence:
        return f"{name}: nothing is asked"
    if fund.now_pence > left or fund.short:
        return f"{name}: more is asked than is left"
    if not fund.now_pence:
        return f"{name}: nothing is asked of this year"
    share = Fraction(fund.now_pence, left)
    part = next(
        (f"{words} of what is left, or less" for most, words in _PARTS if share <= most),
        "more than half of what is left",
    )
    return f"{name}: {part}"
