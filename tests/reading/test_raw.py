"""A workbook as it was written: found by key, whatever has become of it."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from cluster_sheets.form.shipped import form
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.reading.raw import RawForm, read
from tests.checks.batch import codes, judged, typed
from tests.reading.workbooks import STAMP, workbook
from tests.requests import KINDS, prose


def raw(data: bytes) -> RawForm:
    return RawForm(**read(data))


def changed(change: Callable[[Workbook], None], kind: str = "project") -> RawForm:
    """A good request's workbook after somebody has had it open in another program."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(KINDS[kind])))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return raw(saved.getvalue())


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_template_holds_is_read_back_without_a_finding(kind: str) -> None:
    assert codes(raw(workbook(KINDS[kind]))) == []


def test_the_stamp_and_the_version_are_read() -> None:
    read_back = raw(workbook(KINDS["project"]))
    assert read_back.stamp == {
        "form_id": [STAMP.form_id],
        "urn": [STAMP.urn],
        "cluster": [STAMP.cluster],
        "round": [STAMP.round],
        "version": [STAMP.version],
        "mark": [STAMP.mark],
    }
    assert read_back.version_property == STAMP.version


def test_a_row_put_in_and_a_sheet_renamed_change_nothing() -> None:
    def change(book: Workbook) -> None:
        book["2 Request"].insert_rows(5, 2)
        book["2 Request"].title = "Our request"

    assert changed(change).answers["purpose"] == ["Our request", "C8", "Project"]
    assert codes(changed(change)) == []


def test_a_lost_key_is_found_by_its_label() -> None:
    def change(book: Workbook) -> None:
        book["2 Request"]["A6"] = None

    read_back = changed(change)
    assert read_back.by_label == ["purpose"]
    assert codes(read_back) == []


def test_a_question_that_has_gone_is_named() -> None:
    def change(book: Workbook) -> None:
        book["2 Request"].delete_rows(6)

    read_back = changed(change)
    assert read_back.missing == ["purpose"]
    assert codes(read_back) == []


def test_a_sheet_that_has_gone_is_named_and_its_questions_are_not() -> None:
    read_back = changed(lambda book: book.remove(book["8 Declaration"]))
    assert read_back.missing_sheets == ["8 Declaration"]
    assert read_back.missing == []
    assert codes(read_back) == []


def test_a_table_whose_names_are_gone_is_found_by_its_headings() -> None:
    def change(book: Workbook) -> None:
        book["5 Costs"].delete_rows(4)

    read_back = changed(change)
    assert (read_back.headless, len(read_back.lines["costs"])) == ([], 2)
    assert codes(read_back) == []


def test_a_table_without_names_or_headings_is_lost_and_not_judged() -> None:
    def change(book: Workbook) -> None:
        book["5 Costs"].delete_rows(4, 2)

    read_back = changed(change)
    assert read_back.headless == ["costs"]
    assert codes(read_back) == []


@pytest.mark.parametrize("sheet", ["Start here", "Lists"])
def test_a_sheet_of_the_form_that_asks_nothing_is_ours_whatever_it_is_called(sheet: str) -> None:
    def change(book: Workbook) -> None:
        book[sheet].title = "Begin"
        book.create_sheet("Workings")

    assert changed(change).added == ["Workings"]


def test_an_answer_below_the_end_of_a_table_is_told() -> None:
    def change(book: Workbook) -> None:
        book["6 Outcomes"]["B12"] = prose(60)

    assert changed(change).below == [["6 Outcomes", "B12"]]


def test_two_answers_to_one_question_are_told_and_the_first_is_shown() -> None:
    def change(book: Workbook) -> None:
        book["1 School"]["A20"], book["1 School"]["C20"] = "headteacher_name", "Kim Other"

    read_back = changed(change)
    assert read_back.twice == ["headteacher_name"]
    assert read_back.answers["headteacher_name"][2] == "Jo Example"


def test_two_requests_in_one_workbook_are_told() -> None:
    def change(book: Workbook) -> None:
        book["8 Declaration"]["A60"], book["8 Declaration"]["C60"] = "purpose", "Advice, no money"

    assert changed(change).two_requests


def test_a_sheet_of_the_form_that_was_copied_is_read_once_and_is_no_sheet_of_their_own() -> None:
    def change(book: Workbook) -> None:
        book.copy_worksheet(book["5 Costs"])
        book.create_sheet("Workings")

    read_back = changed(change)
    assert read_back.copies == [["5 Costs", "5 Costs Copy"]]
    assert (read_back.added, read_back.two_requests) == (["Workings"], False)
    assert len(read_back.lines["costs"]) == len(changed(lambda _: None).lines["costs"])


