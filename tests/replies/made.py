"""A workspace with issued forms and verdicts that wait to be told; every name is an EXAMPLE of the shipped register."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.form.shipped import form
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.replies.issue import issue
from cluster_sheets.replies.stage import Attempt, outright, write_due
from cluster_sheets.store import blobs, findings, forms, mails, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import About, OutboxState, Reply
from cluster_sheets.store.units import ReplyState, State, Unit
from tests.checks.batch import judged, raw
from tests.register.made import REGISTER
from tests.requests import OWN, Request
from tests.store.made import KEY

FORM = form("application")
ROUND = "CEN-2627-A1"
SCHOOL = "Abbey Hulton Primary School"
"""Of URN OWN."""
SENT = datetime(2026, 9, 28, 8, 14, tzinfo=UTC)
NIGHT = datetime(2026, 9, 29, 1, 0, tzinfo=UTC)
ISSUED = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
STATES = {
    "receipt": State.ACCEPTED,
    "late": State.ACCEPTED,
    "mend": State.RETURNED,
    "held": State.HELD,
    "refused": State.QUARANTINED,
    "note": State.SET_ASIDE,
}


@dataclass
class Workspace:
    """One workspace, and the raw answers of what came to it."""

    store: Store
    places: Places
    raw: dict[str, RawForm]
    asked: list[tuple[str, ...]]
    """Units that raw answers were asked for, call by call."""

    def raw_of(self, unit_ids: Collection[str]) -> Mapping[str, RawForm]:
        """What the night gives to the stage."""
        self.asked.append(tuple(unit_ids))
        return {unit_id: self.raw[unit_id] for unit_id in unit_ids if unit_id in self.raw}

    def write(self, attempt: Attempt = outright) -> None:
        """Writes what is due."""
        write_due(self.store, self.places, REGISTER, FORM, self.raw_of, NIGHT, attempt=attempt)

    def message(self, unit: Unit) -> EmailMessage:
        """The one message about a unit."""
        (path,) = self.places.outbox.glob(f"{unit.unit_id}-*.eml")
        return parsed(path.read_bytes())


def parsed(data: bytes) -> EmailMessage:
    """A message as Python's own library reads it, without a complaint."""
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


@contextmanager
def workspace(root: Path) -> Iterator[Workspace]:
    """A workspace whose first school has its three forms."""
    with Store.open(root, create=True, key=KEY) as store:
        made = Workspace(store, Places(root), {}, [])
        issue(store, made.places, REGISTER, FORM, ROUND, ISSUED, urns=(OWN,))
        yield made


def issued(store: Store, number: int = 1) -> IssuedForm:
    """A form of the first school."""
    return next(each for each in forms.of_round(store, ROUND) if each.urn == OWN and each.number == number)


def came(
    into: Workspace,
    kind: str,
    found: Sequence[Finding] = (),
    request: Request | RawForm | None = None,
    content: bytes = b"EXAMPLE workbook",
    *,
    urn: str = OWN,
    about: IssuedForm | None = None,
    at: datetime = NIGHT,
    **given: object,
) -> Unit:
    """A submission with a verdict whose reply is due."""
    store = into.store
    sha256 = hashlib.sha256(content).hexdigest()
    unit_id = sha256[:16]
    returns, queries, notes = (sum(each.severity == one for each in found) for one in Severity)
    unit = replace(
        Unit(unit_id, sha256, sha256, 0, SENT, NIGHT),
        state=STATES[kind],
        form_ref=forms.form_ref(store, about.form_id) if about else None,
        version=1,
        meeting=ROUND,
        judged_at=at,
        reply=ReplyState.DUE,
        returns=returns,
        queries=queries,
        notes=notes,
        **given,  # type: ignore[arg-type]
    )
    origin = provenance.Provenance(
        unit_id, sha256, about.form_id if about else None, urn, "senco@abbey-hulton.example", "our bid FINAL.xlsx",
        "A bid for Ivy", "<abc.1@abbey-hulton.example>",
    )  # fmt: skip
    with store.transaction():
        blobs.keep_many(store, [content])
        mails.add_many(store, [mails.Mail(sha256, "file", SENT, NIGHT)])
        units.add_many(store, [unit])
        provenance.put_many(store, [origin])
        findings.replace_many(store, [(unit_id, found)])
        verdict = About(unit_id, kind, 1, 1, f"<{kind}.{unit_id}.1.1@{replies.OWN_DOMAIN}>")
        path = f"outbox/{unit_id}-{kind}.eml"
        reply = Reply(verdict.message_id, replies.thread_of(store, sha256, urn), kind, OutboxState.DUE, path, at)
        replies.save_many(store, [reply], [verdict])
    if request is not None:
        into.raw[unit_id] = raw(request) if isinstance(request, Request) else request
    return unit


def found_in(request: Request) -> tuple[Finding, ...]:
    """What the rules say of a request."""
    return judged(request)[0]
