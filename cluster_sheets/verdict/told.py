"""Told: what the admin reads of a held submission: who sent it and when, what was found, and what stands there.

In: a submission with its findings, and the store. Out: words for the review workbook, which is private.
Never: leaves out what a school may not be told: the admin is who looks at it first.
"""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from cluster_sheets.anonymise.review_view import ADDRESS
from cluster_sheets.base import columns
from cluster_sheets.base.date import in_words
from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import shown
from cluster_sheets.reading.typed import FORM, Line
from cluster_sheets.register.model import Register
from cluster_sheets.store import forms, marks, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict import decided
from cluster_sheets.verdict.foretold import foretold
from cluster_sheets.verdict.sender import Sender, unknown
from cluster_sheets.verdict.submission import Submission
from cluster_sheets.verdict.world import awarded, beside, meetings_of

_LIVE_AWARD = "upn-in-a-live-award"
_LONGEST = 120
"""Characters of what was typed; of a whole box of prose the beginning is enough to find it by."""
_SHOWN = 20
"""Findings told one by one; a file of thousands is held for what its first ones say."""
_STANDS = {State.ACCEPTED: "accepted", State.RETURNED: "sent back", State.HELD: "held as well"}


class Teller:
    """Words for the admin, from what the store knows."""

    def __init__(self, store: Store, register: Register, form: Form) -> None:
        self._store, self._register, self._form = store, register, form

    def told(self, each: Submission) -> dict[str, str]:
        """Who sent it, when it came, what it asks, and why it is held."""
        school = self._register.schools.get(each.meant or each.text(columns.URN))
        local = each.unit.received_at.astimezone(ZoneInfo(self._register.zone))
        told = [found for found in each.findings if found.severity != Severity.NOTE]
        if len(told) > _SHOWN:
            told.sort(key=lambda found: found.severity != Severity.QUERY)
        lines = [self._line(each, found) for found in told[:_SHOWN]]
        lines += [f"and {len(told) - _SHOWN:,} more"] if len(told) > _SHOWN else []
        lines += foretold(self._store, self._register, each)
        return {
            "who": school.name if school else each.sender.address or each.arrived.file_name,
            "sender": "\n".join(self._sender(each)),
            "came": f"{in_words(local.date())}, {local:%H:%M}",
            "title": each.text(columns.TITLE),
            "findings": "\n".join(lines),
            **({ADDRESS: each.sender.address} if each.form and unknown(each.sender) else {}),
        }

    def _sender(self, each: Submission) -> Iterator[str]:
        """Who sent it, how sure that is, and who is said to have sent it first."""
        told, claim = each.sender, each.arrived.claim
        if not each.arrived.by_mail:
            yield f"the file {each.arrived.file_name}"
            return
        yield told.address or f"From says: {claim or 'nothing'}"
        if told.listed:
            yield "through a mailing list"
        elif not told.verified:
            yield "not proven to come from there"
        if told.address and claim:
            yield f"sent on; said to be first from {claim}"
        if unknown(told):
            yield self._ending(told)

    def _ending(self, told: Sender) -> str:
        """What the ending of an unknown address hints at: advice, and no more than that."""
        domain = told.address.rpartition("@")[2].casefold()
        urns = {each.school_urn for each in self._register.members if each.email.casefold().endswith(f"@{domain}")}
        urns |= {
            urn for urn, school in self._register.schools.items() if domain in map(str.casefold, school.email_domains)
        }
        names = sorted(self._register.schools[urn].name for urn in urns if urn in self._register.schools)
        if len(names) != 1:
            return "not in the register"
        return f"not in the register; {names[0]} writes from @{domain} too"

    def _line(self, each: Submission, found: Finding) -> str:
        place = f"{found.place.sheet} {found.place.cell}".strip()
        typed = self._typed(each, found)
        if self._form.rule(found.code).detail_for_admin_only:
            what = self._elsewhere(each, typed, in_force=found.code == _LIVE_AWARD)
        else:
            blanks = {**dict(found.detail), "cell": found.place.cell, "field": self._form.label(found.field)}
            what, _ = self._form.wording(found.code).told(blanks)
            if found.code in (decided.STANDS, decided.REFUSED):
                what = f"{what} {self._decided(each)}"
            if typed and found.severity == Severity.QUERY and typed not in what:
                what = f"{what} It reads “{_short(typed)}”."
        return f"{place}: {what}" if place else what

    def _decided(self, each: Submission) -> str:
        """What was decided on its request, and what each answer does."""
        if each.form is None:
            return ""
        form_ref = forms.form_ref(self._store, each.form.form_id)
        told = decided.of_form(self._store, form_ref, self._register.settings)
        return told.words if told else ""

    def _typed(self, each: Submission, found: Finding) -> str:
        """What stands in the cell a finding is about; empty where it is about none."""
        if each.typed is None or not found.field or not found.place.cell:
            return ""
        table, _, name = found.field.rpartition(".")
        place = (found.place.sheet, found.place.cell)
        lines: list[Line] = each.typed.lines.get(table or FORM, [])
        line = next((line for line in lines if line.place(name) == place), None)
        if line is None:
            return ""
        return line.typed.get(name) or shown(self._form.field(found.field), line.answers.get(name))

    def _elsewhere(self, each: Submission, upn: str, *, in_force: bool) -> str:
        """Where else a UPN stands: in an award in force, or in another request of the round or the meeting."""
        others = self._others(each, "".join(upn.split()).upper())
        others = self._awarded(each, others) if in_force else self._beside(each, others)
        origins = provenance.get_many(self._store, [unit.unit_id for unit in others])
        told = "; ".join(self._other(unit, origins[unit.unit_id]) for unit in others)
        where = "has an award that is in force" if in_force else "is in another request too"
        return f"The UPN {upn} {where}{f': {told}' if told else ''}."

    def _others(self, each: Submission, upn: str) -> list[Unit]:
        """The other requests that hold a UPN and stand."""
        holders = marks.units_with(self._store, marks.UPN, (upn,)).get(upn, ())
        found = units.get_many(self._store, [unit for unit in holders if unit != each.unit.unit_id])
        own = forms.form_ref(self._store, each.form.form_id) if each.form else None
        standing = [
            unit
            for unit in sorted(found.values(), key=lambda unit: (unit.received_at, unit.unit_id))
            if unit.superseded_by is None and unit.state in _STANDS and (own is None or unit.form_ref != own)
        ]
        # Of two submissions of one form, neither of which took the other's place, the newest speaks for both.
        return list({unit.form_ref or unit.unit_id: unit for unit in standing}.values())

    def _beside(self, each: Submission, others: list[Unit]) -> list[Unit]:
        before = meetings_of(self._store, others)
        return [unit for unit in others if beside(unit, before[unit.unit_id], each.round, each.before)]

    def _awarded(self, each: Submission, others: list[Unit]) -> list[Unit]:
        """Those of them that were agreed for a time that this one asks for too."""
        start, end = (each.typed.value(name) if each.typed else None for name in (columns.START, columns.END))
        if not isinstance(start, date) or not isinstance(end, date):
            return []
        times = awarded(self._store, others).items()
        in_force = {reference for reference, (first, last) in times if first <= end and start <= last}
        return [unit for unit in others if unit.application_ref in in_force]

    def _other(self, unit: Unit, origin: provenance.Provenance) -> str:
        named = unit.application_ref or (f"form {origin.form_id}" if origin.form_id else f"the file {origin.file_name}")
        school = self._register.schools.get(origin.urn or "")
        whose = f" of {school.name}" if school else ""
        return f"{named}{whose}, {_STANDS[unit.state]}"


def _short(typed: str) -> str:
    plain = " ".join(typed.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rstrip()}…"
