"""The lists of a decisions workbook: outcome and award of each case, the words that go with them, what is left."""

from typing import Any

from cluster_sheets.base.cell import address
from cluster_sheets.base.money import pounds
from cluster_sheets.form import keys
from cluster_sheets.form.declared import Field, Table
from cluster_sheets.form.template_boxes import roles, write_answer
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import height, lines
from cluster_sheets.look.palette import ALARM, ALARM_TINT
from cluster_sheets.panel.decisions import formula
from cluster_sheets.panel.decisions.place import (
    AFTER,
    BEFORE,
    CASE,
    CASE_AWARD,
    CASE_FUND,
    CASE_YEARS,
    DECIDED,
    DECISIONS,
    FIRST,
    FITS,
    FUND,
    FUNDS_FIRST,
    GIVEN,
    HEADINGS,
    IN_WORDS,
    LEFT,
    NAMES,
    WORDS,
    YEAR,
    Places,
)
from cluster_sheets.panel.decisions.sums import FINE, OVERDRAWN, Sums
from cluster_sheets.panel.decisions.sums import FITS as IT_FITS

_TWO_LINES = 36.0
_USUAL_LINES = 5
_ON_LEFT = 124
_MONEY = 112
_FIGURES = ("asked", "least", "award", "left_after")
_TROUBLE = {"bold": True, "font_color": ALARM, "bg_color": ALARM_TINT}


