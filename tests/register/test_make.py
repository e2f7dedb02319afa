"""The register we make: examples plainly marked, figures that tie."""

import io

import openpyxl
import pytest

from cluster_sheets.register.make import example_domain, made
from cluster_sheets.register.read import register_of
from tests.register.made import REGISTER

BOOK = openpyxl.load_workbook(io.BytesIO(made()))


def column(sheet: str, heading: str) -> list[object]:
    """The cells below a heading."""
    rows = list(BOOK[sheet].iter_rows(min_row=4, values_only=True))
    return [row[rows[0].index(heading)] for row in rows[1:]]


@pytest.mark.parametrize("sheet", ["Clusters", "Members", "Meetings", "Budget"])
def test_a_sheet_of_examples_says_so(sheet: str) -> None:
    assert str(BOOK[sheet]["A3"].value).startswith("EXAMPLE ")


def test_every_person_is_an_example_with_an_address_nobody_has() -> None:
    assert [name for name in column("Members", "Name") if not str(name).startswith("EXAMPLE ")] == []
    addresses = [str(each) for each in [*column("Members", "E-mail"), *column("Clusters", "Mailbox")] if each]
    assert [each for each in addresses if not each.endswith(".example")] == []
    assert len(set(addresses)) == len(addresses) == 51


def test_every_school_has_somebody_to_send_and_somebody_to_agree() -> None:
    roles = {(member.school_urn, member.role) for member in REGISTER.members}
    assert roles == {(urn, role) for urn in REGISTER.schools for role in ("SENCO", "Headteacher")}


def test_main_and_contingency_come_to_the_total_signed() -> None:
    amounts = column("Budget", "Opening")
    assert [amounts[at] + amounts[at + 1] for at in (0, 3)] == [amounts[2], amounts[5]]  # type: ignore[operator]


def test_a_setting_can_be_given_another_value() -> None:
    register, faults = register_of(made({"k_anonymity": "5"}), "register.xlsx")
    assert faults == ()
    assert register is not None
    assert register.settings.whole("k_anonymity") == 5


def test_a_domain_is_made_of_the_first_words_of_a_name() -> None:
    assert example_domain("St Mark's CE (A) Primary School") == "st-marks.example"


def test_a_list_is_chosen_from_below_the_last_line_too() -> None:
    rules = {rule.formula1: str(rule.sqref) for rule in BOOK["Members"].data_validations.dataValidation}
    assert rules['"Yes,No"'] == "G5:G254"


def test_the_widest_sheet_is_printed_across_two_pages_with_its_first_columns_on_both() -> None:
    sheet = BOOK["Schools"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert sheet.print_title_cols == "$A:$C"
