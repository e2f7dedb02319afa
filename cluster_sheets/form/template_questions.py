"""Sheets of questions: label, answer, help and check on one line each."""

from cluster_sheets.base.cell import address
from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import APART, CLEAR, NOT_NEEDED, REQUIRED, Checks
from cluster_sheets.form.declared import Field, Sheet
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.layout import ANSWER, CHECK, FIRST_ROW, HELP, LABEL, Layout, Total
from cluster_sheets.form.template_boxes import fault_words, restrict, roles, shown_lines, told, write_answer
from cluster_sheets.form.template_lists import ChoiceLists
from cluster_sheets.form.template_table import total_cell, total_pence
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.measure import height, lines
from cluster_sheets.look.style import CAUTION_EDGE, CAUTION_LOOK, NOT_NEEDED_LOOK, REQUIRED_LOOK

WIDTHS = (205, 465, 227, 112)
_LETTERS_A_LINE = 59
"""Safe count of letters on a line of an answer box."""


def write_questions(
    book: Book, sheet: Sheet, layout: Layout, filled: Filled, checks: Checks, lists: ChoiceLists
) -> str:
    """One sheet of questions; gives its third row, which says how far it is."""
    page = book.sheet(sheet.name, WIDTHS, keyed=True)
    page.sheet.write_string(0, 0, keys.of_sheet(sheet), book.style("hidden-key"))
    bottom = layout.bottoms[sheet.name]
    page.open_with(sheet.name, sheet.lead, "")
    page.headings(FIRST_ROW - 1, ("Question", "Your answer", "Help", "Check"))
    values = [_question(page, field, layout, filled, checks, lists) for field in sheet.fields]
    for row, title in layout.sections[sheet.name].items():
        page.sheet.set_row(row, 30)
        page.text(row, LABEL, title, "section-on-paper")
        for column in (ANSWER, HELP, CHECK):
            page.blank(row, column, "paper")
    status = _status(page, f"$E${FIRST_ROW + 1}:$E${bottom}", values)
    _colours(page, bottom)
    page.sheet.freeze_panes(FIRST_ROW, 0)
    first = next((each for each, value in zip(sheet.fields, values, strict=True) if value == REQUIRED), sheet.fields[0])
    page.sheet.set_selection(layout.rows[first.name], ANSWER, layout.rows[first.name], ANSWER)
    page.printed(bottom, sheet.name, marking="OFFICIAL-SENSITIVE")
    page.locked()
    return status


def _question(page: Page, field: Field, layout: Layout, filled: Filled, checks: Checks, lists: ChoiceLists) -> str:
    row = layout.rows[field.name]
    raw = filled.answers.get(field.name)
    fault, to_mend = fault_words(filled, field.name)
    label, help_text = told(field.label, filled.scheme), fault or told(field.hint, filled.scheme)
    page.sheet.write_string(row, 0, keys.of_field(field), page.book.style("hidden-key"))
    needed = max(_box_lines(field), lines(shown_lines(field, raw), WIDTHS[1]))
    tall = height(
        max(needed, lines(label, WIDTHS[0], bold=True), lines(help_text, WIDTHS[2], bold=bool(fault))), pad=10, floor=27
    )
    page.sheet.set_row(row, tall)
    top = ("top",) if tall > 60 else ()
    page.text(row, LABEL, label, "label", *top)
    write_answer(page, row, ANSWER, field, raw, (*roles(field, in_table=False, faulty=bool(fault)), *top))
    page.text(row, HELP, help_text, "fault" if fault else "help", *top)
    restrict(page, address(row, ANSWER), field, filled, lists, prompt=False)
    if to_mend:
        page.text(row, CHECK, to_mend, "fault", *top)
        return to_mend
    total = _tie_of(layout, field)
    cell = total_cell(layout, total) if total else ""
    pence = total_pence(total, filled) if total else 0
    rule = total.rule if total else None
    value = checks.value(field, raw, rule, pence)
    page.formula(row, CHECK, checks.formula(field, rule, cell), value, "check", *top)
    return value


def _box_lines(field: Field) -> int:
    """Lines of the longest answer a box takes: nothing allowed is hidden, and its size says how much is wanted."""
    if field.kind != "long-text" or field.maximum is None or field.maximum.literal is None:
        return 1
    return -(-field.maximum.literal // _LETTERS_A_LINE)


def _tie_of(layout: Layout, field: Field) -> Total | None:
    totals = [total for place in layout.tables.values() for total in place.totals]
    return next((total for total in totals if total.rule and total.rule.about == field.name), None)


def _status(page: Page, checks: str, values: list[str]) -> str:
    wrong = "+".join(f'COUNTIF({checks},"{what}")' for what in ("*over", "*short", f"{APART}*", CLEAR, "TO MEND*"))
    left = f'COUNTIF({checks},"{REQUIRED}")'
    formula = (
        f'=IF({left}=0,"Everything that is required here is answered",{left}&" still required")'
        f'&IF({wrong}=0,".",", "&({wrong})&" to look at.")'
    )
    required = sum(value == REQUIRED for value in values)
    odd = sum(value.endswith(("over", "short")) or value.startswith((APART, CLEAR, "TO MEND")) for value in values)
    shown = f"{required} still required" if required else "Everything that is required here is answered"
    shown += f", {odd} to look at." if odd else "."
    page.formula(2, LABEL, formula, shown, "status")
    return shown


def _colours(page: Page, bottom: int) -> None:
    """Trouble is said in words first; the fill only follows the words."""
    first = FIRST_ROW + 1
    check, answer = f"E{first}:E{bottom}", f"C{first}:C{bottom}"
    trouble = " , ".join([f'RIGHT($E{first},4)="over"', f'RIGHT($E{first},5)="short"', f'$E{first}="{CLEAR}"'])
    trouble = f'=OR({trouble},LEFT($E{first},{len(APART)})="{APART}")'.replace(" , ", ",")
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
