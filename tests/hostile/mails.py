"""Hostile and odd mails: each as its bytes, and the states that whatever comes of it may end in.

None of them may make an application. Every name and address is an EXAMPLE.
"""

import base64
import io
import quopri
import zipfile
from collections.abc import Iterator
from functools import cache

import openpyxl

from cluster_sheets.demo.deliver import EXCHANGER
from cluster_sheets.register.make import example_domain
from cluster_sheets.store.replies import OWN_DOMAIN
from cluster_sheets.store.units import State
from tests.hostile.kind import Hostile
from tests.intake.files import PARTS, ole, with_part, zipped
from tests.intake.letters import TEXT, Value, attached, box, heads, logo, part
from tests.intake.outlook import attachment, message, within
from tests.intake.outlook import msg as saved

DOMAIN = example_domain("Abbey Hulton Primary School")
SENCO = f"senco@{DOMAIN}"
"""Somebody whom the register that ships knows."""
APART, BACK, ASIDE = frozenset({State.QUARANTINED}), frozenset({State.RETURNED}), frozenset({State.SET_ASIDE})
UNCLEAR = ("mail-sender-unclear",)
NOT_OURS = ("not-our-form",)
Case = tuple[str, bytes, frozenset[State], tuple[str, ...] | None]
_XLSX = "request.xlsx"


def mails() -> Iterator[Hostile]:
    """All of them; what two of them say of one another holds in this order, by name."""
    for number, (name, data, states, codes) in enumerate(_everything()):
        yield Hostile(f"mail {number:03} {name}.eml", data, states, codes)


def _everything() -> Iterator[Case]:
    yield from _senders()
    yield from _proofs()
    yield from _machines()
    yield from _boxes()
    yield from _codings()
    yield from _names()
    yield from _wrapped()
    yield from _in_place_of_a_form()
    yield from _odd()
    yield from _ids()


