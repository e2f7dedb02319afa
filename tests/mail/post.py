"""What comes to a cluster's mailbox in some weeks, good and bad, each mail with a number of its own and its kind.

Every school is the pilot's; every request, person and address is an EXAMPLE.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import count

from cluster_sheets.demo import bulk, deliver
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.play import CLUSTER, START
from cluster_sheets.demo.requests import BENCH, Sample, samples
from cluster_sheets.night.workspace import Night
from cluster_sheets.store.replies import OWN_DOMAIN

NUMBER = "X-Example-Number"
"""A header that each mail is known by wherever it lies."""
PROCESSED, HELD, QUARANTINE = "Processed", "Held", "Quarantine"


class Kind(Enum):
    """What a mail is, and the folder it belongs in."""

    GOOD = "a form", PROCESSED
    AMENDED = "the same form, changed", PROCESSED
    AGAIN = "the same workbook once more", PROCESSED
    FORWARDED = "a form that a colleague passes on", PROCESSED
    AWAY = "an out-of-office reply", PROCESSED
    BOUNCE = "a delivery report", PROCESSED
    QUESTION = "a mail without a form", PROCESSED
    SPOOFED = "a known address that our exchanger could not verify", HELD
    STRANGER = "an address that nobody knows", HELD
    TWO_FROM = "two From headers", QUARANTINE
    BROKEN = "an attachment that does not decode", QUARANTINE
    CROOKED_ID = "a Message-ID that breaks parsers, on a form that does not decode", QUARANTINE
    SAME_ID = "another form under a Message-ID that was there before", QUARANTINE

    @property
    def folder(self) -> str:
        """Where it is to lie in the end."""
        return self.value[1]


@dataclass(frozen=True)
class Letter:
    """One mail."""

    number: int
    kind: Kind
    raw: bytes
    sender: str
    """The envelope's; empty for what machines send."""


