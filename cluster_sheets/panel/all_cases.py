"""All cases: one line each in a table to be filtered, and a box to try an amount in against what is left."""

from cluster_sheets.base.cell import letters
from cluster_sheets.base.money import pounds
from cluster_sheets.look.book import Page
from cluster_sheets.look.measure import height, lines
from cluster_sheets.look.palette import ALARM
from cluster_sheets.panel import phrase
from cluster_sheets.panel.case_sheet import ALL_CASES, sheet_name
from cluster_sheets.panel.view import ADVICE, FUNDS, CaseView, Fund, PackView
from cluster_sheets.panel.words import DOES_NOT_APPLY

WIDTHS = (64, 162, 96, 96, 100, 122, 64, 100, 100, 105)
_NAMES = (
    "Case", "What they want to do", "Kind", "Fund", "For whom", "Main area of need", "Pupils", "Asked", "Least",
    "Consider at",
)  # fmt: skip
_BELOW = {1: "Fund", 5: "Left now", 7: "Asked", 8: "Considered", 9: "Left after"}
_BELOW_FIGURES = (5, 7, 8, 9)
_FIGURES = (6, 7, 8, 9)
_FUND, _ASKED, _LEAST, _CONSIDER = 3, 7, 8, 9
FIRST = 4


def in_order(cases: tuple[CaseView, ...]) -> tuple[CaseView, ...]:
    """Cases that ask for money, then those that ask for advice; each in the order of the pack."""
    return tuple(sorted(cases, key=lambda case: case.purpose == ADVICE))


def write_all_cases(page: Page, pack: PackView) -> int:
    """The sheet; gives how many pages it prints on."""
    cases = in_order(pack.cases)
    last = FIRST + max(len(cases), 1) - 1
    few = phrase.number(pack.policy.threshold)
    signs = f"c: fewer than {few}. x: not known. z: does not apply."
    page.open_with(
        f"{ALL_CASES}: {phrase.number(len(cases)) if cases else 'none'}",
        f"In shuffled order: it says nothing of school, arrival or merit. {signs}",
        "",
    )
    page.formula(2, 0, *_status(pack.funds, last), "status")
    page.headings(3, _NAMES, figures=_FIGURES)
    styles = [
        {"header": name, "header_format": page.book.style("heading-figure" if at in _FIGURES else "heading")}
        for at, name in enumerate(_NAMES)
    ]
    page.sheet.add_table(3, 0, last, len(_NAMES) - 1, {"name": "Cases", "columns": styles, "style": None})
    for row, case in enumerate(cases, start=FIRST):
        _line(page, row, case)
    _restrict(page, last)
    if not cases:
        page.text(FIRST, 1, "No case is in this pack.", "row")
    bottom = _totals(page, pack.funds, last)
    page.sheet.freeze_panes(FIRST, 1)
    if cases:
        page.sheet.set_selection(FIRST, _CONSIDER, FIRST, _CONSIDER)
    # The funds stay together: their heading never ends a page.
    page.printed(bottom, pack.label, kept=range(last + 1, bottom - 1))
    page.locked()
    return len(page.sheet.hbreaks) + 1


def _line(page: Page, row: int, case: CaseView) -> None:
    texts = (case.title, case.kind, FUNDS.get(case.pot, DOES_NOT_APPLY), case.whom, case.area)
    needed = max(lines(text, WIDTHS[column]) for column, text in enumerate(texts, start=1))
    page.sheet.set_row(row, height(needed))
    page.link(row, 0, f"'{sheet_name(case.case_ref)}'!A1", case.case_ref, "row", "bold")
    for column, text in enumerate(texts, start=1):
        page.text(row, column, text, "row")
    if isinstance(case.pupils, int):
        page.figure(row, 6, case.pupils, "row-figure", "count")
    else:
        page.text(row, 6, case.pupils, "row-figure", "count")
    for column, pence in ((_ASKED, case.asked_pence), (_LEAST, case.least_pence)):
        if case.pot:
            page.pounds(row, column, pence, "row-figure")
        else:
            page.text(row, column, DOES_NOT_APPLY, "row-figure", "pounds")
    if case.pot:
        page.pounds(row, _CONSIDER, case.asked_pence, "box-figure")
    else:
        page.text(row, _CONSIDER, DOES_NOT_APPLY, "computed", "pounds")


def _restrict(page: Page, last: int) -> None:
    """A box takes nought to what is asked."""
    rule = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": f"=${letters(_ASKED)}{FIRST + 1}",
        "error_title": "Nought to what is asked",
        "error_message": "Type pounds, such as 1250 or 1250.50, and no more than the case asks for.",
    }
    page.sheet.data_validation(FIRST, _CONSIDER, last, _CONSIDER, rule)


