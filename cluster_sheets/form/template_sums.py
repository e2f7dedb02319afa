"""Sums below a table: what each line comes to, what they come to together, and whether that ties with the request."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import prod

from cluster_sheets.base.cell import letters
from cluster_sheets.base.money import half_up
from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import APART
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.layout import ANSWER, LABEL, Layout, TablePlace, Total, figures_of
from cluster_sheets.form.rule import Comparison, Rule
from cluster_sheets.look.book import Page
from cluster_sheets.look.style import CAUTION_LOOK

TIES = "Ties"
_TALL = 50.0
"""Points of a row that may have to say that it does not tie: three lines of type."""


def line_pence(answers: Mapping[str, Raw]) -> int | None:
    """Pence of a cost line as it stands, None where its parts make no amount: what its locked formula shows."""
    time = _figures(answers, "hours_per_week", "weeks", "rate", "group_size")
    if time and time[3]:
        return _pence(time[:3], time[3])
    things = _figures(answers, "quantity", "unit_cost")
    return _pence(things) if things else None


def _figures(answers: Mapping[str, Raw], *names: str) -> tuple[float, ...] | None:
    """The figures of those answers; None where one of them is none."""
    given: list[float] = []
    for name in names:
        answer = answers.get(name)
        if not isinstance(answer, int | float) or isinstance(answer, bool):
            return None
        given.append(answer)
    return tuple(given)


@lru_cache(maxsize=4096)
def _pence(figures: tuple[float, ...], shared: float = 1) -> int:
    """Pence of figures multiplied, a part of them: every sum of a workbook asks it of each line."""
    return half_up(prod(Fraction(str(each)) for each in figures) / Fraction(str(shared)) * 100)


def line_formula(place: TablePlace, row: int) -> str:
    """The locked formula of a cost line's total."""
    at = {name: f"{letters(column)}{row + 1}" for name, column in place.columns.items()}
    hours, weeks, rate, shared = (at[name] for name in ("hours_per_week", "weeks", "rate", "group_size"))
    quantity, each = at["quantity"], at["unit_cost"]
    time = f"ROUND({hours}*{weeks}*{rate}/{shared},2)"
    things = f"ROUND({quantity}*{each},2)"
    return (
        f"=IF(AND(COUNT({hours},{weeks},{rate},{shared})=4,N({shared})<>0),{time},"
        f'IF(COUNT({quantity},{each})=2,{things},""))'
    )


def total_cell(layout: Layout, total: Total) -> str:
    """Where a sum stands, as another sheet's formula names it."""
    place = next(each for each in layout.tables.values() if total in each.totals)
    row = place.below + place.totals.index(total)
    return f"'{place.table.sheet}'!${letters(place.columns[total.column])}${row + 1}"


def total_pence(total: Total, filled: Filled) -> int:
    """What a sum comes to, in pence."""
    if total.rule is None or not isinstance(total.rule.test, Comparison):
        return sum(line_pence(line) or 0 for lines in filled.lines.values() for line in lines)
    term = total.rule.test.terms[0]
    table = term.name.partition(".")[0]
    where = next(term.where.tests())
    wanted = {code.casefold() for code in where.values}
    given = filled.lines.get(table, ())
    return sum(line_pence(line) or 0 for line in given if str(line.get(where.name, "")).casefold() in wanted)


def tie_value(rule: Rule, filled: Filled, pence: int) -> str:
    """What the cell beside a sum shows: nothing until the answer it must equal is given."""
    raw = filled.answers.get(rule.about)
    if not isinstance(raw, int | float):
        return ""
    apart = abs(round(raw * 100) - pence)
    return f"{APART}: £{apart / 100:,.2f} apart" if apart else TIES


def write_sums(page: Page, place: TablePlace, layout: Layout, filled: Filled) -> None:
    """The rows of sums below a table, then its computed cells of their own."""
    for number, total in enumerate(place.totals):
        row = place.below + number
        last = number == len(place.totals) - 1
        name, figure = ("row-total", "row-total-figure") if last else ("subtotal", "subtotal-figure")
        page.sheet.set_row(row, 26)
        page.key(row, 0, f"total:{place.table.name}")
        for column in range(LABEL, max(place.columns.values()) + 1):
            page.blank(row, column, name)
        page.text(row, LABEL, total.label, name)
        if not total.column:
            _counts(page, row, place, filled, figure)
            continue
        column, pence = place.columns[total.column], total_pence(total, filled)
        page.formula(row, column, _sum(place, total, layout), pence / 100, figure, "pounds")
        if total.rule is not None:
            _tie(page, row, column + 1, total.rule, layout, tie_value(total.rule, filled, pence))
    _lead_share(page, place, layout, filled)


def _counts(page: Page, row: int, place: TablePlace, filled: Filled, figure: str) -> None:
    """The sum of each column of counts."""
    for field in figures_of(place.table):
        values = [line.get(field.name) for line in filled.lines.get(place.table.name, ())]
        summed = sum(value for value in values if isinstance(value, int | float))
        page.formula(row, place.columns[field.name], f"=SUM({place.span(field.name)})", summed, figure, "count")


def _lead_share(page: Page, place: TablePlace, layout: Layout, filled: Filled) -> None:
    """A computed cell below its table: what the partners' shares leave of the amount."""
    for number, cell in enumerate(each for each in place.table.computed if not each.after):
        row = place.computed + number
        page.sheet.set_row(row, 30)
        page.key(row, 0, keys.of_computed(cell))
        page.text(row, LABEL, cell.label, "subtotal")
        amount, asked = layout.fixed("amount_requested"), filled.answers.get("amount_requested")
        shares = [line.get("share") for line in filled.lines.get(place.table.name, ())]
        spread = sum(each for each in shares if isinstance(each, int | float))
        left = round(asked - spread, 2) if isinstance(asked, int | float) else ""
        formula = f'=IF(ISNUMBER({amount}),ROUND({amount}-SUM({place.span("share")}),2),"")'
        page.formula(row, ANSWER, formula, left, "computed", "pounds")


def _sum(place: TablePlace, total: Total, layout: Layout) -> str:
    span = place.span(total.column)
    if total.rule is None or not isinstance(total.rule.test, Comparison):
        return f"=SUM({span})"
    where = next(total.rule.test.terms[0].where.tests())
    field = layout.form.field(f"{place.table.name}.{where.name}")
    return f'=SUMIF({place.span(where.name)},"{field.label_of(where.values[0])}",{span})'


def _tie(page: Page, row: int, column: int, rule: Rule, layout: Layout, value: str) -> None:
    """The cell beside a sum: whether it ties with the answer on the request."""
    asked, total = layout.fixed(rule.about), f"${letters(column - 1)}${row + 1}"
    apart = f'"{APART}: £"&TEXT(ABS({asked}-{total}),"#,##0.00")&" apart"'
    formula = f'=IF(ISNUMBER({asked}),IF(ROUND({asked}-{total},2)=0,"{TIES}",{apart}),"")'
    page.formula(row, column, formula, value, "note")
    page.sheet.set_row(row, _TALL)
    criteria = f'=LEFT(${letters(column)}${row + 1},{len(APART)})="{APART}"'
    look = page.book.raw(CAUTION_LOOK)
    page.sheet.conditional_format(row, column, row, column, {"type": "formula", "criteria": criteria, "format": look})
