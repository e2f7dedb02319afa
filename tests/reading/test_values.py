"""What is read row by row is what the library reads; and a form that was filled in is read row by row."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from cluster_sheets.intake import cells as cells_module
from cluster_sheets.intake import rows
from cluster_sheets.intake.cells import OtherwiseError
from cluster_sheets.reading import values as module
from cluster_sheets.reading.package import Package
from cluster_sheets.reading.values import SheetValues, values
from tests.reading import written
from tests.reading.written import EMPTY, FIGURES, FULL, HEAD, ODD, ODD_FIGURES, ODD_TEXTS, STARTS, TAIL, TEXTS, book

CELLS = (*EMPTY, *FULL, *FIGURES)
Told = list[SheetValues] | str


def told(read: object, data: bytes) -> Told:
    """What is read of a workbook; figures are told from dates and truths by their type too."""
    try:
        made = read(Package(data))  # type: ignore[operator]
    except CalamineError:
        return "damaged"
    return repr([(sheet.name, sheet.rows, dict(sheet.marks)) for sheet in made])


def books(odd: bool = True) -> st.SearchStrategy[bytes]:
    """Workbooks of one sheet, written plainly or, with ``odd``, in any way."""
    texts = st.lists(st.sampled_from((*TEXTS, *(ODD_TEXTS if odd else ()))), max_size=4).map(tuple)
    cells = (*CELLS, *ODD, *ODD_FIGURES) if odd else CELLS
    return st.builds(book, written.sheets(len(STARTS) if odd else 3, cells), texts)


@pytest.mark.parametrize("end", [b"></row>", b"/>"])
def test_a_sheet_whose_last_row_is_far_down_and_empty_is_read_row_by_row(end: bytes) -> None:
    bare = b'<row r="1048576" customFormat="false" ht="12.8"' + end + b"</sheetData>"
    data = book(HEAD + b'<row r="1"><c r="A1"><v>5</v></c></row>' + TAIL.replace(b"</sheetData>", bare))
    assert told(module._plain, data) == told(module._by_library, data) == repr([("A", [[5.0]], {})])


@given(st.lists(st.one_of(books(), books(odd=False)), min_size=1, max_size=4))
def test_all_is_read_as_the_library_reads_it_whatever_was_read_before(some: list[bytes]) -> None:
    rows.forget()
    cells_module._kept.cache_clear()
    assert [told(values, each) for each in some] == [told(module._by_library, each) for each in some]


@given(books())
def test_the_library_is_not_misled_by_what_it_is_not_shown(data: bytes) -> None:
    try:
        whole = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("A").to_python(skip_empty_area=False)
    except CalamineError:
        whole = []
    read = told(values, data)
    assert read == "damaged" or repr(values(Package(data))[0].rows) == repr(whole)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("start", STARTS[:3])
def test_what_is_written_plainly_is_not_left_to_the_library(start: bytes, cell: bytes) -> None:
    row = (start + cell).replace(b"%d", b"7").replace(b"%s", b"C7") + b"</row>"
    data = book(HEAD + row + row.replace(b"7", b"9") + TAIL, TEXTS)
    assert told(module._plain, data) == told(module._by_library, data)


@pytest.mark.parametrize(
    "sheet",
    [
        HEAD + b'<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>' + TAIL,
        HEAD + b'<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>' + TAIL,
        HEAD + b'<row r="2"><c r="A3"><v>1</v></c></row>' + TAIL,
        HEAD + b'<row r="2"><c r="A2" t="s"><v>2</v></c></row>' + TAIL,
        HEAD + b'<row r="1"><c r="A1"><v>1</v></c>&#10;</row>' + TAIL,
        HEAD.replace(b"<worksheet", b"<x:worksheet") + TAIL,
        HEAD + TAIL,
        HEAD.replace(b"<sheetData>", b'<c r="A1"/><sheetData><sheetData>') + b'<row r="1"><c r="A1"/></row>' + TAIL,
        HEAD + b'<row r="1"><c r="A1"/></row>',
        HEAD + b'<row r="1000"><c r="A1000"><v>1</v></c></row>' + TAIL,
    ],
)
def test_what_is_not_as_it_should_be_is_left_to_the_library(sheet: bytes) -> None:
    with pytest.raises(OtherwiseError):
        module._plain(Package(book(sheet)))


def instead(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same workbook with something else in its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    return made.getvalue()


def test_two_sheets_of_one_name_are_left_to_the_library() -> None:
    sheet = HEAD + b'<row r="1"><c r="A1"><v>1</v></c></row>' + TAIL
    one = b'<sheet name="A" sheetId="1" r:id="rId1"/>'
    data = instead(book(sheet), one, one + one)
    with pytest.raises(OtherwiseError):
        module._plain(Package(data))
    assert told(values, data) == told(module._by_library, data)


def test_days_are_left_to_the_library_where_they_are_counted_from_another() -> None:
    sheet = HEAD + b'<row r="1"><c r="A1" s="1"><v>45000</v></c></row>' + TAIL
    data = instead(book(sheet), b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    assert told(values, data) == told(module._by_library, data)
    assert "2027" in str(told(values, data))
    assert "2023" in str(told(values, book(sheet)))


def test_a_text_that_is_long_is_read_and_not_remembered() -> None:
    cells_module._kept.cache_clear()
    long = b"x" * (cells_module._LONGEST_TEXT + 1)
    assert module._texts(b"<sst><si><t>%s</t></si><si><t>a</t></si></sst>" % long) == [long.decode(), "a"]
    assert cells_module._kept.cache_info().currsize == 1


def test_a_workbook_with_much_beside_its_sheets_is_left_to_the_library() -> None:
    data = instead(
        book(HEAD + b'<row r="1"><c r="A1"><v>1</v></c></row>' + TAIL),
        b"<numFmts>",
        b"<!--" + b"x" * 300_000 + b"--><numFmts>",
    )
    with pytest.raises(OtherwiseError):
        module._plain(Package(data))


def test_ends_of_sheets_that_are_long_are_read_and_not_remembered() -> None:
    for read in module._REMEMBERING.values():
        read.cache_clear()  # type: ignore[attr-defined]
    cells = b"".join(b'<c r="%c1" t="str"><v>%s</v></c>' % (65 + column, b"x" * 2_000) for column in range(9))
    data = book(HEAD + b'<row r="1">' + cells + b'</row><row r="2"><c r="A2"/></row>' + TAIL)
    assert told(module._plain, data) == told(module._by_library, data)
    kept = [read.cache_info().currsize for read in module._REMEMBERING.values()]  # type: ignore[attr-defined]
    assert kept == [0, 1]
