"""The template: what a school sees, and what the reader needs."""

import io
import re
from collections import Counter

import openpyxl
import pytest

from cluster_sheets.form import keys
from cluster_sheets.form.filled import Fault
from cluster_sheets.form.load import load
from cluster_sheets.form.shipped import form, schema_text
from cluster_sheets.form.template import blank, template
from cluster_sheets.reading.located import Locator
from cluster_sheets.reading.raw import raw_form
from tests.form.made import fault
from tests.office import all_differences, needs_office, page_texts
from tests.reading.workbooks import SCHEME, filled, workbook
from tests.requests import KINDS, Request

FORM = form("application")
BOOK = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"])))


def test_every_question_has_its_key_and_an_open_box() -> None:
    for sheet in FORM.sheets:
        by_key = {row[0].value: row for row in BOOK[sheet.name].iter_rows()}
        for field in sheet.fields:
            row = by_key[field.name]
            assert row[keys.ANSWER_COLUMN].protection.locked is False
            assert row[1].protection.locked is True


def test_every_sheet_is_locked_and_its_key_column_hidden() -> None:
    for sheet in FORM.sheets:
        assert BOOK[sheet.name].protection.sheet
        assert BOOK[sheet.name].column_dimensions["A"].hidden


def test_the_sheets_stand_in_the_order_a_school_meets_them() -> None:
    assert BOOK.sheetnames == ["Start here", *(sheet.name for sheet in FORM.sheets), "Lists"]


def test_lists_are_chosen_from_and_stop_what_is_not_on_them() -> None:
    rules = {str(rule.sqref): rule for rule in BOOK["2 Request"].data_validations.dataValidation}
    assert rules["C6"].formula1.startswith("Lists!")
    assert rules["C6"].errorStyle in (None, "stop")
    assert rules["C6"].error


def test_tables_are_real_ones_with_their_headings() -> None:
    table = BOOK["5 Costs"].tables["Table_costs"]
    assert table.tableColumns[0].name == "What kind of cost"
    assert table.ref == "B5:K30"


def test_the_checks_carry_what_they_show() -> None:
    values = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"])), data_only=True)["2 Request"]
    shown = {row[0].value: row[4].value for row in values.iter_rows() if row[0].value}
    assert shown["amount_requested"] == "Ties with 5 Costs"
    assert shown["became_known_on"] == "Not needed"
    assert shown["summary"] == "200 of 500"


def test_a_request_that_does_not_tie_says_by_how_much() -> None:
    spoilt = KINDS["project"].but(amount_requested=3276.0)
    values = openpyxl.load_workbook(io.BytesIO(workbook(spoilt)), data_only=True)
    shown = {row[0].value: row[4].value for row in values["2 Request"].iter_rows() if row[0].value}
    assert shown["amount_requested"] == "DOES NOT TIE: £0.40 apart"


def test_the_same_form_is_the_same_bytes_and_small() -> None:
    made = blank(FORM, SCHEME, "CS-APP 2026.1")
    assert made == blank(FORM, SCHEME, "CS-APP 2026.1")
    assert len(made) < 45_000


def test_what_is_to_be_mended_comes_first_with_a_link() -> None:
    fault = Fault("end_date", 0, "2 Request", "The end is not after the start.", "Change it.", "23/07/2027")
    book = openpyxl.load_workbook(io.BytesIO(workbook(KINDS["project"], (fault,))))
    assert book.sheetnames[0] == "What to mend"
    assert book["What to mend"]["A1"].value == "What to mend: 1 thing, then send it back"
    link = book["What to mend"]["B6"].hyperlink.location
    cell = book["2 Request"][link.partition("!")[2]]
    assert cell.border.left.style == "thick"
    assert book["2 Request"].cell(cell.row, 5).value == "TO MEND 1"


def test_a_school_gets_its_own_answers_back() -> None:
    fault = Fault("costs.rate", 0, "5 Costs", "‘a lot’ is not an amount.", "Type it.", "1250.50")
    request = KINDS["project"].but_line("costs", 0, rate="a lot")
    read_back = raw_form(workbook(request, (fault,)), Locator(FORM))
    assert [line["rate"][2] for line in read_back.lines["costs"]] == ["a lot", None]


