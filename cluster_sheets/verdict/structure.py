"""Structure: what a workbook's sheets, rows and parts say, before any answer in it is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.text import folded
from cluster_sheets.form import own_words
from cluster_sheets.form.declared import Form
from cluster_sheets.reading.raw import RawForm


def findings(form: Form, raw: RawForm, file: str, version: str = "") -> list[Finding]:
    """Every finding about the shape of one workbook of the form; about a strange one, only that it is strange.

    ``version`` is that of the template now.
    """
    if not raw.ours:
        return [_made(form, "not-our-form", Place(file))]
    if raw.two_requests:
        return [_made(form, "two-requests-in-one-file", Place(file))]
    return [*_sheets(form, raw, file, version), *_questions(form, raw, file), *_package(form, raw, file)]


def _made(form: Form, code: str, place: Place, key: str = "") -> Finding:
    return Finding(place, code, form.severity(code), key)


def _sheets(form: Form, raw: RawForm, file: str, version: str) -> Iterator[Finding]:
    for sheet, tab in raw.copies:
        yield replace(_made(form, "sheet-twice", Place(file), sheet), detail=(("typed", f"‘{tab}’"),))
    for sheet in raw.missing_sheets:
        yield _made(form, "sheet-missing", Place(file), sheet)
    for table in raw.headless:
        sheet = raw.sheets.get(form.table(table).sheet, "")
        yield _made(form, "table-heading-missing", Place(file, sheet), table)
    for key in raw.gone:
        yield _made(form, "column-missing", Place(file, raw.sheets.get(form.field(key).sheet, "")), key)
    for sheet, cell in raw.below:
        yield _made(form, "answers-below-the-table", Place(file, sheet, cell))
    for sheet, cell in (*raw.beside, *raw.typed_over(version)):
        on_the_list = folded(sheet) == folded(own_words.MEND)
        code = "written-on-what-to-mend" if on_the_list else "written-beside-the-boxes"
        yield _made(form, code, Place(file, sheet, cell))


def _questions(form: Form, raw: RawForm, file: str) -> Iterator[Finding]:
    for key in raw.missing:
        yield _made(form, "question-missing", Place(file, raw.sheets.get(form.field(key).sheet, "")), key)
    for code, keys in (("question-found-by-label", raw.by_label), ("question-twice", raw.twice)):
        for key in dict.fromkeys(keys):
            if form.has(key):
                yield _made(form, code, _place(raw.answers.get(key, ()), file), key)


def _place(told: Sequence[object], file: str) -> Place:
    return Place(file, str(told[0]), str(told[1])) if len(told) > 1 else Place(file)


def _package(form: Form, raw: RawForm, file: str) -> Iterator[Finding]:
    if raw.added:
        yield _made(form, "sheet-added", Place(file, raw.added[0]))
    if raw.hidden:
        yield _made(form, "hidden-sheet-added", Place(file, raw.hidden[0]))
    if raw.external_links:
        yield _made(form, "external-links", Place(file))
    for sheet, cell in raw.notes:
        yield _made(form, "notes-with-text", Place(file, sheet, cell))
    if raw.pictures:
        yield _made(form, "pictures-or-files-inside", Place(file))
