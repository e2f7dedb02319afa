"""What a statement shows beside its control totals, as values: applications by reference only, pace, runway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cluster_sheets.base import columns
from cluster_sheets.base.date import in_words, year_end
from cluster_sheets.form.declared import Form
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.money.books import Books
from cluster_sheets.money.control import Control
from cluster_sheets.money.position import Position
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import CANCELLED, CITY, Meeting, Register
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.account import COMMIT, CONTINGENCY, MAIN, PAID, award, fund
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
    """One award of which a part belongs to the year, in pence."""

    application_ref: str
    whole: int
    this_year: int
    by_school_year: Mapping[str, int]
    """Its part of the year, by school year."""
    lead: int = 0
    """Of the whole, what the lead school of a group gets; nought where one school asked alone."""
    partners: int = 0
    """Of the whole, what the partner schools of a group get, all of them together."""


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application, by reference."""

    application_ref: str
    fund: str
    """In words; empty where it asks for no money."""
    asked: int | None
    """None where it belongs to the statement of another year, as ``least`` does."""
    least: int | None
    outcome: str
    whole: int
    """Awarded, over all council years."""
    this_year: int
    """Awarded of this council year."""
    paid: int
    """Paid of this council year."""


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
    given_before: int
    """Pence of the year's contingency that no meeting of the runway gave: meetings of earlier years, as a rule."""
    release_day: str
    """From which the rest of contingency may go to the main fund, such as ``31 January``."""
    year_ends: tuple[str, str]
    """Last day of a council year and of a school year, such as ``31 March`` and ``31 August``."""
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
    told = years(register.settings)
    budget = [line for line in register.budget if (line.cluster, line.la_fy) == (books.cluster, books.la_fy)]
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
        given_before=_given_before(register, books),
        release_day=register.settings.words("contingency_release_on"),
        year_ends=(year_end(told.council), year_end(told.school)),
        applications=_applications(store, register, form, books),
        awards=_awards(books),
    )


def _awards(books: Books) -> tuple[AwardLine, ...]:
    whole, here = _promised(books)
    school: dict[str, Counter[str]] = {}
    for entry in books.lines(*(award(ref) for ref in here)):
        if entry.type == COMMIT:
            school.setdefault(entry.application_ref or "", Counter())[entry.academic_year] += entry.amount_pence
    groups = {each.application_ref: each.shares for each in books.granted if each.shares}
    return tuple(
        AwardLine(
            ref, whole[ref], here[ref], dict(school[ref]),
            lead=sum(groups.get(ref, ())[-1:]), partners=sum(groups.get(ref, ())[:-1]),
        )
        for ref in sorted(here)
        if here[ref]
    )  # fmt: skip


def _promised(books: Books) -> tuple[Counter[str], Counter[str]]:
    """Pence promised to each application, by its award's account: over all council years, and of this one."""
    whole: Counter[str] = Counter()
    here: Counter[str] = Counter()
    for entry in books.ledger:
        ref = entry.application_ref or ""
        if entry.type == COMMIT and entry.cluster == books.cluster and entry.account == award(ref):
            whole[ref] += entry.amount_pence
            if entry.la_fy == books.la_fy:
                here[ref] += entry.amount_pence
    return whole, here


def _applications(store: Store, register: Register, form: Form, books: Books) -> tuple[ApplicationLine, ...]:
    """Applications of the year's meetings, and those that an earlier year awarded something of this one."""
    standing = _last_decided(store)
    whole, here = _promised(books)
    paid: Counter[str] = Counter()
    for entry in books.lines(*(award(ref) for ref in whole)):
        if entry.type in PAID:
            paid[entry.application_ref or ""] -= entry.amount_pence
    outcomes = shipped_form("decisions").field("decided.outcome")
    lines = []
    for told in applications.everything(store):
        ref = told.application_ref
        decided, of_year = standing.get(ref), _is_of(register, books, told, standing.get(ref))
        if told.cluster != books.cluster or not (of_year or here[ref] or paid[ref]):
            continue
        lines.append(
            ApplicationLine(
                application_ref=ref,
                fund=form.field(columns.POT).label_of(told.pot) if told.asked_pence else "",
                asked=told.asked_pence if of_year else None,
                least=told.minimum_pence if of_year else None,
                outcome=outcomes.label_of(decided.outcome) if decided else UNDECIDED,
                whole=whole[ref],
                this_year=here[ref],
                paid=paid[ref],
            )
        )
    return tuple(lines)


def _last_decided(store: Store) -> dict[str, Decision]:
    """What was last decided of each application."""
    standing: dict[str, Decision] = {}
    for each in decisions.standing(store):
        standing.setdefault(each.application_ref, each)
        if (each.decided_on or date.min) >= (standing[each.application_ref].decided_on or date.min):
            standing[each.application_ref] = each
    return standing


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
    by_meeting, steps = _by_meeting(books, MAIN), []
    so_far = by_meeting.total() - sum(by_meeting[each.meeting_id] for each in mine)  # by meetings of earlier years
    for number, meeting in enumerate(mine, start=1):
        so_far += by_meeting[meeting.meeting_id]
        guard = min(1000, (1000 * number * 2 + parts) // (2 * parts) + margin)
        steps.append(Pace(meeting.day, so_far if meeting.day <= today else None, guard))
    return tuple(steps)


def _given_before(register: Register, books: Books) -> int:
    told = _by_meeting(books, CONTINGENCY)
    mine = {each.meeting_id for each in _city_meetings(register, books) if each.day <= books.year.last}
    return sum(pence for meeting, pence in told.items() if meeting not in mine)


def _city_meetings(register: Register, books: Books) -> list[Meeting]:
    """City meetings from the year's first day on, in order. One that is cancelled counts where it gave something."""
    gave = _by_meeting(books, CONTINGENCY)
    city = [each for each in register.meetings if each.kind == CITY and each.day >= books.year.first]
    held = [each for each in city if each.status != CANCELLED or gave[each.meeting_id]]
    return sorted(held, key=lambda each: (each.day, each.meeting_id))


def _runway(store: Store, register: Register, books: Books, today: date) -> tuple[Step, ...]:
    """City meetings of the year, what each gave, and on from there at their mean."""
    city = _city_meetings(register, books)
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