MADE_UP = """
[[field]]
name = "pets_helped"
sheet = "2 Request"
section = "About the request"
label = "How many school pets help?"
hint = "A whole number."
kind = "whole-number"
min = 0
max = 9
required = "always"
privacy = "safe"
panel = "as-is"

[[field]]
name = "category"
table = "costs"
"""


@pytest.fixture
def with_pets() -> str:
    """The declaration with a made-up question."""
    text = schema_text("application.toml")
    start = '[[field]]\nname = "category"\ntable = "costs"\n'
    assert start in text
    return text.replace(start, MADE_UP.lstrip(), 1)


def test_a_question_put_into_the_declaration_is_asked_and_read_with_no_other_change(with_pets: str) -> None:
    declared = load(with_pets, "schemas/application.toml")
    request = KINDS["project"].but(pets_helped=3.0)
    read_back = raw_form(template(declared, filled(request)), Locator(declared))
    assert read_back.answers["pets_helped"][2] == 3.0


BLANK = blank(FORM, SCHEME, "CS-APP 2026.1")
SPOILT = KINDS["project"].but(summary="too little", amount_requested=1.0).but_line("costs", 0, rate="a lot")
MARKED = tuple(fault(key) for key in ("summary", "amount_requested", "need", "costs.rate", "pupils.upn"))


UNTIED = {
    "too many for one": KINDS["unforeseen"].but_lines("pupils", KINDS["project"].tables["pupils"]),
    "partners of nobody": KINDS["group"].but(applicant="On our own", other_funding=12.5, amount_requested=99_999.99),
    "pupils of a whole school": KINDS["whole school"].but_lines("pupils", KINDS["project"].tables["pupils"]),
    "nothing listed": Request(KINDS["project"].form),
    "money for advice": KINDS["advice"].but(amount_requested=10.0).but_lines("costs", KINDS["project"].tables["costs"]),
    "much and little": KINDS["project"].but(summary="x" * 1234, need="x", contact_name=None, purpose=None),
}
"""Requests of which the sheets have trouble to tell."""


@pytest.mark.real
@needs_office
def test_libreoffice_works_out_what_we_wrote() -> None:
    made = {"blank": BLANK, "marked up": workbook(SPOILT, MARKED)}
    assert all_differences(made | {kind: workbook(request) for kind, request in {**KINDS, **UNTIED}.items()}) == {}


def test_every_sheet_prints_as_large_as_it_is_drawn_or_on_one_page() -> None:
    """11 points stay 11, but where a sheet is a little longer than a page."""
    for data in (BLANK, workbook(KINDS["project"]), workbook(SPOILT, MARKED)):
        book = openpyxl.load_workbook(io.BytesIO(data))
        for sheet in book.worksheets:
            fitted = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
            one = (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
            assert one if fitted else sheet.page_setup.scale in (None, 100), sheet.title


@pytest.mark.real
@needs_office
def test_every_page_says_which_form_it_is_and_pages_count_from_one_on_each_sheet() -> None:
    texts = page_texts(workbook(KINDS["project"]))
    feet = [re.findall(r"F-AAAA-BBBB CS-APP 2026\.1|[\w ]+, page \d+", text)[-2:] for text in texts]
    assert [foot[-1] for foot in feet][:4] == [
        "Start here, page 1",
        "1 School, page 1",
        "2 Request, page 1",
        "2 Request, page 2",
    ]
    pages = Counter(foot[-1].rpartition(", ")[0] for foot in feet)
    assert max(pages[name] for name in ("4 Support so far", "5 Costs", "7 Partners")) <= 2
    # At 100 per cent: long answers are boxes of half a page each, and 40 pupils have a line each.
    assert (pages["2 Request"], pages["3 Pupils"], len(feet)) == (7, 3, 23)
    assert {foot[0] for foot in feet if not foot[-1].startswith("Lists")} == {"F-AAAA-BBBB CS-APP 2026.1"}
