"""Review, read back: the answers an admin has typed since the workbook was last read.

In: private/review/*.xlsx. Out: answers in the store, a line of audit for each, findings for what could not be read.
Never: reads the same contents twice, or lets one odd answer keep the others out.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from cluster_sheets.anonymise.review_view import (
    ANSWER,
    BY_KIND,
    COLUMNS,
    HELD,
    NAME,
    NEEDS_YOU,
    REDACTION,
    Sort,
    offered,
)
from cluster_sheets.base.cell import address
from cluster_sheets.base.finding import Finding, Place, Severity, Wording
from cluster_sheets.store import applications, audit, questions, redactions, seen_files, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.questions import Question

KIND = "review"
NOBODY = "admin"
"""Who, where no name was typed."""
UNREADABLE, ODD, SETTLED, NO_NAME = "review-unreadable", "review-answer-odd", "review-settled", "review-no-name"
WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        UNREADABLE: Wording(
            "The review workbook {other} cannot be read.",
            "Close it in Excel and run again. If that does not help, delete it: a new one is made in its place.",
        ),
        ODD: Wording(
            "The answer in {cell} is none of those in its list.",
            "Choose {limit} in {cell}, or empty the box.",
        ),
        SETTLED: Wording(
            "The answer in {cell} came too late: the request has been dealt with.",
            "Nothing. If the school is to send it again, write to it.",
        ),
        NO_NAME: Wording(
            "The answers were taken, but nobody's name stands beside them.",
            "Type your name in {cell} before you answer the next ones.",
        ),
    }
)
Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer box as it was found."""

    question_id: str
    shown: str
    """The answer it showed when the workbook was made."""
    typed: str
    sort: Sort
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook as it was found."""

    boxes: tuple[Typed, ...]
    name: str
    name_place: Place


def read_reviews(store: Store, places: Places, as_of: datetime) -> tuple[Finding, ...]:
    """Takes the answers of every review workbook that changed; what could not be taken, by file and cell."""
    findings: list[Finding] = []
    if places.review.is_dir():
        for path in sorted(places.review.glob("*.xlsx")):
            # Excel and LibreOffice keep a note of who has a file open beside it.
            if path != places.proposal and not path.name.startswith(("~", ".")):
                findings += _read_one(store, path, as_of)
    return tuple(findings)


def _read_one(store: Store, path: Path, as_of: datetime) -> list[Finding]:
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    noted = list(seen_files.noted(store, KIND, path.name, as_of))
    if seen_files.last_read(store, KIND, path.name) == sha256:
        return noted
    read = reading(data, path.name)
    if read is None:
        return [Finding(Place(path.name), UNREADABLE, Severity.QUERY, detail=(("other", path.name),))]
    with store.transaction():
        findings = _taken(store, read, as_of)
        findings += [each for each in noted if each not in findings]
        seen_files.note(store, KIND, path.name, [each for each in findings if each.severity is Severity.NOTE], as_of)
        # What is to be mended is told every night until it is; the workbook stays as it was typed until then.
        if all(each.severity is Severity.NOTE for each in findings):
            seen_files.was_read(store, KIND, path.name, sha256, as_of)
    return findings


def reading(data: bytes, file: str) -> Reading | None:
    """The answer boxes of a workbook; None where it cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError):
        return None
    boxes: list[Typed] = []
    name, name_place = "", Place(file)
    for title, rows in sheets.items():
        kind = _text(rows[0][0]) if rows and rows[0] else ""
        if kind == NEEDS_YOU:
            name, name_place = _name(rows, Place(file, title))
        elif kind in BY_KIND:
            boxes += _boxes(rows, BY_KIND[kind], Place(file, title))
    return Reading(tuple(boxes), name, name_place)


def name_typed(data: bytes) -> str:
    """The name that stands in a workbook's box; empty where there is none."""
    read = reading(data, "")
    return read.name if read else ""


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _name(rows: Rows, sheet: Place) -> tuple[str, Place]:
    for number, row in enumerate(rows):
        if row and _text(row[0]) == NAME:
            return _text(row[2]) if len(row) > 2 else "", Place(sheet.file, sheet.sheet, address(number, 2))
    return "", sheet


def _boxes(rows: Rows, sort: Sort, sheet: Place) -> Iterator[Typed]:
    column = -1
    for number, row in enumerate(rows):
        mark = _text(row[0])
        if mark == COLUMNS:
            column = next((place for place, value in enumerate(row) if _text(value) == ANSWER), len(row) - 1)
        elif "|" in mark and column >= 0:
            question_id, _, shown = mark.partition("|")
            typed = _text(row[column]) if column < len(row) else ""
            yield Typed(question_id, shown, typed, sort, Place(sheet.file, sheet.sheet, address(number, column)))


def _taken(store: Store, read: Reading, as_of: datetime) -> list[Finding]:
    asked = questions.get_many(store, [each.question_id for each in read.boxes])
    words = questions.texts(store, list(asked))
    still_held = _held(store, asked)
    findings: list[Finding] = []
    given: dict[str, str | None] = {}
    for box in read.boxes:
        question = asked.get(box.question_id)
        if question is None or box.typed.casefold() == box.shown.casefold():
            continue
        code = box.sort.code(box.typed)
        choices = box.sort.choices(offered(question, words.get(question.question_id, {})))
        if box.typed and (code is None or box.sort.shown(code) not in choices):
            findings.append(Finding(box.place, ODD, Severity.QUERY, detail=(("limit", " or ".join(choices)),)))
        elif code == question.answer:
            continue
        elif question.kind == HELD and question.unit_id not in still_held:
            findings.append(Finding(box.place, SETTLED, Severity.NOTE))
        else:
            given[question.question_id] = code
    if given and not read.name:
        findings.append(Finding(read.name_place, NO_NAME, Severity.NOTE))
    take(store, {each: asked[each] for each in given}, given, read.name or NOBODY, as_of)
    return findings


def _held(store: Store, asked: Mapping[str, Question]) -> set[str]:
    about = units.get_many(store, [each.unit_id for each in asked.values() if each.kind == HELD])
    return {unit_id for unit_id, unit in about.items() if unit.state == units.State.HELD}


def take(
    store: Store, asked: Mapping[str, Question], given: Mapping[str, str | None], who: str, as_of: datetime
) -> None:
    """Keeps answers (code by question) with who gave them; what was redacted otherwise is to be redacted anew.

    Within the caller's transaction.
    """
    questions.answer_many(store, given.items(), as_of)
    texts = [each for question_id, each in asked.items() if question_id in given and each.kind == REDACTION]
    standing = applications.get_many(store, [each.application_ref for each in texts if each.application_ref])
    stale = {each.unit_id for each in texts} | {each.current_unit for each in standing.values()}
    redactions.forget_many(store, stale)
    audit.append_many(
        store,
        [
            audit.Line(
                as_of,
                who,
                "answered",
                f"{asked[question_id].kind}: {code or 'taken back'}",
                asked[question_id].unit_id,
                asked[question_id].application_ref,
            )
            for question_id, code in given.items()
        ],
    )
