"""The decisions workbook of a meeting, written from nothing: what the chair fills in, with live balances beside it.

In: what it shows, what is typed so far. Out: its bytes, the same each time.
Never: takes anything over from a file but what was typed into its boxes.
"""

from datetime import datetime, time
from typing import Any

from cluster_sheets.base.cell import address
from cluster_sheets.base.date import in_figures, in_words
from cluster_sheets.base.money import pounds
from cluster_sheets.form import keys
from cluster_sheets.form.check_cell import DONE, REQUIRED
from cluster_sheets.form.declared import Field, Form
from cluster_sheets.form.kind import is_blank
from cluster_sheets.form.template_boxes import roles, write_answer
from cluster_sheets.look.book import Book, Page
from cluster_sheets.look.palette import INK
from cluster_sheets.panel.decisions.lines import Lists
from cluster_sheets.panel.decisions.place import MEETING, Places
from cluster_sheets.panel.decisions.sums import Sums
from cluster_sheets.panel.decisions.view import Typed, View
from cluster_sheets.register.model import CITY

_WIDTHS = [205, 300, 392, 112]
_LABEL, _ANSWER, _HELP, _CHECK = range(1, 5)
_FIRST = 4
_NOT_KNOWN, MET, NOT_MET = "Not known yet", "Met", "Not met"
_STEPS = (
    "Decisions: choose an outcome for every case and type the award in pounds. The column Result says what is amiss.",
    "Conditions and feedback: write what the column Still wanted names. Both are kept for the letter.",
    "What is left: look that every line says Fits. An award that runs past {year_end} is split by days.",
    "Then answer Yes in the last box above and save. The next run reads it and says what it took, or what to mend.",
    "Found a mistake later? Correct it here, save: the next run takes it. A case put off: until its next pack is out.",
)


def made(form: Form, view: View, mark: str, typed: Typed | None = None) -> bytes:
    """The workbook; ``form`` is its declaration, ``mark`` what it carries to tell whether it is still up to date."""
    typed = typed or Typed()
    places = Places(form, view)
    sums = Sums(view, typed, form)
    book = Book(f"Decisions {view.meeting.meeting_id}")
    footer = f"chair, {view.meeting.meeting_id}"
    _meeting(book, places, typed, mark, footer)
    lists = Lists(book, places, sums, footer)
    lists.decisions()
    lists.words()
    lists.left()
    return book.done()


def _meeting(book: Book, places: Places, typed: Typed, mark: str, footer: str) -> None:
    view, sheet = places.view, places.sheet(MEETING)
    page = book.sheet(sheet.name, _WIDTHS, keyed=True)
    page.key(0, 0, keys.of_sheet(sheet))
    kind = "City Cluster Meeting" if view.meeting.kind == CITY else f"meeting {view.meeting.meeting_id}"
    page.open_with(f"Decisions of the {kind}, {in_words(view.meeting.day)}", sheet.lead, _status(view))
    page.text(_FIRST - 1, _LABEL, sheet.fields[0].section, "section")
    page.sheet.set_row(_FIRST - 1, 30)
    for row, field in enumerate(sheet.fields, start=_FIRST):
        _question(page, row, field, view, typed)
    row = _FIRST + len(sheet.fields)
    present = next(at for at, field in enumerate(sheet.fields, start=_FIRST) if field.name == "present")
    _quorum(page, row, address(present, _ANSWER), view, typed)
    page.text(row + 1, _LABEL, "How to fill this in", "section")
    page.sheet.set_row(row + 1, 30)
    for number, step in enumerate(_STEPS, start=1):
        page.text(row + 1 + number, _LABEL, f"{number}.  {step.format(year_end=view.year_end)}", "plain")
        page.sheet.set_row(row + 1 + number, 21)
    row += 2 + len(_STEPS)
    for part, value in (("round", view.meeting.meeting_id), ("mark", mark)):
        page.key(row, 0, keys.of_stamp(part))
        page.key(row, keys.ANSWER_COLUMN, value)
        page.sheet.set_row(row, None, None, {"hidden": True})
        row += 1
    page.sheet.freeze_panes(3, 0)
    page.sheet.set_selection(_FIRST, _ANSWER, _FIRST, _ANSWER)
    page.printed(row, footer, repeat=None)
    page.locked()


