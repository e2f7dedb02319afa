from dataclasses import replace

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.replies.marked import layout_of
from cluster_sheets.replies.told import OF_THE_QUESTION, Item, as_copied, as_sent, items, split
from tests.checks.batch import raw
from tests.replies.made import FORM, found_in
from tests.requests import Request, project


def told(request: Request, found: tuple[Finding, ...] | None = None) -> tuple[Item, ...]:
    """What a copy says of a request."""
    answers = raw(request)
    spot = as_copied(layout_of(FORM, answers), answers)
    return items(FORM, found_in(request) if found is None else found, spot, lambda label: label)


def test_the_same_fault_on_several_lines_is_one_item_that_names_every_cell() -> None:
    request = project()
    for line in (0, 2, 3):
        request = request.but_line("pupils", line, upn=f"X{line}", parent_agreed="Yes")
    (item,) = told(request)
    assert item == Item(
        code="not-a-upn",
        to_mend=True,
        key="pupils.upn",
        lines=(0, 2, 3),
        sheet="3 Pupils",
        cells=("B6", "B8", "B9"),
        label="UPN",
        found="The UPN in B6, B8 and B9 does not have the shape of a UPN.",
        found_in_mail="The UPN in B6, B8 and B9 does not have the shape of a UPN.",
        mend="Copy it from your school's records: 13 characters.",
        example="R999000015001",
    )
    assert item.where == "3 Pupils, B6, B8 and B9"


def test_what_was_typed_is_told_in_the_copy_and_never_in_a_mail() -> None:
    request = project().but_line("costs", 0, rate="a lot for Ivy").but_line("costs", 1, unit_cost="loads")
    assert [(item.found, item.found_in_mail, item.cells) for item in told(request)] == [
        ("‘a lot for Ivy’ is not an amount we can read.", "", ("F6",)),
        ("‘loads’ is not an amount we can read.", "", ("I7",)),
    ]


def test_a_school_that_moved_rows_and_renamed_a_tab_is_told_the_cells_of_our_copy() -> None:
    answers = raw(project().but(end_date=project().form["start_date"]))
    answers.answers["end_date"] = ["Our bid", "H99", answers.answers["end_date"][2]]
    finding = Finding(Place("f.xlsx", "Our bid", "H99"), "ends-before-it-starts", field="end_date")
    layout = layout_of(FORM, answers)
    (item,) = items(FORM, (finding,), as_copied(layout, answers), lambda label: label)
    assert (item.sheet, item.cells) == ("2 Request", (layout.cell("end_date"),))
    assert item.mend == f"Change {layout.cell('end_date')} or the date above it."
    (as_it_came,) = items(FORM, (finding,), as_sent(FORM), lambda label: label)
    assert (as_it_came.sheet, as_it_came.cells) == ("2 Request", ("H99",))


def test_what_no_question_is_about_is_told_with_the_sheet_of_the_file() -> None:
    below = Finding(Place("f.xlsx", "6 Outcomes", "B9"), "answers-below-the-table")
    (item,) = items(FORM, (below,), as_sent(FORM), lambda label: label)
    assert item.where == "6 Outcomes, B9"


def test_items_stand_in_the_order_of_the_form_with_the_file_first() -> None:
    found = (
        Finding(Place("f.xlsx", "5 Costs", "B6"), "costs-lines", field="costs"),
        Finding(Place("f.xlsx", "1 School", "C5"), "blank", field="school_name"),
        Finding(Place("f.xlsx", "Mine"), "sheet-added", Severity.NOTE),
        Finding(Place("f.xlsx"), "sheet-missing", field="2 Request"),
    )
    assert [(item.sheet, item.code, item.label) for item in told(project(), found)] == [
        ("", "sheet-added", ""),
        ("1 School", "blank", "School"),
        ("2 Request", "sheet-missing", ""),
        ("5 Costs", "costs-lines", ""),
    ]


def test_what_is_the_admins_alone_is_told_to_nobody() -> None:
    at = Place("f.xlsx", "3 Pupils", "B6")
    found = (
        Finding(at, "upn-in-another-request", Severity.QUERY, "pupils.upn"),
        Finding(at, "upn-in-a-live-award", Severity.QUERY, "pupils.upn"),
        Finding(at, "upn-temporary", Severity.NOTE, "pupils.upn"),
    )
    assert [(item.code, item.to_mend) for item in told(project(), found)] == [("upn-temporary", False)]


