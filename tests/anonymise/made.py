"""A finder of the register that ships, and small records; every name is an EXAMPLE."""

from datetime import date

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.redact import Redacted, redacted
from cluster_sheets.base.record import Record, Value
from cluster_sheets.form.shipped import form
from tests.register.made import REGISTER

FORM = form("application")
FINDER = Finder.of(REGISTER)
OWN: dict[str, Value] = {
    "headteacher_name": "Jo Example",
    "contact_name": "Mrs Zsofia Okonkwo-Brand",
    "contact_email": "z.okonkwo@oakhill.example",
    "beneficiary": "PUPIL_GROUP",
    "start_date": date(2026, 11, 2),
}


def record(**form_answers: Value) -> Record:
    """A record with people of its own and these answers."""
    return Record(OWN | form_answers, {"pupils": ({"upn": "R999000015001"},)})


def redact(summary: str, **more: Value) -> Redacted:
    """What becomes of one box."""
    return redacted(FORM, record(summary=summary, **more), FINDER)


def shown(summary: str, **more: Value) -> str:
    """The box as the panel reads it while nothing is answered."""
    return redact(summary, **more).texts["summary"]


def asked(summary: str, **more: Value) -> list[tuple[str, str]]:
    """(kind, words) of each doubt."""
    return [(each.kind, each.words) for each in redact(summary, **more).doubts]
