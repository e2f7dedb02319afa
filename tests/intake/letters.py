"""Mails as they come in, put together line by line. Every name and address is an EXAMPLE."""

import base64

from cluster_sheets.intake.rules import MailRules
from tests.intake.files import workbook

EXCHANGER = "mx.council.test"
RULES = MailRules(exchanger=EXCHANGER)
SENDER = "senco@oak.example"
PASSED = f"{EXCHANGER}; spf=pass smtp.mailfrom=oak.example; dmarc=pass header.from=oak.example"
WORKBOOK = workbook()
TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\nPlease find the form attached.\r\n"


Value = str | list[str] | None
"""A header's value; None leaves it out, a list repeats it."""


def heads(**changed: Value) -> str:
    """The headers of a good mail; ``_`` in a name stands for ``-``."""
    given: dict[str, Value] = {
        "Authentication-Results": PASSED,
        "Received": f"from out.oak.example by {EXCHANGER} with ESMTPS id 1; Mon, 23 Nov 2026 16:59:30 +0000",
        "From": f"Jo Example <{SENDER}>",
        "To": "cluster@council.test",
        "Subject": "Our request",
        "Message-ID": "<one@oak.example>",
        "Date": "Mon, 1 Jan 2001 00:00:00 +0000",
        "MIME-Version": "1.0",
    }
    given |= {name.replace("_", "-"): value for name, value in changed.items()}
    lines = []
    for name, value in given.items():
        values = value if isinstance(value, list) else [] if value is None else [value]
        lines += [f"{name}: {each}\r\n" for each in values]
    return "".join(lines)


def part(data: bytes, head: str) -> str:
    """A part in base64."""
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(data).decode()}"


def attached(name: str = "request.xlsx", data: bytes = WORKBOOK, kind: str = "application/octet-stream") -> str:
    """An attachment."""
    return part(data, f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n')


def logo() -> str:
    """The picture of a signature."""
    return part(
        b"\x89PNG logo", "Content-Type: image/png; name=logo.png\r\nContent-Disposition: inline\r\nContent-ID: <l>\r\n"
    )


def box(*parts: str, kind: str = "mixed", boundary: str = "=_b", closed: bool = True) -> str:
    """Parts within one another's box."""
    inner = "".join(f"--{boundary}\r\n{each}\r\n" for each in parts)
    end = f"--{boundary}--\r\n" if closed else ""
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\nA mail in parts.\r\n{inner}{end}'


def letter(*parts: str, **changed: Value) -> bytes:
    """A mail of these parts."""
    return (heads(**changed) + box(*(parts or (TEXT, attached())))).encode()