class Post:
    """Makes mails of a workspace whose forms it issues; each form is used once, and amended at most once."""

    def __init__(self, night: Night, size: int, seed: int = 1) -> None:
        self._register, self._numbers = night.register, count(1)
        self._to = night.register.mailbox(CLUSTER)
        made = samples(night.register, size, seed, CLUSTER, START, BENCH)
        filled = bulk.filled(night.store, night.register, night.form, CLUSTER, size, seed, START)
        self._fresh = iter(list(zip(made, [data for _, data in filled], strict=True)))
        self._sent: list[tuple[Sample, bytes, bytes]] = []
        """(sample, its workbook, the mail) of good ones."""

    def mails(self, counts: dict[Kind, int]) -> list[Letter]:
        """So many of each kind, the good ones first: others hang on them."""
        make = {kind: getattr(self, f"_{kind.name.lower()}") for kind in Kind}
        wanted = [kind for kind in Kind for _ in range(counts.get(kind, 0))]
        return [self._letter(kind, *make[kind](place)) for place, kind in enumerate(wanted)]

    def _letter(self, kind: Kind, raw: bytes, sender: str) -> Letter:
        number = next(self._numbers)
        return Letter(number, kind, f"{NUMBER}: {number}\r\n".encode() + raw, sender)

    def _mail(self, sample: Sample, data: bytes, later: int = 0, text: str = "Our form is attached.") -> bytes:
        at = sample.sent_at + timedelta(minutes=later)
        files = [(f"form {sample.number}.xlsx", data)]
        return deliver.mail(sample.sender, self._to, at, sample.title, text, files, self._register.zone)

    def _good(self, _: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        raw = self._mail(sample, data)
        self._sent.append((sample, data, raw))
        return raw, sample.sender

    def _amended(self, place: int) -> tuple[bytes, str]:
        sample, data, _ = self._sent[place % len(self._sent)]
        answers = {**sample.typed.answers, "minimum_viable": ""}
        changed = Blank(data).filled(answers, sample.typed.lines)
        return self._mail(sample, changed, 90, "We changed something."), sample.sender

    def _again(self, place: int) -> tuple[bytes, str]:
        sample, data, _ = self._sent[place % len(self._sent)]
        return self._mail(sample, data, 30, "Did you get this?"), sample.sender

    def _forwarded(self, _: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        inner = self._mail(replace(sample, sender="deputy@home.example"), data)
        outer = self._without_form(sample, f"Fwd: {sample.title}", "Passed on.")
        return _with(outer, inner), sample.sender

    def _without_form(self, sample: Sample, subject: str, text: str, **more: str) -> bytes:
        heads = {name.replace("_", "-"): value for name, value in more.items()}
        at = sample.sent_at + timedelta(minutes=next(self._numbers) % 50)
        return deliver.mail(sample.sender, self._to, at, subject, text, [], self._register.zone, heads)

    def _away(self, place: int) -> tuple[bytes, str]:
        sample = self._sent[place % len(self._sent)][0]
        raw = self._without_form(sample, f"Automatic reply {place}", "I am away.", Auto_Submitted="auto-replied")
        return raw, ""

    def _bounce(self, place: int) -> tuple[bytes, str]:
        return bounce(self._to, f"<receipt.unknown-{place}.1.1@{OWN_DOMAIN}>", START + timedelta(minutes=place)), ""

    def _question(self, place: int) -> tuple[bytes, str]:
        sample = self._sent[place % len(self._sent)][0]
        return self._without_form(sample, f"A question {place}", "Is it four pages or five?"), sample.sender

    def _spoofed(self, _: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        raw = self._mail(sample, data)
        return raw.replace(b"dmarc=pass", b"dmarc=fail", 1), "someone@elsewhere.example"

    def _stranger(self, place: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        sender = f"agency{place}@agency.example"
        return self._mail(replace(sample, sender=sender), data), sender

    def _two_from(self, _: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        return b"From: EXAMPLE <other@elsewhere.example>\r\n" + self._mail(sample, data), sample.sender

    def _broken(self, _: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        return _undecodable(self._mail(sample, data)), sample.sender

    def _crooked_id(self, place: int) -> tuple[bytes, str]:
        raw, sender = self._broken(place)
        return raw.replace(b"Message-ID: <", f"Message-ID: <[{place}@>\r\nX-Example-Old: <".encode(), 1), sender

    def _same_id(self, place: int) -> tuple[bytes, str]:
        sample, data = next(self._fresh)
        first, _, old = self._sent[place % len(self._sent)]
        raw = self._mail(replace(sample, sent_at=first.sent_at), data, 60)
        return raw.replace(_message_id(raw), _message_id(old)), sample.sender


def bounce(to: str, message_id: str, at: datetime, gone: str = "gone@school.example") -> bytes:
    """A delivery report about a message of ours, as a mail server writes it."""
    told = "From: MAILER-DAEMON@mx.school.example\n"
    told += f"To: {to}\nSubject: Undelivered Mail\nMessage-ID: <{at:%Y%m%d%H%M%S}@mx.school.example>\n"
    told += "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
    told += 'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n'
    parts = {
        "text/plain": "EXAMPLE: your message could not be delivered.",
        "message/delivery-status": f"Final-Recipient: rfc822; {gone}\nAction: failed\nStatus: 5.1.1",
        "text/rfc822-headers": f"Message-ID: {message_id}",
    }
    told += "".join(f"--=_b\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts.items())
    return f"{told}--=_b--\n".replace("\n", "\r\n").encode()


def numbers(mails: Sequence[bytes]) -> list[int]:
    """The numbers of mails, as they lie in a folder."""
    return sorted(number(raw) for raw in mails)


def number(raw: bytes) -> int:
    """The number of a mail."""
    line = next(line for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n") if line.startswith(NUMBER.encode()))
    return int(line.split(b":")[1])


def _message_id(raw: bytes) -> bytes:
    return next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:"))


def _undecodable(raw: bytes) -> bytes:
    """The mail with a hole in the base64 of its attachment."""
    head, mark, body = raw.rpartition(b"Content-Transfer-Encoding: base64")
    start, gap, rest = body.partition(b"\r\n\r\n")
    return head + mark + start + gap + b"UEsDB%%%" + rest[9:]


def _with(outer: bytes, inner: bytes) -> bytes:
    """A mail that has another within it."""
    head, _, body = outer.partition(b"\r\n\r\n")
    kept = [
        line for line in head.split(b"\r\n")
        if not line.lower().startswith((b"content-", b"mime-version"))
    ]  # fmt: skip
    mark = b"=_example-forward"
    return b"\r\n".join([
        *kept, b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="' + mark + b'"', b"",
        b"--" + mark, b"Content-Type: text/plain", b"", body,
        b"--" + mark, b"Content-Type: message/rfc822", b"", inner, b"--" + mark + b"--", b"",
    ])  # fmt: skip
