"""Mails at the last gate: every header and text of every mail inside. Every name is invented."""

import base64
import quopri
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cluster_sheets.anonymise.leak import UNREADABLE, Leak, leaks
from cluster_sheets.anonymise.leak_mail import of_mail
from cluster_sheets.anonymise.leak_text import Piece, UnreadableError
from tests.anonymise.made import FINDER
from tests.anonymise.test_leak_files import OWN, docx, mail, whats

SCHOOL, PERSON, WEB = "a school's name", "a person's name", "a school's web address"
SAID = "Request of Abbey Hulton"
BASE64 = "Content-Transfer-Encoding: base64\n"
HEADERS = ("From", "To", "Cc", "Subject", "Comments", "X-Origin", "Reply-To", "Thread-Topic")
CHARSETS = ("utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-7", "us-ascii", "iso-2022-jp", "cp037")


def no_files(data: bytes) -> Iterator[Piece]:
    raise UnreadableError


def texts(data: bytes) -> list[str]:
    return [text for _, text in of_mail(data, no_files)]


def forwarded(inner: bytes, encoding: str = "7bit") -> bytes:
    """A mail that holds another one."""
    head = (
        "From: lead@council.example\nTo: senco@moorpark.example\nSubject: Case K7\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nFor the panel.\n'
        f"--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    return head.encode() + inner + b"\n--b--\n"


def part(content_type: str, body: bytes, more: str = "") -> bytes:
    """A mail of one part."""
    return f"Subject: Case K7\nMIME-Version: 1.0\nContent-Type: {content_type}\n{more}\n".encode() + body


def word(text: str, charset: str, how: str) -> str:
    """An encoded word."""
    coded = text.encode(charset)
    told = base64.b64encode(coded) if how == "b" else b"".join(b"=%02X" % each for each in coded)
    return f"=?{charset}?{how}?{told.decode()}?="


def test_a_mail_to_the_panel_leaks_nothing_by_whom_it_goes_to() -> None:
    inner = EmailMessage()
    inner["Subject"], inner["Message-ID"] = "Case K7", "<1@council.example>"
    inner.set_content("Groups for [school A].")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Cc"] = (
        "lead@council.example",
        "senco@moorpark.example",
        "Abbey Hulton <a@b.example>",
    )
    outer["Message-ID"], outer["Received"] = "<2@council.example>", "from mx by mail for <senco@moorpark.example>; now"
    outer["DKIM-Signature"] = "v=1; d=council.example; bh=ST1 4LR; b=ST1 4LR"
    outer.set_content("For the panel.")
    outer.add_attachment(inner)
    assert leaks(outer.as_bytes(), FINDER, OWN) == ()


def test_a_memo_that_begins_as_mails_do_is_searched_from_its_first_line() -> None:
    assert whats(b"To: Abbey Hulton\nFrom: the panel\n\nNothing.") == {SCHOOL}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("how", ["plain", "b", "q"])
def test_every_header_of_a_mail_inside_is_looked_at(header: str, how: str) -> None:
    text = SAID if how == "plain" else word(SAID, "utf-8", how)
    assert SCHOOL in whats(forwarded(f"{header}: {text}\n\nNothing.".encode()))


def test_the_address_in_a_mail_inside_tells_and_of_the_mail_itself_who_it_comes_from() -> None:
    assert "an e-mail address" in whats(forwarded(b"From: head@smallthorne.example\n\nNothing."))
    for header in ("From", "Sender", "Reply-To", "Return-Path"):
        assert PERSON in whats(f"{header}: Zsofia Okonkwo <z@web.example>\nMIME-Version: 1.0\n\nNothing.".encode())


def test_it_says_which_header_and_never_the_words() -> None:
    told = leaks(forwarded(b"Subject: Request of Abbey Hulton\nFrom: x\n\nNothing."), FINDER, OWN)
    assert told == (Leak("the mail's subject", SCHOOL),)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("how", ["b", "q"])
def test_a_word_in_any_known_charset_is_decoded(charset: str, how: str) -> None:
    assert SAID in texts(forwarded(f"Subject: {word(SAID, charset, how)}\n\nNothing.".encode()))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=?utf-8?q?Zs=C3?= =?utf-8?q?=B3fia?=", "Zsófia"),
        ("=?utf-8?b?WnPD?=\n =?utf-8?b?s2ZpYQ==?=", "Zsófia"),
        ("=?utf-8*en?q?Abbey?= =?us-ascii?q?_Hulton?=", "Abbey Hulton"),
        ('"=?utf-8?q?Abbey=20Hulton?=" <x>', '"Abbey Hulton" <x>'),
        ("Abbey\n Hulton", "Abbey Hulton"),
        ("=?utf-8?q?Abbey? Hulton?=", "Abbey? Hulton"),
    ],
)
def test_words_are_put_together_as_a_mail_program_shows_them(value: str, shown: str) -> None:
    assert shown in texts(f"Subject: {value}\nFrom: x\n\nNothing.".encode())


@pytest.mark.parametrize("raw", ["Zsófia".encode(), "Zsófia".encode("latin-1")])
def test_bytes_in_a_header_that_nobody_declared_are_read(raw: bytes) -> None:
    assert "Zsófia" in texts(b"Subject: " + raw + b"\nFrom: x\n\nNothing.")


