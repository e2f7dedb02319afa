"""Sheets of questions: label, answer, help and check on one line each."""

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_sheets.base.cell import address
from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import (
    APART,
    APART_WIDEST,
    CLEAR,
    COUNT_WIDEST,
    DONE,
    NOT_NEEDED,
    REQUIRED,
    Checks,
    is_counted,
)
from cluster_sheets.form.declared import Field, Sheet
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.layout import ANSWER, CHECK, FIRST_ROW, HELP, LABEL, Layout, Total
from cluster_sheets.form.own_words import QUESTIONS
from cluster_sheets.form.template_boxes import TO_MEND, fault_words, restrict, roles, shown_lines, write_answer
from cluster_sheets.form.template_lists import ChoiceLists
from cluster_sheets.form.template_sums import total_cell, total_pence
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import height, lines
from cluster_sheets.look.style import CAUTION_EDGE, CAUTION_LOOK, NOT_NEEDED_LOOK, REQUIRED_LOOK

WIDTHS = (205, 465, 227, 112)
COMPLETE = "All that is required is answered"
_CENTRED = 80
"""Points: in a row no taller than this, short words stand in the middle beside their box."""
_LETTERS_A_LINE = 59
"""Safe count of letters on a line of an answer box."""


def write_questions(
    book: Book, sheet: Sheet, layout: Layout, filled: Filled, checks: Checks, lists: ChoiceLists
) -> str:
    """One sheet of questions; gives its third row, which says how far it is."""
    page = book.sheet(sheet.name, WIDTHS, keyed=True)
    page.key(0, 0, keys.of_sheet(sheet))
    bottom = layout.bottoms[sheet.name]
    page.open_with(sheet.name, sheet.lead, "")
    page.headings(FIRST_ROW - 1, QUESTIONS)
    ties = {total.rule.about: total for place in layout.tables.values() for total in place.totals if total.rule}
    questions = _Questions(page, layout, filled, checks, lists, ties)
    values = [questions.write(field) for field in sheet.fields]
    for row, title in layout.sections[sheet.name].items():
        page.sheet.set_row(row, 30)
        page.text(row, LABEL, title, "section-on-paper")
        for column in (ANSWER, HELP, CHECK):
            page.blank(row, column, "paper")
    status = _status(page, f"$E${FIRST_ROW + 1}:$E${bottom}", values, len(filled.faults_on(sheet.name)))
    _colours(page, bottom)
    page.sheet.freeze_panes(FIRST_ROW, 0)
    first = next((each for each, value in zip(sheet.fields, values, strict=True) if value == REQUIRED), sheet.fields[0])
    page.sheet.set_selection(layout.rows[first.name], ANSWER, layout.rows[first.name], ANSWER)
    page.printed(bottom, filled.reference, kept=layout.sections[sheet.name])
    page.locked()
    return status


