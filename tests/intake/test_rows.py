"""Rows of a sheet, cut apart once."""

from cluster_sheets.intake.rows import BETWEEN, cut

SHEET = b'<sheetData><row r="1"><c r="A1"/></row><row r="2"/><row r="3"></row><row r="4"></row></sheetData>'


def test_pieces_joined_again_are_the_sheet() -> None:
    assert cut("s", SHEET) == [b'<sheetData><row r="1"><c r="A1"/>', b'2"/><row r="3">', b'4"></row></sheetData>']
    assert BETWEEN.join(cut("s", SHEET)) == SHEET


def test_the_same_sheet_is_cut_once_and_another_of_its_name_anew() -> None:
    assert cut("s", SHEET) is cut("s", SHEET)
    assert cut("s", b"<other/>") == [b"<other/>"]
    assert cut("s", SHEET)[0].startswith(b"<sheetData>")


def test_a_part_without_rows_is_one_piece() -> None:
    assert cut("s", b"") == [b""]
