"""Circumstances: what other submissions, deadlines and packs mean for one submission."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cluster_sheets.base import columns
from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.base.text import likeness
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.again import LET_OUT
from cluster_sheets.register.model import CLUSTER, Came, Register
from cluster_sheets.register.settings import Settings
from cluster_sheets.store import answers, applications, cases, findings, forms, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict import decided
from cluster_sheets.verdict.meeting import Waits, still_to_come, waits_again, waits_for
from cluster_sheets.verdict.submission import ACCEPT, IDENTITY, RETURN, Submission
from cluster_sheets.verdict.titles import Titles
from cluster_sheets.verdict.vouched import round_of

SUPERSEDED = "superseded"
STANDING = (State.ACCEPTED, State.RETURNED, State.HELD)
"""States of a submission that another of its form may take the place of."""
_ANOTHER = "another-request-in-this-form"


def place(
    each: Submission, register: Register, known: Sequence[Unit], today: date, heard: decided.Heard | None = None
) -> None:
    """Sets which submissions of its form came before and after, its version, and the meeting it waits for.

    A meeting that is over ``today`` is none to wait for, nor is one that has ``heard`` its request and decided.
    """
    others = [unit for unit in known if unit.unit_id != each.unit.unit_id]
    each.earlier = tuple(unit for unit in others if unit.place < each.unit.place)
    each.later = tuple(unit for unit in others if unit.place > each.unit.place and _stands(unit))
    each.round = _round(each, register)
    each.unit = replace(each.unit, round=each.round or None)
    if each.form:
        version = each.unit.version or len(others) + 1
        pot = each.text(columns.POT) if each.text(columns.PURPOSE) == "UNFORESEEN" else ""
        came = Came(each.first_received, each.unit.received_at)
        if heard:
            each.passed_on = heard.passed_on
            # It is no lateness of the school's that has it wait for a later meeting than its own.
            waits = replace(waits_again(register, each.round, pot, came, heard), code=decided.HEARD)
        else:
            waits = waits_for(register, each.round, pot, came)
        each.waits = still_to_come(register, waits, today, heard.decided if heard else ())
        each.unit = replace(each.unit, version=version)


def _round(each: Submission, register: Register) -> str:
    """The round it is an answer to: its form's; where the register has that no longer, the next of its cluster."""
    if each.form and register.meeting(each.form.round):
        return each.form.round
    if each.form:
        meeting = register.next_due(each.first_received, CLUSTER, each.form.cluster)
    else:
        meeting = round_of(register, each) if each.typed else None
    return meeting.meeting_id if meeting else ""


def spare(each: Submission) -> None:
    """Has the admin asked about one that was accepted and would go back now: it is never withdrawn without a word.

    It was accepted under the register of its night, and is judged anew only because it came at another time.
    """
    if each.unit.application_ref is None or not each.has(Severity.RETURN):
        return
    each.findings = [
        replace(found, severity=Severity.QUERY) if found.severity == Severity.RETURN else found
        for found in each.findings
    ]
    if each.typed is None:
        each.answer = None  # nothing of it can be read, so nothing of it can be accepted


def notes(each: Submission, form: Form, settings: Settings, store: Store, titles: Titles, released: "Released") -> None:
    """Adds what is to be said of a form because of others, of the calendar, or of a pack that is out."""
    if not each.form or not each.typed:
        _unmarked(each, form, settings, titles)
        return
    form_ref = forms.form_ref(store, each.form.form_id)
    standing = [unit for unit in each.earlier if unit.superseded_by is None and unit.state is not State.SET_ASIDE]
    if each.text(columns.TITLE):
        before = answers.titles(store, [standing[-1].unit_id]).get(standing[-1].unit_id, "") if standing else ""
        _titled(each, form, settings, titles, before, form_ref)
    outcome = decided.of_form(store, form_ref, settings) if each.earlier else None
    if outcome is not None:
        _decided(each, form, store, outcome.code)
        if decided.closed(each.findings, returned=each.answer == RETURN):
            each.waits = Waits(None)
            return  # it waits for no meeting, and takes nothing's place
    if each.waits.code:
        each.find(form, each.waits.code, limit=each.waits.limit)
    if outcome is None and each.earlier and released.holds(form_ref):
        each.find(form, "changed-after-release")
    # One that was held has taken the place of what was held before it: that stands no longer when it is judged again.
    if each.unit.supersedes or (standing and takes_place(each.state, each.findings, standing[-1].state)):
        each.find(form, "newer-version-kept")


def _unmarked(each: Submission, form: Form, settings: Settings, titles: Titles) -> None:
    """What the title of a form without its mark says beside the school's others: the admin must know before Accept."""
    title, urn = each.text(columns.TITLE), each.meant
    least = settings.percent("title_alike_from")
    if title and urn and titles.alike(urn, each.round, each.before, "", title, least):
        each.find(form, "title-like-another", columns.TITLE)


