"""Understanding: what a workbook is, before any rule between answers is asked: its form, its answers, what is odd."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cluster_sheets.base import columns
from cluster_sheets.base.date import years_on
from cluster_sheets.checks.world import Arrival
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import Readers
from cluster_sheets.intake.again import LET_OUT
from cluster_sheets.intake.pool import Refused
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.reading.typed import TypedForm, Typing, Window
from cluster_sheets.register.model import Register
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.verdict import stamp, structure
from cluster_sheets.verdict.sender import code as sender_code
from cluster_sheets.verdict.submission import ALONE, Submission

Told = Mapping[str, Any] | Refused
"""What a worker read in a workbook, or why it was refused."""


class Understanding:
    """Understands workbooks of one form under one register."""

    def __init__(self, register: Register, form: Form) -> None:
        self.register, self.form = register, form
        self._typing = Typing(form, Readers(register.settings.number, register.urns_named))
        self.traces: list[tuple[str, str]] = []
        """(unit, where our reader broke on it), for the run's record."""

    def read(self, batch: Sequence[Submission], told: Mapping[str, Told]) -> set[str]:
        """Takes in what a worker read; gives the ids of the forms that the workbooks say they are."""
        for each in batch:
            read = told[each.unit.unit_id]
            if isinstance(read, Refused):
                limit = self.register.settings.words("file_max_mb") if read.code == "file-too-big" else ""
                each.find(self.form, read.code, limit=limit)
                if read.trace:
                    self.traces.append((each.unit.unit_id, read.trace))
            else:
                each.raw = RawForm(**read)
                each.stamped = stamp.Stamped(stamp.told_by(each.raw))
        return {each.stamped.form_id for each in batch if each.stamped}

    def look(self, batch: Sequence[Submission], key: bytes | None, issued: Mapping[str, IssuedForm]) -> None:
        """Finds out which form each is and types its answers; without a ``key`` no stamp and no sender is judged."""
        for each in batch:
            if each.raw and each.stamped:
                each.stamped = stamp.stamped(each.stamped.told, self.register, key or b"", issued)
                each.form = self._of_today(each.stamped.form)
                self._look(each, each.raw, each.stamped, by_hand=key is None)

    def _look(self, each: Submission, raw: RawForm, stamped: stamp.Stamped, *, by_hand: bool) -> None:
        accepted = self.register.settings.listed("template_versions_accepted")
        version = stamp.version_code(raw, stamped.told, accepted)
        now = self.register.settings.text("template_version")
        each.findings += structure.findings(self.form, raw, each.arrived.file_name, now)
        if version:
            each.find(self.form, version, limit=self.register.settings.words("template_versions_accepted"))
        alone = [found for found in each.findings if found.code in ALONE]
        typed = self._typed(each, raw) if raw.ours or not alone else None
        each.named = _named(typed) if typed else ()
        if alone:
            each.findings = alone[:1]
            # Of these too only what they name says who has them back, with the answers in them.
            self._apart(each)
            return
        each.typed = typed
        if stamped.code and not by_hand:
            each.find(self.form, stamped.code)
        self._apart(each)
        doubt = sender_code(self.register, each.sender, _spoken_for(each))
        if doubt:
            each.find(self.form, doubt)
        if each.arrived.beside:
            each.find(self.form, "files-beside-the-form")
        if each.let_out:
            each.find(self.form, LET_OUT)

    def _apart(self, each: Submission) -> None:
        """Finds out whether it names another school than its stamp; one that its stamp's is not among counts for none.

        Its stamp then says only which form was copied: the answers, and the pupils in them, are not that school's.
        """
        if each.form is None or all(urn == each.form.urn for urn in each.named):
            return
        each.find(self.form, "stamp-of-another-school", columns.URN)
        if each.form.urn not in each.named:
            each.form = None

    def _of_today(self, form: IssuedForm | None) -> IssuedForm | None:
        """A form under the URN that its school has now; its stamp holds the one it was issued under."""
        urn = self.register.now(form.urn) if form else ""
        return replace(form, urn=urn) if form and urn != form.urn else form

    def _typed(self, each: Submission, raw: RawForm) -> TypedForm:
        years = self.register.settings.whole("date_window_years")
        received = self.register.day_of(each.unit.received_at)
        window = Window(years_on(received, -years), years_on(received, years), years)
        typed = self._typing.typed(each.unit.unit_id, each.arrived.file_name, raw, window)
        if (urn := typed.value(columns.URN)) is not None:
            typed.own.answers[columns.URN] = self.register.now(str(urn))
        return typed


def _named(typed: TypedForm) -> tuple[str, ...]:
    """URNs that a workbook names: the one that is typed in it, and that of the school that was chosen."""
    told = (typed.value(columns.URN), typed.value(columns.SCHOOL))
    return tuple(dict.fromkeys(str(urn) for urn in told if urn is not None))


def _spoken_for(each: Submission) -> str | None:
    """The school that its sender must speak for: the form's, else one that it names; None where that is its own."""
    if each.form:
        return each.form.urn
    return None if set(each.named) & set(each.sender.schools) else next(iter(each.named), None)


def arrival(each: Submission, register: Register) -> Arrival:
    """What the rules may know of how a form came."""
    told = each.stamped.told if each.stamped else {}
    own = register.meeting(each.round if each.form else told.get("round", ""))
    meeting = each.waits.meeting
    return Arrival(
        received_on=register.day_of(each.unit.received_at),
        first_received_on=register.day_of(each.first_received),
        round_date=own.day if own else None,
        meeting_date=meeting.day if meeting else None,
        cluster=each.form.cluster if each.form else own.cluster if own else "",
        round=each.round,
        meeting=each.before,
        form_id=each.form.form_id if each.form else "",
        unit_id=each.unit.unit_id,
    )