@pytest.mark.parametrize(
    "disposition",
    [
        'attachment; filename="Abbey Hulton.txt"',
        "attachment; filename*=utf-8''Abbey%20Hulton.txt",
        "attachment; filename*0=Abbey; filename*1*=%20Hulton.txt",
        'attachment; filename="=?utf-8?b?QWJiZXkgSHVsdG9u?="',
        'attachment; x-was="Abbey Hulton"',
    ],
)
def test_the_name_of_a_file_is_decoded(disposition: str) -> None:
    assert SCHOOL in whats(part("text/plain", b"Nothing.", f"Content-Disposition: {disposition}\n"))


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ('text/plain; charset="windows-1252"', "Zsófia said".encode("cp1252")),
        ('text/plain; charset="us-ascii"', "Zsófia said".encode()),
        ('text/plain; charset="us-ascii"', "Zsófia said".encode("latin-1")),
        ("text/plain", "Zsófia said".encode("latin-1")),
        ("text/plain; charset=utf-16", "Zsófia said".encode("utf-16")),
        ("text/plain; charset*=us-ascii'en'utf-8", "Zsófia said".encode()),
        ("text/plain; charset=unicode_escape", "Zsófia said".encode()),
    ],
)
def test_a_text_is_read_in_its_charset_and_in_the_likely_one(content_type: str, body: bytes) -> None:
    coded = part(content_type, base64.b64encode(body), BASE64)
    assert "Zsófia said" in texts(coded)


@pytest.mark.parametrize(
    "data",
    [
        part("text/plain; charset=x-foo", b"Nothing."),
        part("text/plain; charset=punycode", "Zsófia said".encode()),
        part("text/plain; charset=rot13", b"Nothing."),
        part("text/plain; charset*=x-foo'en'x-foo", b"Nothing."),
        part("text/plain", b"Nothing.", "Content-Disposition: attachment; filename*=x-foo''a%20b\n"),
        part("text/plain", base64.b64encode("Zsófia".encode("utf-16-le")), BASE64),
        part("text/plain", b"begin 644 a\n", "Content-Transfer-Encoding: x-uuencode\n"),
        part("text/plain", b"Tm90aGluZw== (and more)", BASE64),
        part("text/plain", b"Nothing.", "Content-Type: text/html\n"),
        b"Subject: =?x-foo?q?Nothing?=\nFrom: x\n\nNothing.",
        b"Subject: " + b"=?utf-8?q?" * 10_000 + b"\nFrom: x\n\nNothing.",
        forwarded(quopri.encodestring(b"Subject: a=b\n\nNothing."), "quoted-printable"),
        forwarded(b"Subject: a mail that is not coded\n\nNothing.", "base64"),
    ],
)
def test_what_cannot_be_decoded_never_passes(data: bytes) -> None:
    assert leaks(data, FINDER, OWN) == UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        forwarded(base64.encodebytes(f"Subject: {SAID}\n\nNothing.".encode()), "base64"),
        forwarded(forwarded(f"Subject: {SAID}\n\nNothing.".encode())),
        part("text/rfc822-headers", f"Subject: {word(SAID, 'utf-8', 'b')}\n".encode()),
        part("text/html", b"<p>Abbey <b>Hul</b>ton</p>"),
        part("text/plain; name=k7.docx", base64.b64encode(docx("At Abbey Hulton.")), BASE64),
        part("text/plain", b"Tm90aGluZy4=QWJiZXkgSHVsdG9u", BASE64),
        part("multipart/mixed", b"Abbey Hulton"),
        part("multipart/mixed; boundary=b", b"Abbey Hulton\n--b\n\nNothing.\n--b--\n"),
        part("multipart/mixed; boundary=b", b"\n--b\n\nNothing.\n--b--\nAbbey Hulton\n"),
        b"\xef\xbb\xbf\r\n" + part("text/plain", base64.b64encode(SAID.encode()), BASE64),
        b"X-Stamp: " + b"a" * 2_000 + b"\n" + part("text/plain", base64.b64encode(SAID.encode()), BASE64),
    ],
)  # fmt: skip
def test_a_name_is_found_wherever_a_mail_can_hold_it(data: bytes) -> None:
    assert SCHOOL in whats(data)


WHOLE = (
    mail("Nothing.", "<p>Nothing.</p>", ("k7.docx", docx("Nothing."))),
    forwarded(mail("Nothing.", "", ("more.eml", mail("Nothing.")))),
    part("text/plain; charset*0*=utf-8''utf; charset*1=-8", b"=5A=73", "Content-Transfer-Encoding: quoted-printable\n"),
    f"Subject: {word(SAID, 'utf-16', 'b')}\nContent-Type: message/delivery-status\n\nA: b\n\nC: d\n".encode(),
)
BITS = (
    b"", b"\n", b"\n\n", b"\r", b"\x00", b"\xff", b"=?", b"?=", b"=?utf-8?b?=?=", b"--b", b"; charset=x-foo", b";",
    b'"', b"=", b"Content-Type: message/rfc822\n", b"Content-Type: multipart/mixed; boundary=b\n",
    b"filename*0*=x'", b"%PDF-", b"PK\x03\x04",
)  # fmt: skip


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(BITS) | st.binary(max_size=6)), max_size=8),
)
@example(WHOLE[0], [(0.0, 0, b"\x00")])
def test_a_mangled_mail_is_read_or_refused_and_never_breaks_the_search(
    whole: bytes, changes: list[tuple[float, int, bytes]]
) -> None:
    for share, taken, put in changes:
        at = int(share * len(whole))
        whole = whole[:at] + put + whole[at + taken :]
    told = leaks(whole, FINDER, OWN)
    assert told == UNREADABLE or UNREADABLE[0] not in told


@given(st.sampled_from([b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"Content-Type: message/rfc822\n\n"]))
def test_boxes_within_boxes_without_end_are_refused_or_read(box: bytes) -> None:
    assert leaks(b"From: x\n" + box * 2_000, FINDER, OWN) in ((), UNREADABLE)


def test_nothing_is_said_of_a_mail_that_says_nothing() -> None:
    assert [text for text in texts(b"") if text] == []
