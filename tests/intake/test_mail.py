from dataclasses import replace

import pytest

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mail import Attachment, OpenedMail, opened
from tests.intake.files import ole, zipped
from tests.intake.letters import RULES, SENDER, TEXT, WORKBOOK, attached, box, heads, letter, logo, part

DOCX = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
PDF = b"%PDF-1.7 EXAMPLE"
FORM = Attachment("request.xlsx", WORKBOOK)


def found(raw: bytes) -> tuple[tuple[Attachment, ...], str]:
    mail = opened(raw, RULES)
    return mail.attachments, mail.reason


def names(*parts: str) -> list[str]:
    return [each.name for each in opened(letter(*parts), RULES).attachments]


def test_a_mail_with_a_form_gives_its_envelope_and_the_form() -> None:
    mail = opened(letter(), RULES)
    assert (mail.envelope.sender, mail.attachments, mail.reason) == (SENDER, (FORM,), "")


def test_several_forms_are_several_attachments_in_their_order() -> None:
    assert names(TEXT, attached("b.xlsx"), logo(), attached("a.xlsx", WORKBOOK + b"x")) == ["b.xlsx", "a.xlsx"]


BESIDE = {
    "a logo": logo(),
    "a logo sent as a file": attached("logo.png", b"\x89PNG", "image/png"),
    "an invitation": attached("meeting.ics", b"BEGIN:VCALENDAR", "text/calendar"),
    "a card": attached("jo.vcf", b"BEGIN:VCARD", "text/vcard"),
    "a seal": attached("smime.p7s", b"\x30\x80", "application/pkcs7-signature"),
    "a letter": attached("letter.pdf", PDF, "application/pdf"),
    "a document": attached("letter.docx", DOCX),
    "a note": attached("notes.txt", b"EXAMPLE", "text/plain"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_beside_a_form_is_not_complained_of(name: str) -> None:
    assert names(TEXT, BESIDE[name], attached(), BESIDE[name]) == ["request.xlsx"]


ALONE = {
    "a letter": (attached("form.pdf", PDF), "form.pdf"),
    "a document": (attached("form.docx", DOCX), "form.docx"),
    "a photograph of the form": (attached("form.jpg", b"\xff\xd8\xff", "image/jpeg"), "form.jpg"),
    "a shortcut": (attached("form.url", b"[InternetShortcut]\r\nURL=x"), "form.url"),
    "winmail.dat": (attached("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef"), "winmail.dat"),
}


@pytest.mark.parametrize("name", ALONE)
def test_what_was_sent_in_place_of_a_form_stands_for_it(name: str) -> None:
    sent, called = ALONE[name]
    assert names(TEXT, logo(), sent) == [called]


SHEETS = {
    "an old workbook": attached("form.xls", ole("Workbook")),
    "a workbook with a password": attached("form.xlsx", ole("EncryptionInfo")),
    "an empty workbook": attached("form.xlsx", b""),
    "an export": attached("form.csv", b"a,b"),
    "a form without a name": part(WORKBOOK, "Content-Type: application/octet-stream\r\n"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_every_kind_of_sheet_is_taken_whatever_else_is_there(name: str) -> None:
    assert len(names(TEXT, attached("letter.pdf", PDF), SHEETS[name], attached())) == 2


def test_a_mail_without_a_form_says_so() -> None:
    assert found(letter(TEXT)) == ((), "mail-without-a-form")
    assert found(letter(TEXT, logo(), attached("jo.vcf", b"BEGIN:VCARD", "text/vcard"))) == ((), "mail-without-a-form")


def test_a_link_in_place_of_the_form_says_so() -> None:
    linked = 'Content-Type: text/html\r\n\r\n<a href="https://oak.sharepoint.com/:x:/s/form">form</a>\r\n'
    assert found(letter(linked)) == ((), "file-link")
    assert found(letter(linked, attached())) == ((FORM,), "")


def test_rule_24_a_damaged_attachment_is_named_and_the_others_are_read() -> None:
    broken = attached("broken.xlsx").replace("UEsD", "U%sD", 1)
    mail = opened(letter(TEXT, broken, attached()), RULES)
    assert [(each.name, each.reason) for each in mail.attachments] == [
        ("broken.xlsx", "file-damaged-in-mail"),
        ("request.xlsx", ""),
    ]


def test_rule_24_a_mail_of_which_nothing_is_whole_is_damaged() -> None:
    raw = f"{heads()}Content-Type: multipart/mixed\r\n\r\n".encode() + WORKBOOK
    assert [each.reason for each in opened(raw, RULES).attachments] == ["file-damaged-in-mail"]


def sent_on(raw: str) -> str:
    return "Content-Type: message/rfc822\r\n\r\n" + raw


def test_rule_20_a_forwarded_mail_is_its_forwarders_and_its_first_sender_a_claim() -> None:
    inner = heads(From="Head <head@elm.example>") + box(TEXT, attached("inner.xlsx"), boundary="in")
    mail = opened(letter(TEXT, sent_on(inner), attached()), RULES)
    assert mail.envelope.sender == SENDER
    assert [(each.name, each.claim) for each in mail.attachments] == [
        ("inner.xlsx", "head@elm.example"),
        ("request.xlsx", ""),
    ]


def test_rule_20_of_a_mail_sent_on_twice_the_first_sender_is_the_claim() -> None:
    first = heads(From="a@elm.example, b@elm.example") + box(TEXT, attached(), boundary="in")
    second = heads(From="head@ash.example") + box(TEXT, sent_on(first), boundary="mid")
    (found,) = opened(letter(TEXT, sent_on(second)), RULES).attachments
    assert found.claim == "a@elm.example, b@elm.example"


def test_rule_20_what_proves_the_first_sender_proves_nothing() -> None:
    inner = heads(From="head@oak.example") + box(TEXT, attached(), boundary="in")
    raw = letter(TEXT, sent_on(inner), From="x@evil.example", Authentication_Results=None)
    told = opened(raw, RULES).envelope
    assert (told.sender, told.verified) == ("x@evil.example", False)


def test_a_bounce_with_our_own_workbook_in_it_makes_no_application() -> None:
    back = "Content-Type: message/rfc822\r\n\r\n" + heads() + box(TEXT, attached(), boundary="in")
    raw = heads(From="mailer-daemon@oak.example") + box(TEXT, back, kind="report; report-type=delivery-status")
    assert found(raw.encode()) == ((), "bounce")


def test_rule_10_our_own_mail_come_back_is_not_opened() -> None:
    assert found(letter(Message_ID=f"<a@{RULES.own_domain}>")) == ((), "own-mail")


def test_an_automatic_answer_is_set_apart_unless_it_brings_a_form() -> None:
    assert found(letter(TEXT, Auto_Submitted="auto-replied")) == ((), "auto-reply")
    assert found(letter(Auto_Submitted="auto-generated")) == ((FORM,), "")


@pytest.mark.parametrize("given", [None, "a@oak.example, b@oak.example"])
def test_rule_15_nothing_is_read_of_a_mail_without_exactly_one_sender(given: str | None) -> None:
    assert found(letter(From=given)) == ((FORM,), "mail-sender-unclear")


PAST = {
    "size": (letter(), Limits(mail_bytes=100)),
    "attachments": (letter(TEXT, *[attached()] * 4), Limits(attachments=3)),
    "parts": (letter(TEXT, TEXT, TEXT), Limits(mime_parts=3)),
}


@pytest.mark.parametrize("name", PAST)
def test_rule_25_a_mail_past_a_limit_is_not_opened_but_its_sender_is_known(name: str) -> None:
    raw, limits = PAST[name]
    mail = opened(raw, replace(RULES, limits=limits))
    assert mail == OpenedMail(opened(letter(), RULES).envelope, reason="mail-past-a-limit")


def test_logos_do_not_count_as_attachments() -> None:
    mail = opened(letter(TEXT, *[logo()] * 12, attached()), replace(RULES, limits=Limits(attachments=1)))
    assert mail.attachments == (FORM,)


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", b"\x00\xff" * 500, b"From:\r\n", b"Content-Type: multipart/;;;=\r\n\r\n"]
)
def test_nothing_that_comes_as_mail_raises(raw: bytes) -> None:
    assert opened(raw, RULES).reason == "mail-sender-unclear"
