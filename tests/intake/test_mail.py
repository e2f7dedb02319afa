from dataclasses import replace
from zipfile import ZIP_STORED

import pytest

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mail import Attachment, OpenedMail, opened, words
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


def _top(line: str) -> bytes:
    """A mail with a form, and one more line right above what says how it is put together."""
    return letter().replace(b"Content-Type: multipart", line.encode() + b"\r\nContent-Type: multipart", 1)


UNSURE = {
    "a line without a colon above what it is": _top("Some program wrote this line"),
    "two words on what it is, the first for text": _top("Content-Type: text/plain"),
    "two words on what it is, the first for a box": _top('Content-Type: multipart/mixed; boundary="other"'),
    "two words on how it is coded": _top("Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: 8bit"),
    "a line without a colon above what a part is": letter(TEXT, "Some program wrote this line\r\n" + attached()),
}


@pytest.mark.parametrize("name", UNSURE)
def test_a_mail_in_which_another_program_may_find_a_form_is_set_apart_as_damaged(name: str) -> None:
    attachments, reason = found(UNSURE[name])
    assert ([each.reason for each in attachments], reason) == (["file-damaged-in-mail"], "")


def test_beside_a_sound_form_what_may_hold_another_is_set_apart() -> None:
    mail = opened(letter(TEXT, attached(), "Some program wrote this line\r\n" + attached("b.xlsx")), RULES)
    assert [(each.name, each.reason) for each in mail.attachments] == [
        ("request.xlsx", ""),
        ("", "file-damaged-in-mail"),
    ]


@pytest.mark.parametrize("line", ["Thank you for the form", "Content: four pages", ""])
def test_a_letter_whose_head_runs_into_its_text_holds_no_form_all_the_same(line: str) -> None:
    assert found(f"{heads()}no header at all\r\n{line}\r\n\r\nmore of it\r\n".encode()) == ((), "mail-without-a-form")


def test_headers_longer_than_are_looked_through_are_past_a_limit() -> None:
    long = [f"{'x' * 900}" for _ in range(300)]
    mail = opened(letter(X_Long=long), RULES)
    assert (mail.attachments, mail.reason) == ((), "mail-past-a-limit")
    assert found(letter(X_Long=long[:200])) == ((FORM,), "")


def test_what_a_mac_sends_beside_a_file_is_no_form() -> None:
    fork = attached("request.xlsx", b"\x00\x05\x16\x07\x00\x02\x00\x00", "application/applefile")
    assert found(letter(TEXT, box(fork, attached(), kind="appledouble", boundary="=_m"))) == ((FORM,), "")


def _sent_on(kind: str, name: str) -> str:
    return attached(name, letter(From="head@elm.example"), kind)


SENT_ON = {
    "as any file": _sent_on("application/octet-stream", "request.eml"),
    "as any file without a name": part(letter(From="head@elm.example"), "Content-Type: application/octet-stream\r\n"),
    "as text": _sent_on("text/plain", "request.EML"),
    "in a digest": box(
        "\r\n" + letter(From="head@elm.example").decode().replace("=_b", "=_i"), kind="digest", boundary="=_d"
    ),
}


@pytest.mark.parametrize("name", SENT_ON)
def test_rule_20_a_mail_that_was_sent_on_is_walked_into_whatever_it_is_sent_as(name: str) -> None:
    (sent,) = opened(letter(TEXT, SENT_ON[name]), RULES).attachments
    assert (sent.name, sent.data, sent.claim) == ("request.xlsx", WORKBOOK, "head@elm.example")


def test_a_workbook_that_is_called_a_mail_is_read_as_what_it_is() -> None:
    assert found(letter(TEXT, attached("request.eml")))[0] == (replace(FORM, name="request.eml"),)


HOLDING_A_LETTER = zipped({"xl/workbook.xml": b"<w/>", "xl/embeddings/a.docx": DOCX}, ZIP_STORED)
BESIDE_ANOTHER = {
    "another form": attached("b.xlsx", WORKBOOK),
    "an export": attached("b.csv", b"a,b"),
}


