"""The panel workbook: from a pack's view to the bytes of an .xlsx, the same each time.

In: a ``PackView``. Out: bytes. Never: reads the store, the register or an application.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.look.book import Book
from cluster_sheets.panel import all_cases, budget_position, contents, glossary, scoring
from cluster_sheets.panel.case_sheet import ALL_CASES, laid, sheet_name, write_case
from cluster_sheets.panel.view import PackView


def workbook(pack: PackView, progress: Progress = silent) -> bytes:
    """One version of one meeting's pack."""
    with _no_collecting():
        return _written(pack, progress)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing of a workbook is rubbish before it is done; looking for some all the while takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _written(pack: PackView, progress: Progress) -> bytes:
    book = Book(f"Panel pack {pack.meeting_id} v{pack.version}")
    first = book.sheet(contents.SHEET, contents.WIDTHS, landscape=True)
    budget_position.write_budget(book.sheet(contents.BUDGET, budget_position.WIDTHS), pack)
    listed = book.sheet(ALL_CASES, all_cases.WIDTHS)
    pages = all_cases.write_all_cases(listed, pack)
    cases = all_cases.in_order(pack.cases)
    made = []
    for place, case in enumerate(cases):
        laid_out = laid(case)
        made.append(laid_out)
        write_case(book, case, laid_out, pack, f"'{ALL_CASES}'!A{all_cases.FIRST + place + 1}")
        progress("panel workbook", place + 1, len(cases))
    scoring.write_scoring(book.sheet(contents.SCORING, scoring.WIDTHS), pack)
    glossary.write_glossary(book.sheet(contents.GLOSSARY, glossary.WIDTHS), pack)
    contents.write_contents(first, pack, tuple(made), sheet_name(cases[0].case_ref) if cases else "", pages)
    first.sheet.activate()
    return book.done()