def test_every_answer_is_read_where_the_column_of_keys_is_gone_from_every_sheet() -> None:
    def change(book: Workbook) -> None:
        for sheet in book:
            if sheet.title != "Start here":
                sheet.delete_cols(1)

    read_back, whole = changed(change), changed(lambda _: None)
    inputs = {each.name for sheet in form("application").sheets for each in sheet.fields}
    assert {name: told[2] for name, told in read_back.answers.items()} == {
        name: told[2] for name, told in whole.answers.items() if name in inputs
    }
    assert {table: len(lines) for table, lines in read_back.lines.items()} == {
        table: len(lines) for table, lines in whole.lines.items()
    }
    assert (read_back.missing, read_back.headless, read_back.below, read_back.two_requests) == ([], [], [], False)


def test_formulas_faults_and_percentages_are_seen() -> None:
    def change(book: Workbook) -> None:
        book["2 Request"]["C8"] = '=IF(TRUE,"A group of pupils","")'
        book["3 Pupils"]["I6"] = 0.94
        book["3 Pupils"]["I6"].number_format = "0%"

    read_back = changed(change)
    assert read_back.answers["beneficiary"][2] == "\x00unworked"
    assert read_back.percents == [["3 Pupils", "I6"]]
    assert codes(read_back) == [("formula-not-worked-out", "beneficiary")]


def test_a_percentage_is_read_as_its_cell_shows_it_also_above_one_and_in_a_text() -> None:
    def change(book: Workbook) -> None:
        for sheet, cell, figure in (("3 Pupils", "I6", 1.1), ("3 Pupils", "I7", 94), ("6 Outcomes", "D6", 0.45)):
            book[sheet][cell] = figure
            book[sheet][cell].number_format = "0%"

    read_back = changed(change)
    line = read_back.lines["outcomes"][0]
    name = next(name for name, told in line.items() if told[1] == "D6")
    assert form("application").field(f"outcomes.{name}").kind == "text"
    assert sorted(read_back.percents) == [["3 Pupils", "I6"], ["3 Pupils", "I7"], ["6 Outcomes", "D6"]]
    assert [each for each in codes(read_back) if each[0].startswith("percent")] == [
        ("percent-out-of-range", "pupils.attendance_pct")
    ] * 2
    assert typed(read_back).lines["outcomes"][0].answers[name] == "45%"


def test_notes_hidden_sheets_and_added_sheets_are_seen() -> None:
    def change(book: Workbook) -> None:
        book["2 Request"]["C6"].comment = Comment("See our letter", "x")
        book.create_sheet("Notes of ours")
        book.create_sheet("Secret").sheet_state = "hidden"

    read_back = changed(change)
    assert (read_back.notes, read_back.added, read_back.hidden) == (
        [["2 Request", "C6"]],
        ["Notes of ours"],
        ["Secret"],
    )


def test_another_workbook_is_not_ours() -> None:
    book = Workbook()
    book.create_sheet("Dinner")["A1"] = "Dinner money"
    saved = io.BytesIO()
    book.save(saved)
    assert not raw(saved.getvalue()).ours


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The first of these makes the library give up as a program does that broke, not as one that met a bad file.
        (r'<c r="C(\d+)" s="(\d+)"><v>46440</v>', r'<c r="C\1" s="\2"><v>-1e308</v>'),
        (r"</sheetData>", "<row r=1></sheetData>"),
    ],
)
def test_a_workbook_that_the_library_gives_up_on_is_damaged(before: str, after: str) -> None:
    data, changes = workbook(KINDS["project"]), 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        told, count = re.subn(before, after, parts[name].decode())
        parts[name] = told.encode()
        changes += count
    assert changes
    with pytest.raises(RefusedError) as found:
        read(data, parts)
    assert str(found.value) == "file-broken"


@pytest.mark.parametrize("place", ["A0", "A01", "AAAA1", "a1048577777", "ZZZZZZZZ1"])
def test_a_formula_that_stands_nowhere_is_damage(place: str) -> None:
    data = workbook(KINDS["project"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    odd = f'<row r="900"><c r="{place}"><f>1+1</f></c></row></sheetData>'
    name = next(each for each in parts if each.startswith("xl/worksheets/sheet"))
    parts[name] = parts[name].replace(b"</sheetData>", odd.encode())
    with pytest.raises(RefusedError) as found:
        read(data, parts)
    assert str(found.value) == "file-broken"


def test_findings_do_not_depend_on_the_size_of_the_batch() -> None:
    forms = [raw(workbook(KINDS[kind].but(headteacher_name=None))) for kind in KINDS]
    together = judged(*forms)
    assert together == [judged(form)[0] for form in forms]