@pytest.mark.parametrize("name", BESIDE_ANOTHER)
def test_a_workbook_that_holds_a_word_document_is_a_workbook_whatever_lies_beside_it(name: str) -> None:
    assert DOCX in HOLDING_A_LETTER
    assert len(names(TEXT, attached("a.xlsx", HOLDING_A_LETTER), BESIDE_ANOTHER[name])) == 2


SENT_BESIDE = {
    "a quote": (attached("quote.pdf", b"%PDF-1.7 EXAMPLE"), True),
    "a letter": (attached("letter.docx", DOCX), True),
    "a damaged letter": (attached("letter.docx", DOCX[:40]), True),
    "a logo": (logo(), False),
    "words that a server has cut off": (attached("ATT00001.txt", b"EXAMPLE", "text/plain"), False),
    "another form": (attached("b.xlsx", WORKBOOK + b"2"), False),
}


@pytest.mark.parametrize("what", SENT_BESIDE)
def test_what_a_person_has_sent_beside_a_form_is_known_and_no_form(what: str) -> None:
    part, beside = SENT_BESIDE[what]
    told = opened(letter(TEXT, attached("a.xlsx"), part), RULES)
    assert (told.beside, [each.name for each in told.attachments if each.name != "b.xlsx"]) == (beside, ["a.xlsx"])


def test_what_is_sent_without_a_form_is_beside_nothing() -> None:
    assert not opened(letter(TEXT, attached("a.pdf", b"%PDF-1.7"), attached("b.docx", DOCX)), RULES).beside


def test_an_archive_whose_names_cannot_be_read_is_no_letter() -> None:
    assert names(TEXT, attached("a.xlsx"), attached("b.zip", DOCX[:-4])) == ["a.xlsx", "b.zip"]


def test_a_workbook_that_names_a_document_too_is_looked_at() -> None:
    both = zipped({"xl/workbook.xml": b"<w/>", "word/document.xml": b"<w/>"})
    assert names(TEXT, attached("a.xlsx"), attached("b.xlsx", both)) == ["a.xlsx", "b.xlsx"]


def test_a_mail_without_a_form_says_so() -> None:
    assert found(letter(TEXT)) == ((), "mail-without-a-form")
    assert found(letter(TEXT, logo(), attached("jo.vcf", b"BEGIN:VCARD", "text/vcard"))) == ((), "mail-without-a-form")


def related(data: bytes, name: str, kind: str) -> str:
    return part(data, f'Content-Type: {kind}; name="{name}"\r\nContent-ID: <a@01D>\r\n')


THEME = zipped({"[Content_Types].xml": b"<T/>", "theme/theme/theme1.xml": b"<a/>"})
HTML = "Content-Type: text/html\r\n\r\n<p>Please withdraw our request</p>\r\n"
TAIL = b"<html>Sent from my EXAMPLE</html>"


def alternative(*parts: str) -> str:
    return box(*parts, kind="alternative", boundary="=_a")


def with_styles(*parts: str) -> str:
    return box(HTML, *parts, kind="related", boundary="=_r")


DRESSED = {
    "a tail that Exchange cut off": (TEXT, attached("ATT00001.htm", TAIL, "text/html")),
    "a disclaimer in place": (
        TEXT,
        'Content-Type: text/plain; name="d.txt"\r\nContent-Disposition: inline\r\n\r\nX\r\n',
    ),
    "enriched text": (alternative(TEXT, "Content-Type: text/enriched\r\n\r\n<b>X</b>\r\n"),),
    "a page that moves": (alternative(TEXT, "Content-Type: text/x-amp-html\r\n\r\n<html amp4email>\r\n", HTML),),
    "JSON": (alternative(TEXT, part(b"{}", "Content-Type: application/json\r\n"), HTML),),
    "Word's theme": (with_styles(related(THEME, "themedata.thmx", "application/vnd.ms-officetheme")),),
    "Word's theme, attached": (HTML, attached("themedata.thmx", THEME)),
    "Word's own": (with_styles(related(b"ActiveMime", "oledata.mso", "application/x-mso")),),
    "Word's colours": (with_styles(related(b"<a:clrMap/>", "colorschememapping.xml", "text/xml")),),
    "a style": (with_styles("Content-Type: text/css\r\nContent-ID: <s@x>\r\n\r\np {}\r\n"),),
}


