"""One reply, from what the store knows of a submission to the bytes of its message."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, count
from typing import TYPE_CHECKING

from cluster_sheets.base import reference
from cluster_sheets.base.finding import Finding
from cluster_sheets.form.declared import Form
from cluster_sheets.form.filled import Scheme, Stamp
from cluster_sheets.form.keys import STAMP_PARTS
from cluster_sheets.register.model import CANCELLED, Came, Meeting, Register
from cluster_sheets.replies import wording
from cluster_sheets.replies.eml import Attached, Envelope, eml
from cluster_sheets.replies.form_name import number_in_words, school_in_names
from cluster_sheets.replies.html import html
from cluster_sheets.replies.marked import Back, layout_of, marked_up
from cluster_sheets.replies.message import MEND, NOTE, REFUSED, Told, blocks, subject
from cluster_sheets.replies.plain import plain
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.replies.told import Item, Spot, as_copied, as_sent, items
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.provenance import Provenance
from cluster_sheets.store.replies import Reply
from cluster_sheets.store.units import Unit
from cluster_sheets.verdict import decided
from cluster_sheets.verdict.meeting import counts_still
from cluster_sheets.verdict.submission import MARK

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm


@dataclass(frozen=True, slots=True)
class Part:
    """One verdict that a message tells, and all that the store knows of what it is about."""

    kind: str
    unit: Unit
    origin: Provenance
    issued: IssuedForm | None
    findings: tuple[Finding, ...]
    first_received: datetime
    """When the first submission of its form came."""
    stands: datetime | None = None
    """When an earlier submission of its form came that was accepted and stands."""

    @property
    def round(self) -> str:
        """The round it is an answer to; not its form's where the register has that under another name by now."""
        return self.unit.round or (self.issued.round if self.issued else "")


@dataclass(frozen=True, slots=True)
class Due:
    """One message that is to be written."""

    reply: Reply
    parts: tuple[Part, ...]
    """In the order they stood in the school's mail."""
    to: str
    sender: str
    """The cluster's mailbox."""

    @property
    def at(self) -> datetime:
        """The moment of the verdict."""
        return self.reply.judged_at

    @property
    def copied(self) -> tuple[str, ...]:
        """Units whose answers go back in a marked-up copy."""
        return tuple(part.unit.unit_id for part in self.parts if part.kind == MEND)


def cluster_of(register: Register, issued: IssuedForm | None, urn: str | None, at: datetime) -> str:
    """The cluster that a submission belongs to: its form's, else its school's at that moment."""
    return issued.cluster if issued else register.cluster_of(urn or "", register.day_of(at))


