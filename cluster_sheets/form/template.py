"""The workbook a school fills in: blank, prefilled, or sent back with what is to be mended. One writer for all three.

In: the declaration, and what is filled in already. Out: the bytes of an .xlsx, the same each time.
"""

from dataclasses import replace

from cluster_sheets.form import keys, own_words, template_start
from cluster_sheets.form.check_cell import Checks
from cluster_sheets.form.declared import Form
from cluster_sheets.form.filled import Fault, Filled, Scheme, Stamp
from cluster_sheets.form.kind import Readers
from cluster_sheets.form.layout import Layout, layout
from cluster_sheets.form.template_lists import ChoiceLists
from cluster_sheets.form.template_mend import write_mend
from cluster_sheets.form.template_questions import write_questions
from cluster_sheets.form.template_table import write_tables
from cluster_sheets.look.book import Book


def template(form: Form, filled: Filled) -> bytes:
    """One workbook of the form.

    Args:
        form: the declaration.
        filled: whom it is for, what is answered already, and, in a copy sent back, what is to be mended.
    """
    book = Book(form.title, properties={keys.VERSION_PROPERTY: filled.stamp.version})
    places = layout(form, {table: len(lines) for table, lines in filled.lines.items()})
    scheme = filled.scheme
    filled = replace(filled, faults=tuple(_placed(each, places) for each in filled.faults))
    checks = Checks(places, Readers(scheme.bound, lambda name: (name,)), filled.answers)
    lists = ChoiceLists(form, scheme)
    if filled.faults:
        write_mend(book, places, filled)
    start = book.sheet(own_words.START, template_start.WIDTHS, keyed=True)
    statuses = [
        (write_questions if sheet.fields else write_tables)(book, sheet, places, filled, checks, lists)
        for sheet in form.sheets
    ]
    template_start.write_start(start, places, filled, statuses)
    lists.write(book)
    book.book.worksheets()[0].activate()
    return book.done()


def _placed(fault: Fault, places: Layout) -> Fault:
    """The fault at a box of this very workbook: whatever is found, the copy can show where to begin."""
    box = places.box(fault.key, fault.sheet)
    return replace(fault, key=box, whole=box != fault.key)


def blank(form: Form, scheme: Scheme, version: str) -> bytes:
    """A form for nobody in particular: no school, no stamp but the version."""
    lead = "A blank form to look at. Fill in one of the forms made for your school, which carry its mark."
    status = "Your school's own forms say by when to send them, and where."
    return template(form, Filled(scheme, Stamp(version=version), lead, status))
