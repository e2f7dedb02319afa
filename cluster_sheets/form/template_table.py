"""Sheets of lines: a real Excel table for each list, its sums below, and one sentence that says whether it ties."""

from fractions import Fraction

from cluster_sheets.base.cell import address, letters
from cluster_sheets.base.money import half_up
from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import Checks
from cluster_sheets.form.condition import compared
from cluster_sheets.form.declared import Sheet, Table
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import is_blank
from cluster_sheets.form.layout import ANSWER, LABEL, Layout, TablePlace, Total, figures_of
from cluster_sheets.form.rule import Comparison, Rule
from cluster_sheets.form.template_boxes import fault_words, restrict, roles, shown_lines, told, write_answer
from cluster_sheets.form.template_lists import ChoiceLists
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import height, lines
from cluster_sheets.look.style import CAUTION_LOOK

_LINE = 36.0
"""Points of an empty line: two lines of type."""
_SHORT = "DOES NOT TIE"


def write_tables(book: Book, sheet: Sheet, layout: Layout, filled: Filled, checks: Checks, lists: ChoiceLists) -> str:
    """One sheet of one or more tables; gives its third row, which says how far it is."""
    widths = _widths(sheet)
    page = book.sheet(sheet.name, widths, keyed=True)
    page.sheet.write_string(0, 0, keys.of_sheet(sheet), book.style("hidden-key"))
    page.open_with(sheet.name, sheet.lead, "")
    status = _status(page, sheet, layout, filled, checks)
    for table in sheet.tables:
        _table(page, layout.tables[table.name], layout, filled, lists)
    first = layout.tables[sheet.tables[0].name]
    page.sheet.freeze_panes(first.headings + 1, 0)
    page.sheet.set_selection(first.first, LABEL, first.first, LABEL)
    page.printed(layout.bottoms[sheet.name], sheet.name, repeat=first.headings)
    page.locked()
    return status


def _widths(sheet: Sheet) -> list[int]:
    table = sheet.tables[0]
    by_name = {column.name: column.width for column in table.columns} | {
        cell.name: cell.width for cell in table.computed
    }
    return [by_name[name] for name in keys.column_names(table)]


def _table(page: Page, place: TablePlace, layout: Layout, filled: Filled, lists: ChoiceLists) -> None:
    table = place.table
    key = page.book.style("hidden-key")
    if place.title is not None:
        page.sheet.set_row(place.title, 30)
        page.sheet.write_string(place.title, 0, f"title:{table.name}", key)
        page.text(place.title, LABEL, f"{table.title}. {table.lead}".rstrip(), "section")
    page.sheet.write_string(place.names, 0, keys.of_table(table), key)
    for name, column in place.columns.items():
        page.sheet.write_string(place.names, column, name, key)
    page.sheet.set_row(place.names, None, None, {"hidden": True})
    _headings(page, place, filled)
    for line in range(place.lines):
        _line(page, place, line, filled)
    for name, column in place.columns.items():
        field = next((each for each in table.columns if each.name == name), None)
        if field is not None:
            where = f"{address(place.first, column)}:{address(place.last, column)}"
            restrict(page, where, field, filled, lists, prompt=True)
    page.sheet.write_string(place.end, 0, keys.of_end(table), key)
    page.sheet.set_row(place.end, None, None, {"hidden": True})
    _totals(page, place, layout, filled)


def _headings(page: Page, place: TablePlace, filled: Filled) -> None:
    table = place.table
    labels = {column.name: told(column.label, filled.scheme) for column in table.columns}
    labels |= {cell.name: cell.label for cell in table.computed}
    figures = {
        column.name for column in table.columns if column.kind in ("money", "whole-number", "decimal", "percent")
    }
    figures |= {cell.name for cell in table.computed}
    page.sheet.write_string(place.headings, 0, keys.of_headings(table), page.book.style("hidden-key"))
    columns, most = [], 1
    for name, column in place.columns.items():
        style = page.book.style("heading-figure" if name in figures else "heading")
        columns.append({"header": labels[name], "header_format": style})
        most = max(most, lines(labels[name], page.widths[column - 1], bold=True))
    page.sheet.set_row(place.headings, height(most, pad=10, floor=26))
    last = max(place.columns.values())
    page.sheet.add_table(
        place.headings,
        LABEL,
        place.last,
        last,
        {"name": f"Table_{table.name}", "columns": columns, "autofilter": False, "style": None},
    )


