import io
from datetime import date, timedelta

import openpyxl
import pytest

from cluster_sheets.register.make import made
from cluster_sheets.register.proposal import Proposal
from cluster_sheets.register.proposal_draw import drawn, typed
from cluster_sheets.register.read import register_of
from tests.register.made import shipped

SCHOOL = next(iter(shipped().schools.values()))
ADDRESS = "temp.senco@agency.example"
ONE = Proposal("M051", ADDRESS, SCHOOL, date(2026, 9, 28))


def test_rule_18_a_line_copied_as_it_stands_makes_the_address_known_for_its_school() -> None:
    line = openpyxl.load_workbook(io.BytesIO(drawn((ONE,), {ADDRESS: ("EXAMPLE Person", "SENCO")}))).worksheets[0][5]
    book = openpyxl.load_workbook(io.BytesIO(made()))
    book["Members"].append([cell.value for cell in line[:9]])
    saved = io.BytesIO()
    book.save(saved)
    register, faults = register_of(saved.getvalue(), "register.xlsx")
    assert (faults, register is not None) == ((), True)
    assert register is not None
    assert register.sender_schools(ADDRESS, ONE.since) == (SCHOOL.urn,)
    assert register.sender_schools(ADDRESS, ONE.since - timedelta(days=1)) == ()


def test_only_name_and_role_can_be_typed_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(drawn((ONE,), {})))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked] == ["B5", "D5"]
    (listed,) = sheet.data_validations.dataValidation
    assert (str(listed.sqref), "Headteacher" in listed.formula1) == ("D5", True)


def test_what_was_typed_is_read_back_by_address() -> None:
    kept = {ADDRESS: ("EXAMPLE Person", "SENCO")}
    assert typed(drawn((ONE,), kept)) == kept
    assert typed(drawn((ONE,), {})) == {ADDRESS: ("", "")}
    assert typed(drawn((), {})) == {}


@pytest.mark.parametrize("data", [b"", b"EXAMPLE", made()])
def test_what_cannot_be_read_holds_nothing(data: bytes) -> None:
    assert typed(data) == {}


def test_the_same_lines_are_the_same_bytes() -> None:
    assert drawn((ONE,), {}) == drawn((ONE,), {})