def ask_anew(each: Submission, store: Store) -> None:
    """Asks again of one that was accepted before it had a meeting, where that has more to be asked about."""
    if each.answer != ACCEPT or not each.form or each.unit.meeting or not each.waits.meeting:
        return
    asked = {found.code for found in findings.of_units(store, [each.unit.unit_id]).get(each.unit.unit_id, ())}
    if any(found.severity == Severity.QUERY and found.code not in asked for found in each.findings):
        each.answer, each.asked_anew = None, True


def _decided(each: Submission, form: Form, store: Store, code: str) -> None:
    """Says that a meeting has decided; an answer to a question that did not say so yet is asked for again."""
    each.find(form, code)
    asked = findings.of_units(store, [each.unit.unit_id]).get(each.unit.unit_id, ())
    if each.answer == ACCEPT and code not in {found.code for found in asked}:
        each.answer, each.asked_anew = None, True


def _titled(each: Submission, form: Form, settings: Settings, titles: Titles, before: str, form_ref: str) -> None:
    """What a title says beside the one ``before`` it in the same form, and those of the school's other forms."""
    title = each.text(columns.TITLE)
    if before and likeness(before, title) < settings.percent("title_unlike_below"):
        each.find(form, _ANOTHER, columns.TITLE)
    if each.form:
        if titles.alike(each.form.urn, each.round, each.before, form_ref, title, settings.percent("title_alike_from")):
            each.find(form, "title-like-another", columns.TITLE)
        if not each.later:
            titles.put(each.form.urn, each.unit, each.before, form_ref, title)


def give_way(each: Submission, form: Form, settings: Settings, store: Store) -> None:
    """Sets one aside whose place a newer one of its form has taken already; asked once all else of it was found.

    Mail may be read on a later night than what came after it: the newer one stands whichever was judged first. One
    whose title is nothing like the newer one's is not lost so: a person says first that it is the same request.
    """
    if not each.later or each.state not in STANDING:
        return
    found = findings.of_units(store, [unit.unit_id for unit in each.later])
    newer = [unit for unit in each.later if takes_place(unit.state, found.get(unit.unit_id, ()), each.state)]
    if not newer:
        return
    by, title = newer[0].unit_id, each.text(columns.TITLE)
    stands = answers.titles(store, [by]).get(by, "")
    if each.answer != ACCEPT and title and stands and likeness(stands, title) < settings.percent("title_unlike_below"):
        if not _asks(each.findings, (_ANOTHER,)):
            each.find(form, _ANOTHER, columns.TITLE)
        return
    each.would_go_back = each.state is State.RETURNED
    each.settled, each.reason, each.superseded_by = State.SET_ASIDE, SUPERSEDED, by
    each.findings, each.waits = [], Waits(None)
    each.find(form, "newer-version-here")


def takes_place(state: State, found: Sequence[Finding], of: State) -> bool:
    """Whether a submission in ``state``, in which these were ``found``, supersedes an earlier one in state ``of``.

    An accepted one supersedes all before it; one that goes back to the school, only those that were not accepted; one
    that is held, only those that are held too. What looks like another request, and what is held because nobody knows
    whose it is, supersedes none before a person has accepted it.
    """
    if state is State.ACCEPTED:
        return True
    if _asks(found, (_ANOTHER,)):
        return False
    if state is State.RETURNED:
        return of is not State.ACCEPTED
    return state is State.HELD and of is State.HELD and not _asks(found, (*IDENTITY, LET_OUT))


def _asks(found: Sequence[Finding], codes: tuple[str, ...]) -> bool:
    """Whether a person is asked about something whose code begins like one of these."""
    return any(each.code.startswith(codes) and each.severity == Severity.QUERY for each in found)


def _stands(unit: Unit) -> bool:
    return unit.superseded_by is None and unit.state in STANDING


class Released:
    """Which forms' cases stand in a pack that is out; read once a wave, if asked at all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._refs: frozenset[str] | None = None

    def holds(self, form_ref: str) -> bool:
        """Whether the case of a form is in a released pack."""
        if self._refs is None:
            self._refs = self._read()
        return form_ref in self._refs

    def _read(self) -> frozenset[str]:
        meetings = {pack.meeting for pack in packs.everything(self._store) if pack.state == packs.PackState.RELEASED}
        refs = [
            case.application_ref
            for meeting in sorted(meetings)
            for case in cases.of_meeting(self._store, meeting)
            if case.version_out is None and case.carried_to is None
        ]
        return frozenset(each.form_ref for each in applications.get_many(self._store, refs).values())
