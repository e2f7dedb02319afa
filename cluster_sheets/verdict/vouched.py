"""Vouched: a form whose mark does not hold, once the admin has said that it counts."""

from datetime import datetime

from cluster_sheets.base import columns
from cluster_sheets.base.record import Record
from cluster_sheets.base.text import folded
from cluster_sheets.register.model import CLUSTER, Meeting, Register
from cluster_sheets.store import answers, findings, forms, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import State
from cluster_sheets.verdict import decided
from cluster_sheets.verdict.submission import MARK, Submission

_STANDING = (State.ACCEPTED, State.RETURNED, State.HELD)


def round_of(register: Register, each: Submission) -> Meeting | None:
    """The round it counts in: the stamp's where that is of the school's own cluster, else the next of that cluster.

    None where no school is named, or it is in no cluster on the day.
    """
    school, day = register.schools.get(each.meant or ""), register.day_of(each.unit.received_at)
    clusters = [one.cluster for one in school.memberships if one.covers(day)] if school else []
    told = each.stamped.told if each.stamped else {}
    meeting = register.meeting(told.get("round", ""))
    if meeting is not None and meeting.kind == CLUSTER and meeting.cluster in clusters:
        return meeting
    return register.next_due(each.unit.received_at, CLUSTER, clusters[0]) if clusters else None


def same_request(store: Store, register: Register, each: Submission) -> IssuedForm | None:
    """The form that was vouched for this very request before; None where there is none, or it could be more than one.

    The same school, round, purpose and title, and a pupil of it too, or no pupil in either; and the request still
    waits for its meeting. Whatever is less alike is for the school to tell apart: it is a request of its own.
    """
    meeting = round_of(register, each)
    if meeting is None or not each.typed:
        return None
    mine = {forms.form_ref(store, form.form_id): form for form in forms.of_round(store, meeting.meeting_id)}
    mine = {ref: form for ref, form in mine.items() if register.now(form.urn) == each.meant}
    came = units.of_forms(store, set(mine))
    marked = findings.of_units(store, [unit.unit_id for every in came.values() for unit in every[:1]])
    found = []
    for ref, every in came.items():
        if not any(one.code.startswith(MARK) for one in marked.get(every[0].unit_id, ())):
            continue  # it came with its mark first: what comes without one may be a copy of it for something else
        newest = [unit for unit in every if unit.superseded_by is None and unit.state in _STANDING]
        record = answers.get(store, newest[-1].unit_id) if newest else None
        if record and _same(each, record) and decided.of_form(store, ref, register.settings) is None:
            found.append(mine[ref])
    return found[0] if len(found) == 1 else None


def _same(each: Submission, record: Record) -> bool:
    """Whether answers that came before are those of the same request."""
    for name in (columns.TITLE, columns.PURPOSE):
        before = record.form.get(name)
        if before is None or folded(str(before)) != folded(each.text(name)):
            return False
    table, _, name = columns.UPN.partition(".")
    pupils = {str(row[name]) for row in record.rows(table) if row.get(name) is not None}
    return bool(pupils & set(each.upns)) or not (pupils or each.upns)


def vouched(store: Store, register: Register, each: Submission, as_of: datetime) -> IssuedForm | None:
    """The form it counts in: that of the same request, or the school's next, issued for it; None where none is named.

    One that is judged anew keeps the form that was issued for it. Within the caller's transaction.
    """
    own = provenance.get_many(store, [each.unit.unit_id])[each.unit.unit_id].form_id
    if own is not None:
        return forms.get_many(store, [own]).get(own)
    same = same_request(store, register, each)
    if same is not None:
        return same
    urn, meeting = each.meant, round_of(register, each)
    if urn is None or meeting is None:
        return None
    taken = [form.number for form in forms.of_round(store, meeting.meeting_id) if form.urn == urn]
    number, version = max(taken, default=0) + 1, register.settings.text("template_version")
    form = forms.made(store.key, urn, meeting.cluster, meeting.meeting_id, number, version, as_of)
    forms.issue_many(store, [form])
    return form