@pytest.mark.parametrize("name", DRESSED)
def test_what_is_only_the_dressing_of_a_letter_is_no_file(name: str) -> None:
    told = opened(letter(*DRESSED[name]), RULES)
    assert (told.attachments, told.reason, told.letter) == ((), "mail-without-a-form", True)
    told = opened(letter(*DRESSED[name], attached()), RULES)
    assert (told.attachments, told.beside, told.letter) == ((FORM,), False, False)


IN_PLACE = {
    "by its bytes": related(WORKBOOK, "themedata.thmx", "application/vnd.ms-officetheme"),
    "in place of a style": related(WORKBOOK, "request", "application/octet-stream"),
    "called a text": part(WORKBOOK, 'Content-Type: text/x-any; name="request"\r\nContent-Disposition: inline\r\n'),
    "by its name": part(b"a,b", 'Content-Type: text/plain; name="form.csv"\r\nContent-Disposition: inline\r\n'),
    "figures": "Content-Type: text/csv\r\n\r\na,b\r\n",
    "a shortcut": part(
        b"[InternetShortcut]", 'Content-Type: text/plain; name="form.url"\r\nContent-Disposition: inline\r\n'
    ),
    "a PDF": related(PDF, "form.pdf", "application/pdf"),
    "a document": related(DOCX, "form.docx", "application/octet-stream"),
}


@pytest.mark.parametrize("name", IN_PLACE)
def test_a_file_that_lies_where_the_dressing_does_is_one_all_the_same(name: str) -> None:
    assert len(opened(letter(with_styles(IN_PLACE[name])), RULES).attachments) == 1
    assert len(opened(letter(alternative(TEXT, IN_PLACE[name])), RULES).attachments) == 1


@pytest.mark.parametrize("name", ALONE)
def test_words_beside_what_is_no_form_are_a_letter_too(name: str) -> None:
    sent, _ = ALONE[name]
    assert opened(letter(TEXT, sent), RULES).letter
    assert not opened(letter(sent), RULES).letter
    assert not opened(letter(TEXT, sent, attached()), RULES).letter
    assert not opened(letter(TEXT, sent, Auto_Submitted="auto-replied"), RULES).letter
    assert not opened(letter(TEXT, sent, From=None), RULES).letter


@pytest.mark.parametrize("name", SHEETS)
def test_beside_what_may_be_a_form_words_are_no_letter(name: str) -> None:
    assert not opened(letter(TEXT, SHEETS[name]), RULES).letter


def test_of_a_document_that_is_spoilt_nobody_is_told_to_open_it_in_excel() -> None:
    for data, reason in ((DOCX[:40], "file-word"), (DOCX, ""), (PDF, "")):
        (sent,) = opened(letter(TEXT, attached("letter.docx", data)), RULES).attachments
        assert sent.reason == reason


def test_a_thumb_that_is_put_up_wants_no_answer() -> None:
    thumb = 'Content-Type: text/vnd.google.email-reaction+json\r\n\r\n{"emoji": "+"}\r\n'
    told = opened(letter(alternative(TEXT, thumb, HTML)), RULES)
    assert (told.attachments, told.reason, told.letter) == ((), "reaction", False)
    assert found(letter(alternative(TEXT, thumb, HTML), attached())) == ((FORM,), "")
    assert words(letter(alternative(thumb, HTML)), RULES) == "Please withdraw our request"


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


