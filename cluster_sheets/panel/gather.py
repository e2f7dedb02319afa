"""Gather: from the store and the register to the view of one meeting's pack.

In: rows of the store. Out: a ``PackView``, and what no part of its workbook may hold.
Never: writes anything.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cluster_sheets.anonymise import blur
from cluster_sheets.anonymise.fits import Shown
from cluster_sheets.anonymise.redact import own_values
from cluster_sheets.base.date import MONTHS, financial_year, moved_by_working_days
from cluster_sheets.base.period import asked_for
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.form.declared import Form
from cluster_sheets.panel.collate import Facts, Plan, case
from cluster_sheets.panel.fit import Clusters, Fit, Known, fits
from cluster_sheets.panel.position import Position, position
from cluster_sheets.panel.scheme import criteria
from cluster_sheets.panel.view import CONTINGENCY, MAIN, CaseView, Changes, Fund, PackView, Policy, Short
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import CITY, Meeting, Register, holidays
from cluster_sheets.store import answers, applications, entries, provenance, redactions
from cluster_sheets.store.cases import Case
from cluster_sheets.store.database import Store
from cluster_sheets.store.entries import Entry
from cluster_sheets.store.packs import PackState


@dataclass(frozen=True, slots=True)
class Gathered:
    """The cases of one meeting as the panel may see them."""

    cases: tuple[CaseView, ...]
    hashes: Mapping[str, str]
    """Keyed hash of what the panel sees of each case, by its reference."""
    units: Mapping[str, tuple[str, str]]
    """(unit, application) of each case, by its reference."""
    own: frozenset[str]
    """Names, addresses and numbers that the forms themselves hold."""
    complete: bool
    """False where a text has not been through the anonymiser."""
    fits: Mapping[str, Fit]
    """How many schools each case could be of, by its reference."""
    asks: Mapping[tuple[str, str, str], int]
    """Pence that the cases ask, by (cluster, code of the fund, council year)."""

    def content_hash(self, key: bytes, meeting: Meeting) -> str:
        """Over all that the panel reads of the cases, in their order."""
        told = (f"{each.case_ref} {self.hashes[each.case_ref]}" for each in self.cases)
        return keyed_hash(key, "pack", meeting.meeting_id, meeting.day.isoformat(), *told)


def gathered(store: Store, register: Register, form: Form, meeting: Meeting, standing: Sequence[Case]) -> Gathered:
    """What the panel may see of the cases that stand in a meeting's pack; those erased are left out."""
    asked = applications.get_many(store, [each.application_ref for each in standing])
    unit_of = {ref: each.current_unit for ref, each in asked.items()}
    records = answers.get_many(store, list(unit_of.values()))
    texts = redactions.get_many(store, list(records))
    urns = provenance.urns(store, list(records))
    clusters, plan = Clusters(register, form, meeting), Plan.of(form)
    there = [each for each in standing if unit_of[each.application_ref] in records]
    known: dict[str, Known] = {}
    for each in there:
        unit, application = unit_of[each.application_ref], asked[each.application_ref]
        known[each.case_ref] = clusters.known(application.form_ref, urns.get(unit, ""), records[unit])
    fitted = fits(store, clusters, known)
    views, hashes, units = [], {}, {}
    own: set[str] = set()
    asks: Counter[tuple[str, str, str]] = Counter()
    told = years(register.settings)
    for each in there:
        unit, pot, fit = unit_of[each.application_ref], asked[each.application_ref].pot, fitted[each.case_ref]
        facts = Facts(each.case_ref, pot, _school(fit.shown), clusters.policy.threshold, fit.blurred)
        view = case(form, records[unit], texts.get(unit, {}), facts, plan)
        views.append(view)
        hashes[each.case_ref] = keyed_hash(store.key, "case", meeting.meeting_id, repr(view))
        units[each.case_ref] = (unit, each.application_ref)
        own |= own_values(form, records[unit])
        if pot and view.asked_pence:
            time = told.of_award(asked_for(records[unit], meeting.day), meeting.day)
            for part in told.parts(view.asked_pence, time):
                asks[asked[each.application_ref].cluster, pot, part.la_fy] += part.pence
    return Gathered(tuple(views), hashes, units, frozenset(own), len(texts) == len(records), fitted, asks)