def _line(page: Page, place: TablePlace, line: int, filled: Filled) -> None:
    table, row = place.table, place.first + line
    given = filled.lines.get(table.name, ())
    answers = given[line] if line < len(given) else {}
    needed = 1
    for column in table.columns:
        at = place.columns[column.name]
        raw = answers.get(column.name)
        fault, _ = fault_words(filled, column.key, line)
        write_answer(page, row, at, column, raw, roles(column, in_table=True, faulty=bool(fault)))
        needed = max(needed, lines(shown_lines(column, raw), page.widths[at - 1]))
    page.sheet.set_row(row, max(_LINE, height(needed, pad=8)))
    for cell in table.computed:
        if cell.after:
            total = line_pence(answers)
            formula = _line_total(place, row)
            page.formula(
                row, place.columns[cell.name], formula, "" if total is None else total / 100, "computed", "pounds"
            )


def line_pence(answers: object) -> int | None:
    """Pence of a cost line as it stands, None where its parts make no amount: what its locked formula shows."""
    told_of = answers if isinstance(answers, dict) else {}

    def figures(*names: str) -> list[Fraction] | None:
        given = [told_of.get(name) for name in names]
        if all(isinstance(each, int | float) and not isinstance(each, bool) for each in given):
            return [Fraction(str(each)) for each in given]
        return None

    if (time := figures("hours_per_week", "weeks", "rate", "group_size")) and time[3]:
        return half_up(time[0] * time[1] * time[2] / time[3] * 100)
    things = figures("quantity", "unit_cost")
    return half_up(things[0] * things[1] * 100) if things else None


def _line_total(place: TablePlace, row: int) -> str:
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
        return sum(line_pence(line) or 0 for lines_ in filled.lines.values() for line in lines_)
    term = total.rule.test.terms[0]
    table = term.name.partition(".")[0]
    where = next(term.where.tests())
    label = {code.casefold() for code in where.values}
    given = filled.lines.get(table, ())
    return sum(line_pence(line) or 0 for line in given if str(line.get(where.name, "")).casefold() in label)


def _totals(page: Page, place: TablePlace, layout: Layout, filled: Filled) -> None:
    for number, total in enumerate(place.totals):
        row = place.below + number
        last = number == len(place.totals) - 1
        name, figure = ("row-total", "row-total-figure") if last else ("subtotal", "subtotal-figure")
        page.sheet.set_row(row, 26)
        page.sheet.write_string(row, 0, f"total:{place.table.name}", page.book.style("hidden-key"))
        for column in range(LABEL, max(place.columns.values()) + 1):
            page.blank(row, column, name)
        page.text(row, LABEL, total.label, name)
        if not total.column:
            for field in figures_of(place.table):
                values = [line.get(field.name) for line in filled.lines.get(place.table.name, ())]
                summed = sum(value for value in values if isinstance(value, int | float))
                page.formula(row, place.columns[field.name], f"=SUM({place.span(field.name)})", summed, figure, "count")
            continue
        column = place.columns[total.column]
        pence = total_pence(total, filled)
        page.formula(row, column, _sum(place, total, layout), pence / 100, figure, "pounds")
        if total.rule is not None:
            _ties(page, row, column + 1, total.rule, layout, filled, pence)
    for number, cell in enumerate(each for each in place.table.computed if not each.after):
        row = place.computed + number
        page.sheet.set_row(row, 30)
        page.sheet.write_string(row, 0, keys.of_computed(cell), page.book.style("hidden-key"))
        page.text(row, LABEL, cell.label, "subtotal")
        amount = layout.fixed("amount_requested")
        shares = [line.get("share") for line in filled.lines.get(place.table.name, ())]
        asked = filled.answers.get("amount_requested")
        known = isinstance(asked, int | float)
        left = round((asked if known else 0) - sum(each for each in shares if isinstance(each, int | float)), 2)  # type: ignore[operator]
        formula = f'=IF(ISNUMBER({amount}),ROUND({amount}-SUM({place.span("share")}),2),"")'
        page.formula(row, ANSWER, formula, left if known else "", "computed", "pounds")