def _status(view: View) -> str:
    told = [f"{len(view.cases)} case{'' if len(view.cases) == 1 else 's'} to decide"]
    for fund, words in view.funds.items():
        told.append(f"{words}: {pounds(view.left.get((*fund, view.year), 0))} to give in {view.year}")
    return ". ".join(told) + "."


def _question(page: Page, row: int, field: Field, view: View, typed: Typed) -> None:
    page.key(row, 0, keys.of_field(field))
    hint = field.hint.format(day=in_figures(view.meeting.day))
    page.text(row, _LABEL, field.label, "label")
    write_answer(page, row, _ANSWER, field, typed.own.get(field.name), roles(field, in_table=False, faulty=False))
    page.text(row, _HELP, hint, "help")
    _check(page, row, blank=is_blank(typed.own.get(field.name)))
    texts = [(field.label, _WIDTHS[0], True), (hint, _WIDTHS[2], False)]
    page.fitted(row, texts, pad=10, floor=27)
    stop = _stops(view).get(field.kind)
    if stop:
        page.sheet.data_validation(row, _ANSWER, row, _ANSWER, stop)


def _check(page: Page, row: int, *, blank: bool) -> None:
    """Whether a box still waits for its answer; live."""
    box, look = address(row, _ANSWER), page.book.raw({"bold": True, "font_color": INK})
    told = f'=IF(LEN(TRIM({box}))=0,"{REQUIRED}","{DONE}")'
    page.formula(row, _CHECK, told, REQUIRED if blank else DONE, "check")
    where = address(row, _CHECK)
    waits = {"type": "formula", "criteria": f'={where}="{REQUIRED}"', "format": look}
    page.sheet.conditional_format(row, _CHECK, row, _CHECK, waits)


def _stops(view: View) -> dict[str, dict[str, Any]]:
    """What Excel lets into a box of each kind, and what it says when it does not."""
    earliest = datetime.combine(view.meeting.day.replace(month=1, day=1), time())
    return {
        "date": {
            "validate": "date", "criteria": ">=", "value": earliest, "error_title": "Day/month/year",
            "error_message": f"Type day/month/year. For example: {in_figures(view.meeting.day)}",
        },
        "whole-number": {
            "validate": "integer", "criteria": "between", "minimum": 0, "maximum": view.eligible,
            "error_title": "Schools present", "error_message": f"Type a whole number up to {view.eligible}.",
        },
        "yes-no": {
            "validate": "list", "source": ["Yes", "No"], "error_title": "Choose from the list",
            "error_message": "Choose Yes once everything is final.",
        },
    }  # fmt: skip


def _quorum(page: Page, row: int, box: str, view: View, typed: Typed) -> None:
    needed = view.meeting.quorum_needed
    present = typed.own.get("present")
    told = f'=IF(ISNUMBER({box}),IF({box}>={needed},"{MET}","{NOT_MET}"),"{_NOT_KNOWN}")'
    value = _NOT_KNOWN
    if isinstance(present, int | float) and not isinstance(present, bool):
        value = MET if present >= needed else NOT_MET
    page.text(row, _LABEL, "Quorum", "label")
    page.formula(row, _ANSWER, told, value, "computed", "over")
    hint = f"{needed} of {view.eligible} member schools. Without it nothing can be decided."
    page.text(row, _HELP, hint, "help")
    page.blank(row, _CHECK, "check")
    page.fitted(row, [(hint, _WIDTHS[2], False)], pad=10, floor=27)