@dataclass(frozen=True, slots=True)
class _Questions:
    """Writes the questions of one sheet."""

    page: Page
    layout: Layout
    filled: Filled
    checks: Checks
    lists: ChoiceLists
    ties: Mapping[str, Total]
    """The sums that must come to the answer of a question."""

    def write(self, field: Field) -> str:
        """One question on its row; gives what its check shows."""
        page, row, raw = self.page, self.layout.rows[field.name], self.filled.answers.get(field.name)
        fault, to_mend = fault_words(self.filled, field.name)
        label, hint = self.filled.scheme.told(field.label), self.filled.scheme.told(field.hint)
        page.key(row, 0, keys.of_field(field))
        needed = (
            _box_lines(field),
            lines(shown_lines(field, raw), WIDTHS[1]),
            lines(label, WIDTHS[0], bold=True),
            lines(hint, WIDTHS[2]) + (lines(fault, WIDTHS[2], bold=True) if fault else 0),
            _check_lines(field, tied=field.name in self.ties, faulty=bool(fault)),
        )
        tall = height(max(needed), pad=10, floor=27)
        page.sheet.set_row(row, tall)
        top = ("top",) if tall > _CENTRED else ()
        page.text(row, LABEL, label, "label", *top)
        write_answer(page, row, ANSWER, field, raw, (*roles(field, in_table=False, faulty=bool(fault)), *top))
        if fault:
            page.two_texts(row, HELP, (fault, "fault"), (hint, "plain"), "fault", *top)
        else:
            page.text(row, HELP, hint, "help", *top)
        restrict(page, address(row, ANSWER), field, self.filled, self.lists, prompt=False)
        return self._check(row, field, raw, to_mend, top)

    def _check(self, row: int, field: Field, raw: Raw, to_mend: str, top: tuple[str, ...]) -> str:
        tie = self.ties.get(field.name)
        rule = tie.rule if tie else None
        if to_mend and not (is_counted(field) or tie):
            self.page.text(row, CHECK, to_mend, "fault", *top)
            return to_mend
        value = self.checks.value(field, raw, rule, total_pence(tie, self.filled) if tie else 0)
        formula = self.checks.formula(field, rule, total_cell(self.layout, tie) if tie else "")
        if to_mend:
            # What is to be mended is not done: of its check only a count or a tie stands below.
            value = to_mend if value == DONE else f"{to_mend}\n{value}"
            formula = f'=SUBSTITUTE("{to_mend}"&CHAR(10)&{formula[1:]},CHAR(10)&"{DONE}","")'
        self.page.formula(row, CHECK, formula, value, "fault" if to_mend else "check", *top)
        return value


def _check_lines(field: Field, *, tied: bool, faulty: bool) -> int:
    """Lines that the check of a question may come to need."""
    widest = APART_WIDEST if tied else COUNT_WIDEST if is_counted(field) else REQUIRED
    return lines(widest, WIDTHS[3], bold=True) + faulty


def _box_lines(field: Field) -> int:
    """Lines of the longest answer a box takes: nothing allowed is hidden, and its size says how much is wanted."""
    if field.kind != "long-text" or field.maximum is None or field.maximum.literal is None:
        return 1
    return -(-field.maximum.literal // _LETTERS_A_LINE)


def _status(page: Page, checks: str, values: list[str], faults: int) -> str:
    if faults:
        answers = "1 answer" if faults == 1 else f"{faults} answers"
        shown = f"{answers} to mend on this sheet. Look for TO MEND in the last column."
        page.text(2, LABEL, shown, "status-alarm")
        return shown
    wrong = "+".join(f'COUNTIF({checks},"{what}")' for what in ("*over", "*short", f"{APART}*", CLEAR))
    left = f'COUNTIF({checks},"{REQUIRED}")'
    formula = f'=IF({left}=0,"{COMPLETE}",{left}&" still required")&IF({wrong}=0,".",", "&({wrong})&" to look at.")'
    required = sum(value == REQUIRED for value in values)
    odd = sum(value.endswith(("over", "short")) or value.startswith((APART, CLEAR)) for value in values)
    shown = f"{required} still required" if required else COMPLETE
    shown += f", {odd} to look at." if odd else "."
    page.formula(2, LABEL, formula, shown, "status")
    return shown


def _colours(page: Page, bottom: int) -> None:
    """Trouble is said in words first; the fill only follows the words."""
    first = FIRST_ROW + 1
    check, answer = f"E{first}:E{bottom}", f"C{first}:C{bottom}"
    trouble = " , ".join([f'RIGHT($E{first},4)="over"', f'RIGHT($E{first},5)="short"', f'$E{first}="{CLEAR}"'])
    mending = f'LEFT($E{first},{len(TO_MEND)})<>"{TO_MEND}"'
    trouble = f'=AND({mending},OR({trouble},LEFT($E{first},{len(APART)})="{APART}"))'.replace(" , ", ",")
    rules = (
        (check, trouble, CAUTION_LOOK),
        (answer, trouble, CAUTION_EDGE),
        (check, f'=$E{first}="{REQUIRED}"', REQUIRED_LOOK),
        (answer, f'=$E{first}="{NOT_NEEDED}"', NOT_NEEDED_LOOK),
    )
    for where, criteria, look in rules:
        page.sheet.conditional_format(
            where, {"type": "formula", "criteria": criteria, "format": page.book.raw(look), "stop_if_true": False}
        )