def _sum(place: TablePlace, total: Total, layout: Layout) -> str:
    span = place.span(total.column)
    if total.rule is None or not isinstance(total.rule.test, Comparison):
        return f"=SUM({span})"
    where = next(total.rule.test.terms[0].where.tests())
    field = layout.form.field(f"{place.table.name}.{where.name}")
    return f'=SUMIF({place.span(where.name)},"{field.label_of(where.values[0])}",{span})'


def _ties(page: Page, row: int, column: int, rule: Rule, layout: Layout, filled: Filled, pence: int) -> None:
    asked = layout.fixed(rule.about)
    total = f"${letters(column - 1)}${row + 1}"
    apart = f'"{_SHORT}: £"&TEXT(ABS({asked}-{total}),"0.00")&" apart"'
    formula = f'=IF(ISNUMBER({asked}),IF(ROUND({asked}-{total},2)=0,"Ties",{apart}),"")'
    raw = filled.answers.get(rule.about)
    value = ""
    if isinstance(raw, int | float):
        difference = abs(round(raw * 100) - pence)
        value = "Ties" if not difference else f"{_SHORT}: £{difference / 100:.2f} apart"
    page.formula(row, column, formula, value, "note")
    page.sheet.set_row(row, 52 if value.startswith(_SHORT) else 40)
    page.sheet.conditional_format(
        row, column, row, column,
        {
            "type": "formula",
            "criteria": f'=LEFT(${letters(column)}${row + 1},{len(_SHORT)})="{_SHORT}"',
            "format": page.book.raw(CAUTION_LOOK),
        },
    )  # fmt: skip


def _count(place: TablePlace) -> str:
    """Formula for how many lines are used."""
    parts = "+".join(f'({place.span(column.name)}<>"")' for column in place.table.columns)
    return f"SUMPRODUCT(--(({parts})>0))"


def _status(page: Page, sheet: Sheet, layout: Layout, filled: Filled, checks: Checks) -> str:
    """Row 3: how many lines, and the first thing about them that does not fit the request."""
    counts, values, wrong, spoken = [], [], [], ""
    for table in sheet.tables:
        place = layout.tables[table.name]
        used = sum(
            any(not is_blank(line.get(column.name)) for column in table.columns)
            for line in filled.lines.get(table.name, ())
        )
        name = f" in {table.title.split(',')[0].lower()}" if len(sheet.tables) > 1 else ""
        counts.append(f'{_count(place)}&" line"&IF({_count(place)}=1,"","s")&"{name}"')
        values.append(f"{used} line{'' if used == 1 else 's'}{name}")
        for rule in _about(layout, table):
            holds, broken, words = _broken(rule, table, _count(place), used, checks, sheet.name)
            wrong.append((f"AND({_count(place)}>0,{holds},{broken[0]})", words))
            if used and broken[1] and not spoken:
                spoken = words
    tail = '"."'
    for condition, words in reversed(wrong):
        tail = f'IF({condition},". {words}",{tail})'
    formula = "=" + '&", "&'.join(counts) + f"&{tail}"
    shown = ", ".join(values) + (f". {spoken}" if spoken else ".")
    page.formula(2, LABEL, formula, shown, "status")
    return shown


def _about(layout: Layout, table: Table) -> list[Rule]:
    return [
        rule
        for rule in layout.form.rules
        if rule.about == table.name
        and isinstance(rule.test, Comparison)
        and any(term.kind == "rows" for term in rule.test.terms)
        and "{" not in rule.wording.what
    ]


def _broken(
    rule: Rule, table: Table, count: str, used: int, checks: Checks, sheet: str
) -> tuple[str, tuple[str, bool], str]:
    """(when it is asked, (when it is broken as a formula, whether it is now), what it says)."""
    test = rule.test
    if not isinstance(test, Comparison):
        raise TypeError(table.name)
    sides = [(count, used) if term.kind == "rows" else (str(term.number), term.number) for term in test.terms]
    pairs = list(zip(test.operators, sides, sides[1:], strict=False))
    formula = ",".join(f"{left[0]}{operator}{right[0]}" for operator, left, right in pairs)
    good = all(compared(left[1], operator, right[1]) for operator, left, right in pairs)
    when = rule.when
    asked = "TRUE" if when is None else checks.excel(when, sheet)
    holds = when is None or checks.holds(when)
    return asked, (f"NOT(AND({formula}))", holds and not good), rule.wording.what.replace('"', '""')
