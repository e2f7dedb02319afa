"""Keep: verdicts into the store: unit, findings, answers, application, reply, question, audit, all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cluster_sheets.base import columns
from cluster_sheets.base.date import school_year
from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import CLUSTER, Register
from cluster_sheets.store import (
    answers,
    applications,
    audit,
    findings,
    forms,
    marks,
    provenance,
    questions,
    replies,
    units,
)
from cluster_sheets.store.applications import VALID
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import ReplyState, State, Unit
from cluster_sheets.verdict.circumstances import STANDING, SUPERSEDED, takes_place
from cluster_sheets.verdict.decided import STANDS
from cluster_sheets.verdict.meeting import CONTINGENCY
from cluster_sheets.verdict.submission import Submission
from cluster_sheets.verdict.telling import Telling
from cluster_sheets.verdict.told import Teller

HELD_QUESTION = "held"


class Keeper:
    """Writes verdicts down, as of one moment."""

    def __init__(self, store: Store, register: Register, form: Form, as_of: datetime) -> None:
        self.store, self.register, self.form, self.as_of = store, register, form, as_of

    def keep(self, wave: Sequence[Submission]) -> None:
        """Keeps the verdicts of submissions none of which bears on another; within a transaction."""
        if not wave:
            return
        store = self.store
        self._bind(wave)
        readable = [each for each in wave if each.typed]
        answers.put_many(store, [(each.unit.unit_id, each.typed.record()) for each in readable if each.typed])
        titled = [(each.unit.unit_id, each.text(columns.TITLE)) for each in readable if each.text(columns.TITLE)]
        answers.put_titles(store, titled)
        marks.replace_many(store, marks.UPN, [(each.unit.unit_id, set(each.upns)) for each in readable])
        marks.replace_many(store, marks.SENT_BACK, [(each.unit.unit_id, _sent_back(each)) for each in wave])
        findings.replace_many(store, [(each.unit.unit_id, each.findings) for each in wave])
        made = self._applications([each for each in wave if each.state is State.ACCEPTED])
        judged = [self._judged(each, made) for each in wave]
        told = Telling(store, self.register, self.as_of).of(wave, judged)
        judged = [replace(unit, reply=told.states.get(unit.unit_id, ReplyState.NONE)) for unit in judged]
        before = [unit for each, unit in zip(wave, judged, strict=True) for unit in self._superseded(each, unit)]
        units.save_many(store, [*judged, *before])
        applications.save_many(store, list(made.values()))
        replies.save_many(store, told.replies, told.about)
        self._ask(wave, judged, before)
        self._note(wave, judged, made)

    def _bind(self, wave: Sequence[Submission]) -> None:
        """Puts what is kept of each under its form's key, and notes the school of those without a form."""
        provenance.bind_many(self.store, [(each.unit.unit_id, each.form.form_id) for each in wave if each.form])
        schools = {each.unit.unit_id: each.urn for each in wave if each.urn and not each.form}
        if schools:
            known = provenance.get_many(self.store, schools)
            provenance.put_many(self.store, [replace(told, urn=schools[unit]) for unit, told in known.items()])

    def _judged(self, each: Submission, made: dict[str, applications.Application]) -> Unit:
        state = each.state
        form_ref = forms.form_ref(self.store, each.form.form_id) if each.form else None
        counted = [sum(found.severity == one for found in each.findings) for one in Severity]
        application = made.get(form_ref or "")
        before = [unit.unit_id for unit in self._before(each)]
        # Held, it is known as one that was accepted until a person has said what becomes of it.
        stood = each.unit.application_ref if state is State.HELD else None
        return replace(
            each.unit,
            state=state,
            reason=each.reason or _reason(each.findings, state),
            form_ref=form_ref,
            application_ref=application.application_ref if application else stood,
            supersedes=before[-1] if before else each.unit.supersedes,
            superseded_by=each.superseded_by,
            meeting=each.waits.meeting.meeting_id if each.waits.meeting and state is not State.SET_ASIDE else None,
            judged_at=self.as_of,
            judged_under=self.register.sha256,
            frozen=state is not State.HELD,
            returns=counted[0],
            queries=counted[1],
            notes=counted[2],
        )

    def _before(self, each: Submission) -> list[Unit]:
        """Earlier submissions of the form that this one takes the place of."""
        return [
            unit
            for unit in each.earlier
            if unit.superseded_by is None
            and unit.state in STANDING
            and takes_place(each.state, each.findings, unit.state)
        ]

    def _superseded(self, each: Submission, unit: Unit) -> list[Unit]:
        return [
            replace(before, superseded_by=unit.unit_id, state=State.SET_ASIDE, reason=SUPERSEDED, frozen=True)
            for before in self._before(each)
        ]

    def _applications(self, accepted: Sequence[Submission]) -> dict[str, applications.Application]:
        """The application each accepted form makes, by form; a form that made one before keeps its reference."""
        refs = {each.unit.unit_id: forms.form_ref(self.store, each.form.form_id) for each in accepted if each.form}
        known = applications.of_forms(self.store, set(refs.values())) if refs else {}
        made: dict[str, applications.Application] = {}
        free: dict[str, list[str]] = {}
        for each in accepted:
            form_ref = refs[each.unit.unit_id]
            prefix = self._prefix(each)
            if form_ref in known:
                reference = known[form_ref].application_ref
            else:
                if prefix not in free:
                    free[prefix] = list(applications.references(self.store, prefix, len(accepted)))
                reference = free[prefix].pop(0)
            made[form_ref] = self._application(each, form_ref, reference)
        return made

    def _prefix(self, each: Submission) -> str:
        """``CEN-2627``: cluster and school year of the meeting."""
        day = each.waits.meeting.day if each.waits.meeting else self.as_of.date()
        year = school_year(day, self.register.settings.day_month("academic_year_start"))
        return f"{each.form.cluster if each.form else ''}-{year[2:4]}{year[5:7]}"

    def _application(self, each: Submission, form_ref: str, reference: str) -> applications.Application:
        amount, least = (each.typed.value(name) if each.typed else None for name in (columns.AMOUNT, columns.LEAST))
        purpose = each.text(columns.PURPOSE)
        asked = CONTINGENCY if each.passed_on else each.text(columns.POT)
        pot = "" if purpose == "ADVICE" else asked or "MAIN"
        return applications.Application(
            application_ref=reference,
            form_ref=form_ref,
            cluster=each.form.cluster if each.form else "",
            round=each.round,
            purpose=purpose,
            applicant=each.text(columns.APPLICANT),
            beneficiary=each.text(columns.BENEFICIARY),
            pot=pot,
            asked_pence=amount if isinstance(amount, int) else 0,
            minimum_pence=least if isinstance(least, int) else None,
            state=VALID,
            meeting=each.waits.meeting.meeting_id if each.waits.meeting else None,
            current_unit=each.unit.unit_id,
        )

    def _ask(self, wave: Sequence[Submission], judged: Sequence[Unit], before: Sequence[Unit]) -> None:
        """Asks the admin about what is held, and no longer about what is not."""
        settled = [unit.unit_id for unit in (*judged, *before) if unit.state is not State.HELD]
        questions.drop_open(self.store, settled)
        held = [(each, unit) for each, unit in zip(wave, judged, strict=True) if unit.state is State.HELD]
        asked, teller = [], Teller(self.store, self.register, self.form)
        for each, unit in held:
            question = questions.Question(
                question_id=keyed_hash(self.store.key, HELD_QUESTION, unit.unit_id),
                meeting=unit.meeting or self._asked_by(each),
                unit_id=unit.unit_id,
                application_ref=None,
                kind=HELD_QUESTION,
                code=unit.reason,
            )
            asked.append((question, teller.told(each)))
        questions.add_many(self.store, asked)
        anew = {each.unit.unit_id for each, _ in held if each.asked_anew}
        again = [(question.question_id, None) for question, _ in asked if question.unit_id in anew]
        questions.answer_many(self.store, again, self.as_of)

    def _asked_by(self, each: Submission) -> str:
        """Whose review asks about a form that waits for no meeting: its cluster's next, or the next of any cluster."""
        today = self.register.day_of(self.as_of)
        cluster = each.form.cluster if each.form else self.register.cluster_of(each.urn or "", today)
        of_its_own = self.register.next_due(self.as_of, CLUSTER, cluster)
        due = of_its_own or self.register.next_due(self.as_of, CLUSTER)
        return due.meeting_id if due else ""

    def _note(
        self, wave: Sequence[Submission], judged: Sequence[Unit], made: Mapping[str, applications.Application]
    ) -> None:
        hashed = {ref: applications.content_hash(self.store.key, each) for ref, each in made.items()}
        audit.append_many(
            self.store,
            [
                audit.Line(
                    self.as_of,
                    audit.NIGHT if each.answer is None else "admin",
                    applications.JUDGED,
                    f"{unit.state}{f' ({unit.reason})' if unit.reason else ''}",
                    unit_id=unit.unit_id,
                    application_ref=unit.application_ref,
                    out_hash=hashed.get(unit.form_ref or ""),
                )
                for each, unit in zip(wave, judged, strict=True)
            ],
        )


def _sent_back(each: Submission) -> set[str]:
    """Sha256 of its file where that goes back, or would have."""
    return {each.unit.file_sha256} if each.state is State.RETURNED or each.would_go_back else set()


def _reason(found: Sequence[Finding], state: State) -> str:
    """Code of the first finding that a unit is held, quarantined or set aside for."""
    if state is State.HELD:
        return next((each.code for each in found if each.severity == Severity.QUERY), "no-meeting")
    codes = [each.code for each in found] if state in (State.QUARANTINED, State.SET_ASIDE) else []
    return STANDS if STANDS in codes else next(iter(codes), "")
