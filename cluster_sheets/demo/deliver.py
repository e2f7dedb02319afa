"""Deliver: filled forms on their way to the inbox, as mails that our own exchanger took, or as files by themselves.

In: samples and the bytes of their filled forms. Out: (name, bytes) of what lies in the inbox, the same each time.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from cluster_sheets.demo.requests import Fate, Sample
from cluster_sheets.register.model import Register

EXCHANGER = "mx.council.example"
"""EXAMPLE name of the council's mail exchanger; the demo's register has it in ``mail_authserv_name``."""
Filled = Callable[[Sample], tuple[str, bytes]]
"""Name and bytes of a sample's filled form."""
File = tuple[str, bytes]
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_XLSM = ("application", "vnd.ms-excel.sheet.macroEnabled.12")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
_SAVED = (1980, 1, 1, 0, 0, 0)


def delivered(samples: Sequence[Sample], filled: Filled, register: Register, cluster: str) -> Iterator[File]:
    """What lies in the inbox once all of these have been sent; two that go together are in one mail."""
    to = register.mailbox(cluster)
    waiting: list[Sample] = []
    for place, each in enumerate(samples):
        waiting.append(each)
        if place + 1 < len(samples) and samples[place + 1].fate == Fate.TOGETHER:
            continue
        files = [_file(one, filled) for one in waiting]
        number, by_mail = waiting[0].number, any(one.by_mail for one in waiting)
        if by_mail:
            words = "Our form is attached." if len(files) == 1 else "Two forms are attached."
            yield f"{number:05d}.eml", mail(each.sender, to, each.sent_at, each.title, words, files, register.zone)
        else:
            yield from ((f"{number:05d} {name}", data) for name, data in files)
        waiting.clear()


def extras(samples: Sequence[Sample], filled: Filled, register: Register, cluster: str, at: datetime) -> Iterator[File]:
    """What else comes to such a mailbox: a form once more, a mail without one, an answer from a machine."""
    to, zone = register.mailbox(cluster), register.zone
    again = next(each for each in samples if each.fate == Fate.PLAIN and not each.slip)
    yield "again.eml", mail(again.sender, to, at, "Did you get this?", "Once more.", [_file(again, filled)], zone)
    yield "question.eml", mail(again.sender, to, at, "A question", "Is it four pages or five?", [], zone)
    away = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    words = "I am away until Monday."
    yield "away.eml", mail(samples[0].sender, to, at, "Automatic reply: Your form", words, [], zone, away)


def mail(
    sender: str,
    to: str,
    at: datetime,
    subject: str,
    text: str,
    files: Sequence[File],
    zone: str,
    more: dict[str, str] | None = None,
) -> bytes:
    """One mail as our exchanger hands it over, with what it found out about the sender."""
    domain = sender.rpartition("@")[2]
    told = hashlib.sha256(
        "\n".join([sender, at.isoformat(), subject, *(name for name, _ in files)]).encode()
    ).hexdigest()
    when = format_datetime(at.astimezone(ZoneInfo(zone)))
    message = EmailMessage(policy=SMTP)
    message["Received"] = (
        f"from mail.{domain} (mail.{domain} [192.0.2.25]) by {EXCHANGER} with ESMTPS id {told[:12]}; {when}"
    )
    message["Authentication-Results"] = f"{EXCHANGER}; dmarc=pass header.from={domain}; spf=pass smtp.mailfrom={domain}"
    message["From"], message["To"], message["Subject"], message["Date"] = sender, to, subject, when
    message["Message-ID"] = f"<{told[:24]}@{domain}>"
    for name, value in (more or {}).items():
        message[name] = value
    message.set_content(f"Hello,\n\n{text}\n\nEXAMPLE: this mail is invented.\n")
    for name, data in files:
        main, sub = _XLSM if name.endswith(".xlsm") else _XLSX
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if files:
        message.set_boundary(f"=_{told[24:48]}")
    return message.as_bytes()


def _file(sample: Sample, filled: Filled) -> File:
    name, data = filled(sample)
    if sample.fate == Fate.BROKEN:
        return name, data[: len(data) * 3 // 5]
    if sample.fate == Fate.MACRO:
        return name.removesuffix(".xlsx") + ".xlsm", with_macro(data)
    return name, data


def with_macro(data: bytes) -> bytes:
    """The workbook with a macro's place in it; there is nothing in the macro."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {name: source.read(name) for name in source.namelist()} | {"xl/vbaProject.bin": _OLE}
        for name, part in parts.items():
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
                )
            entry = zipfile.ZipInfo(name, _SAVED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return target.getvalue()
