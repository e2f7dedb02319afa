import io
import zipfile

from cluster_sheets.anonymise.leak_text import cells_of, of_xml, pieces
from cluster_sheets.look.book import Book


def zipped(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_runs_of_one_text_are_joined_and_texts_of_two_cells_are_not() -> None:
    xml = (
        "<sst><si><r><rPr><b/></rPr><t>Abbey </t></r><r><rPr><sz val='1'/></rPr><t xml:space='preserve'>Hulton</t></r>"
        "</si><si><t>one</t></si><si><t>two &amp; three</t></si>"
        "<a:p><a:r><a:rPr/><a:t>Cha</a:t></a:r><a:r><a:t>rt</a:t></a:r></a:p></sst>"
    )
    assert list(of_xml(xml)) == ["Abbey Hulton", "one", "two & three", "Chart", "preserve"]


def test_the_codes_of_a_footer_are_no_letters_of_a_name() -> None:
    footer = "<oddFooter>&amp;L&amp;9Merit PRU&amp;R&amp;&quot;Arial,Bold&quot;&amp;A</oddFooter>"
    assert list(of_xml(footer))[1] == "\n\nMerit PRU\n\n\n"


def test_attributes_are_read_too() -> None:
    assert list(of_xml("<definedName name=\"Merit_PRU\" comment='a &quot;b&quot;'>x!$A$1</definedName>")) == [
        "x!$A$1",
        "Merit_PRU",
        'a "b"',
    ]


def test_every_part_is_looked_into_whatever_its_kind() -> None:
    inner = zipped({"xl/inner.xml": b"<t>within</t>"})
    wide = "letters of two bytes".encode("utf-16-le")
    data = zipped(
        {"a.xml": "<t>é</t>".encode(), "b.bin": wide, "c.xlsx": inner, "d.xml": "<t>wide</t>".encode("utf-16")},
        b"remark",
    )
    found = set(pieces(data))
    assert {
        ("the file's own remark", "remark"),
        ("a.xml", "a.xml"),
        ("a.xml", "é"),
        ("b.bin", "letters of two bytes"),
        ("c.xlsx: xl/inner.xml", "within"),
        ("d.xml", "wide"),
    } <= found


def test_the_cells_that_show_a_text_are_named_by_the_number_of_their_sheet() -> None:
    book = Book("EXAMPLE")
    for name in ("First", "Second"):
        page = book.sheet(name, [100])
        page.text(2, 0, f"only {name}")
        page.text(3, 0, "both")
    data = book.done()
    assert list(cells_of(data, "only Second")) == ["sheet 2 A3"]
    assert list(cells_of(data, "both")) == ["sheet 1 A4", "sheet 2 A4"]
