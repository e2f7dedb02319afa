import io
from dataclasses import replace
from datetime import datetime
from functools import cache

import openpyxl
import pytest

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.replies.marked import SHOWN, Back, layout_of, marked_up, shown
from cluster_sheets.replies.told import Item, as_copied, items
from tests.checks.batch import judged, raw, typed
from tests.reading.workbooks import SCHEME, STAMP
from tests.replies.made import FORM, found_in
from tests.requests import KINDS, Request, project, prose

BACK = Back(
    SCHEME, STAMP, "Own Primary School: form 1 of 3", "cen@council.example", "17:00 on Wednesday 7 October 2026"
)


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
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=5) if isinstance(row[0].value, int)]
    assert [row[1] for row in rows] == [
        "‘2 Request’ C23", "‘3 Pupils’ B7, B9", "‘5 Costs’ E6", "‘5 Costs’ I7", "‘6 Outcomes’ F6",
    ]  # fmt: skip
    assert rows[3][2:] == [
        "‘310 + VAT’ is not an amount we can read.",
        "Type the pounds in I7 in digits only, without VAT.",
        "1250.50",
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


def test_answers_that_have_no_home_any_more_are_said() -> None:
    answers = raw(project())
    answers.answers["old_question"] = ["2 Request", "C90", "something"]
    answers.answers["old_blank"] = ["2 Request", "C91", None]
    answers.lines["costs"][0]["old_column"] = ["5 Costs", "N6", "more"]
    answers.below = [["5 Costs", "C44"]]
    finding = Finding(Place("f.xlsx"), "version-not-taken", detail=(("limit", "CS-APP 2026.1"),))
    sheet = openpyxl.load_workbook(io.BytesIO(copy(answers, (finding,))))["What to mend"]
    assert sheet["A1"].value == "What to mend: 1 thing, then send it back"
    assert sheet["C6"].value == (
        "Your file also holds something in ‘2 Request’ C90, ‘5 Costs’ N6 and ‘5 Costs’ C44 that has no place in the"
        " form, so it is not in this copy."
    )
    assert sheet["C7"].value == "This form is of another version. We can take CS-APP 2026.1."


def test_the_same_answers_give_the_same_bytes() -> None:
    request = spoilt().but(summary=prose(734))
    assert copy(raw(request), found_in(request)) == copy(raw(request), found_in(request))


def test_more_lines_than_the_form_draws_all_come_back() -> None:
    request = project().but_lines("pupils", [replace(project()).tables["pupils"][0]] * 40)
    again = RawForm(**read(copy(raw(request), found_in(request))))
    assert len(again.lines["pupils"]) == 40
