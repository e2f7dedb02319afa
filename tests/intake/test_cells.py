"""A row as most are written is known for one, and what stands in it is what was typed."""

import pytest

from cluster_sheets.intake.cells import Cells, OtherwiseError, are_plain, cells, text
from cluster_sheets.intake.rows import Row

ROW = (
    b'4" spans="1:9" ht="15"><c r="A4" s="1" t="s"><v>12</v></c><c r="B4" t="inlineStr"><is><t>R&amp;D</t></is></c>'
    b'<c r="C4" s="7"><v>45000</v></c><c r="D4"><v>1.5E-3</v></c><c r="E4" t="b"><v>1</v></c><c r="F4" s="2"/>'
    b'<c r="G4" t="str"><f>B4</f><v>x</v></c><c r="H4"><f>B4</f><v></v></c><c r="I4"><f>B4</f></c>'
)


def test_what_stands_in_a_row_is_told_by_column() -> None:
    assert cells(ROW) == Cells(
        number=4,
        fixed=["", "R&D", "", 0.0015, True, "", "x"],
        texts=[(0, 12)],
        styled=[(2, 45000.0, 7)],
        marks={"G4": "formula", "H4": "unworked", "I4": "unworked"},
    )


def test_rows_without_cells_before_it_are_passed_over() -> None:
    assert cells(b'1" ht="3"/><row r="2"/><row r="3"><c r="A3"><v>1</v></c>') == Cells(3, [1.0], [], [], {})
    assert cells(b'8" ht="3"/>').fixed == []


@pytest.mark.parametrize(
    "odd",
    [
        ROW + b"<c/>",
        ROW + b" ",
        ROW.replace(b'"B4"', b'"B5"'),
        ROW.replace(b'"A4"', b'"B4"'),
        ROW.replace(b"R&amp;D", b"R&#38;D"),
        ROW.replace(b"R&amp;D", b"_x000D_"),
        ROW.replace(b"R&amp;D", b" R"),
        ROW.replace(b"R&amp;D", b"\xff"),
        ROW.replace(b"<is>", b"<is><!-- -->"),
        ROW.replace(b' t="inlineStr"', b""),
        ROW.replace(b"<is><t>R&amp;D</t></is>", b"<v>1</v>"),
        ROW.replace(b"1.5E-3", b"1_5"),
        ROW.replace(b"1.5E-3", b"inf"),
        ROW.replace(b"<v>12</v>", b"<v>-1</v>"),
        ROW.replace(b"<v>12</v>", b"<v></v>"),
        ROW.replace(b't="b"><v>1', b't="b"><v>'),
        ROW.replace(b't="b"><v>1', b't="b"><v>yes'),
        ROW.replace(b't="b"', b't="e"'),
        ROW.replace(b"<c r", b"<x:c r"),
        ROW.replace(b'4" spans', b'4000" spans'),
        ROW.replace(b'ht="15">', b'ht="15"/>'),
        b"",
    ],
)
def test_a_row_that_is_written_otherwise_is_nobodys_guess(odd: bytes) -> None:
    with pytest.raises(OtherwiseError):
        cells(odd)
    row = Row(odd)
    assert (are_plain(row), are_plain(row), row.cells) == (False, False, False)


def test_a_text_is_its_runs_together_and_blanks_at_its_ends_stay_where_they_are_meant() -> None:
    runs = b'<r><rPr><b/><sz val="9"/></rPr><t>one</t></r><r><t xml:space="preserve"> two</t></r>'
    assert text(runs) == "one two"
    assert text(b'<t xml:space="preserve"> a\nb </t>') == " a\nb "
    with pytest.raises(OtherwiseError):
        text(b"<t>a</t><rPh><t>b</t></rPh>")
