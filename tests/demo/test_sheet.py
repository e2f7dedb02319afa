from datetime import date, datetime

import pytest

from cluster_sheets.demo.sheet import sheet_xml

XML = (
    '<row r="6"><c r="A6" s="1" t="s"><v>34</v></c><c r="C6" s="20"/></row>'
    '<row r="7"><c r="C7" s="3"/><c r="J7" s="31"><f>D7*2</f></c></row>'
)


def test_cells_and_shared_texts_are_found() -> None:
    sheet = sheet_xml(XML)
    assert list(sheet.cells) == ["A6", "C6", "C7", "J7"]
    assert sheet.texts == {6: (("A", 34),)}


def test_text_figures_and_dates_go_in_and_the_style_stays() -> None:
    changed = sheet_xml(XML).with_cells({"C6": "A & B\n<C>", "C7": datetime(2027, 2, 22)})  # noqa: DTZ001 - Excel dates have no zone
    assert changed == (
        '<row r="6"><c r="A6" s="1" t="s"><v>34</v></c>'
        '<c r="C6" s="20" t="inlineStr"><is><t xml:space="preserve">A &amp; B\n&lt;C&gt;</t></is></c></row>'
        '<row r="7"><c r="C7" s="3"><v>46440</v></c><c r="J7" s="31"><f>D7*2</f></c></row>'
    )
    assert "<v>46440</v>" in sheet_xml(XML).with_cells({"C7": date(2027, 2, 22)})


def test_a_formula_keeps_its_formula_and_takes_the_value() -> None:
    assert '<c r="J7" s="31"><f>D7*2</f><v>12.5</v></c>' in sheet_xml(XML).with_cells({"J7": 12.5})
    assert '<c r="J7" s="31" t="str"><f>D7*2</f><v>a</v></c>' in sheet_xml(XML).with_cells({"J7": "a"})
    assert sheet_xml(XML).with_cells({"J7": None}) == XML


def test_an_answer_can_be_taken_out() -> None:
    assert sheet_xml(XML).with_cells({"C6": None}) == XML


def test_a_cell_that_is_not_there_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        sheet_xml(XML).with_cells({"D9": "x"})


def test_what_a_formula_showed_while_nothing_was_filled_in_is_dropped() -> None:
    stale = XML.replace("</f></c>", "</f><v>Required</v></c>")
    assert stale != XML
    assert sheet_xml(stale).with_cells({}) == XML
