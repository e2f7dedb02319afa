import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.template import template
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.replies.marked import SHOWN, Back, _fault, layout_of, marked_up, shown
from cluster_sheets.replies.told import Item, as_copied, items
from cluster_sheets.verdict import structure
from tests.checks.batch import judged, raw, typed
from tests.reading.workbooks import SCHEME, STAMP
from tests.replies.made import FORM, found_in
from tests.requests import KINDS, Request, project, prose

BACK = Back(SCHEME, STAMP, "Own Primary School: form 1", "cen@council.example", "17:00 on Wednesday 7 October 2026")


def copy(answers: RawForm, found: tuple[Finding, ...]) -> bytes:
    spot = as_copied(layout_of(FORM, answers), answers)
    return marked_up(FORM, answers, items(FORM, found, spot, lambda label: label), BACK)


def spoilt() -> Request:
    request = project().but(end_date=datetime(2027, 2, 12)).but_line("costs", 1, unit_cost="310 + VAT")  # noqa: DTZ001
    return request.but_line("pupils", 1, upn="X1").but_line("pupils", 3, upn="X3")


def book(request: Request) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(copy(raw(request), found_in(request))))


@cache
def spoilt_book() -> openpyxl.Workbook:
    return book(spoilt())


@pytest.mark.parametrize("request_", [*KINDS.values(), spoilt()], ids=[*KINDS, "spoilt"])
def test_every_answer_comes_back_and_says_the_same_again(request_: Request) -> None:
    again = RawForm(**read(copy(raw(request_), found_in(request_))))
    now, before = typed(again), typed(request_)
    assert {name: now.own.answers[name] for name in before.own.answers} == before.own.answers
    for table, lines in before.lines.items():
        answers = [
            {name: now_.answers[name] for name in line.answers if ":" not in name}
            for now_, line in zip(now.lines[table], lines, strict=True)
        ]
        assert answers == [{name: given for name, given in line.answers.items() if ":" not in name} for line in lines]
    assert [(each.code, each.field, each.detail) for each in judged(again)[0]] == [
        (each.code, each.field, each.detail) for each in found_in(request_)
    ]


def test_the_copy_carries_the_stamp_it_came_with() -> None:
    again = RawForm(**read(copy(raw(spoilt()), found_in(spoilt()))))
    assert again.stamp["form_id"] == [STAMP.form_id]
    assert again.version_property == STAMP.version


def test_the_first_sheet_lists_each_thing_with_a_link_to_a_cell_that_is_marked() -> None:
    made = spoilt_book()
    sheet = made["What to mend"]
    assert made.sheetnames[0] == "What to mend"
    assert sheet["A1"].value == "What to mend: 4 things, then send it back"
    assert sheet["A2"].value == BACK.lead
    assert sheet["A3"].value == (
        "Send it back to cen@council.example by 17:00 on Wednesday 7 October 2026. Your other 98 answers are kept."
    )
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=5) if row[1].value]
    assert [row[1] for row in rows] == [
        "‘2 Request’ C23", "‘3 Pupils’ B7, B9", "‘5 Costs’ E6", "‘5 Costs’ I7", "‘6 Outcomes’ F6",
    ]  # fmt: skip
    # As many numbers as the title says; what is only told has none.
    assert [row[0] for row in rows] == [1, 2, None, 3, 4]
    assert rows[3][2:] == [
        "‘310 + VAT’ is not an amount we can read.",
        "Type the pounds in I7 in digits only, without VAT.",
        "310.00",
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "marked"),
    [
        ("2 Request", "C23", True),
        ("2 Request", "C22", False),
        ("3 Pupils", "B7", True),
        ("3 Pupils", "B8", False),
        ("3 Pupils", "B9", True),
        ("5 Costs", "I7", True),
        ("5 Costs", "E6", False),
    ],
)
def test_just_the_answers_to_mend_have_a_thick_edge(sheet: str, cell: str, marked: bool) -> None:
    assert (spoilt_book()[sheet][cell].border.left.style == "thick") is marked


def item(number: int, *, to_mend: bool = True) -> Item:
    return Item("blank", to_mend, "summary", (0,), "2 Request", (f"C{number}",), "", "", "", "", "")


def test_twenty_things_are_shown_and_the_rest_are_counted() -> None:
    many = [item(number) for number in range(SHOWN + 3)]
    assert shown(many) == (tuple(many[:SHOWN]), 3)


def test_notes_never_crowd_out_what_is_to_be_mended() -> None:
    notes = [item(number, to_mend=False) for number in range(15)]
    mends = [item(100 + number) for number in range(10)]
    first, more = shown([*notes, *mends])
    assert (first, more) == ((*notes[:10], *mends), 0)