ANSWERS = {"In_Reply_To": f"<mend.1.1.1@{RULES.own_domain}>", "Auto_Submitted": "auto-generated"}


def test_of_a_program_s_answer_to_us_a_workbook_is_looked_at_and_nothing_else() -> None:
    assert found(letter(**ANSWERS)) == ((FORM,), "")
    assert found(letter(**{**ANSWERS, "Auto_Submitted": None, "Return_Path": "<>"})) == ((FORM,), "")
    winmail = attached("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef")
    for beside in (attached("a.pdf", PDF), winmail, attached("a.jpg", b"\xff\xd8\xff", "image/jpeg"), logo()):
        assert found(letter(TEXT, beside, **ANSWERS)) == ((), "auto-reply")
        assert found(letter(TEXT, beside, attached(), **ANSWERS)) == ((FORM,), "")


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


LOCKED = "-----BEGIN PGP MESSAGE-----\r\nEXAMPLE\r\n"
SEALED = {
    "S/MIME": (attached("smime.p7m", b"\x30\x80", "application/pkcs7-mime; smime-type=signed-data"),),
    "S/MIME under another type": (attached("smime.p7m", b"\x30\x80"),),
    "PGP in parts": (
        "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
        attached("x.bin", LOCKED.encode()),
    ),
    "PGP in the text": (f"Content-Type: text/plain\r\n\r\n{LOCKED}",),
    "rights management": (TEXT, attached("message.rpmsg", bytes.fromhex("76e80460c411e386") + b"x")),
}


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_mail_is_told_from_one_without_a_form(name: str) -> None:
    assert found(letter(*SEALED[name])) == ((), "mail-encrypted")
    assert found(letter(*SEALED[name], attached())) == ((FORM,), "")


SIGNED_DATA = bytes.fromhex("308006092a864886f70d010702a080")


def test_what_is_wrapped_in_a_signature_is_told_from_what_is_encrypted() -> None:
    signed = attached("smime.p7m", SIGNED_DATA, "application/pkcs7-mime")
    told = opened(letter(signed), RULES)
    assert (told.attachments, told.reason, told.letter) == ((), "mail-signed", True)
    assert found(letter(signed, attached())) == ((FORM,), "")
    assert found(letter(signed, *SEALED["S/MIME"])) == ((), "mail-encrypted")


AS_HTML = "Content-Type: text/html\r\n\r\n<style>p {}</style><p>Please &amp; thank\u202e you</p>\r\n"
AS_TEXT = "Content-Type: text/plain\r\n\r\nPlease withdraw\x1b[2J it.\r\n\r\n> What you sent\r\n"
WORDS = {
    "text": (letter(AS_TEXT), "Please withdraw[2J it.\n> What you sent"),
    "text and HTML": (
        letter(box(AS_HTML, AS_TEXT, kind="alternative", boundary="=_a")),
        "Please withdraw[2J it.\n> What you sent",
    ),
    "HTML": (letter(AS_HTML), "Please & thank you"),
    "Latin": (letter("Content-Type: text/plain\r\n\r\nCaf~\r\n").replace(b"~", b"\xe9"), "Café"),
    "words below a file": (
        letter(alternative(AS_HTML, AS_TEXT), attached("a.pdf", PDF), attached("ATT00001.htm", TAIL, "text/html")),
        "Please withdraw[2J it.\n> What you sent\nSent from my EXAMPLE",
    ),
    "words within a mail that was sent on": (
        letter(TEXT, sent_on(heads() + alternative(AS_HTML, AS_TEXT))),
        "Please find the form attached.\nPlease withdraw[2J it.\n> What you sent",
    ),
    "none": (letter(logo()), ""),
    "more than is looked at": (letter(*[TEXT] * 300), ""),
}


@pytest.mark.parametrize("name", WORDS)
def test_the_words_of_a_mail_are_shown_without_what_a_screen_would_obey(name: str) -> None:
    raw, said = WORDS[name]
    assert words(raw, RULES) == said
