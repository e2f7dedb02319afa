import io
from datetime import datetime

import openpyxl
import pytest

from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.requests import samples
from cluster_sheets.form.kind import Raw
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.precheck import checked
from cluster_sheets.reading.raw import RawForm, read
from tests.demo.made import START, blank, filled, register
from tests.office import needs_office, recalculated
from tests.requests import KINDS, OWN

FORM = blank(OWN, "CEN-2627-A1")


def by_key(raw: RawForm) -> dict[str, Raw]:
    return {key: told[2] for key, told in raw.answers.items()}


def lines(raw: RawForm, table: str) -> list[dict[str, Raw]]:
    return [{name: told[2] for name, told in line.items()} for line in raw.lines[table]]


def as_read(raw: Raw) -> Raw:
    return raw.date() if isinstance(raw, datetime) else raw


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_is_read_back_as_it_was_typed(kind: str) -> None:
    request = KINDS[kind]
    raw = RawForm(**read(Blank(FORM).filled(request.form, request.tables)))
    read_back = by_key(raw)
    assert {name: as_read(read_back[name]) for name in request.form} == {
        name: as_read(given) for name, given in request.form.items()
    }
    for table, given in request.tables.items():
        found = lines(raw, table)
        assert [{name: as_read(line[name]) for name in wanted} for line, wanted in zip(found, given, strict=True)] == [
            {name: as_read(each) for name, each in wanted.items()} for wanted in given
        ]


def test_locked_totals_hold_what_excel_would_show() -> None:
    raw = RawForm(**read(Blank(FORM).filled(KINDS["group"].form, KINDS["group"].tables)))
    assert [line["line_total"] for line in lines(raw, "costs")] == [3275.6, 310.0]
    assert by_key(raw)["partners.lead_share"] == 1775.6


def test_the_stamp_and_the_locked_parts_stay_as_they_were() -> None:
    before = openpyxl.load_workbook(io.BytesIO(FORM))
    after = openpyxl.load_workbook(io.BytesIO(Blank(FORM).filled(KINDS["project"].form, {})))
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                assert other.number_format == cell.number_format
                assert other.protection.locked == cell.protection.locked
                if cell.protection.locked:
                    assert other.value == cell.value
    assert Blank(FORM).stamp("form_id") == "F-AAAA-BBBB"


def test_the_same_answers_make_the_same_bytes_and_pass_the_pre_check() -> None:
    one, other = (Blank(FORM).filled(KINDS["project"].form, KINDS["project"].tables) for _ in range(2))
    assert one == other
    assert "xl/workbook.xml" in checked(one, Limits())


def test_a_filled_form_can_be_filled_again() -> None:
    once = Blank(FORM).filled(KINDS["project"].form, KINDS["project"].tables)
    raw = RawForm(**read(Blank(once).filled({"request_title": "Another title", "area_second": None}, {})))
    assert by_key(raw)["request_title"] == "Another title"
    assert by_key(raw)["area_second"] is None
    assert by_key(raw)["purpose"] == "Project"


def test_a_table_takes_no_more_lines_than_it_has() -> None:
    with pytest.raises(ValueError, match="outcomes has room for 3 lines"):
        Blank(FORM).filled({}, {"outcomes": [{"outcome": "x"}] * 4})


@pytest.mark.real
@needs_office
def test_libreoffice_opens_a_filled_form_and_works_out_the_same_totals() -> None:
    sample = next(each for each in samples(register(), 12, 7, "CEN", START) if each.purpose == "PROJECT")
    before = RawForm(**read(filled(sample)[1]))
    after = RawForm(**read(recalculated(filled(sample)[1])))
    assert lines(after, "costs") == lines(before, "costs")
    assert {key: as_read(each) for key, each in by_key(after).items()} == {
        key: as_read(each) for key, each in by_key(before).items()
    }