def test_more_things_than_are_shown_are_counted_on_the_first_sheet() -> None:
    request = (
        project()
        .but_lines("costs", [])
        .but(**{each.name: "?" for number in (0, 1, 7) for each in FORM.sheets[number].fields})
    )
    sheet = book(request)["What to mend"]
    told = [str(row[0].value) for row in sheet.iter_rows()]
    numbers = [row[0].value for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    more = next(text for text in told if text.startswith("There are "))
    title = int(str(sheet["A1"].value).split()[3])
    assert more == f"There are {title - len(numbers)} more things like these. They show once these are mended."
    assert len(numbers) == SHOWN


def test_a_percentage_cell_comes_back_as_the_figure_it_showed() -> None:
    answers = raw(project())
    sheet, cell, _ = answers.lines["pupils"][0]["attendance_pct"]
    answers.lines["pupils"][0]["attendance_pct"][2] = 0.94
    answers.percents = [[sheet, cell]]
    again = RawForm(**read(copy(answers, found_in(spoilt()))))
    assert again.lines["pupils"][0]["attendance_pct"][2] == 94.0


def test_a_percentage_in_a_text_box_comes_back_as_it_was_shown() -> None:
    answers = raw(project())
    sheet, cell, _ = answers.lines["outcomes"][0]["baseline"]
    answers.lines["outcomes"][0]["baseline"][2], answers.percents = 0.45, [[sheet, cell]]
    assert RawForm(**read(copy(answers, found_in(spoilt())))).lines["outcomes"][0]["baseline"][2] == "45%"


def test_a_number_that_was_not_taken_for_a_date_is_not_taken_for_one_in_the_copy_either() -> None:
    answers = raw(project().but(start_date=46440))
    (found,) = judged(answers)[0]
    assert found.code == "not-a-date"
    again = RawForm(**read(copy(answers, (found,))))
    assert again.answers["start_date"][2] == "46440"
    assert judged(again)[0] == (found,) or [each.code for each in judged(again)[0]] == ["not-a-date"]


def test_what_is_said_of_a_formula_that_is_not_worked_out_can_be_done_in_the_copy() -> None:
    answers = raw(project().but(amount_requested="\x00unworked"))
    found = tuple(each for each in judged(answers)[0] if each.code == "formula-not-worked-out")
    sheet = openpyxl.load_workbook(io.BytesIO(copy(answers, found)))
    box = layout_of(FORM, answers).cell("amount_requested")
    assert sheet["2 Request"][box].value is None
    assert sheet["What to mend"]["D6"].value == f"Type the answer itself in {box}."


def test_answers_that_have_no_home_any_more_are_said() -> None:
    answers = raw(project())
    answers.answers["old_question"] = ["2 Request", "C90", "something"]
    answers.answers["old_blank"] = ["2 Request", "C91", None]
    answers.lines["costs"][0]["old_column"] = ["5 Costs", "N6", "more"]
    answers.below, answers.beside = [["5 Costs", "C44"]], [["2 Request", "F24"]]
    finding = Finding(Place("f.xlsx"), "version-not-taken", detail=(("limit", "CS-APP 2026.1"),))
    sheet = openpyxl.load_workbook(io.BytesIO(copy(answers, (finding,))))["What to mend"]
    assert sheet["A1"].value == "What to mend: 1 thing, then send it back"
    assert sheet["C6"].value == (
        "Your file also holds something in ‘2 Request’ C90, ‘5 Costs’ N6, ‘5 Costs’ C44 and ‘2 Request’ F24 that has"
        " no place in the form, so it is not in this copy."
    )
    assert sheet["C7"].value == "This form is of another version. We can take CS-APP 2026.1."


def test_what_is_typed_over_the_form_s_own_words_goes_back_with_its_cell() -> None:
    answers = raw(project())
    answers.over, answers.stamp = [["Start here", "B30"]], {"version": [STAMP.version]}
    found = tuple(structure.findings(FORM, answers, "f.xlsx", STAMP.version))
    sheet = openpyxl.load_workbook(io.BytesIO(copy(answers, found)))["What to mend"]
    said = [[cell.value for cell in row[1:3]] for row in sheet.iter_rows(min_row=6) if row[2].value]
    assert said[:2] == [
        ["The file", "Your file also holds something in ‘Start here’ B30 that has no place in the form, so it is not in"
         " this copy."],
        ["Start here", "Something is written where there is no box, in B30: nobody reads it there."],
    ]  # fmt: skip


def test_the_same_answers_give_the_same_bytes() -> None:
    request = spoilt().but(summary=prose(734))
    assert copy(raw(request), found_in(request)) == copy(raw(request), found_in(request))


def test_more_lines_than_the_form_draws_all_come_back() -> None:
    request = project().but_lines("pupils", [replace(project()).tables["pupils"][0]] * 40)
    again = RawForm(**read(copy(raw(request), found_in(request))))
    assert len(again.lines["pupils"]) == 40


GONE = st.fixed_dictionaries(
    {
        "sheets": st.sets(st.sampled_from([sheet.name for sheet in FORM.sheets])),
        "tables": st.sets(st.sampled_from([table.name for table in FORM.tables])),
        "questions": st.sets(st.sampled_from([each.name for sheet in FORM.sheets for each in sheet.fields])),
        "below": st.booleans(),
    }
)


def without(gone: Mapping[str, Any]) -> RawForm:
    """A project some of whose sheets, headings and questions somebody deleted, as a reader finds it."""
    answers = raw(project())
    sheets, tables, questions = gone["sheets"], gone["tables"], gone["questions"]
    answers.sheets = {sheet: name for sheet, name in answers.sheets.items() if sheet not in sheets}
    answers.missing_sheets = sorted(sheets)
    answers.headless = [each.name for each in FORM.tables if each.sheet not in sheets and each.name in tables]
    own = [each for sheet in FORM.sheets for each in sheet.fields]
    answers.missing = [each.name for each in own if each.sheet not in sheets and each.name in questions]
    lost = {*answers.missing, *(each.name for each in own if each.sheet in sheets)}
    answers.answers = {name: told for name, told in answers.answers.items() if name not in lost}
    empty = {*answers.headless, *(each.name for each in FORM.tables if each.sheet in sheets)}
    answers.lines = {name: [] if name in empty else lines for name, lines in answers.lines.items()}
    answers.below = [["5 Costs", "C99"]] if gone["below"] else []
    return answers


@given(GONE)
@settings(max_examples=12, deadline=None)
def test_whatever_somebody_deleted_the_copy_is_made_and_each_thing_on_a_sheet_has_a_marked_box(
    gone: Mapping[str, Any],
) -> None:
    answers = without(gone)
    found = (*structure.findings(FORM, answers, "request.xlsx"), *judged(answers)[0])
    made = openpyxl.load_workbook(io.BytesIO(copy(answers, found)))
    for where in told_places(made):
        sheet, _, cells = where.removeprefix("‘").partition("’ ")
        assert made[sheet][cells.split(",")[0].split(" ")[0]].border.left.style == "thick", where


def told_places(made: openpyxl.Workbook) -> list[str]:
    """What *What to mend* says of where, of each thing that is to be mended on a sheet of the form."""
    if "What to mend" not in made:
        return []
    rows = [row for row in made["What to mend"].iter_rows(min_row=5) if row[1].value]
    return [str(row[1].value) for row in rows if row[3].font.bold and row[1].value != "The file"]


@pytest.mark.parametrize(
    ("sheet", "box"),
    [("1 School", "C6"), ("2 Request", "C6"), ("3 Pupils", "B6"), ("7 Partners", "B6"), ("8 Declaration", "C5")],
)
def test_a_sheet_that_is_gone_is_mended_from_its_first_box_on(sheet: str, box: str) -> None:
    answers = without({"sheets": {sheet}, "tables": (), "questions": (), "below": False})
    made = openpyxl.load_workbook(io.BytesIO(copy(answers, tuple(structure.findings(FORM, answers, "request.xlsx")))))
    assert told_places(made) == [f"‘{sheet}’ {box}"]
    links = [cell.hyperlink.location for cell in made["What to mend"]["B"] if cell.hyperlink]
    assert links == [f"'{sheet}'!{box}"]
    assert made[sheet][box].border.left.style == "thick"


def test_every_rule_about_anything_there_is_can_be_told_in_a_copy() -> None:
    answers = raw(project())
    abouts = [
        ("", "", ""), ("", "5 Costs", "C99"), ("", "Mine", "A1"), ("3 Pupils", "", ""), ("pupils", "3 Pupils", "B6"),
        ("support", "", ""), ("pupils.upn", "3 Pupils", "B101"), ("costs.line_total", "5 Costs", "J101"),
        ("partners.lead_share", "7 Partners", "C9"), ("pupils.gone", "3 Pupils", "Z9"), ("gone.gone", "Mine", "B2"),
        ("summary", "2 Request", "C37"), ("gone", "2 Request", "C90"),
    ]  # fmt: skip
    every = [
        Finding(Place("f.xlsx", sheet, cell), rule.code, rule.severity, key, (("typed", "‘x’"), ("limit", "3")))
        for rule in FORM.rules
        for key, sheet, cell in abouts
    ]
    spot = as_copied(layout_of(FORM, answers), answers)
    told = items(FORM, every, spot, lambda label: label)
    assert len({each.code for each in told}) > 100
    for start in range(0, len(told), 500):
        first, more = told[start : start + 500], 0
        faults = tuple(_fault(each) for each in first)
        filled = Filled(SCHEME, STAMP, "", "", project().form, project().tables, faults, more)
        made = openpyxl.load_workbook(io.BytesIO(template(FORM, filled)))
        rows = list(made["What to mend"].iter_rows(min_row=5))
        assert sum(bool(row[1].value) for row in rows) == len(first)
        numbers = [row[0].value for row in rows if isinstance(row[0].value, int)]
        assert numbers == list(range(1, sum(each.to_mend for each in first) + 1))
