import pytest

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mime import Part, PastLimitError, headers, parts
from tests.intake.letters import TEXT, WORKBOOK, attached, box, heads, letter, logo, part

BODY = Part("text/plain", "", attached=False, content=b"Please find the form attached.\r\n", damaged=False)


def walked(raw: bytes, limits: Limits | None = None) -> list[Part]:
    return list(parts(raw, limits or Limits()))


def test_parts_come_out_as_they_were_sent() -> None:
    assert walked(letter(TEXT, attached(), logo())) == [
        BODY,
        Part("application/octet-stream", "request.xlsx", attached=True, content=WORKBOOK, damaged=False),
        Part("image/png", "logo.png", attached=False, content=b"\x89PNG logo", damaged=False),
    ]


def test_lines_may_end_as_unix_ends_them() -> None:
    raw = letter()
    unix = walked(raw.replace(b"\r\n", b"\n"))
    assert [each.content for each in unix] == [BODY.content.replace(b"\r\n", b"\n"), WORKBOOK]


def test_a_mail_without_boxes_is_its_own_part() -> None:
    raw = (heads() + attached()).encode()
    assert [(each.name, each.content) for each in walked(raw)] == [("request.xlsx", WORKBOOK)]


def test_boxes_within_boxes_and_mails_within_mails_are_walked() -> None:
    inner = heads() + box(TEXT, attached("inner.xlsx"), boundary="in")
    forwarded = "Content-Type: message/rfc822\r\n\r\n" + inner
    related = box(TEXT, logo(), kind="related", boundary="rel")
    assert [each.name for each in walked(letter(related, forwarded))] == ["", "logo.png", "", "inner.xlsx"]


NAMES = {
    "filename=request.xlsx": "request.xlsx",
    'filename="../../etc/passwd"': "passwd",
    'filename="C:\\\\Users\\\\jo\\\\request.xlsx"': "request.xlsx",
    "filename*=utf-8''f%C3%B6rm.xlsx": "förm.xlsx",
    'filename="=?utf-8?Q?f=C3=B6rm.xlsx?="': "förm.xlsx",
    "filename*=nonsense-8''f%F6rm.xlsx": "förm.xlsx",
    'filename="förm.xlsx"': "förm.xlsx",
    "filename*0=re; filename*1=quest.xlsx": "request.xlsx",
    'filename="xslx.\u202exslx.exe"': "xslx.xslx.exe",
    'filename=" .hidden. "': "hidden",
}


@pytest.mark.parametrize("given", NAMES)
def test_rule_23_a_files_name_is_display_data(given: str) -> None:
    head = f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {given}\r\n"
    found = walked(letter(part(WORKBOOK, head)))[0]
    assert (found.name, found.content) == (NAMES[given], WORKBOOK)


