"""Received: when a submission came, as the admin says it did (submission.md, "When it came").

In: submissions, a moment, who says so and why. Out: rows that the next run judges as if they had come then, all that
came in the same form with them; a line of the audit for each that was set.
Never: touches a request that a meeting has decided on, or a case of a released pack whose meeting is over; there only
the chair can say. Nor takes a moment at which nothing can have come.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cluster_sheets.base.date import years_on
from cluster_sheets.register.model import Register
from cluster_sheets.store import (
    applications,
    audit,
    blobs,
    cases,
    decisions,
    forms,
    moment,
    packs,
    provenance,
    redactions,
    units,
)
from cluster_sheets.store.applications import Application
from cluster_sheets.store.database import Store
from cluster_sheets.store.erasure import ERASED
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.circumstances import STANDING, SUPERSEDED
from cluster_sheets.verdict.meeting import moment_in_words
from cluster_sheets.verdict.word import NotDoneError, Word

SET = "received-set"
"""Event of the audit."""
_HOW = "write it like 2026-10-01T16:50"


class NotSetError(NotDoneError):
    """When it came cannot be set so; the message says why, and nothing was changed."""


def meant(store: Store, told: str) -> Unit:
    """The submission of that reference, or the only one whose unit's id begins so. Raises NotSetError."""
    asked = applications.get_many(store, [told.upper()]).get(told.upper())
    found = units.beginning(store, told.lower()) if asked is None else (asked.current_unit,)
    if not found:
        raise NotSetError(f"There is no submission {told}: give its reference, or the beginning of its unit's id.")
    if len(found) > 1:
        raise NotSetError(f"{len(found)} units begin with {told}: give more of the id.")
    return units.get_many(store, found)[found[0]]


def moment_told(register: Register, told: str, now: datetime) -> datetime:
    """The moment that is told: by the clock of the scheme, where it names no zone. Raises NotSetError."""
    at = _moment(register, told)
    if at > now:
        raise NotSetError(f"{moment_in_words(at, register.zone)} has not come yet: say when the form came.")
    years = register.settings.whole("date_window_years")
    if register.day_of(at) < years_on(register.day_of(now), -years):
        raise NotSetError(f"{moment_in_words(at, register.zone)} is more than {years} years ago: look at the year.")
    return at


def _moment(register: Register, told: str) -> datetime:
    try:
        read = datetime.fromisoformat(told.strip())
        at = read.astimezone(UTC) if read.tzinfo is not None else _local(read, ZoneInfo(register.zone), told)
    except (ValueError, OverflowError) as broke:
        raise NotSetError(f"{told} is no moment: {_HOW}") from broke
    if ":" not in told:
        raise NotSetError(f"{told} has no time of day: {_HOW}")
    return at


