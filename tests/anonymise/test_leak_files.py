"""Files of other kinds than ours at the last gate. Every name is invented."""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from cluster_sheets.anonymise.leak import Leak, leaks
from cluster_sheets.look.book import Book
from tests import office
from tests.anonymise.made import FINDER

OWN = frozenset(("Zsofia Okonkwo", "z.okonkwo@oakhill.example"))
UNREADABLE = (Leak("the whole file", "something that cannot be looked into"),)
A_SCHOOL, A_PERSON = "a school's name", "a person's name"


def docx(*paragraphs: str) -> bytes:
    """A document; ``|`` parts one run of a paragraph from the next."""
    between = '</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    runs = [each.replace("|", between).replace("~", "</w:t><w:tab/><w:t>") for each in paragraphs]
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in runs)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("word/document.xml", f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>')
        made.writestr("docProps/app.xml", "<Properties><Application>EXAMPLE</Application></Properties>")
    return target.getvalue()


def odt(paragraph: str) -> bytes:
    """A document of OpenDocument."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml", f'<o:body xmlns:text="t"><text:p text:style-name="P1">{paragraph}</text:p></o:body>'
        )
    return target.getvalue()


def pdf(text: str, title: str = "") -> bytes:
    """A PDF of one page, as plain as they come."""
    shown = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Title({title})>>".encode("latin-1"),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, len(made))
    return made + head + table + trailer


def mail(text: str, html: str = "", attached: tuple[str, bytes] | None = None, subject: str = "Case K7") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "lead@council.example", "senco@moorpark.example", subject
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    if attached:
        made.add_attachment(attached[1], maintype="application", subtype="octet-stream", filename=attached[0])
    return made.as_bytes()


def whats(data: bytes) -> set[str]:
    return {each.what for each in leaks(data, FINDER, OWN)}


CLEAN: dict[str, bytes] = {
    "docx": docx("Groups for [school A], led by [person A]."),
    "pdf": pdf("Groups for [school A], led by [person A]."),
    "eml": mail("Groups for [school A].", "<p>Groups for <b>[school A]</b>.</p>", ("case K7.docx", docx("[school A]"))),
    "txt": b"Groups for [school A].",
}


@pytest.mark.parametrize("kind", CLEAN)
def test_a_clean_file_leaks_nothing(kind: str) -> None:
    assert leaks(CLEAN[kind], FINDER, OWN) == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (docx("We met at Abbey Hu|lton on Monday."), A_SCHOOL),
        (docx("Led by~Zsofia~Okonkwo."), A_PERSON),
        (docx("Led by Zso|fia Okonkwo&#8217;s team."), A_PERSON),
        (pdf("We met at Abbey Hulton on Monday."), A_SCHOOL),
        (pdf("Nothing.", title="For Zsofia Okonkwo"), A_PERSON),
        (mail("We met at Abbey Hulton."), A_SCHOOL),
        (mail("Nothing.", "<p>We met at <i>Abbey Hulton</i>.</p>"), A_SCHOOL),
        (mail("Nothing.", subject="Zsofia Okonkwo's case"), A_PERSON),
        (mail("Nothing.", attached=("Abbey Hulton.docx", docx("Nothing."))), A_SCHOOL),
        (mail("Nothing.", attached=("k7.docx", docx("By Zsofia Okonkwo."))), A_PERSON),
        (mail("Nothing.", attached=("k7.pdf", pdf("By Zsofia Okonkwo."))), A_PERSON),
        (mail("Nothing.", attached=("k7.eml", mail("By Zsofia Okonkwo."))), A_PERSON),
        ("By Zsofia Okonkwo.".encode("utf-16"), A_PERSON),
        ("By Zsófia Okonkwo.".encode("latin-1"), A_PERSON),
        (b"<!doctype html><p>By Zso<b>fia</b> Oko&#110;kwo.</p>", A_PERSON),
        (odt("We met at Abbey Hul<text:span>ton</text:span> on Monday."), A_SCHOOL),
        (odt("Led by Zsofia<text:s/>Okonkwo."), A_PERSON),
        (b"before it " + docx("By Zsofia Okonkwo."), A_PERSON),
    ],
)
def test_what_tells_is_found_wherever_it_stands(data: bytes, what: str) -> None:
    assert what in whats(data)


def test_it_says_where_and_never_the_words() -> None:
    (leak,) = leaks(mail("Nothing.", attached=("k7.pdf", pdf("By Zsofia Okonkwo."))), FINDER, OWN)
    assert leak.told() == "a person's name in k7.pdf: page 1"


def locked_docx() -> bytes:
    """A document whose parts say that they need a password."""
    made = bytearray(docx("Nothing."))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


@pytest.mark.parametrize(
    "data",
    [
        locked_docx(),
        b"PK\x03\x04 no archive",
        b"%PDF-1.7 no pdf",
        rb"{\rtf1 By Zso\f1 fia Okonkwo}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00 an old workbook, or one with a password",
        mail("Nothing.", attached=("k7.png", b"\x89PNG\r\n\x1a\n\x00\x00")),
        mail("Nothing.", attached=("k7.pdf", b"%PDF-1.7 no pdf")),
    ],
)
def test_what_cannot_be_looked_into_never_passes(data: bytes) -> None:
    assert leaks(data, FINDER, OWN) == UNREADABLE


def test_files_within_files_without_end_never_pass() -> None:
    made = mail("Nothing.")
    for _ in range(8):
        made = mail("Nothing.", attached=("more.eml", made))
    assert leaks(made, FINDER, OWN) == UNREADABLE


@pytest.mark.real
@pytest.mark.parametrize("made", [lambda data: office.pdf(data), lambda data: office.converted(data, "ods")])
def test_a_real_file_of_another_kind_is_looked_into(made: Callable[[bytes], bytes]) -> None:
    book = Book("Panel pack EXAMPLE")
    page = book.sheet("Case K7", [118, 566])
    page.text(0, 0, "Groups at Abbey Hulton, led by Zsofia Okonkwo")
    assert {A_SCHOOL, A_PERSON} <= whats(made(book.done()))
