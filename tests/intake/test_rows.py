"""Rows of a sheet, cut apart once."""

from cluster_sheets.intake import rows
from cluster_sheets.intake.rows import BETWEEN, cut, forget

SHEET = b'<sheetData><row r="1"><c r="A1"/></row><row r="2"/><row r="3"></row><row r="4"></row></sheetData>'


def pieces(part: bytes) -> list[bytes]:
    return [row.xml for row in cut("s", part)]


def test_rows_joined_again_are_the_sheet() -> None:
    assert pieces(SHEET) == [b'<sheetData><row r="1"><c r="A1"/>', b'2"/><row r="3">', b'4"></row></sheetData>']
    assert BETWEEN.join(pieces(SHEET)) == SHEET


def test_nothing_is_one_row_the_first_time_too() -> None:
    forget()
    assert pieces(b"") == [b""]


def test_the_same_sheet_is_cut_once_and_another_of_its_name_anew() -> None:
    assert cut("s", SHEET) is cut("s", SHEET)
    assert pieces(b"<other/>") == [b"<other/>"]
    assert pieces(SHEET)[0].startswith(b"<sheetData>")


def test_a_row_of_many_sheets_is_the_very_same_until_it_is_forgotten() -> None:
    (first, *_), (again, *_) = cut("s", SHEET), cut("t", SHEET.replace(b'"3"', b'"5"'))
    first.cells = "something"
    assert again.cells == "something"
    forget()
    assert cut("s", SHEET)[0].cells is None


def test_only_so_many_rows_are_remembered_and_none_that_is_long() -> None:
    forget()
    for number in range(50):
        cut("s", BETWEEN.join(b'%d"><c r="A%d"/>' % (row, number) for row in range(100)))
    assert len(rows._KEPT) <= rows._ROWS_KEPT
    long = b"x" * (rows._LONGEST_ROW + 1)
    assert cut("s", long)[0] is not cut("t", long)[0]


def test_a_part_without_rows_is_one_piece() -> None:
    assert pieces(b"") == [b""]
