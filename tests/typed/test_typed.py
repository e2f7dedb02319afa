"""Requests typed into the real form by LibreOffice, in all the ways people do, and read back right."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
import pytest

from cluster_sheets.base.date import in_figures
from cluster_sheets.base.record import Record
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.layout import layout
from cluster_sheets.form.template import template
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.precheck import checked
from cluster_sheets.reading.raw import RawForm, read
from tests.checks.batch import FORM, codes, typed
from tests.reading.workbooks import SCHEME, STAMP
from tests.requests import KINDS, Request
from tests.typed.desk import Desk, Step, desk, needs_typist

pytestmark = [pytest.mark.real, needs_typist]
LAYOUT = layout(FORM)
BLANK = template(FORM, Filled(SCHEME, STAMP, "For Own Primary School", "Send it by then."))
FIGURES = ("money", "whole-number", "decimal", "percent")


@pytest.fixture(scope="module")
def at() -> Iterator[Desk]:
    with desk() as found:
        yield found


@pytest.fixture(scope="module")
def project(at: Desk) -> bytes:
    """A project typed in full and saved, to be opened again and worked on."""
    return at.typed(BLANK, steps(KINDS["project"]))


def keyed(raw: Raw, kind: str) -> str:
    """What somebody types for an answer: a date day first, digits as text where the box is one of text."""
    if isinstance(raw, date):
        return in_figures(raw)
    return f"{raw:.15g}" if isinstance(raw, float) and kind in FIGURES else str(raw)


def steps(request: Request) -> list[Step]:
    """Every answer of a request, typed into its box."""
    made: list[Step] = []
    for name, raw in request.form.items():
        field = FORM.field(name)
        if raw is not None:
            made.append(("type", field.sheet, LAYOUT.cell(name), keyed(raw, field.kind)))
    for table, given in request.tables.items():
        for number, line in enumerate(given):
            for name, raw in line.items():
                field = FORM.field(f"{table}.{name}")
                made.append(("type", field.sheet, LAYOUT.cell(field.key, number), keyed(raw, field.kind)))
    return made


def sent(data: bytes) -> RawForm:
    """What the reader finds in it, once it has passed the pre-check."""
    return RawForm(**read(data, checked(data, Limits())))


def expected(request: Request) -> Record:
    """The values it must be read as."""
    return typed(request).record()


def values(record: Record) -> Record:
    """Without what is stored in locked cells."""
    tables = {
        table: tuple({name: each for name, each in row.items() if not name.startswith("stored:")} for row in rows)
        for table, rows in record.tables.items()
    }
    own = {name: each for name, each in record.form.items() if "." not in name}
    return Record(own, tables)


def same(raw: RawForm, request: Request) -> None:
    assert values(typed(raw).record()) == values(expected(request))


@pytest.mark.parametrize("kind", ["project", "unforeseen", "group", "advice"])
def test_a_request_typed_answer_by_answer_is_read_as_it_was_meant(at: Desk, kind: str) -> None:
    raw = sent(at.typed(BLANK, steps(KINDS[kind])))
    same(raw, KINDS[kind])
    assert codes(raw) == []
    assert raw.stamp["form_id"] == [STAMP.form_id]
    assert raw.stamp["mark"] == [STAMP.mark]


def test_the_form_works_out_line_totals_that_we_agree_with(at: Desk) -> None:
    raw = sent(at.typed(BLANK, steps(KINDS["group"])))
    assert [line["line_total"][2] for line in raw.lines["costs"]] == [3275.6, 310]
    assert raw.answers["partners.lead_share"][2] == 1775.6


def test_rows_put_in_above_a_question_and_above_a_line(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    row = LAYOUT.rows["amount_requested"] + 1
    line = LAYOUT.tables["costs"].first + 2
    raw = sent(at.typed(project, [("insert_rows", "2 Request", row, 2), ("insert_rows", "5 Costs", line, 1)]))
    same(raw, request)
    assert raw.answers["amount_requested"][1] == f"C{row + 2}"
    assert codes(raw) == []


def test_sheets_renamed(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    renamed: list[Step] = [("rename", "2 Request", "What we want"), ("rename", "5 Costs", "Money")]
    raw = sent(at.typed(project, renamed))
    same(raw, request)
    assert raw.sheets["2 Request"] == "What we want"
    assert raw.added == []


def test_values_pasted_over_lists(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    pasted: list[Step] = [
        ("paste", "2 Request", LAYOUT.cell("purpose"), "project"),
        ("paste", "2 Request", LAYOUT.cell("beneficiary"), "  A group of pupils "),
        ("paste", "5 Costs", LAYOUT.cell("costs.category"), "TA_TIME"),
    ]
    raw = sent(at.typed(project, pasted))
    same(raw, request)
    wrong: list[Step] = [("paste", "2 Request", LAYOUT.cell("area_main"), "Speech and language")]
    assert codes(sent(at.typed(project, wrong))) == [("not-on-list", "area_main")]


def test_dates_typed_as_text(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    as_text: list[Step] = [
        ("paste", "2 Request", LAYOUT.cell("start_date"), "22/02/2027"),
        ("paste", "2 Request", LAYOUT.cell("end_date"), "16 July 2027"),
        ("paste", "6 Outcomes", LAYOUT.cell("outcomes.by_when"), "9 Jul 2027"),
    ]
    raw = sent(at.typed(project, as_text))
    assert [raw.answers[name][2] for name in ("start_date", "end_date")] == ["22/02/2027", "16 July 2027"]
    same(raw, request)
    unclear: list[Step] = [("paste", "2 Request", LAYOUT.cell("start_date"), "22/02/27")]
    assert ("not-a-date", "start_date") in codes(sent(at.typed(project, unclear)))


def test_pounds_typed_as_text(at: Desk, project: bytes) -> None:
    request = KINDS["project"].but(minimum_viable=1250.0)
    as_text: list[Step] = [
        ("paste", "2 Request", LAYOUT.cell("amount_requested"), "£3,275.60"),
        ("paste", "2 Request", LAYOUT.cell("minimum_viable"), "£1,250.00"),
        ("paste", "5 Costs", LAYOUT.cell("costs.unit_cost", 1), " £310 "),
    ]
    raw = sent(at.typed(project, as_text))
    assert raw.answers["minimum_viable"][2] == "£1,250.00"
    same(raw, request)


def test_year_groups_however_they_are_written(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    for number in range(4):
        request = request.but_line("pupils", number, year_group="Year 4")
    ways: list[Step] = [
        ("paste", "3 Pupils", LAYOUT.cell("pupils.year_group", number), way)
        for number, way in enumerate(("Year 4", "year 4", "4", " YEAR  4"))
    ]
    raw = sent(at.typed(project, ways))
    same(raw, request)
    short: list[Step] = [("paste", "3 Pupils", LAYOUT.cell("pupils.year_group", 2), "Y4")]
    assert codes(sent(at.typed(project, short))) == [("not-on-list", "pupils.year_group")]


def test_a_column_of_answers_typed_again(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    again = request.but(
        request_title="Daily language groups, again", area_main="Cognition and learning", area_second=None
    )
    again = again.but(summary=str(request.form["summary"]) + "\nTwo more words.", amount_requested=3275.6)
    more: list[Step] = [("type", "2 Request", LAYOUT.cell("area_second"), "")]
    raw = sent(at.typed(project, [*steps(again), *more]))
    same(raw, again)
    assert codes(raw) == []


def test_lines_moved_down_and_sorted(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    first, last = LAYOUT.cell("costs.category", 0), LAYOUT.cell("costs.paid_by", 1)
    moved: list[Step] = [("move_lines", "5 Costs", f"{first}:{last}", LAYOUT.cell("costs.category", 5))]
    raw = sent(at.typed(project, moved))
    assert [line["category"][1] for line in raw.lines["costs"]] == [
        LAYOUT.cell("costs.category", each) for each in (5, 6)
    ]
    same(raw, request)
    block = f"{LAYOUT.cell('pupils.upn', 0)}:{LAYOUT.cell('pupils.parent_agreed_on', 3)}"
    turned = sent(at.typed(project, [("sort", "3 Pupils", block, 0)]))
    upns = [line["upn"][2] for line in turned.lines["pupils"]]
    assert upns == sorted((str(line["upn"]) for line in request.tables["pupils"]), reverse=True)
    same(
        turned,
        request.but_lines("pupils", sorted(request.tables["pupils"], key=lambda line: str(line["upn"]), reverse=True)),
    )


def test_a_copy_of_a_sheet_left_in_the_workbook(at: Desk, project: bytes) -> None:
    raw = sent(at.typed(project, [("copy_sheet", "2 Request", "2 Request (old)")]))
    assert (raw.copies, raw.two_requests) == ([["2 Request", "2 Request (old)"]], False)
    same(raw, KINDS["project"])


def test_a_sheet_of_ones_own_beside_the_form(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    raw = sent(at.typed(project, [("add_sheet", "Our notes", "Ask the office.")]))
    same(raw, request)
    assert raw.added == ["Our notes"]


def test_saved_by_another_writer_without_styles_or_properties(at: Desk, project: bytes) -> None:
    request = KINDS["project"]
    raw = sent(saved_by_another(at.typed(project, [])))
    same(raw, request)
    assert codes(raw) == []
    assert raw.version_property == ""
    assert raw.stamp["version"] == [STAMP.version]


def saved_by_another(data: bytes) -> bytes:
    """Values without formulas, formats of dates only, no properties of our own: as a web service exports it."""
    source = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for sheet in source.worksheets:
        other = made.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    target = other.cell(cell.row, cell.column or 1, cell.value)
                    if isinstance(cell.value, datetime):
                        target.number_format = "dd/mm/yyyy"
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()
