"""Circumstances: what other submissions, deadlines and packs mean for one submission."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cluster_sheets.base import columns
from cluster_sheets.base.text import likeness
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import Register
from cluster_sheets.register.settings import Settings
from cluster_sheets.store import answers, applications, cases, forms, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.meeting import still_to_come, waits_for
from cluster_sheets.verdict.submission import Submission
from cluster_sheets.verdict.titles import Titles


def place(each: Submission, register: Register, known: Sequence[Unit], today: date) -> None:
    """Sets which submissions of its form came before, its version, and the meeting it waits for as of ``today``."""
    others = [unit for unit in known if unit.unit_id != each.unit.unit_id]
    each.earlier = tuple(unit for unit in others if unit.received_at <= each.unit.received_at)
    if each.form:
        version = each.unit.version or len(others) + 1
        pot = each.text(columns.POT) if each.text(columns.PURPOSE) == "UNFORESEEN" else ""
        waits = waits_for(register, each.form.round, pot, each.first_received, each.unit.received_at)
        each.waits = still_to_come(register, waits, today)
        each.unit = replace(each.unit, version=version, round=each.form.round)


def notes(each: Submission, form: Form, settings: Settings, store: Store, titles: Titles, released: "Released") -> None:
    """Adds what is to be said of a form because of others, of the calendar, or of a pack that is out."""
    if not each.form or not each.typed:
        return
    form_ref = forms.form_ref(store, each.form.form_id)
    standing = [unit for unit in each.earlier if unit.superseded_by is None and unit.state is not State.SET_ASIDE]
    if each.text(columns.TITLE):
        before = answers.titles(store, [standing[-1].unit_id]).get(standing[-1].unit_id, "") if standing else ""
        _titled(each, form, settings, titles, before, form_ref)
    if each.waits.code:
        each.find(form, each.waits.code, limit=each.waits.limit)
    if each.earlier and released.holds(form_ref):
        each.find(form, "changed-after-release")
    if standing and takes_place(each, standing[-1].state):
        each.find(form, "newer-version-kept")


def _titled(each: Submission, form: Form, settings: Settings, titles: Titles, before: str, form_ref: str) -> None:
    """What a title says beside the one ``before`` it in the same form, and those of the school's other forms."""
    title = each.text(columns.TITLE)
    if before and likeness(before, title) < settings.percent("title_unlike_below"):
        each.find(form, "another-request-in-this-form", columns.TITLE)
    if each.form:
        if titles.alike(each.form.urn, each.form.round, form_ref, title, settings.percent("title_alike_from")):
            each.find(form, "title-like-another", columns.TITLE)
        titles.put(each.form.urn, each.form.round, form_ref, title)


def takes_place(each: Submission, of: State) -> bool:
    """Whether a submission supersedes an earlier one in state ``of``.

    An accepted one supersedes all before it; one that goes back to the school, only those that were not accepted.
    """
    return each.state is State.ACCEPTED or (each.state is State.RETURNED and of is not State.ACCEPTED)


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
