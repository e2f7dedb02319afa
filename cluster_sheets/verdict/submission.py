"""Submission: one unit on its way to a verdict, and what has been found out about it so far."""

from dataclasses import dataclass, field
from datetime import datetime

from cluster_sheets.base import columns
from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.arrived import Arrived
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.reading.typed import TypedForm
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.decided import STANDS
from cluster_sheets.verdict.meeting import Waits
from cluster_sheets.verdict.sender import Sender
from cluster_sheets.verdict.stamp import Stamped

ALONE = ("not-our-form", "version-not-taken", "two-requests-in-one-file")
"""Codes, beside those of files and mails, that speak alone."""
QUARANTINED = (
    "file-unsafe-zip", "file-unsafe-xml", "file-past-a-limit", "file-stops-the-reader", "file-damaged-in-mail",
    "mail-past-a-limit", "mail-sender-unclear", "mail-not-readable", "mail-outlook-file", "message-id-again",
)  # fmt: skip
"""Codes after which a unit is set apart unread (their rules say so)."""
MARK = "stamp-"
"""How codes begin that say a form's mark does not hold."""
IDENTITY = (MARK, "sender-")
"""How codes begin that leave open whose a form is: a person says so before anybody is answered."""
ACCEPT, RETURN = "accept", "return"
"""Answers to a held submission."""


@dataclass(slots=True)
class Submission:
    """One unit while it is judged."""

    unit: Unit
    arrived: Arrived
    sender: Sender
    raw: RawForm | None = None
    stamped: Stamped | None = None
    form: IssuedForm | None = None
    """The form it counts for: its stamp's, or the one the admin's answer gave it."""
    typed: TypedForm | None = None
    named: tuple[str, ...] = ()
    """URNs that the workbook itself names a school by: its own, and that of the name that was chosen."""
    round: str = ""
    """The round it is an answer to: its form's, else the one it would count in once accepted; empty for none."""
    waits: Waits = field(default_factory=lambda: Waits(None))
    earlier: tuple[Unit, ...] = ()
    """Submissions of the same form that came before, in order."""
    later: tuple[Unit, ...] = ()
    """Those that came after it and stand, in order: they were judged before it, on an earlier night."""
    passed_on: bool = False
    """A meeting has passed its request on to contingency."""
    findings: list[Finding] = field(default_factory=list)
    let_out: bool = False
    """A person let it out of quarantine."""
    answer: str | None = None
    """What the admin said of it: ACCEPT or RETURN."""
    asked_anew: bool = False
    """The admin answered before a meeting decided: what was said counts no more."""
    settled: State | None = None
    """Its verdict, where that needed no reading."""
    reason: str = ""
    """Why it was settled."""
    superseded_by: str | None = None
    """The newer submission that it gave way to as soon as it was judged."""
    would_go_back: bool = False
    """It would have gone back, had it not given way."""

    @property
    def urn(self) -> str | None:
        """The school that is told of it; None where none is sure.

        Where no form is known, that is one that the workbook names, of those that its sender speaks for: what is sent
        back holds the answers, and a school that the file does not name must not read them.
        """
        return self.form.urn if self.form else self.sender.school(self.named)

    @property
    def meant(self) -> str | None:
        """The school it counts for once the admin accepts it; None where the workbook leaves that open."""
        if self.form is None and len(self.named) == 1:
            return self.named[0]
        return self.urn

    @property
    def before(self) -> str:
        """Id of the meeting it comes before; of its round where it waits for none yet."""
        return self.waits.meeting.meeting_id if self.waits.meeting else self.round

    @property
    def first_received(self) -> datetime:
        """When the first submission of its form came."""
        return min((each.received_at for each in self.earlier), default=self.unit.received_at)

    def text(self, name: str) -> str:
        """One of its answers as text; empty where there is none."""
        value = self.typed.value(name) if self.typed else None
        return "" if value is None else str(value)

    @property
    def upns(self) -> tuple[str, ...]:
        """UPNs of its pupils."""
        table, _, name = columns.UPN.partition(".")
        lines = self.typed.lines[table] if self.typed else []
        return tuple(str(line.answers[name]) for line in lines if line.answers.get(name) is not None)

    def find(self, form: Form, code: str, key: str = "", limit: str = "") -> None:
        """Adds a finding about the file, or about one of the form's own answers."""
        sheet, cell = ("", "")
        if key and self.typed:
            sheet, cell = self.typed.own.place(key) or ("", "")
        place = Place(self.arrived.file_name, sheet, cell)
        self.findings.append(Finding(place, code, form.severity(code), key, (("limit", limit),) if limit else ()))

    def has(self, severity: Severity) -> bool:
        """Whether anything of that severity was found."""
        return any(each.severity == severity for each in self.findings)

    @property
    def in_doubt(self) -> bool:
        """Whether it is open whose it is."""
        return any(each.code.startswith(IDENTITY) and each.severity == Severity.QUERY for each in self.findings)

    @property
    def state(self) -> State:
        """The verdict, from what was found and what the admin said.

        While it is open whose a form is, a person says so first: nobody is sent somebody else's answers.
        """
        if self.settled is not None:
            return self.settled
        codes = {each.code for each in self.findings}
        if codes.intersection(QUARANTINED):
            return State.QUARANTINED
        if self.answer is None and self.in_doubt:
            return State.HELD
        if self.has(Severity.RETURN) or (self.answer == RETURN and self.has(Severity.QUERY)):
            return State.RETURNED
        if self.has(Severity.QUERY) and self.answer != ACCEPT:
            return State.HELD
        if STANDS in codes:
            return State.SET_ASIDE
        # A form that counts for no school, or for no meeting, waits for the admin whatever was answered.
        return State.ACCEPTED if self.form and self.waits.meeting else State.HELD
