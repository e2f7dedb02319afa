import io

import openpyxl
import pytest

from cluster_sheets.anonymise.review_draw import drawn
from cluster_sheets.anonymise.review_view import BY_KIND, View, view
from cluster_sheets.anonymise.review_whose import Whose
from cluster_sheets.look.measure import lines
from cluster_sheets.store.questions import Question
from tests.office import needs_office, page_texts
from tests.register.made import REGISTER

MEETING = REGISTER.meetings[0]
LONG = "\n".join(f"5 Costs C{row}: The line total does not agree with its parts." for row in range(9, 60))


FITS = "1 school: blur the phase group and the key stages\nthen 25 schools"
FACT = {
    "case": "K7",
    "question": "Phase group",
    "sentence": "Secondary or alternative provision",
    "why": "All that is shown of its school fits 1 school of the cluster. Without this and the key stages it fits 25.",
}
OWNERS = {"K7": Whose("CEN-2627-0012", "EXAMPLE Oakhill\nwith EXAMPLE Mere", "Agreed with conditions\n£14,200.00")}


def example() -> View:
    held = {"who": "EXAMPLE Oakhill", "title": "EXAMPLE", "findings": LONG}
    doubt = {
        "question": "What do you want to do?",
        "sentence": "=Since Zofia came, it is louder.",
        "words": "Zofia",
        "why": "May be a name.",
        "placeholder": "[name]",
    }
    ref = "CEN-2627-0012"
    rows = {
        "h1": (Question("h1", "M", "u1", None, "held", "late"), held),
        "h2": (Question("h2", "M", "u2", None, "held", "late", answer="accept"), {"findings": "Late."}),
        "r1": (Question("r1", "M", "u3", ref, "redaction", "unknown-word"), doubt),
        "f1": (Question("f1", "M", "u3", ref, "fact", "phase-group"), FACT),
        "c1": (
            Question("c1", "M", "u3", ref, "ready", "ready", answer="yes"),
            {"case": "K7", "title": "EXAMPLE", "fits": FITS},
        ),
    }
    asked = [each for each, _ in rows.values()]
    return view(MEETING.meeting_id, asked, {each: words for each, (_, words) in rows.items()}, {"h2"}, OWNERS)


def cells(data: bytes, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=1)]


def test_the_first_sheet_says_how_many_of_each_and_what_to_do() -> None:
    data = drawn(example(), MEETING, "EXAMPLE Amina Umber")
    rows = cells(data, "Needs you")
    assert [row[1] for row in rows[:3]] == [
        "Needs you: 3 answers",
        "Review of CEN-2627-A1, the meeting of 15 October 2026. Keep this file here: it names schools.",
        "The pack goes out on 8 October 2026, and not before every question here is answered.",
    ]
    assert [(row[1], row[3], row[4]) for row in rows[4:8]] == [
        ("Held", 1, 1),
        ("Redactions", 1, 0),
        ("Facts", 1, 0),
        ("Ready", 0, 1),
    ]
    assert ["#name", "Your name", "EXAMPLE Amina Umber", None, None] in rows
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["Needs you", "Held", "Redactions", "Facts", "Ready"]


def test_each_question_is_a_row_with_its_key_its_words_and_its_answer() -> None:
    data = drawn(example(), MEETING)
    assert cells(data, "Redactions")[3:] == [
        ["#columns", "No.", "Request", "Where it stands", "Why we ask", "Taken out, it reads", "Your answer"],
        [None, "To answer: 1", None, None, None, None, None],
        [
            "r1|",
            1,
            "CEN-2627-0012\nWhat do you want to do?",
            "=Since Zofia came, it is louder.",
            "May be a name.",
            "[name]",
            None,
        ],
    ]
    assert cells(data, "Facts")[3:] == [
        ["#columns", "No.", "Case", "Fact", "What it says", "Why we ask", "Your answer"],
        [None, "To answer: 1", None, None, None, None, None],
        ["f1|", 1, "K7\nCEN-2627-0012", FACT["question"], FACT["sentence"], FACT["why"], None],
    ]
    assert cells(data, "Ready")[4:] == [
        [None, "Answered: 1", None, None, None, None, None, None, None],
        [
            "c1|Yes",
            1,
            "K7",
            "CEN-2627-0012",
            "EXAMPLE Oakhill\nwith EXAMPLE Mere",
            "EXAMPLE",
            FITS,
            "Agreed with conditions\n£14,200.00",
            "Yes",
        ],
    ]


