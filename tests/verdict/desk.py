"""A store with issued forms, where workbooks come in one after another; every name is an EXAMPLE."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.intake.pool import Refused
from cluster_sheets.intake.take_in import MailRules
from cluster_sheets.register.model import Register
from cluster_sheets.store import (
    blobs,
    findings,
    forms,
    mails,
    provenance,
    questions,
    replies,
    units,
)
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.judging import Judge
from cluster_sheets.verdict.understanding import Told
from tests.checks.batch import raw
from tests.requests import Request, project
from tests.verdict.made import FORM, KEY, NIGHT, OTHER, URN, issued, register, stamp_of

REGISTER = register(mail_authserv_name="mx.council.example")
FINDER = Finder.of(REGISTER)
HOUR = timedelta(hours=1)
TODAY = REGISTER.day_of(NIGHT)
SCHOOL = REGISTER.schools[URN].name


def asked(request: Request | None = None, **changes: object) -> Request:
    """A good request of the school whose form it is."""
    told = {"school_name": SCHOOL, "school_urn": URN, "start_date": (request or project()).form["start_date"]}
    return (request or project()).but(**{**told, **changes})  # type: ignore[arg-type]


@dataclass
class Desk:
    """A store with issued forms, where workbooks come in one after another."""

    store: Store
    register: Register = REGISTER
    told: dict[str, Told] = field(default_factory=dict)
    now: datetime = NIGHT

    def come(
        self,
        request: Request | Refused,
        form: IssuedForm | None = None,
        sender: str = "",
        verified: bool = True,
        content: bytes = b"",
    ) -> Unit:
        """One workbook comes, by a mail of ``sender`` or as a bare file; an hour after the last."""
        content = content or f"EXAMPLE {len(self.told)}".encode()
        data = mail_of(content, sender, verified) if sender else content
        sha256 = hashlib.sha256(data).hexdigest()
        file_sha256 = hashlib.sha256(content).hexdigest()
        with self.store.transaction():
            blobs.keep_many(self.store, [data])
            mails.add_many(self.store, [mails.Mail(sha256, "mail" if sender else "file", self.now, NIGHT)])
            unit = Unit(sha256[:16], sha256, file_sha256, 0, self.now, NIGHT)
            units.add_many(self.store, [unit])
            provenance.put_many(
                self.store, [provenance.Provenance(unit.unit_id, sha256, None, None, sender, "request.xlsx")]
            )
        self.now += HOUR
        if isinstance(request, Refused):
            self.told[unit.unit_id] = request
        else:
            made = raw(request)
            made.stamp = stamp_of(form) if form else {}
            made.stamp_place = ["Start here", "C20"]
            self.told[unit.unit_id] = made.told()
        return unit

    def read(self, files: Sequence[tuple[str, bytes]]) -> Mapping[str, Told]:
        """Stands for the worker."""
        return {unit_id: self.told[unit_id] for unit_id, _ in files}

    def judge(self, *, at_once: int = 100) -> None:
        """A night's judging of all that is held, then of all that waits."""
        judge = Judge(self.store, self.register, FORM, FINDER, MailRules.of(self.register.settings), self.now)
        waiting = (*units.held(self.store), *units.pending(self.store))
        for start in range(0, len(waiting), at_once):
            judge.judge(waiting[start : start + at_once], self.read)

    def answer(self, unit: Unit, said: str) -> None:
        """The admin answers the question about a held unit."""
        (question,) = (each for each in questions.of_units(self.store, [unit.unit_id]) if each.kind == "held")
        with self.store.transaction():
            questions.answer_many(self.store, [(question.question_id, said)], self.now)

    def of(self, unit: Unit) -> Unit:
        """The unit as it now stands."""
        return units.get_many(self.store, [unit.unit_id])[unit.unit_id]

    def state(self, unit: Unit) -> tuple[State, str]:
        """(state, reason) of a unit."""
        return self.of(unit).state, self.of(unit).reason

    def codes(self, unit: Unit) -> list[str]:
        """Codes of its findings."""
        return [each.code for each in findings.of_units(self.store, [unit.unit_id]).get(unit.unit_id, ())]

    def kinds(self, unit: Unit) -> list[str]:
        """Kinds of the replies about it."""
        return [each.kind for each in replies.verdicts_of(self.store, [unit.unit_id])]


def mail_of(content: bytes, sender: str, verified: bool) -> bytes:
    """A mail with one workbook, as our exchanger hands it on."""
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Authentication-Results"] = f"mx.council.example; dmarc={'pass' if verified else 'none'}"
    mail["From"], mail["To"], mail["Subject"] = sender, "cluster@council.example", "Our request"
    mail["Message-ID"] = f"<{hashlib.sha256(content).hexdigest()[:12]}@school.example>"
    mail.set_content("Attached.")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="request.xlsx")
    return mail.as_bytes()


ONE, TWO, THREE = (issued(number=number) for number in (1, 2, 3))
OTHERS = issued(urn=OTHER)


@contextmanager
def made(workspace: Path) -> Iterator[Desk]:
    with Store.open(workspace, create=True, key=KEY) as store:
        with store.transaction():
            forms.issue_many(store, [ONE, TWO, THREE, OTHERS])
        yield Desk(store)
