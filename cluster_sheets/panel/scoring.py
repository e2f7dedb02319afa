"""Scoring: what a case is scored on, how much each counts, and a place to work one case's score out."""

from cluster_sheets.look.book import Page
from cluster_sheets.panel import phrase
from cluster_sheets.panel.view import Criterion, PackView
from cluster_sheets.panel.words import DOES_NOT_APPLY

WIDTHS = (186, 80, 96, 146, 146, 152, 203)
_FIRST = 4
_BEST = 4
"""The highest score on a criterion."""


def write_scoring(page: Page, pack: PackView) -> None:
    """The sheet."""
    criteria = pack.policy.criteria
    lead = "Score each case by itself, before you meet. What counts more has the greater weight."
    status = "0: nothing there.  1: weak.  2: adequate.  3: good.  4: strong, with evidence.  Blank: not scored."
    page.open_with("Scoring: what earns which score", lead, status)
    names = ["Scored on", "Weight: project", "Weight: unforeseen", *(f"Earns {level}" for level in range(1, _BEST + 1))]
    page.headings(3, names, figures=(1, 2))
    for row, each in enumerate(criteria, start=_FIRST):
        _criterion(page, row, each)
    last = _FIRST + len(criteria)
    page.sheet.set_row(last, 21.75)
    page.text(last, 0, "Together", "row-total")
    for column, total in ((1, sum(each.project for each in criteria)), (2, sum(each.unforeseen for each in criteria))):
        span = f"=SUM({'ABC'[column]}{_FIRST + 1}:{'ABC'[column]}{last})"
        page.formula(last, column, span, total / 10, "row-total-figure", "decimal")
    for column in range(3, len(WIDTHS)):
        page.blank(last, column, "row-total")
    row = _order(page, last + 1, pack)
    last_row = _work_out(page, row, criteria)
    page.sheet.freeze_panes(4, 0)
    page.printed(last_row, pack.label, repeat=None, kept=range(row, last_row - 1))
    page.locked()


def _criterion(page: Page, row: int, each: Criterion) -> None:
    texts = [(each.label, WIDTHS[0], True)]
    texts += [(level, WIDTHS[column], False) for column, level in enumerate(each.levels, start=3)]
    page.fitted(row, texts)
    page.text(row, 0, each.label, "criterion")
    for column, weight in ((1, each.project), (2, each.unforeseen)):
        if weight:
            page.figure(row, column, weight / 10, "row-figure", "decimal")
        else:
            page.text(row, column, DOES_NOT_APPLY, "row-figure", "decimal")
    for column, level in enumerate(each.levels, start=3):
        page.text(row, column, level, "row")


def _work_out(page: Page, row: int, criteria: tuple[Criterion, ...]) -> int:
    """Boxes for the scores of one case, and what they come to; gives the first free row."""
    page.sheet.set_row(row, 30)
    page.text(row, 0, "Work a score out", "section")
    row += 1
    page.headings(
        row, ["Type a score from 0 to 4", "Your score", "If a project", "If unforeseen", "", "", ""], (1, 2, 3)
    )
    first = row + 1
    for place, each in enumerate(criteria):
        row += 1
        page.fitted(row, [(each.label, WIDTHS[0], True)])
        page.text(row, 0, each.label, "criterion")
        page.blank(row, 1, "box-figure", "decimal")
        for column, weights in ((2, "B"), (3, "C")):
            weight, score = f"{weights}{_FIRST + place + 1}", f"B{row + 1}"
            points = f'=IF({weight}="{DOES_NOT_APPLY}","{DOES_NOT_APPLY}",IF({score}="","",{score}/{_BEST}*{weight}))'
            applies = each.project if column == 2 else each.unforeseen
            page.formula(row, column, points, "" if applies else DOES_NOT_APPLY, "row-figure", "decimal")
        for column in range(4, len(WIDTHS)):
            page.blank(row, column, "row")
    _result(page, row + 1, first, len(criteria))
    only = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": _BEST,
        "error_title": "0, 1, 2, 3 or 4",
        "error_message": "Type a whole number from 0 to 4, or leave the box blank.",
    }
    page.sheet.data_validation(first, 1, row, 1, only)
    return row + 2


def _result(page: Page, row: int, first: int, count: int) -> None:
    page.sheet.set_row(row, 21.75)
    page.text(row, 0, "Out of 100", "row-total")
    page.blank(row, 1, "row-total-figure")
    for column, weights in ((2, "B"), (3, "C")):
        letter = "ABCD"[column]
        points, all_weights = f"{letter}{first + 1}:{letter}{row}", f"{weights}{_FIRST + 1}:{weights}{_FIRST + count}"
        # What does not apply is text, so it is counted neither as a weight nor as a score.
        done = f"COUNT({points})=COUNT({all_weights})"
        page.formula(
            row, column, f'=IF({done},100*SUM({points})/SUM({all_weights}),"")', "", "row-total-figure", "score"
        )
    for column in range(4, len(WIDTHS)):
        page.blank(row, column, "row-total")
    page.text(row, 4, "Shown once each score that counts is typed.", "row-total", "plain-weight")


def _order(page: Page, row: int, pack: PackView) -> int:
    """How scores become an order; gives the first free row."""
    policy = pack.policy
    page.sheet.set_row(row, 30)
    page.text(row, 0, "From scores to an order", "section")
    scorers, apart = phrase.number(policy.scores_min), phrase.number(policy.spread_discuss)
    told = (
        f"A case's score is the mean of all who scored it, out of 100, to one decimal. It takes {scorers} or more.",
        "Cases that are agreed to are paid from the highest score down, until a fund cannot pay the next one's least.",
        f"Below {policy.fundable} a case is paid only for a reason that is written down. Where two scores on one thing"
        f" are {apart} or more apart, talk first.",
    )
    for number, text in enumerate(told, start=1):
        row += 1
        page.sheet.set_row(row, 21)
        page.text(row, 0, f"{number}.  {text}", "over")
    return row + 1
