"""Vouched: a form whose mark does not hold, once the admin has said that it counts."""

from datetime import datetime

from cluster_sheets.base import reference
from cluster_sheets.register.model import CLUSTER, Meeting, Register
from cluster_sheets.store import forms, provenance
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.verdict.submission import Submission


def round_of(register: Register, each: Submission) -> Meeting | None:
    """The round it counts in: the stamp's where that is a cluster meeting, else the next; None without a school."""
    if each.meant not in register.schools:
        return None
    told = each.stamped.told if each.stamped else {}
    meeting = register.meeting(told.get("round", ""))
    if meeting is not None and meeting.kind == CLUSTER:
        return meeting
    return register.next_due(each.unit.received_at, CLUSTER)


def vouched(store: Store, register: Register, each: Submission, as_of: datetime) -> IssuedForm | None:
    """The next numbered form of the school that is named in it, issued for this submission; None where none is named.

    One that is judged anew keeps the form that was issued for it. Within the caller's transaction.
    """
    own = provenance.get_many(store, [each.unit.unit_id])[each.unit.unit_id].form_id
    if own is not None:
        return forms.get_many(store, [own]).get(own)
    urn, meeting = each.meant, round_of(register, each)
    if urn is None or meeting is None:
        return None
    taken = [form.number for form in forms.of_round(store, meeting.meeting_id) if form.urn == urn]
    number, version = max(taken, default=0) + 1, register.settings.text("template_version")
    form_id = reference.form_id(store.key, urn, meeting.meeting_id, number)
    mark = reference.stamp(store.key, form_id, urn, meeting.cluster, meeting.meeting_id, version)
    form = IssuedForm(form_id, urn, meeting.cluster, meeting.meeting_id, number, version, mark, as_of)
    forms.issue_many(store, [form])
    return form