@pytest.mark.parametrize(
    ("severities", "to_mend"),
    [
        ((Severity.RETURN, Severity.QUERY, Severity.NOTE), [True, False, False]),
        ((Severity.QUERY, Severity.NOTE), [True, False]),
        ((Severity.NOTE,), [False]),
    ],
)
def test_what_must_be_mended_is_told_apart_from_what_is_only_told(
    severities: tuple[Severity, ...], to_mend: list[bool]
) -> None:
    base = Finding(Place("f.xlsx", "1 School", "C5"), "blank")
    fields = ("school_name", "school_urn", "headteacher_name")
    found = tuple(replace(base, severity=each, field=field) for each, field in zip(severities, fields, strict=False))
    assert [item.to_mend for item in told(project(), found)] == to_mend


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Type it in C5. For example: 1250.50", ("Type it in C5.", "1250.50")),
        ("The counter shows how many, for example 60 of 100.", ("The counter shows how many.", "60 of 100")),
        ("Nothing to do.", ("Nothing to do.", "")),
    ],
)
def test_an_example_is_told_apart_from_what_to_do(sentence: str, parts: tuple[str, str]) -> None:
    assert split(sentence) == parts


def test_every_rule_has_something_to_do_and_an_example() -> None:
    for rule in FORM.rules:
        mend, example = split(rule.wording.mend)
        assert mend.endswith("."), rule.code
        assert example, rule.code
        assert "or example" not in mend, rule.code


def test_a_question_is_named_in_quotes_unless_its_sentence_has_them() -> None:
    at = Place("f.xlsx", "2 Request", "C37")
    blank = Finding(at, "blank", field="summary")
    gone = Finding(at, "question-missing", field="summary")
    assert [item.found for item in told(project(), (blank, gone))] == [
        "‘What do you want to do?’ has no answer.",
        "The question 'What do you want to do?' has gone from the form.",
    ]


def example(code: str, field: str) -> str:
    """The example that is told of a finding."""
    (item,) = told(project(), (Finding(Place("f.xlsx", FORM.field(field).sheet, "C9"), code, field=field),))
    return item.example


@pytest.mark.parametrize(
    ("code", "field", "said"),
    [
        ("blank", "headteacher_name", "Jo Example"),
        ("blank", "start_date", "22/02/2027"),
        ("blank", "amount_requested", "4960.00"),
        ("blank", "capital", "No"),
        ("blank", "purpose", "Project"),
        ("blank", "pupils.upn", "R999000015001"),
        (
            "blank", "evidence_base",
            "The same programme was used with nine pupils last year; seven moved up at least one band in two terms.",
        ),
        (
            "blank", "need",
            "Sixteen pupils in Key Stage 1 scored below the 16th percentile for understanding of spoken language in…",
        ),
        ("not-on-list", "beneficiary", "A group of pupils"),
        ("not-yes-or-no", "headteacher_agrees", "Yes"),
        ("not-money", "partners.share", "1200.00"),
        ("not-a-date", "became_known_on", "14/09/2026"),
        ("not-a-percentage", "pupils.attendance_pct", "94.0"),
        ("must-be-yes", "parents_agreed", "ask the parent or carer first, then answer Yes."),
        ("must-be-yes", "pupils.parent_agreed", "ask the parent or carer first, then answer Yes."),
        ("must-be-yes", "headteacher_agrees", ""),
        ("must-be-yes", "costs_without_vat", ""),
        ("too-short", "need", "who does what, and how often."),
        ("not-a-upn", "pupils.upn", "R999000015001"),
    ],
)  # fmt: skip
def test_the_example_is_one_of_the_question_it_stands_at(code: str, field: str, said: str) -> None:
    assert example(code, field) == said


def test_each_rule_that_takes_the_questions_example_is_about_any_question() -> None:
    assert {FORM.rule(code).about for code in OF_THE_QUESTION} == {"any"}


def test_what_to_do_stays_the_rules() -> None:
    (item,) = told(project(), (Finding(Place("f.xlsx", "1 School", "C8"), "blank", field="headteacher_name"),))
    assert item.mend == f"Answer it in {item.cells[0]}. The help beside the box says what is wanted."
    (item,) = told(project(), (Finding(Place("f.xlsx", "8 Declaration", "C5"), "must-be-yes", field="review_agreed"),))
    assert item.mend == f"Change {item.cells[0]} to Yes once it is so."
