"""What a statement shows beside its control totals, as values: applications by reference only, pace, runway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cluster_sheets.base import columns
from cluster_sheets.base.date import in_words
from cluster_sheets.form.declared import Form
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.money.account import COMMIT, CONTINGENCY, MAIN, PAID, award, fund
from cluster_sheets.money.control import Books, Control, Granted
from cluster_sheets.money.position import Position
from cluster_sheets.register.model import CANCELLED, CITY, Register
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.applications import Application
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision

UNDECIDED = "Not decided yet"
ACTUAL, NOTHING, FORECAST, CARRIED = "Actual", "Nothing recorded", "Forecast", "If carried over"
LOOKS_ON = (FORECAST, CARRIED)
"""Kinds of a step that nobody has decided."""
_NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
BEYOND = 2
"""City meetings after the year that the runway looks on to."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the main fund goes, at one cluster meeting of the year."""

    day: date
    promised: int | None
    """Pence promised up to it; None: it is still to come."""
    guard: int
    """Most that may be promised after it, in tenths of a per cent of the year's budget."""


@dataclass(frozen=True, slots=True)
class Step:
    """One city meeting of the runway."""

    day: date
    given: int | None
    """Pence given, or forecast; None: nothing is known to forecast from."""
    kind: str


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award of the year, by where its money belongs, in pence."""

    application_ref: str
    awarded: int
    this_year: int
    other_years: int
    by_school_year: Mapping[str, int]
    partners: int
    """What its partner schools get of it, all of them together."""


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application, by reference."""

    application_ref: str
    fund: str
    """In words; empty where it asks for no money."""
    asked: int
    least: int | None
    outcome: str
    awarded: int
    paid: int
    this_year: int


@dataclass(frozen=True, slots=True)
class View:
    """All that a statement shows."""

    cluster: str
    """In words."""
    code: str
    la_fy: str
    day: date
    example: bool
    """Whether the register says that its amounts are examples."""
    controls: Sequence[Control]
    position: Position
    pace: Sequence[Pace]
    meetings_a_year: int
    runway: Sequence[Step]
    release_day: str
    """From which the rest of contingency may go to the main fund, such as ``31 January``."""
    applications: Sequence[ApplicationLine]
    awards: Sequence[AwardLine] = field(default_factory=tuple)


def number(count: int) -> str:
    """``Three``; in figures from ten on."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def lead(shown: View, more: str = "") -> str:
    """Row 2 of each sheet: what it is and of when."""
    example = " EXAMPLE amounts." if shown.example else ""
    return f"{shown.cluster}, {shown.la_fy}, at {in_words(shown.day)}.{more}{example}"


def view(
    store: Store,
    register: Register,
    form: Form,
    controls: Sequence[Control],
    position: Position,
    books: Books,
    as_of: datetime,
) -> View:
    """What the statement of a cluster and year shows; ``form`` is the application's."""
    today = register.day_of(as_of)
    name = next((each.name for each in register.clusters if each.code == books.cluster), books.cluster)
    budget = [line for line in register.budget if (line.cluster, line.la_fy) == (books.cluster, books.la_fy)]
    awards = {each.application_ref: each for each in _awards(books)}
    return View(
        cluster=f"{name} cluster",
        code=books.cluster,
        la_fy=books.la_fy,
        day=today,
        example=any(line.approved_by.upper().startswith("EXAMPLE") for line in budget),
        controls=controls,
        position=position,
        pace=_pace(register, books, today),
        meetings_a_year=register.settings.whole("meetings_a_year"),
        runway=_runway(store, register, books, today),
        release_day=register.settings.words("contingency_release_on"),
        applications=_applications(store, register, form, books, awards),
        awards=tuple(awards.values()),
    )


def _awards(books: Books) -> tuple[AwardLine, ...]:
    this_year: Counter[str] = Counter()
    other: Counter[str] = Counter()
    school: dict[str, Counter[str]] = {}
    touched = {ref for _, ref in books.promised()}
    for entry in books.ledger:
        ref = entry.application_ref or ""
        if entry.type != COMMIT or ref not in touched or entry.account != award(ref):
            continue
        (this_year if entry.la_fy == books.la_fy else other)[ref] += entry.amount_pence
        school.setdefault(ref, Counter())[entry.academic_year] += entry.amount_pence
    partners: Counter[str] = Counter()
    for each in books.granted:
        partners[each.application_ref] += _of_partners(each)
    return tuple(
        AwardLine(ref, this_year[ref] + other[ref], this_year[ref], other[ref], dict(school[ref]), partners[ref])
        for ref in sorted(touched)
        if this_year[ref] + other[ref]
    )