def _school(told: Shown) -> str:
    """``Primary, medium-sized school``: as much of a school as is shown."""
    size = f"{told.size_band if told.size_band != blur.MEDIUM else 'medium-sized'} school" if told.size_band else ""
    return ", ".join(filter(None, (told.phase_group, size)))


def positions(store: Store, register: Register, meeting: Meeting, upto: datetime | None = None) -> dict[str, Position]:
    """What each fund of a meeting's clusters has, or had at the moment ``upto``, before the meeting decides."""
    clusters = [meeting.cluster] if meeting.kind != CITY else [each.code for each in register.clusters]
    lines = _ledger(store, upto)
    year = la_year(register, meeting)
    return {pot: position(lines, pot, clusters, year, meeting.meeting_id) for pot in (MAIN, CONTINGENCY)}


def _ledger(store: Store, upto: datetime | None) -> list[Entry]:
    return [each for each in entries.everything(store) if upto is None or each.at <= upto]


def funds(
    store: Store, register: Register, meeting: Meeting, found: Gathered, has: Mapping[str, Position],
    upto: datetime | None = None,
) -> tuple[Fund, ...]:  # fmt: skip
    """What each fund has, and what the cases ask of it: an award is held against each cluster's money year by year."""
    year = la_year(register, meeting)
    # What is short of the only cluster in the meeting's own year is told with the fund.
    apart = {purse: pence for purse, pence in found.asks.items() if meeting.kind == CITY or purse[2] != year}
    lines = _ledger(store, upto) if apart else []
    short: dict[str, list[Short]] = {pot: [] for pot in has}
    for (cluster, pot, la_fy), pence in sorted(apart.items()):
        left = position(lines, pot, [cluster], la_fy, meeting.meeting_id).left_pence
        if pence > left:
            name = _cluster(register, cluster) if meeting.kind == CITY else ""
            short[pot].append(Short(name, la_fy if la_fy != year else "", pence, left))
    made = []
    for pot, at in has.items():
        mine = [each for each in found.cases if each.pot == pot]
        asked = sum(each.asked_pence or 0 for each in mine)
        later = sum(pence for (_, of, la_fy), pence in apart.items() if of == pot and la_fy != year)
        made.append(Fund(pot, at, asked, len(mine), later, tuple(short[pot])))
    return tuple(made)


def la_year(register: Register, meeting: Meeting) -> str:
    """The council year a meeting spends from."""
    return financial_year(meeting.day, register.settings.day_month("la_financial_year_start"))


def name_of(register: Register, meeting: Meeting) -> str:
    """``Central cluster meeting``."""
    if meeting.kind == CITY:
        return "City cluster meeting"
    return f"{_cluster(register, meeting.cluster)} cluster meeting"


def _cluster(register: Register, code: str) -> str:
    return next((each.name for each in register.clusters if each.code == code), code)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a version has come."""

    version: int
    state: PackState
    at: datetime
    """When it came to be so."""
    open_questions: int = 0
    changes: Changes | None = None


def view(
    register: Register, meeting: Meeting, cases: tuple[CaseView, ...], funds: tuple[Fund, ...], stands: Standing
) -> PackView:
    """The pack, ready to be written."""
    local = stands.at.astimezone(ZoneInfo(register.zone))
    return PackView(
        meeting.meeting_id,
        name_of(register, meeting),
        meeting.day,
        la_year(register, meeting),
        stands.version,
        stands.state,
        local.date(),
        local.replace(tzinfo=None),
        stands.open_questions,
        funds,
        cases,
        _policy(register, meeting),
        stands.changes,
    )


def _policy(register: Register, meeting: Meeting) -> Policy:
    settings = register.settings
    due = moved_by_working_days(meeting.day, settings.whole("scores_due_days"), holidays(settings))
    hour, minute = settings.time("scores_due_time")
    time = "noon" if (hour, minute) == (12, 0) else f"{hour:02d}:{minute:02d}"
    return Policy(
        read_minutes=settings.whole("case_read_minutes"),
        warn_over=settings.whole("cases_warn_over"),
        scores_min=settings.whole("scores_min"),
        spread_discuss=settings.whole("spread_discuss"),
        fundable=f"{settings.number('fundable_score_min') / 100:g}",
        threshold=settings.whole("small_number_threshold"),
        scores_due=f"{time}, {due.day} {MONTHS[due.month - 1]}",
        criteria=criteria(settings),
    )
