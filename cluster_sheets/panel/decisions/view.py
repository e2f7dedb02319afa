"""What a decisions workbook shows, as values: the cases of a meeting, and what each fund has left for them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cluster_sheets.base import columns
from cluster_sheets.base.date import financial_year, year_end
from cluster_sheets.base.period import asked_for
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import Raw
from cluster_sheets.panel.decisions.fund import Fund, Purse, left_before
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import Meeting, Register
from cluster_sheets.store import applications, cases, decisions, packs, redactions
from cluster_sheets.store.applications import Application
from cluster_sheets.store.asked import Asked as Read
from cluster_sheets.store.asked import as_read
from cluster_sheets.store.cases import Case
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision

ADVICE = "ADVICE"
NO_TITLE = "The title is withheld."


@dataclass(frozen=True, slots=True)
class Asked:
    """One case before the meeting."""

    case_ref: str
    application_ref: str
    purpose: str
    """Its code."""
    kind: str
    """Its purpose and its fund in words, one a line."""
    want: str
    """Its title, redacted."""
    fund: Fund | None
    """None: it asks for no money."""
    asked_pence: int
    least_pence: int | None
    days: tuple[tuple[str, int], ...] = ()
    """Days of its time in each council year: an award is split by them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the chair has typed so far, as it was typed."""

    own: Mapping[str, Raw] = field(default_factory=dict)
    """By name of the box."""
    lines: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    """By case reference, then by name."""

    def of(self, case_ref: str, name: str) -> Raw:
        """One answer about a case."""
        return self.lines.get(case_ref, {}).get(name)


@dataclass(frozen=True)
class View:
    """All that a decisions workbook shows."""

    meeting: Meeting
    eligible: int
    """Member schools on the day."""
    year: str
    """Council year of the meeting."""
    cases: tuple[Asked, ...]
    left: Mapping[Purse, int]
    funds: Mapping[Fund, str]
    """Each fund that a case asks, in words."""
    year_end: str
    """Last day of a council year, such as ``31 March``."""

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Council years that the cases run in, the meeting's among them."""
        return tuple(sorted({self.year} | {year for each in self.cases for year, _ in each.days}))

    @property
    def purses(self) -> tuple[Purse, ...]:
        """Every fund in every year."""
        return tuple((*fund, year) for fund in self.funds for year in self.years)

    def mark(self, key: bytes) -> str:
        """Keyed hash of all of it: the same as long as nothing that the workbook shows has changed."""
        told = [repr(self.meeting), str(self.eligible), *(repr(each) for each in self.cases)]
        told.append(json.dumps([[*purse, self.left.get(purse, 0)] for purse in self.purses]))
        return keyed_hash(key, "decisions", *told)


def eligible(register: Register, meeting: Meeting, day: date) -> int:
    """How many schools are members on a day: of the meeting's cluster, or of any where it is the city's."""
    return sum(
        any(each.covers(day) and meeting.cluster in ("", each.cluster) for each in school.memberships)
        for school in register.schools.values()
    )


def view(store: Store, register: Register, form: Form, meeting: Meeting) -> View:
    """What the workbook of ``meeting`` shows: its released pack, or what stands where none is released yet.

    ``form`` is the application form.
    """
    listed = _listed(store, meeting.meeting_id)
    asked = applications.get_many(store, [each.application_ref for each in listed])
    read = as_read(store, [(meeting.meeting_id, each.application_ref) for each in listed])
    units = {each.current_unit for each in asked.values()} | {each.unit_id for each in read.values()}
    shown = _Shown(
        register,
        form,
        meeting,
        {each.application_ref: each for each in decisions.of_meeting(store, meeting.meeting_id)},
        {each.application_ref: read[meeting.meeting_id, each.application_ref] for each in listed},
        redactions.get_many(store, units),
        several=len({each.cluster for each in asked.values()}) > 1,
    )
    made = tuple(shown.case(each, asked[each.application_ref]) for each in _in_order(listed, asked))
    funds = {each.fund: shown.fund_in_words(each.fund) for each in made if each.fund}
    starts = register.settings.day_month("la_financial_year_start")
    return View(
        meeting,
        eligible(register, meeting, meeting.day),
        financial_year(meeting.day, starts),
        made,
        left_before(store, register, meeting.meeting_id),
        dict(sorted(funds.items(), key=lambda each: (each[0][0], each[0][1] != "MAIN", each[0][1]))),
        year_end(starts),
    )


def _listed(store: Store, meeting: str) -> list[Case]:
    """The cases of the pack that the panel was given; a newer version is nobody's to decide on before its release."""
    told = packs.released(store, meeting)
    if told is None:
        return [each for each in cases.of_meeting(store, meeting) if each.version_out is None]
    return list(cases.of_version(store, meeting, told.version))


def _in_order(listed: Iterable[Case], asked: Mapping[str, Application]) -> list[Case]:
    """As the panel workbook lists all cases: those that ask for money, then those that ask for advice."""
    return sorted(listed, key=lambda each: asked[each.application_ref].purpose == ADVICE)


@dataclass(frozen=True, slots=True)
class _Shown:
    register: Register
    form: Form
    meeting: Meeting
    decided: Mapping[str, Decision]
    read: Mapping[str, Read]
    """By application: what it asked in the version that the panel reads."""
    titles: Mapping[str, Mapping[str, str]]
    several: bool
    """Whether cases of more than one cluster come before the meeting."""

    def case(self, case: Case, asked: Application) -> Asked:
        """One case as the workbook shows it."""
        read = self.read[asked.application_ref]
        # A case passed on to contingency asks the other fund from then on, but not in the meeting that passed it on.
        earlier = self.decided.get(asked.application_ref)
        fund = None if asked.purpose == ADVICE else (asked.cluster, earlier.pot if earlier else asked.pot)
        purpose = self.form.field(columns.PURPOSE).label_of(asked.purpose).partition(",")[0]
        return Asked(
            case.case_ref,
            asked.application_ref,
            asked.purpose,
            f"{purpose}\n{self.fund_in_words(fund) if fund else 'No money'}",
            self._title(asked, read) or NO_TITLE,
            fund,
            read.pence if fund else 0,
            read.least if fund else None,
            self._days(read) if fund else (),
        )

    def fund_in_words(self, fund: Fund) -> str:
        """``Main fund``; with the cluster where there are several."""
        words = self.form.field(columns.POT).label_of(fund[1])
        return f"{words}, {fund[0]}" if self.several else words

    def _title(self, asked: Application, read: Read) -> str:
        """Its title as it is redacted now. One that a newer version changed is withheld: nobody released that."""
        now, then = (self.titles.get(unit, {}).get(columns.TITLE, "") for unit in (asked.current_unit, read.unit_id))
        return now if now == then else ""

    def _days(self, read: Read) -> tuple[tuple[str, int], ...]:
        told = years(self.register.settings)
        period = asked_for(read.record, self.meeting.day)
        return told.days(told.of_award(period, self.meeting.day))
