"""One reply, from what the store knows of a submission to the bytes of its message."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cluster_sheets.base import reference
from cluster_sheets.base.finding import Finding
from cluster_sheets.form.declared import Form
from cluster_sheets.form.filled import Scheme, Stamp
from cluster_sheets.form.keys import STAMP_PARTS
from cluster_sheets.register.model import CANCELLED, Meeting, Register
from cluster_sheets.replies import wording
from cluster_sheets.replies.eml import Attached, Envelope, eml
from cluster_sheets.replies.form_name import number_in_words, school_in_names
from cluster_sheets.replies.marked import Back, layout_of, marked_up
from cluster_sheets.replies.message import MEND, REFUSED, Told, subject, text
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.replies.told import as_copied, as_sent, items
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.provenance import Provenance
from cluster_sheets.store.replies import Reply
from cluster_sheets.store.units import Unit

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm


@dataclass(frozen=True, slots=True)
class Due:
    """One reply and all that the store knows of what it is about."""

    reply: Reply
    unit: Unit
    origin: Provenance
    issued: IssuedForm | None
    findings: tuple[Finding, ...]
    first_received: datetime
    """When the first submission of its form came."""
    to: str
    sender: str
    """The cluster's mailbox."""

    @property
    def at(self) -> datetime:
        """The moment of the verdict."""
        return self.unit.judged_at or self.unit.received_at


def cluster_of(register: Register, issued: IssuedForm | None, urn: str | None, at: datetime) -> str:
    """The cluster that a submission belongs to: its form's, else its school's at that moment."""
    if issued:
        return issued.cluster
    school = register.schools.get(urn or "")
    day = register.day_of(at)
    return next((each.cluster for each in school.memberships if each.covers(day)), "") if school else ""


class Writer:
    """Writes messages under one register. Made once for all that are due."""

    def __init__(self, store: Store, register: Register, form: Form) -> None:
        self._store, self._register, self._form = store, register, form
        self._schemes: dict[tuple[str, date], Scheme] = {}

    def written(self, due: Due, raw: "RawForm | None") -> bytes:
        """The message, with the marked-up copy where there are answers to send back."""
        spot = as_sent(self._form) if raw is None else as_copied(layout_of(self._form, raw), raw)
        cluster = cluster_of(self._register, due.issued, due.origin.urn, due.unit.received_at)
        meeting, until = self._until(due, cluster)
        told = Told(
            kind=due.reply.kind,
            items=items(self._form, due.findings, spot, self._label),
            form=f"form {due.issued.form_id}" if due.issued else "",
            number=number_in_words(due.issued) if due.issued else "",
            reference=due.unit.application_ref or "",
            received=wording.moment_in_words(due.unit.received_at, self._register.zone),
            meeting=wording.meeting_in_words(self._register, meeting) if meeting else "",
            deadline=wording.moment_in_words(until, self._register.zone) if until else "",
            signed=f"{wording.cluster_name(self._register, cluster)} cluster",
            mailbox=due.sender,
            with_copy=raw is not None,
        )
        attached = None if raw is None else self._copy(due, cluster, raw, told)
        envelope = Envelope(
            sender=due.sender,
            sender_name=told.signed,
            to=due.to,
            subject=subject(told),
            at=due.at,
            message_id=due.reply.message_id,
            in_reply_to=due.origin.message_id,
            kind=due.reply.kind,
        )
        return eml(envelope, text(told), attached)

    def _until(self, due: Due, cluster: str) -> tuple[Meeting | None, datetime | None]:
        """(the meeting it counts for, until when a change counts for it; None where that is over)."""
        meeting = self._register.meeting(due.unit.meeting or "")
        if due.reply.kind == REFUSED and not due.issued:
            # Nothing ties what comes next to this file, so it will be a first submission.
            meeting = self._next_to_close(cluster, due.at)
            return meeting, meeting.closes_at if meeting else None
        if meeting and due.at <= meeting.fix_by:
            return meeting, meeting.fix_by
        if due.reply.kind in (MEND, REFUSED) and due.issued:
            meeting = self._register.meeting_for(due.issued.round, due.first_received, due.at)
            return meeting, meeting.fix_by if meeting else None
        return meeting, None

    def _next_to_close(self, cluster: str, at: datetime) -> Meeting | None:
        meetings = self._register.cluster_meetings(cluster)
        return next((each for each in meetings if at <= each.closes_at and each.status != CANCELLED), None)

    def _label(self, label: str) -> str:
        """A label with the settings it names filled in."""
        return self._scheme("", date.min).told(label) if "{" in label else label

    def _scheme(self, cluster: str, day: date) -> Scheme:
        if (cluster, day) not in self._schemes:
            self._schemes[cluster, day] = scheme(self._register, cluster, day)
        return self._schemes[cluster, day]

    def _copy(self, due: Due, cluster: str, raw: "RawForm", told: Told) -> Attached:
        own = self._register.meeting(due.issued.round) if due.issued else None
        offered = self._scheme(cluster, own.day if own else self._register.day_of(due.at))
        school = self._register.schools[due.origin.urn or ""]
        lead = wording.returned_lead(school.name, told.number, told.received)
        back = Back(offered, self._stamp(due, raw), lead, due.sender, told.deadline)
        data = marked_up(self._form, raw, told.items, back)
        name = " ".join(part for part in (school_in_names(self._register, school), told.number, "to mend") if part)
        return Attached(f"{name}.xlsx", data)

    def _stamp(self, due: Due, raw: "RawForm") -> Stamp:
        """The stamp of the copy: the form stays the same, its version is the one we give out now."""
        if due.issued is None:
            return Stamp(*(next(iter(raw.stamp.get(part, ())), "") for part in STAMP_PARTS))
        version = self._register.settings.text("template_version")
        parts = (due.issued.form_id, due.issued.urn, due.issued.cluster, due.issued.round, version)
        return Stamp(*parts, reference.stamp(self._store.key, *parts))