def _of_partners(each: Granted) -> int:
    return sum(each.shares[:-1]) if each.shares else 0


def _applications(
    store: Store, register: Register, form: Form, books: Books, awards: Mapping[str, AwardLine]
) -> tuple[ApplicationLine, ...]:
    standing: dict[str, Decision] = {}
    for each in decisions.standing(store):
        standing.setdefault(each.application_ref, each)
        if (each.decided_on or date.min) >= (standing[each.application_ref].decided_on or date.min):
            standing[each.application_ref] = each
    paid: Counter[str] = Counter()
    for entry in books.ledger:
        if entry.type in PAID and entry.account == award(entry.application_ref or ""):
            paid[entry.application_ref or ""] -= entry.amount_pence
    outcomes = shipped_form("decisions").field("decided.outcome")
    lines = []
    for told in applications.everything(store):
        ref = told.application_ref
        decided = standing.get(ref)
        if told.cluster != books.cluster or not (ref in awards or _is_of(register, books, told, decided)):
            continue
        given = awards.get(ref)
        lines.append(
            ApplicationLine(
                application_ref=ref,
                fund=form.field(columns.POT).label_of(told.pot) if told.asked_pence else "",
                asked=told.asked_pence,
                least=told.minimum_pence,
                outcome=outcomes.label_of(decided.outcome) if decided else UNDECIDED,
                awarded=given.awarded if given else 0,
                paid=paid[ref],
                this_year=given.this_year if given else 0,
            )
        )
    return tuple(lines)


def _is_of(register: Register, books: Books, told: Application, decided: Decision | None) -> bool:
    """Whether an application belongs to a year: by the day of the meeting that it is, or was last, before."""
    meeting = register.meeting(told.meeting or "")
    day = meeting.day if meeting else decided.decided_on if decided else None
    return day is not None and books.year.first <= day <= books.year.last


def _by_meeting(books: Books, pot: str) -> Counter[str]:
    """Pence promised from a fund in this year, by meeting."""
    found: Counter[str] = Counter()
    for entry in books.lines(fund(pot, books.cluster)):
        if entry.type == COMMIT:
            found[entry.meeting or ""] -= entry.amount_pence
    return found


def _pace(register: Register, books: Books, today: date) -> tuple[Pace, ...]:
    """Source: domain.md (c) 7: after meeting m, no more than m parts of the year and the margin."""
    held = [each for each in register.cluster_meetings(books.cluster) if each.status != CANCELLED]
    mine = [each for each in held if books.year.first <= each.day <= books.year.last]
    parts, margin = register.settings.whole("meetings_a_year"), register.settings.number("pace_margin")
    by_meeting, so_far, steps = _by_meeting(books, MAIN), 0, []
    for number, meeting in enumerate(mine, start=1):
        so_far += by_meeting[meeting.meeting_id]
        guard = min(1000, (1000 * number * 2 + parts) // (2 * parts) + margin)
        steps.append(Pace(meeting.day, so_far if meeting.day <= today else None, guard))
    return tuple(steps)


def _runway(store: Store, register: Register, books: Books, today: date) -> tuple[Step, ...]:
    """City meetings of the year, what each gave, and on from there at their mean."""
    city = [each for each in register.meetings if each.kind == CITY and each.status != CANCELLED]
    city = sorted((each for each in city if each.day >= books.year.first), key=lambda each: (each.day, each.meeting_id))
    given = _by_meeting(books, CONTINGENCY)
    decided = {each.meeting for each in decisions.standing(store)}
    within = [each for each in city if each.day <= books.year.last]
    actual = [each for each in within if each.meeting_id in decided]
    mean = (2 * sum(given[each.meeting_id] for each in actual) + len(actual)) // (2 * len(actual)) if actual else None
    steps = []
    for meeting in (*within, *[each for each in city if each.day > books.year.last][:BEYOND]):
        if meeting in actual:
            steps.append(Step(meeting.day, given[meeting.meeting_id], ACTUAL))
        elif meeting.day <= today and meeting.day <= books.year.last:
            steps.append(Step(meeting.day, 0, NOTHING))
        else:
            steps.append(Step(meeting.day, mean, CARRIED if meeting.day > books.year.last else FORECAST))
    return tuple(steps)