class Writer:
    """Writes messages under one register. Made once for all that are due."""

    def __init__(self, store: Store, register: Register, form: Form) -> None:
        self._store, self._register, self._form = store, register, form
        self._schemes: dict[tuple[str, date], Scheme] = {}
        self.copies: dict[str, str] = {}
        """Sha256 of the copy that was made of a unit, by its id; for marks of what went out."""

    def written(self, due: Due, raws: Mapping[str, "RawForm"]) -> bytes:
        """The message, with a marked-up copy for each unit that there are answers of to send back."""
        told: list[Told] = []
        copies: list[Attached] = []
        for part in due.parts:
            raw = raws.get(part.unit.unit_id)
            told.append(self._told(due, part, raw, taken={each.copy for each in told}))
            if raw is not None:
                copies.append(Attached(told[-1].copy, self._copy(due, part, raw, told[-1])))
        about = subject(told)
        envelope = Envelope(
            sender=due.sender,
            sender_name=told[0].signed,
            to=due.to,
            subject=about,
            at=due.at,
            message_id=due.reply.message_id,
            in_reply_to=f"<{due.parts[0].origin.message_id.strip('<>')}>",
            kind=due.reply.kind,
        )
        said = blocks(told)
        return eml(envelope, plain(said), html(about, said), copies)

    def _told(self, due: Due, part: Part, raw: "RawForm | None", taken: Collection[str]) -> Told:
        spot = as_sent(self._form) if raw is None else as_copied(layout_of(self._form, raw), raw)
        cluster = cluster_of(self._register, part.issued, part.origin.urn, part.unit.received_at)
        meeting, until = self._until(due, part, cluster)
        number = number_in_words(part.issued) if part.issued else ""
        return Told(
            kind=part.kind,
            items=tuple(_of_mark(each, part) for each in self._items(part, spot)),
            form=f"form {part.issued.form_id}" if part.issued else "",
            number=number,
            reference=part.unit.application_ref or "",
            received=wording.moment_in_words(part.unit.received_at, self._register.zone),
            meeting=wording.meeting_in_words(self._register, meeting) if meeting else "",
            deadline=wording.moment_in_words(until, self._register.zone) if until else "",
            signed=f"{wording.cluster_name(self._register, cluster)} cluster",
            mailbox=due.sender,
            copy="" if raw is None else self._copy_name(part, number, taken),
            stands=wording.moment_in_words(part.stands, self._register.zone) if part.stands else "",
        )

    def _items(self, part: Part, spot: Callable[[Finding], Spot]) -> tuple[Item, ...]:
        """What is told of its findings: where what was decided stands, that alone; nothing else is left to do."""
        stands = [
            each for each in part.findings if part.kind == NOTE and each.code in (decided.STANDS, decided.REFUSED)
        ]
        told = items(self._form, stands or part.findings, spot, self._label)
        return tuple(
            replace(each, mend=wording.STAYS, example="") if stands and each.code == decided.REFUSED else each
            for each in told
        )

    def _copy_name(self, part: Part, number: str, taken: Collection[str]) -> str:
        """``Abbey Hulton Primary School form 1 to mend.xlsx``; told apart where one message has two of a name."""
        school = self._register.schools[part.origin.urn or ""]
        name = " ".join(each for each in (school_in_names(self._register, school), number, "to mend") if each)
        again = (f"{name} {turn}.xlsx" for turn in count(2))
        return next(each for each in chain([f"{name}.xlsx"], again) if each not in taken)

    def _until(self, due: Due, part: Part, cluster: str) -> tuple[Meeting | None, datetime | None]:
        """(the meeting it counts for, until when a change counts for it; None where that is over)."""
        meeting = self._register.meeting(part.unit.meeting or "")
        if part.kind in (MEND, REFUSED) and not part.issued:
            # Nothing ties what comes next to this file, so it will be a first submission.
            meeting = self._next_to_close(cluster, due.at)
            return meeting, meeting.closes_at if meeting else None
        if part.kind in (MEND, REFUSED):
            meeting = counts_still(self._register, part.round, meeting, Came(part.first_received, due.at))
            return meeting, meeting.fix_by if meeting else None
        return meeting, meeting.fix_by if meeting and due.at <= meeting.fix_by else None

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

    def _copy(self, due: Due, part: Part, raw: "RawForm", told: Told) -> bytes:
        cluster = cluster_of(self._register, part.issued, part.origin.urn, part.unit.received_at)
        own = self._register.meeting(part.round) if part.issued else None
        offered = self._scheme(cluster, own.day if own else self._register.day_of(due.at))
        school = self._register.schools[part.origin.urn or ""]
        lead = wording.returned_lead(school.name, told.number, told.received)
        back = Back(offered, self._stamp(part, raw), lead, due.sender, told.deadline)
        made = marked_up(self._form, raw, told.items, back)
        self.copies[part.unit.unit_id] = hashlib.sha256(made).hexdigest()
        return made

    def _stamp(self, part: Part, raw: "RawForm") -> Stamp:
        """The stamp of the copy: the form stays the same, its version is the one we give out now."""
        if part.issued is None:
            had = {name: next(iter(raw.stamp.get(name, ())), "") for name in STAMP_PARTS}
            # What is left of a mark stays, but not that of another school's form.
            return Stamp(*(had[name] if had["urn"] in ("", part.origin.urn) else "" for name in STAMP_PARTS))
        version = self._register.settings.text("template_version")
        parts = (part.issued.form_id, part.issued.urn, part.issued.cluster, part.round, version)
        return Stamp(*parts, reference.stamp(self._store.key, *parts))


def _of_mark(item: Item, part: Part) -> Item:
    """What to do about a mark that does not hold, where the form goes back: its rule speaks of what was accepted."""
    if part.kind != MEND or not item.code.startswith(MARK):
        return item
    mend = wording.MARK_OF_COPY.format(number=number_in_words(part.issued)) if part.issued else wording.OWN_FORM
    return replace(item, mend=mend, example="")