def _sum_of(column: int, fund: Fund, last: int) -> str:
    """Sum of a column over the cases of one fund, as a formula without its equals sign."""
    funds = f"${letters(_FUND)}${FIRST + 1}:${letters(_FUND)}${last + 1}"
    figures = f"${letters(column)}${FIRST + 1}:${letters(column)}${last + 1}"
    return f'SUMIF({funds},"{FUNDS[fund.pot]}",{figures})'


def _status(funds: tuple[Fund, ...], last: int) -> tuple[str, str]:
    """Row 3: what would be left of each fund at the amounts in the boxes; live."""
    parts, words = [], []
    for fund in funds:
        after = f"{_left(fund) / 100:.2f}-{_sum_of(_CONSIDER, fund, last)}"
        name = FUNDS[fund.pot].lower()
        parts.append(f'"{name} "&TEXT(ABS(ROUND({after},2)),"£#,##0.00")&IF(ROUND({after},2)<0," short"," left")')
        words.append(f"{name} {pounds(abs(fund.after_pence))}{' short' if fund.after_pence < 0 else ' left'}")
    opening = "At the amounts in the boxes: "
    return f'="{opening}"&' + '&", "&'.join(parts) + '&"."', f"{opening}{', '.join(words)}."


def _totals(page: Page, funds: tuple[Fund, ...], last: int) -> int:
    """The funds against what is left; gives the first free row."""
    row = last + 1
    page.sheet.set_row(row, 30)
    page.text(row, 0, "Against what is left", "section")
    row += 1
    page.sheet.set_row(row, 26)
    for column in range(len(WIDTHS)):
        page.text(row, column, _BELOW.get(column, ""), "heading-figure" if column in _BELOW_FIGURES else "heading")
    first = row + 1
    for fund in funds:
        row += 1
        _fund(page, row, fund, last)
    row += 1
    _label(page, row, "Both", "row-total")
    sums = [sum(figures) for figures in zip(*(_figures(fund) for fund in funds), strict=True)]
    for column, pence in zip(_BELOW_FIGURES, sums, strict=True):
        letter = letters(column)
        page.formula(row, column, f"=SUM({letter}{first + 1}:{letter}{row})", pence / 100, "row-total-figure", "pounds")
    short = {"type": "cell", "criteria": "<", "value": 0, "format": page.book.raw({"font_color": ALARM, "bold": True})}
    page.sheet.conditional_format(first, _CONSIDER, row, _CONSIDER, short)
    for said in _beside(funds):
        row += 1
        page.sheet.set_row(row, 21.75)
        page.text(row, 1, said, "lead")
    return row + 1


def _beside(funds: tuple[Fund, ...]) -> list[str]:
    """What the sums cannot show."""
    later = sum(fund.later_pence for fund in funds)
    said = []
    if later:
        said.append(f"Left now is {pounds(later)} more than in Budget position: as much is asked of later years.")
    if any(fund.short for fund in funds):
        said.append("A fund lacks money in one year or one cluster: the sheet Budget position says which.")
    return said


def _left(fund: Fund) -> int:
    """What the amounts in the boxes are held against: what is left now, and what is asked of later years beside it."""
    return fund.position.left_pence + fund.later_pence


def _figures(fund: Fund) -> tuple[int, int, int, int]:
    """Left now, asked, considered (which starts at what is asked), left after."""
    return _left(fund), fund.asked_pence, fund.asked_pence, fund.after_pence


def _fund(page: Page, row: int, fund: Fund, last: int) -> None:
    _label(page, row, FUNDS[fund.pot], "row")
    left, asked, considered, after = _BELOW_FIGURES
    page.pounds(row, left, _left(fund), "row-figure")
    money = fund.asked_pence / 100
    page.formula(row, asked, f"={_sum_of(_ASKED, fund, last)}", money, "row-figure", "pounds")
    page.formula(row, considered, f"={_sum_of(_CONSIDER, fund, last)}", money, "row-figure", "pounds")
    span = f"={letters(left)}{row + 1}-{letters(considered)}{row + 1}"
    page.formula(row, after, span, fund.after_pence / 100, "row-figure", "pounds")


def _label(page: Page, row: int, label: str, role: str) -> None:
    page.sheet.set_row(row, 21.75)
    for column in range(len(WIDTHS)):
        page.text(row, column, label if column == 1 else "", role)