class _Number:
    """No two mails hold the same workbook, or bear the same id."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


_NUMBERS = _Number()


def _book() -> bytes:
    """A workbook that is no form of ours; no two are the same."""
    sheet = "xl/worksheets/sheet1.xml"
    return zipped({**_menu(), sheet: _menu()[sheet].replace(b"4711", str(_NUMBERS.next()).encode())})


@cache
def _menu() -> dict[str, bytes]:
    """Parts of a workbook that somebody has made."""
    book, into = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["EXAMPLE: Monday, soup", 4711])
    book.save(into)
    with zipfile.ZipFile(into) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _heads(**changed: Value) -> str:
    """Headers of a mail that our own exchanger vouches for."""
    given: dict[str, Value] = {
        "Authentication_Results": f"{EXCHANGER}; dmarc=pass header.from={DOMAIN}",
        "Received": f"from out.{DOMAIN} by {EXCHANGER} with ESMTPS id 1; Mon, 28 Sep 2026 09:00:00 +0000",
        "From": f"Jo Example <{SENCO}>",
        "Message_ID": f"<hostile-{_NUMBERS.next()}@{DOMAIN}>",
    }
    return heads(**{**given, **changed})


def _mail(*parts: str, **changed: Value) -> bytes:
    made = box(*(parts or (TEXT, attached(_XLSX, _book()))))
    return (_heads(**changed) + made).encode("utf-8", "surrogateescape")


def _senders() -> Iterator[Case]:
    """Who sent it is not to be told from From: nothing of it is read."""
    unclear: dict[str, Value] = {
        "two From": [SENCO, "evil@x.example"],
        "two From of one address": [SENCO, SENCO],
        "two addresses in From": f"{SENCO}, evil@x.example",
        "no From": None,
        "empty From": "",
        "From of blanks": "   ",
        "From a group": f"Staff: {SENCO};",
        "From without a domain": "senco",
        "From without a dot": "senco@localhost",
        "From with an address for a name": f"{SENCO} <evil@x.example>",
        "From with two in brackets": f"<{SENCO}> <evil@x.example>",
        "From with a way to go": f"<@x.example,@y.example:{SENCO}>",
        "From all in one encoded word": "=?utf-8?Q?senco=40abbey-hulton=2Eexample?=",
        "From with a letter of another alphabet": SENCO.replace("a", "\u0430"),
        "From with a NUL": f"senco\x00@{DOMAIN}",
        "From with an open quote": f'"Jo <{SENCO}>',
        "From with an open comment": f"Jo (SENCO <{SENCO}>",
        "From of a hundred thousand letters": f"{'a' * 100_000}@{DOMAIN}",
        "From of five thousand addresses": ", ".join([SENCO] * 5_000),
        "From of brackets": "<" * 20_000,
        "From of quotes and backslashes": '"\\' * 10_000,
    }
    for name, given in unclear.items():
        yield name, _mail(From=given), APART, UNCLEAR
    claimed = {
        "name that is our address, encoded": "=?utf-8?Q?senco=40abbey-hulton=2Eexample?= <evil@x.example>",
        "name that is our address, quoted": f'"{SENCO}" <evil@x.example>',
        "name that is our address, in a comment": f"evil@x.example ({SENCO})",
    }
    for name, claim in claimed.items():
        yield name, _mail(From=claim), BACK, NOT_OURS
    yield "Sender of another", _mail(From="evil@x.example", Sender=SENCO), BACK, NOT_OURS
    yield "Reply-To of another", _mail(Reply_To="evil@x.example"), BACK, NOT_OURS
    yield "Resent-From of another", _mail(From="evil@x.example", Resent_From=SENCO), BACK, NOT_OURS


def _proofs() -> Iterator[Case]:
    """What looks as if it proved who sent it; the workbook is none of ours, so it goes back to nobody."""
    forged: dict[str, Value] = {
        "proof of another server": "mx.evil.example; dmarc=pass",
        "proof below ours": [f"{EXCHANGER}; dmarc=fail", f"{EXCHANGER}; dmarc=pass"],
        "proof in a comment": f"{EXCHANGER}; dmarc=fail (dmarc=pass)",
        "proof in quotes": f'{EXCHANGER}; dmarc=fail reason="; dmarc=pass"',
        "proof said twice": f"{EXCHANGER}; dmarc=pass; dmarc=fail",
        "proof of another domain": f"{EXCHANGER}; dmarc=pass header.from=evil.example",
        "proof under our name in a comment": f"mx.evil.example ({EXCHANGER}); dmarc=pass",
        "proof of a million letters": f"{EXCHANGER}; {'x' * 200_000}; dmarc=pass",
        "proof of comments": f"{EXCHANGER}; {'(' * 100_000}dmarc=pass{')' * 100_000}",
        "proof of nothing": "",
        "no proof": None,
    }
    for name, given in forged.items():
        yield name, _mail(Authentication_Results=given), BACK, None
    sealed = f"i=1; {EXCHANGER}; dmarc=pass"
    yield "proof by ARC alone", _mail(Authentication_Results=None, ARC_Authentication_Results=sealed), BACK, NOT_OURS
    yield "through a list", _mail(List_Id="<staff.lists.example>"), BACK, NOT_OURS
    rewritten = {"From": f'"Jo via Staff" <staff@lists.example>', "X_Original_From": SENCO}  # noqa: F541
    yield "rewritten by a list", _mail(**rewritten), BACK, NOT_OURS


def _machines() -> Iterator[Case]:
    """What no person sent, and what looks like ours."""
    aside: dict[str, dict[str, Value]] = {
        "away": {"Auto_Submitted": "auto-replied"},
        "a machine": {"Auto_Submitted": "auto-generated"},
        "an old robot": {"X_Autoreply": "yes"},
        "no way back": {"Return_Path": "<>"},
        "from the mail system": {"From": f"MAILER-DAEMON@{DOMAIN}"},
        "from the postmaster": {"From": f"postmaster@{DOMAIN}"},
        "our own id": {"Message_ID": f"<receipt.{_NUMBERS.next()}@{OWN_DOMAIN}>"},
        "our own mark": {"X_Cluster_Sheets_Kind": "mend"},
    }
    for name, given in aside.items():
        yield name, _mail(TEXT, **given), ASIDE, None
    report = box(TEXT, "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n", kind="report")
    yield "a bounce", (_heads() + report).encode(), ASIDE, None
    back = "Content-Type: message/rfc822\r\n\r\n" + _heads() + box(TEXT, attached(_XLSX, _book()), boundary="in")
    yield "a bounce with a form in it", (_heads() + box(TEXT, back, kind="report")).encode(), ASIDE, None
    read = box(TEXT, kind="report; report-type=disposition-notification")
    yield "it was read", (_heads() + read).encode(), ASIDE, None
    invited = attached("meeting.ics", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    yield "an invitation", _mail(TEXT, invited), ASIDE, ("mail-without-a-form",)
    yield "an automatic answer with a form", _mail(Auto_Submitted="auto-replied"), BACK, NOT_OURS
    control = {f"X_Cluster_Sheets_{name}": "accepted" for name in ("State", "Release", "Accept", "Form")}
    yield "orders of its own", _mail(**control), BACK, NOT_OURS


def _boxes() -> Iterator[Case]:
    """Parts within parts, past every bound, and mails within mails."""
    inner = TEXT
    for number in range(300):
        inner = box(inner, boundary=f"b{number}")
    past = ("mail-past-a-limit",)
    yield "three hundred boxes within boxes", (_heads() + inner).encode(), APART, past
    for depth in (4, 5_000):
        told = "".join(f"Content-Type: message/rfc822\r\n\r\n{heads()}" for _ in range(depth))
        yield f"{depth} mails within mails", (_heads() + told + TEXT).encode(), APART, past
    many = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + "--b\r\n\r\nx\r\n" * 50_000
    yield "fifty thousand parts", (_heads() + many).encode(), APART, past
    yield "eleven forms", _mail(TEXT, *(attached(f"{each}.xlsx", _book()) for each in range(11))), APART, past
    yield "too many bytes", _mail(TEXT, "\r\n" + "x" * 26_300_000 + "\r\n"), APART, past
    first = (
        "Content-Type: message/rfc822\r\n\r\n"
        + heads(From="head@x.example")
        + box(TEXT, attached(_XLSX, _book()), boundary="in")
    )
    yield "sent on", _mail(TEXT, first), BACK, NOT_OURS
    same = attached(_XLSX, _book())
    yield "the same form twice", _mail(TEXT, same, same), BACK | ASIDE, None
    itself = box(TEXT, box(attached(_XLSX, _book())))
    yield "a box that is called like its own box", (_heads() + itself).encode(), BACK | APART | ASIDE, None
    yield "an empty box", (_heads() + box()).encode(), APART | ASIDE, None
    yield (
        "a preamble with a form",
        (_heads() + box(TEXT).replace("A mail in parts.", attached(_XLSX, _book()))).encode(),
        ASIDE,
        None,
    )


def _codings() -> Iterator[Case]:
    """Attachments that did not come through whole; one is never mended without a word."""
    hurt = ("file-damaged-in-mail",)
    good = attached(_XLSX, _book())
    coded = good.partition("\r\n\r\n")[2]
    as_quoted = (
        f"Content-Disposition: attachment; filename={_XLSX}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    spoilt = {
        "base64 with other letters": good.replace(coded[:4], "U%sD", 1),
        "base64 with a letter too many": good.replace(coded[:4], f"{coded[:4]}!", 1),
        "base64 cut short": good.rstrip()[:-3],
        # What is due at the end of base64 depends on the length of what is coded.
        **{
            f"base64 with more behind its end, {more} bytes longer": attached(_XLSX, _book() + bytes(more)).rstrip()
            + "\r\nQUJD====\r\n"
            for more in range(3)
        },
        "an unknown coding": good.replace("base64", "x-rot13"),
        "uuencoded": good.replace("base64", "x-uuencode"),
        "two codings": f"Content-Transfer-Encoding: 8bit\r\n{good}",
        "two kinds": f"Content-Type: text/plain\r\n{good}",
        "quoted-printable half coded": f"{as_quoted}PK=3=04{quopri.encodestring(_book()).decode()[:200]}\r\n",
        "a mail sent on that does not decode": "Content-Type: message/rfc822\r\n" + good.replace(coded[:4], "U%sD", 1),
    }
    for name, each in spoilt.items():
        yield name, _mail(TEXT, each), APART, hurt
    yield "cut off in its last part", (_heads() + box(TEXT, good, closed=False)).encode(), APART, hurt
    for name, told in (("a box without a boundary", ""), ("a boundary that never comes", '; boundary="other"')):
        yield name, f"{_heads()}Content-Type: multipart/mixed{told}\r\n\r\nno line of it\r\n".encode(), APART, hurt
    lost = base64.encodebytes(_book()).decode().replace("\n", "\r\n")
    as_text = f"Content-Type: text/plain\r\n\r\nbegin-base64 644 {_XLSX}\r\n{lost}====\r\n"
    yield "a form in the text", _mail(as_text), ASIDE, ("mail-without-a-form",)
    cut = _book()
    yield (
        "a workbook that is cut short and well coded",
        _mail(TEXT, attached(_XLSX, cut[: len(cut) // 2])),
        BACK,
        ("file-broken",),
    )


def _names() -> Iterator[Case]:
    """What a file is called is display data: the workbook within is read all the same."""
    told = {
        "a way out of the folder": 'filename="../../../../etc/cron.d/x.xlsx"',
        "a drive": 'filename="C:\\\\Windows\\\\x.xlsx"',
        "a name from right to left": 'filename="\u202exslx.exe"',
        "ten thousand letters": f'filename="{"a" * 10_000}.xlsx"',
        "a name of Windows": "filename=CON.xlsx",
        "a name with a NUL": 'filename="a\x00.xlsx"',
        "a name with a line end": 'filename="a\r\n b.xlsx"',
        "a name in an alphabet nobody knows": "filename*=nonsense-8''f%F6rm.xlsx",
        "a name in a thousand pieces": "; ".join(f"filename*{each}=a" for each in range(1_000)),
        "a name in pieces that are not there": "filename*7=a; filename*9=b",
        "a name half coded": 'filename="=?utf-8?B?!!!?="',
        "two names": "filename=a.xlsx; filename=b.exe",
        "no name": "x-name=none",
    }
    for name, given in told.items():
        head = f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {given}\r\n"
        yield name, _mail(TEXT, part(_book(), head)), BACK, NOT_OURS


def _wrapped() -> Iterator[Case]:
    """What other programs wrap a form in."""
    tnef = b"\x78\x9f\x3e\x22" + bytes(400)
    yield "winmail", _mail(TEXT, attached("winmail.dat", tnef, "application/ms-tnef")), BACK, ("file-winmail",)
    inner = saved(within(message(attachment(_XLSX, _book()), headers=heads(), root=False)), headers=heads())
    yield "a message from Outlook", _mail(TEXT, attached("sent on.msg", inner)), BACK | APART, None
    spoilt = inner[:48] + b"\x00\x00\x10\x00" + inner[52:]
    yield "a spoilt message from Outlook", _mail(TEXT, attached("sent on.msg", spoilt)), APART, None
    yield "a spoilt message from Outlook by itself", spoilt, APART, None
    sealed = attached("smime.p7m", b"\x30\x80" + bytes(400), "application/pkcs7-mime")
    yield "sealed by a certificate", _mail(sealed), ASIDE, ("mail-encrypted",)
    signed = attached(
        "smime.p7m", bytes.fromhex("308006092a864886f70d010702a080") + bytes(400), "application/pkcs7-mime"
    )
    yield "wrapped in a signature", _mail(signed), ASIDE, ("mail-signed",)
    readable = box(box(TEXT, attached(_XLSX, _book()), boundary="=_i"), kind="signed", boundary="=_s")
    as_a_file = part(readable.encode(), 'Content-Type: multipart/signed; name="smime.p7m"\r\n')
    yield "a box of signed parts as a file", _mail(as_a_file), BACK, NOT_OURS
    locked = attached("encrypted.asc", b"-----BEGIN PGP MESSAGE-----", "application/octet-stream")
    yield "sealed with PGP", _mail(locked), ASIDE, ("mail-encrypted",)
    pieces = f'Content-Type: message/partial; id="a"; number=1; total=2\r\n\r\n{attached(_XLSX, _book())}'
    yield "one piece of a mail", (_heads() + pieces).encode(), ASIDE, ("mail-without-a-form",)
    away = f'Content-Type: message/external-body; access-type=URL; URL="http://x.example/{_XLSX}"\r\n\r\n\r\n'
    yield "a file that lies elsewhere", _mail(TEXT, away), ASIDE, ("mail-without-a-form",)


def _in_place_of_a_form() -> Iterator[Case]:
    """Other files, and workbooks that are not opened."""
    bomb = zipped({**PARTS, "xl/media/a.xml": b"<a>" + b" " * 21_000_000 + b"</a>"})
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    sent = {
        "a PDF": (b"%PDF-1.7", BACK, ("file-pdf",)),
        "a page": (b"<html><table><tr><td>1</td></tr></table></html>", BACK, ("file-csv-or-text",)),
        "an empty file": (b"", BACK, ("file-empty",)),
        "a program": (b"MZ" + bytes(500), BACK, ("file-broken",)),
        "an old workbook": (ole("Workbook"), BACK, ("file-old-excel",)),
        "a locked workbook": (ole("EncryptedPackage"), BACK, ("file-password",)),
        "a workbook with macros": (with_part("xl/vbaProject.bin", ole("VBA")), BACK, ("file-macros",)),
        "a link": (b"[InternetShortcut]\r\nURL=https://1drv.ms/x/1", BACK, ("file-link",)),
        "an archive in an archive": (zipped({_XLSX: _book()}), BACK, ("file-in-zip",)),
        "a bomb": (bomb, APART, ("file-past-a-limit",)),
        "laughs": (with_part("xl/sharedStrings.xml", laughs), APART, ("file-unsafe-xml",)),
        "two parts of one name": (zipped({**PARTS, "XL/WORKBOOK.XML": b"<a/>"}), APART, ("file-unsafe-zip",)),
        "a photograph": (b"\xff\xd8\xff" + bytes(300), BACK, ("file-word",)),
    }
    for name, (data, states, codes) in sent.items():
        # Each comes once: the same bytes again are another matter.
        yield name, _mail(TEXT, attached(_XLSX, data)), states, codes
    yield (
        "an archive of RAR",
        _mail(TEXT, attached("form.rar", b"Rar!\x1a\x07\x00" + bytes(99))),
        BACK,
        ("file-archive",),
    )
    linked = 'Content-Type: text/html\r\n\r\n<a href="https://x.sharepoint.com/:x:/s/form">form</a>\r\n'
    yield "a link in the text", _mail(linked), BACK, ("file-link",)
    yield from _dressed()
    yield "twelve logos", _mail(TEXT, *[logo()] * 12), ASIDE, ("mail-without-a-form",)
    yield "a question", _mail(TEXT), ASIDE, ("mail-without-a-form",)


def _dressed() -> Iterator[Case]:
    """What only looks like a file, and a workbook that looks like dressing."""
    none = ("mail-without-a-form",)
    yield "a tail that was cut off", _mail(TEXT, attached("ATT00001.htm", b"<p>EXAMPLE</p>", "text/html")), ASIDE, none
    yield (
        "a cut-off tail that is a workbook",
        _mail(TEXT, attached("ATT00001.htm", _book(), "text/html")),
        BACK,
        NOT_OURS,
    )
    style = 'Content-Type: application/vnd.ms-officetheme; name="themedata.thmx"\r\nContent-ID: <t@x>\r\n'
    theme = zipped({"[Content_Types].xml": b"<Types/>", "theme/theme/theme1.xml": b"<a/>"})
    for name, data, states, codes in (("theme", theme, ASIDE, none), ("workbook", _book(), BACK, NOT_OURS)):
        within = box(TEXT, part(data, style), kind="related", boundary="=_r")
        yield f"a {name} for a style", _mail(within), states, codes
    enriched = box(TEXT, "Content-Type: text/enriched\r\n\r\n<b>x</b>\r\n", kind="alternative", boundary="=_a")
    yield "the same words enriched", _mail(enriched), ASIDE, none
    thumb = 'Content-Type: text/vnd.google.email-reaction+json\r\n\r\n{"emoji": "+"}\r\n'
    yield "a thumb", _mail(box(TEXT, thumb, kind="alternative", boundary="=_a")), ASIDE, ()


def _odd() -> Iterator[Case]:
    """Headers and bodies that no program should have written."""
    for name, data in {
        "nothing": b"",
        "line ends": b"\r\n" * 5_000,
        "noise": bytes(range(256)) * 40,
        "only a From header": b"From:\r\n",
        "UTF-16": _mail().decode().encode("utf-16"),
    }.items():
        yield name, data, APART, UNCLEAR
    for name, data in {
        "headers without an end": b"X-A: " + b"a" * 400_000,
        "From of ten thousand addresses": _mail(From=", ".join([SENCO] * 10_000)),
    }.items():
        yield name, data, APART, ("mail-past-a-limit",)
    yield "a kind of mail nobody knows", (_heads() + "Content-Type: ;;;=\r\n\r\nx").encode(), ASIDE | APART, None
    yield (
        "an alphabet nobody knows",
        _mail("Content-Type: text/plain; charset=x-none\r\n\r\n\xff\r\n", attached(_XLSX, _book())),
        BACK,
        NOT_OURS,
    )
    yield (
        "NULs in the text",
        _mail("Content-Type: text/plain\r\n\r\n" + "\x00" * 500 + "\r\n", attached(_XLSX, _book())),
        BACK,
        NOT_OURS,
    )
    yield "line ends of Unix", _mail().replace(b"\r\n", b"\n"), BACK, NOT_OURS
    yield "line ends of the old Macintosh", _mail().replace(b"\r\n", b"\r"), BACK | APART, None
    yield "a line of a mailbox file above", b"From x Mon Sep 28 09:00:00 2026\r\n" + _mail(), BACK, NOT_OURS
    yield "a mark of byte order above", b"\xef\xbb\xbf" + _mail(), BACK | APART, None
    yield "ten thousand headers", _mail(**{f"X_{each}": "a" for each in range(10_000)}), BACK | APART, None
    subjects = {
        "a subject of line ends": "a\r\n b\r\n c",
        "a subject that gives orders": "a\r\n\tBcc: evil@x.example",
        "a subject of encoded words": "=?utf-8?B?QUFB?= " * 5_000,
        "a subject that is a formula": "=HYPERLINK(1)",
        "a subject from right to left": "\u202e\u200b\u2066gro",
        "a subject of surrogates": "\udcff\udcfe",
        "a subject in an alphabet nobody knows": "=?none-8?Q?a?=",
    }
    for name, subject in subjects.items():
        yield name, _mail(Subject=subject), BACK, NOT_OURS
    for name, moment in {
        "the year nought": "Mon, 1 Jan 0000 00:00:00 +0000",
        "the year 99999": "1 Jan 99999",
        "no date": "?",
    }.items():
        received = f"from a by {EXCHANGER} with ESMTPS id 1; {moment}"
        yield name, _mail(Date=moment, Received=received), BACK, NOT_OURS
    yield (
        "a receipt from the future",
        _mail(Received=f"by {EXCHANGER}; Mon, 28 Sep 2099 09:00:00 +0000"),
        BACK,
        NOT_OURS,
    )
    yield (
        "a receipt of another server",
        _mail(Received="by mx.evil.example; Mon, 1 Jan 2024 09:00:00 +0000"),
        BACK,
        NOT_OURS,
    )


def _ids() -> Iterator[Case]:
    """Message ids: missing, broken, endless, and one that comes twice with other contents."""
    for name, given in {
        "no id": None,
        "an empty id": "",
        "an id that breaks parsers": "<[123@>",
        "an endless id": f"<{'a' * 50_000}@{DOMAIN}>",
        "an id of blanks": "<a b@c d>",
    }.items():
        yield name, _mail(Message_ID=given), BACK, NOT_OURS
    twice = f"<twice@{DOMAIN}>"
    yield "an id", _mail(Message_ID=twice), BACK | APART, None
    yield "an id again with another form", _mail(Message_ID=twice), BACK | APART, None