class Lists:
    """Writes the three sheets of lists."""

    def __init__(self, book: Book, places: Places, sums: Sums, footer: str) -> None:
        self.book, self.places, self.sums, self.footer = book, places, sums, footer
        self.view = places.view

    def _page(self, which: int, widths: list[int]) -> Page:
        sheet = self.places.sheet(which)
        page = self.book.sheet(sheet.name, widths, keyed=True)
        page.key(0, 0, keys.of_sheet(sheet))
        page.open_with(sheet.name, sheet.lead.format(year_end=self.view.year_end), "")
        return page

    def _frame(self, page: Page, table: Table) -> None:
        """Keys, names and headings of a list, and its end."""
        last = FIRST + self.places.lines
        names = keys.column_names(table)
        page.key(NAMES, 0, keys.of_table(table))
        page.key(HEADINGS, 0, keys.of_headings(table))
        page.key(last, 0, keys.of_end(table))
        for at, name in enumerate(names, start=page.first):
            page.key(NAMES, at, name)
        for row in (NAMES, last):
            page.sheet.set_row(row, None, None, {"hidden": True})
        labels = {each.name: each.label for each in table.columns}
        labels |= {each.name: each.label.format(year=self.view.year) for each in table.computed}
        figures = [at for at, name in enumerate(names) if name in _FIGURES]
        page.headings(HEADINGS, [labels[name] for name in names], figures)
        page.sheet.freeze_panes(FIRST, 2)

    def _widths(self, table: Table) -> list[int]:
        by_name = {each.name: each.width for each in table.columns}
        by_name |= {each.name: each.width for each in table.computed}
        return [by_name[name] for name in keys.column_names(table)]

    def _box(self, page: Page, row: int, field: Field, table: Table) -> None:
        case = self.places.case(row - FIRST)
        at = self.places.column(table.name, field.name)
        raw = self.sums.typed.of(case.case_ref, field.name)
        top = ("top",) if table.name == IN_WORDS else ()
        write_answer(page, row, at, field, raw, (*roles(field, in_table=True, faulty=False), *top))

    # Decisions

    def decisions(self) -> None:
        """Outcome and award of each case."""
        table = self.places.table_of(DECIDED)
        page = self._page(DECISIONS, self._widths(table))
        page.formula(2, page.first, formula.progress(self.places), self.sums.progress(), "status")
        self._frame(page, table)
        for line in range(self.places.lines):
            self._decision(page, table, line)
        bottom = self._totals(page, FIRST + self.places.lines + 1)
        self._restrict(page, table)
        self._alarms(page)
        page.sheet.set_selection(self.places.here(DECIDED, "outcome", 0))
        page.printed(bottom, f"{self.footer}", repeat=HEADINGS)
        page.locked()

    def _decision(self, page: Page, table: Table, line: int) -> None:
        row, case, sums = FIRST + line, self.places.case(line), self.sums
        at = {name: self.places.column(DECIDED, name) for name in keys.column_names(table)}
        page.text(row, at["case_ref"], case.case_ref, "row", "bold")
        page.text(row, at["want"], case.want, "row")
        page.text(row, at["kind"], case.kind, "row")
        for name, pence in (("asked", case.asked_pence), ("least", case.least_pence)):
            if case.fund is None:
                page.text(row, at[name], "z", "row-figure", "pounds")
            else:
                page.pounds(row, at[name], pence, "row-figure")
        for field in table.columns[1:]:
            self._box(page, row, field, table)
        left = sums.left_after(line)
        value = "z" if left is None else left / 100
        told = formula.left_after(self.places, line)
        page.formula(row, at["left_after"], told, value, "row-figure", "pounds", "bold")
        told = formula.stands(self.places, sums.outcome, line)
        page.formula(row, at["stands"], told, sums.stands(line), "row")
        widths = dict(zip(keys.column_names(table), self._widths(table), strict=True))
        shown = {"want": case.want, "kind": case.kind, "stands": OVERDRAWN, "outcome": sums.chosen(case)}
        needed = max(lines(words, widths[name]) for name, words in shown.items())
        page.sheet.set_row(row, height(needed, pad=8, floor=_TWO_LINES))

    def _totals(self, page: Page, row: int) -> int:
        """Of each fund every council year's part with what is left of it, then all awards; gives the row below."""
        for fund, words in self.view.funds.items():
            for year in self.view.years:
                purse = (*fund, year)
                before = f"{words} of {year}: {pounds(self.view.left.get(purse, 0))} before"
                given, left = (f"={self.places.purse(purse, column)}" for column in (GIVEN, AFTER))
                self._total(page, row, before, (given, self.sums.given[purse]), (left, self.sums.left(purse)))
                row += 1
            whole = (formula.given_from(self.places, fund), self.sums.given_from(fund))
            self._total(page, row, f"{words}: all awards", whole)
            row += 1
        return row

    def _total(
        self, page: Page, row: int, words: str, given: tuple[str, int], left: tuple[str, int] | None = None
    ) -> None:
        """One line below the cases; the last of a fund has nothing left beside it, for that goes by year."""
        look, figure = ("row", "row-figure") if left else ("row-total", "row-total-figure")
        for at in range(page.first, page.last + 1):
            page.blank(row, at, look)
        page.text(row, page.first + 1, words, look)
        for name, sum_ in (("award", given), ("left_after", left)):
            if sum_:
                page.formula(row, self.places.column(DECIDED, name), sum_[0], sum_[1] / 100, figure, "pounds", "bold")
        page.sheet.set_row(row, _TWO_LINES if left else 27)

    def _restrict(self, page: Page, table: Table) -> None:
        outcome = next(each for each in table.columns if each.name == "outcome")
        stop = {"error_title": "Choose from the list", "error_message": "The arrow beside the box opens it."}
        labels = [choice.label for choice in outcome.choices]
        where = self.places.all_lines(DECIDED, "outcome")
        page.sheet.data_validation(where, {"validate": "list", "source": labels, **stop})
        amount: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": "Digits only"}
        amount["error_message"] = "Type the pounds in digits. For example: 1250.50"
        page.sheet.data_validation(self.places.all_lines(DECIDED, "award"), amount)

    def _alarms(self, page: Page) -> None:
        """Trouble in words gets a fill; so does a balance below nought."""
        where, first = self.places.all_lines(DECIDED, "stands"), self.places.here(DECIDED, "stands", 0)
        fine = ",".join(f"{first}<>{formula.text(words)}" for words in FINE)
        look = self.book.raw(_TROUBLE)
        page.sheet.conditional_format(where, {"type": "formula", "criteria": f"=AND({fine})", "format": look})
        left = self.places.all_lines(DECIDED, "left_after")
        below = f"=N({self.places.here(DECIDED, 'left_after', 0)})<0"
        page.sheet.conditional_format(left, {"type": "formula", "criteria": below, "format": look})

    # Words

    def words(self) -> None:
        """Conditions and feedback of each case."""
        table = self.places.table_of(IN_WORDS)
        page = self._page(WORDS, self._widths(table))
        page.formula(2, page.first, formula.to_write(self.places), self.sums.to_write(), "status")
        self._frame(page, table)
        for line in range(self.places.lines):
            self._said(page, table, line)
        for field in table.columns[1:]:
            _, high = field.minimum, field.maximum
            most = high.literal if high else 0
            limit = {"validate": "length", "criteria": "<=", "value": most, "error_title": "Too long"}
            limit["error_message"] = f"Shorten it to {most} characters."
            page.sheet.data_validation(self.places.all_lines(IN_WORDS, field.name), limit)
        page.printed(FIRST + self.places.lines, self.footer, repeat=HEADINGS)
        page.locked()

    def _said(self, page: Page, table: Table, line: int) -> None:
        row, case = FIRST + line, self.places.case(line)
        at = {name: self.places.column(IN_WORDS, name) for name in keys.column_names(table)}
        page.text(row, at["case_ref"], case.case_ref, "row", "bold", "top")
        page.text(row, at["want_again"], case.want, "row", "top")
        box = self.places.cell(DECIDED, "outcome", line)
        chosen = self.sums.chosen(case)
        page.formula(row, at["outcome_again"], f'=IF({box}="","",{box})', chosen, "row", "top")
        for field in table.columns[1:]:
            self._box(page, row, field, table)
        wanted = formula.wanted(self.places, self.sums.outcome, line)
        page.formula(row, at["wanted"], wanted, self.sums.wanted(case), "row", "muted", "top")
        page.sheet.set_row(row, height(self._tallest(table, line), pad=4, floor=_TWO_LINES))

    def _tallest(self, table: Table, line: int) -> int:
        """Lines of the longest text of a case, and no fewer than most texts take; a row can be made taller."""
        case = self.places.case(line)
        needed = max(_USUAL_LINES, lines(case.want, self._widths(table)[1]))
        for field in table.columns[1:]:
            raw = self.sums.typed.of(case.case_ref, field.name)
            needed = max(needed, lines(str(raw or ""), field.width))
        return needed

    # What is left

    def left(self) -> None:
        """Each fund in each year, and each award by year."""
        page = self._page(LEFT, [_ON_LEFT, *[_MONEY] * max(5, 2 + len(self.view.years))])
        page.formula(2, page.first, formula.all_fits(self.places), self.sums.all_fits(), "status")
        rest = [""] * (len(page.widths) - 6)
        names = ["Fund", "Council year", "Left before", "Given here", "Left after", "Result", *rest]
        page.headings(NAMES, names, (2, 3, 4))
        for place, purse in enumerate(self.view.purses):
            self._purse(page, FUNDS_FIRST + place, purse)
        first = self.places.cases_first
        page.sheet.set_row(first - 2, 30)
        page.text(first - 2, page.first, "Each award by year", "section")
        names = ["Case", "Fund", "Award", *self.view.years]
        names += [""] * (len(page.widths) - len(names))
        page.headings(first - 1, names, range(2, 3 + len(self.view.years)))
        for line in range(self.places.lines):
            self._by_year(page, first + line, line)
        page.printed(first + self.places.lines, self.footer, repeat=first - 1)
        page.locked()

    def _purse(self, page: Page, row: int, purse: tuple[str, str, str]) -> None:
        sums = self.sums
        page.text(row, FUND, self.view.funds[purse[:2]], "row")
        page.text(row, YEAR, purse[2], "row")
        page.pounds(row, BEFORE, self.view.left.get(purse, 0), "row-figure")
        value = sums.given[purse] / 100
        page.formula(row, GIVEN, formula.given(self.places, purse), value, "row-figure", "pounds")
        before, given, after = (address(row, column) for column in (BEFORE, GIVEN, AFTER))
        left = sums.left(purse)
        page.formula(row, AFTER, f"=ROUND({before}-{given},2)", left / 100, "row-figure", "pounds", "bold")
        fits = f"=IF({after}<0,{formula.text(OVERDRAWN)},{formula.text(IT_FITS)})"
        page.formula(row, FITS, fits, OVERDRAWN if left < 0 else IT_FITS, "row")
        for at in range(FITS + 1, page.last + 1):
            page.blank(row, at, "row")
        trouble = {"type": "formula", "criteria": f"=${after}<0", "format": self.book.raw(_TROUBLE)}
        page.sheet.conditional_format(row, AFTER, row, FITS, trouble)
        page.sheet.set_row(row, _TWO_LINES)

    def _by_year(self, page: Page, row: int, line: int) -> None:
        case = self.places.case(line)
        page.text(row, CASE, case.case_ref, "row", "bold")
        page.text(row, CASE_FUND, self.places.fund_words(case.fund), "row")
        award = self.sums.award(case) / 100
        page.formula(row, CASE_AWARD, formula.award(self.places, line), award, "row-figure", "pounds")
        made, values = formula.parts(self.places, line), self.sums.parts(case)
        for year in self.view.years:
            at = self.places.year_column(year)
            if year in made:
                page.formula(row, at, made[year], values[year] / 100, "row-figure", "pounds")
            else:
                page.pounds(row, at, 0, "row-figure")
        for at in range(CASE_YEARS + len(self.view.years), page.last + 1):
            page.blank(row, at, "row")
        page.sheet.set_row(row, 24)