def _local(read: datetime, zone: ZoneInfo, told: str) -> datetime:
    """The moment at which a clock shows this, as it does once."""
    first, second = (read.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != read:
        raise NotSetError(f"The clocks went forward over {told}: there was no such time.")
    if first != second:
        both = f"{first:%Y-%m-%dT%H:%M}Z or {second:%Y-%m-%dT%H:%M}Z"
        raise NotSetError(f"The clocks went back over {told}: there were two such times. Write {both}.")
    return first


def set_received(store: Store, register: Register, some: Sequence[Unit], at: datetime, said: Word) -> tuple[Unit, ...]:
    """Has these count as received at a moment, all of them or none; those that did not already, as they were before.

    The next run judges each anew, with all that came in the same form. Raises NotSetError.
    """
    new = tuple(each for each in some if each.received_at != at)
    for each in new:
        _must_be_open(store, register, each, said.at)
        _must_fit(store, register, each, at)
    refs = {each.form_ref for each in new if each.form_ref}
    of_form = {each.unit_id: each for found in units.of_forms(store, refs).values() for each in found}
    anew = {each.unit_id: _waiting(each) for each in (*of_form.values(), *new) if _is_judged_anew(each)}
    moved = {each.unit_id: replace(anew.get(each.unit_id, each), received_at=at) for each in new}
    # What was erased is told now, not in the night that wants to read it again.
    for _ in blobs.read_many(store, {each.mail_sha256 for each in anew.values()}):
        pass
    with store.transaction():
        units.save_many(store, (anew | moved).values())
        # What the panel reads of it is made anew, by the meeting that hears it then.
        redactions.forget_many(store, anew)
        audit.append_many(store, [_line(each, at, said) for each in new])
    return new


def _is_judged_anew(unit: Unit) -> bool:
    """Whether its verdict hangs on the order of what came: a second copy of a file, set aside, counts whatever is."""
    return unit.state in STANDING or unit.reason == SUPERSEDED


def _waiting(unit: Unit) -> Unit:
    """A unit to be judged anew.

    One whose form is known keeps its version, the meeting and the request it stood for, and what took its place, so
    that the night knows what it was.
    """
    anew = replace(unit, judged_under=None, frozen=False)
    if unit.form_ref is None:
        return anew  # nobody knows whose it is: it stays held, and the question stays open
    return replace(anew, state=State.PENDING, reason="", supersedes=None, judged_at=None)


def _must_be_open(store: Store, register: Register, unit: Unit, now: datetime) -> None:
    """Raises NotSetError where what became of a submission is for good."""
    if unit.reason == ERASED:
        raise NotSetError(f"Unit {unit.unit_id} was erased with its form: nothing is left of it to be judged.")
    if unit.state is State.QUARANTINED:
        raise NotSetError(
            f"Unit {unit.unit_id} is in quarantine: let it out first (cluster-sheets quarantine release), then say"
            " when it came."
        )
    asked = applications.of_forms(store, [unit.form_ref]).get(unit.form_ref) if unit.form_ref else None
    if asked is not None:
        _must_be_undecided(store, register, asked, now)
    if unit.state is not State.PENDING and not _is_judged_anew(unit):
        raise NotSetError(
            f"Unit {unit.unit_id} is set aside ({unit.reason}) whenever it came: name the submission that counts."
        )


def _must_be_undecided(store: Store, register: Register, asked: Application, now: datetime) -> None:
    told = decisions.of_applications(store, [asked.application_ref])
    if told:
        where = " and ".join(dict.fromkeys(each.meeting for each in told))
        raise NotSetError(f"{asked.application_ref} was before {where}, which decided: when it came stays as it is.")
    case = cases.of_applications(store, [asked.application_ref]).get(asked.application_ref)
    meeting = register.meeting(case.meeting) if case else None
    pack = packs.released(store, case.meeting) if case else None
    if case and meeting and pack and case.version_in <= pack.version and meeting.day < register.day_of(now):
        raise NotSetError(
            f"{asked.application_ref} is in the released pack of {case.meeting}, which is over: read in the decisions"
            " workbook first; when it came stays as it is."
        )


def _must_fit(store: Store, register: Register, unit: Unit, at: datetime) -> None:
    """Raises NotSetError where a submission cannot have come at that moment."""
    when = moment_in_words(at, register.zone)
    if at > unit.first_seen_night:
        seen = moment_in_words(unit.first_seen_night, register.zone)
        raise NotSetError(f"Unit {unit.unit_id} was here at {seen}: it cannot have come later, at {when}.")
    origin = provenance.get_many(store, [unit.unit_id])[unit.unit_id]
    form = forms.get_many(store, [origin.form_id]).get(origin.form_id) if origin.form_id else None
    # A form that was made for a submission, once the admin had accepted it, is younger than what came in it.
    if form is not None and at < form.issued_at < unit.received_at:
        made = moment_in_words(form.issued_at, register.zone)
        raise NotSetError(f"The form of unit {unit.unit_id} was made at {made}: it cannot have come back at {when}.")


def _line(unit: Unit, at: datetime, said: Word) -> audit.Line:
    text = f"{moment.told(unit.received_at)} to {moment.told(at)}: {said.why}"
    return audit.Line(said.at, said.who, SET, text, unit_id=unit.unit_id, application_ref=unit.application_ref)