BASE64 = attached()
DAMAGED = {
    "letters that are no base64": letter(BASE64.replace("UEsD", "U%sD", 1)),
    "a sign between that is no base64": letter(BASE64.replace("UEsD", "UE!sD", 1)),
    "a base64 cut short": letter(BASE64.rstrip()[:-3]),
    "an end that never came": (heads() + box(TEXT, attached(), closed=False)).encode(),
    "an unknown encoding": letter(BASE64.replace("base64", "x-rot13")),
    "two encodings": letter(f"Content-Transfer-Encoding: 8bit\r\n{BASE64}"),
    "two kinds": letter(f"Content-Type: text/plain\r\n{BASE64}"),
    "half a code": letter(f"{heads(From=None)}Content-Transfer-Encoding: quoted-printable\r\n\r\nPK=3\r\n"),
    "a mail sent on that is none": letter("Content-Type: message/rfc822\r\n" + BASE64.replace("UEsD", "U%sD", 1)),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_rule_24_an_attachment_with_a_defect_is_damaged(name: str) -> None:
    assert walked(DAMAGED[name])[-1].damaged


@pytest.mark.parametrize("more", ["=", "==", "====", "QUJD====", "QQ=", "QQ==="])
@pytest.mark.parametrize("length", range(30, 36))
def test_rule_24_padding_that_is_not_due_is_a_defect_whatever_the_files_length(length: int, more: str) -> None:
    whole = attached(data=bytes(range(length)))
    assert not walked(letter(whole))[0].damaged
    assert walked(letter(f"{whole}{more}\r\n"))[0].damaged


def test_only_the_last_part_of_a_mail_that_was_cut_off_is_damaged() -> None:
    cut = (heads() + box(attached("a.xlsx"), attached("b.xlsx"), closed=False)).encode()
    assert [(each.name, each.damaged) for each in walked(cut)] == [("a.xlsx", False), ("b.xlsx", True)]


@pytest.mark.parametrize("boundary", ["", '; boundary="other"'])
def test_a_box_without_its_boundary_is_one_damaged_part(boundary: str) -> None:
    raw = f"{heads()}Content-Type: multipart/mixed{boundary}\r\n\r\nno line of it\r\n".encode()
    assert walked(raw) == [Part("multipart/mixed", "", attached=False, content=b"no line of it\r\n", damaged=True)]


def nested(depth: int) -> bytes:
    return (heads() + f"Content-Type: message/rfc822\r\n\r\n{heads()}" * depth + TEXT).encode()


def test_rule_25_mails_within_mails_are_walked_to_the_limit_and_no_further() -> None:
    assert walked(nested(3)) == [BODY]
    with pytest.raises(PastLimitError):
        walked(nested(4))
    with pytest.raises(PastLimitError):
        walked(nested(5000))


def test_boxes_within_boxes_end_too() -> None:
    inner = TEXT
    for number in range(300):
        inner = box(inner, boundary=f"b{number}")
    with pytest.raises(PastLimitError):
        walked((heads() + inner).encode())


def test_rule_25_fifty_thousand_parts_are_past_the_limit() -> None:
    raw = heads() + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + "--b\r\n\r\nx\r\n" * 50_000
    with pytest.raises(PastLimitError):
        walked(raw.encode())


def test_as_many_parts_as_the_limit_are_walked() -> None:
    assert len(walked(letter(*[TEXT] * 9), Limits(mime_parts=10))) == 9
    with pytest.raises(PastLimitError):
        walked(letter(*[TEXT] * 10), Limits(mime_parts=10))


def test_a_part_may_have_no_headers() -> None:
    assert [each.content for each in walked(letter("\r\njust words\r\n"))] == [b"just words\r\n"]
    assert headers(b"From: a@b.example")[0]["From"] == "a@b.example"


def test_what_two_programs_read_differently_is_unsure_and_so_is_all_within_it() -> None:
    once, twice = (
        letter(),
        letter().replace(b"Content-Type: multipart", b"Content-Type: text/html\r\nContent-Type: multipart"),
    )
    assert [each.unsure for each in walked(once)] == [False, False]
    assert [(each.kind, each.unsure, each.damaged) for each in walked(twice)] == [("text/html", True, True)]
    boxed = letter().replace(b"\r\n\r\nA mail", b"\r\nContent-Type: text/html\r\n\r\nA mail")
    assert [(each.kind, each.unsure) for each in walked(boxed)] == [
        ("text/plain", True),
        ("application/octet-stream", True),
    ]


def _as_a_file(inner: str, name: str = "smime.p7m") -> str:
    head = f'Content-Type: multipart/signed; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    return part(inner.encode(), head)


def test_the_box_of_signed_parts_that_exchange_makes_a_file_of_is_walked_into() -> None:
    signed = box(box(TEXT, attached(), boundary="=_i"), kind="signed", boundary="=_s")
    assert [(each.name, each.damaged) for each in walked(letter(_as_a_file(signed)))] == [
        ("", False),
        ("request.xlsx", False),
    ]
    assert [each.name for each in walked(letter(_as_a_file(signed, "a.bin")))] == ["a.bin"]
    assert [each.name for each in walked(letter(_as_a_file("x" + signed)))] == ["smime.p7m"]


def test_boxes_of_signed_parts_within_one_another_are_past_the_limit() -> None:
    inner = TEXT
    for number in range(12):
        inner = box(_as_a_file(inner), kind="signed", boundary=f"=_{number}")
    with pytest.raises(PastLimitError):
        walked(letter(inner))


def test_headers_without_an_end_are_not_cut_in_silence() -> None:
    for raw in (letter(X_Long="x" * 300_000), letter(TEXT, f"X-Long: {'x' * 300_000}\r\n{attached()}")):
        with pytest.raises(PastLimitError):
            walked(raw)