def test_only_open_boxes_are_unlocked_and_each_has_its_list() -> None:
    book = openpyxl.load_workbook(io.BytesIO(drawn(example(), MEETING)))
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {("Needs you", "C10"), ("Held", "F6"), ("Redactions", "G6"), ("Facts", "G6"), ("Ready", "I6")}
    assert all(sheet.protection.sheet for sheet in book)
    lists = {
        (sheet.title, str(rule.sqref)): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    assert lists == {
        ("Held", "F6"): '"Accept,Return"',
        ("Redactions", "G6"): '"Take out,Keep,It is a name,Always keep this word"',
        ("Facts", "G6"): '"Blur,Show"',
        ("Ready", "I6"): '"Yes"',
    }


def test_findings_that_do_not_fit_in_a_row_are_counted() -> None:
    told = str(cells(drawn(example(), MEETING), "Held")[5][4])
    assert told.splitlines()[-1] == f"And {51 - len(told.splitlines()) + 1} more."


def test_the_same_questions_make_the_same_bytes() -> None:
    assert drawn(example(), MEETING) == drawn(example(), MEETING)


def test_with_nothing_to_ask_the_workbook_says_so() -> None:
    rows = cells(drawn(view("", [], {}, ()), None), "Needs you")
    assert [row[1] for row in rows[:3]] == [
        "Needs you: nothing just now",
        "Review of requests that wait for no meeting yet.",
        "Every question is answered.",
    ]


def test_requests_that_wait_for_no_meeting_have_a_workbook_too() -> None:
    open_one = view("", [Question("a", "", "u1", None, "held", "late")], {"a": {}}, ())
    rows = cells(drawn(open_one, None), "Needs you")
    assert (rows[0][1], rows[2][1]) == ("Needs you: 1 answer", "Nothing here reaches a panel until it is answered.")


def test_each_of_the_words_that_are_asked_about_is_bold() -> None:
    words = {
        "sentence": "Not seen: losing sight\nGoing blind, she is going on",
        "words": "losing sight\ngoing",
        "question": "Q",
    }
    asked = Question("r1", "M", "u3", "CEN-1", "redaction", "rare-need")
    book = openpyxl.load_workbook(io.BytesIO(drawn(view("M", [asked], {"r1": words}, ()), MEETING)), rich_text=True)
    told = book["Redactions"]["D6"].value
    bold = [part.text for part in told if not isinstance(part, str) and part.font.b]
    assert bold == ["losing sight", "going"]
    assert str(told) == words["sentence"]


def test_the_longest_outcome_and_the_first_sheets_advice_fit() -> None:
    *_, outcome, _ = BY_KIND["ready"].widths
    assert lines("Agreed with conditions\n£200,000.00", outcome) <= 3
    advice = [
        row[1] for row in cells(drawn(example(), MEETING), "Needs you") if str(row[1]).startswith("Answer Redactions")
    ]
    assert advice == [
        "Answer Redactions and Facts first, and Ready after the next run: a case that has changed is asked again."
    ]
    assert lines(str(advice[0]), 1009) == 1


@pytest.mark.real
@needs_office
def test_nothing_is_cut_on_any_printed_page() -> None:
    printed = " ".join(" ".join(page_texts(drawn(example(), MEETING))).split())
    wanted = [
        "Needs you: 3 answers",
        "empty its box.",
        "EXAMPLE Oakhill",
        "=Since Zofia came, it is louder.",
        "K7",
        "CEN-2627-0012",
    ]
    assert [each for each in wanted if each not in printed] == []
