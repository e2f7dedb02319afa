import io
import zipfile
from collections.abc import Callable

import pytest

from cluster_sheets.anonymise.leak import Leak, LeakError, leaks
from cluster_sheets.anonymise.leak_text import SHARED
from cluster_sheets.look.book import Book, Page
from tests.anonymise.made import FINDER
from tests.requests import prose

OWN = frozenset(("Jo Example", "Zsofia Okonkwo", "z.okonkwo@oakhill.example", "R999000015001"))
PLANTED = {
    "Abbey Hulton Primary School": "a school's name",
    "SGSM": "a school's name",
    "Merit PRU": "a school's name",
    "the Alpha Academies Trust": "a trust's name",
    "EXAMPLE Cerys Quill": "a person's name",
    "zsofia OKONKWO’s": "a person's name",
    "senco@moorpark.example": "an e-mail address",
    "somebody@elsewhere.example": "an e-mail address",
    "R999000015001": "a pupil's UPN",
    "F999000015002": "a pupil's UPN",
    "ST2 8BS": "a postcode",
    "M1 1AE": "a postcode",
    "146487": "a school's URN",
    "861/1111": "a school's DfE number",
}


def page(book: Book) -> Page:
    made = book.sheet("Case K7", [118, 566])
    made.text(0, 0, "Case K7", "title")
    made.text(1, 0, prose(400), "text")
    made.text(2, 0, "Groups for [school A], led by [person A]; write to cluster.central@council.example")
    return made


def packed(plant: Callable[[Book, Page], object] = lambda book, made: None) -> bytes:
    book = Book("Panel pack EXAMPLE")
    plant(book, page(book))
    return book.done()


def changed(part: str, old: str, new: str) -> bytes:
    """A pack with one text of one part changed, as a hand in the file would."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed())) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name).decode()
            assert name != part or old in content
            copy.writestr(name, content.replace(old, new) if name == part else content)
    return target.getvalue()


def test_a_clean_pack_leaks_nothing() -> None:
    assert leaks(packed(), FINDER, OWN) == ()


@pytest.mark.parametrize(("planted", "what"), PLANTED.items())
def test_each_kind_of_identity_is_found_in_a_cell(planted: str, what: str) -> None:
    found = leaks(packed(lambda _, made: made.text(9, 1, f"here {planted} stands", "text")), FINDER, OWN)
    assert Leak("xl/sharedStrings.xml", what, "sheet 1 B10") in found


@pytest.mark.parametrize(
    ("plant", "part"),
    [
        (lambda book, _: book.sheet("Merit PRU", [50]), "xl/workbook.xml"),
        (lambda book, _: book.book.set_properties({"comments": "of Merit PRU"}), "docProps/core.xml"),
        (lambda book, _: book.book.set_properties({"company": "Merit PRU"}), "docProps/app.xml"),
        (lambda book, _: book.book.set_custom_property("school", "Merit PRU", "text"), "docProps/custom.xml"),
        (lambda book, _: book.book.define_name("Merit_PRU", "='Case K7'!$A$1"), "xl/workbook.xml"),
        (lambda _, made: made.sheet.set_footer("&LMerit PRU"), "xl/worksheets/sheet1.xml"),
        (lambda _, made: made.sheet.write_comment(5, 0, "Merit PRU"), "xl/comments1.xml"),
        (lambda _, made: made.sheet.write_formula(5, 0, '="Merit PRU"', None, "Merit PRU"), "xl/worksheets/sheet1.xml"),
        (
            lambda _, made: made.sheet.data_validation(5, 0, 5, 0, {"validate": "list", "source": ["Merit PRU"]}),
            "xl/worksheets/sheet1.xml",
        ),
    ],
)
def test_an_identity_is_found_wherever_it_hides(plant: Callable[[Book, Page], object], part: str) -> None:
    assert Leak(part, "a school's name") in leaks(packed(plant), FINDER, OWN)


def test_an_identity_is_found_in_the_title_of_a_chart() -> None:
    def plant(book: Book, made: Page) -> None:
        chart = book.book.add_chart({"type": "bar"})
        assert chart is not None
        chart.add_series({"values": "='Case K7'!$A$1:$A$2"})
        chart.set_title({"name": "Money of Merit PRU"})
        made.sheet.insert_chart(5, 0, chart)

    assert Leak("xl/charts/chart1.xml", "a school's name") in leaks(packed(plant), FINDER, OWN)


def test_an_identity_split_over_runs_of_type_is_found() -> None:
    def plant(book: Book, made: Page) -> None:
        made.sheet.write_rich_string(5, 0, "Abb", book.style("bold"), "ey Hul", "ton Primary")

    assert Leak("xl/sharedStrings.xml", "a school's name", "sheet 1 A6") in leaks(packed(plant), FINDER, OWN)


def test_an_identity_written_into_the_file_by_hand_is_found() -> None:
    data = changed("docProps/app.xml", "<Company></Company>", "<Company>Merit&#32;PRU</Company>")
    assert leaks(data, FINDER, OWN) == (Leak("docProps/app.xml", "a school's name"),)


def test_two_cells_side_by_side_are_not_read_as_one_name() -> None:
    def plant(_: Book, made: Page) -> None:
        made.text(5, 0, "Merit")
        made.text(5, 1, "School year")

    assert leaks(packed(plant), FINDER, OWN) == ()


def test_ordinary_words_and_what_every_workbook_says_of_its_maker_are_no_leak() -> None:
    text = "Green zone, in the Example box; merit and excel; page 1 of 2; KS1 2nd half; Will it last; a Quill"
    assert leaks(packed(lambda _, made: made.text(5, 0, text)), FINDER, OWN | {"Will Green"}) == ()


def test_a_schools_name_with_a_slip_in_it_is_a_leak() -> None:
    assert leaks(
        packed(lambda _, made: made.text(5, 0, "They come from Abbey Hultno Primary School")), FINDER, OWN
    ) == (Leak(SHARED, "a school's name", "sheet 1 A6"),)


def test_what_the_same_pack_without_cases_holds_is_no_leak() -> None:
    def plant(_: Book, made: Page) -> None:
        made.text(20, 0, "Ask EXAMPLE Amina Umber")

    data = packed(plant)
    assert leaks(data, FINDER, OWN) != ()
    assert leaks(data, FINDER, OWN, empty=lambda: packed(plant)) == ()


def test_a_file_that_cannot_be_opened_does_not_pass() -> None:
    assert leaks(b"PK nothing", FINDER, OWN) == (Leak("the whole file", "something that cannot be looked into"),)


def test_the_stop_says_what_and_where_and_never_the_words() -> None:
    data = packed(lambda _, made: made.text(5, 0, "Merit PRU"))
    said = str(LeakError(leaks(data, FINDER, OWN)))
    assert said == (
        "The panel workbook still tells who it is about: a school's name in sheet 1 A6. Nothing was released."
    )
    many = LeakError([Leak("part", f"thing {number}") for number in range(12)])
    assert "; and 2 more. Nothing was released." in str(many)
