"""World: what the checks may ask of register and store, as functions, for one wave of submissions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.base import columns
from cluster_sheets.checks.world import Arrival, World
from cluster_sheets.register.model import Register
from cluster_sheets.store import answers, applications, forms, marks, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit

_COUNTED = (State.ACCEPTED, State.RETURNED, State.HELD)


def world(store: Store, register: Register, finder: Finder, upns: Collection[str]) -> World:
    """The world of submissions that hold these UPNs."""
    holders = _Holders(store, upns)
    return replace(
        nowhere(register, finder),
        earlier_schools=lambda reference: _schools_of(store, reference),
        awards_of=holders.awards,
        other_forms_of=holders.elsewhere,
    )


def meetings_of(store: Store, known: Collection[Unit]) -> dict[str, str | None]:
    """The meeting that each of these units comes before: that of its request, which may have gone on to another."""
    refs = {each.application_ref for each in known if each.application_ref}
    asked = applications.get_many(store, refs) if refs else {}
    return {
        each.unit_id: of.meeting if (of := asked.get(each.application_ref or "")) else each.meeting for each in known
    }


def beside(unit: Unit, before: str | None, round_id: str, meeting: str) -> bool:
    """Whether a unit that comes ``before`` a meeting is of this round, or comes before this same meeting.

    What came too late for its own round stands beside the forms of a later one.
    """
    return bool(round_id and unit.round == round_id) or bool(meeting and before == meeting)


def nowhere(register: Register, finder: Finder) -> World:
    """The world of files that are looked at without a workspace: nothing is known of what else was asked for."""
    settings = register.settings
    return World(
        number=settings.number,
        listed=settings.listed,
        words=settings.words,
        year_start=settings.day_month("academic_year_start"),
        is_member=register.is_member,
        earlier_schools=lambda _: frozenset(register.schools),
        awards_of=lambda _: (),
        other_forms_of=lambda *_: False,
        names_known=finder.names_known,
    )


def _schools_of(store: Store, reference: str) -> frozenset[str]:
    """URNs, lead and partners, of an application."""
    found = applications.get_many(store, (reference,)).get(reference)
    if found is None:
        return frozenset()
    origin = provenance.get_many(store, (found.current_unit,)).get(found.current_unit)
    record = answers.get(store, found.current_unit)
    table, _, partner = columns.PARTNER.partition(".")
    partners = [str(row[partner]) for row in record.rows(table) if row.get(partner)] if record else []
    return frozenset([*partners, *([origin.urn] if origin and origin.urn else [])])


class _Holders:
    """Who holds which UPN, asked of the store once a wave."""

    def __init__(self, store: Store, upns: Collection[str]) -> None:
        self._store = store
        self._of: Mapping[str, tuple[str, ...]] = marks.units_with(store, marks.UPN, upns) if upns else {}
        self._units: Mapping[str, Unit] = {}
        if self._of:
            self._units = units.get_many(store, {each for found in self._of.values() for each in found})
        self._before = meetings_of(store, self._units.values())

    def elsewhere(self, upn: str, arrival: Arrival) -> bool:
        """Whether an unsuperseded form of its round or its meeting, other than the one that came so, holds the UPN."""
        others = [each for each in self._of.get(upn, ()) if each in self._units and each != arrival.unit_id]
        if not others:
            return False
        own = forms.form_ref(self._store, arrival.form_id) if arrival.form_id else None
        return any(
            beside(each, self._before.get(each.unit_id), arrival.round, arrival.meeting)
            and (own is None or each.form_ref != own)
            and each.superseded_by is None
            and each.state in _COUNTED
            for each in map(self._units.__getitem__, others)
        )

    def awards(self, upn: str) -> tuple[tuple[date, date], ...]:
        """First and last day of each award for the pupil."""
        held = [self._units[each] for each in self._of.get(upn, ()) if each in self._units]
        if not held:
            return ()
        return tuple(awarded(self._store, held).values())


def awarded(store: Store, held: Iterable[Unit]) -> dict[str, tuple[date, date]]:
    """First and last day of each award that requests among these came to, by its reference."""
    refs = {each.application_ref for each in held if each.application_ref}
    found = applications.get_many(store, refs) if refs else {}
    agreed = {each.current_unit: each.application_ref for each in found.values() if each.state == applications.AGREED}
    dates = {}
    for unit, record in answers.get_many(store, list(agreed)).items():
        start, end = record.form.get(columns.START), record.form.get(columns.END)
        if isinstance(start, date) and isinstance(end, date):
            dates[agreed[unit]] = (start, end)
    return dates
