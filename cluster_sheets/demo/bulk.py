"""Bulk: the bench set. Thousands of filled forms in a fraction of the time it takes to issue them one by one.

In: a workspace without forms, how many, a seed. Out: forms issued in its store, and the bytes of each, filled in.
One form a school and round is made as ``issue`` makes it; the others differ from it in their stamps only.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from cluster_sheets.base import reference
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.requests import BENCH, Sample, samples
from cluster_sheets.form.declared import Form
from cluster_sheets.form.filled import Filled, Stamp
from cluster_sheets.form.template import template
from cluster_sheets.register.model import Register
from cluster_sheets.replies import wording
from cluster_sheets.replies.issue import prefilled
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.store import forms
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm

_ID, _MARK = "F-XXXX-XXXX", "X" * 32
"""Stand in the form that the others are made from."""


def filled(
    store: Store,
    register: Register,
    form: Form,
    cluster: str,
    size: int,
    seed: int,
    start: datetime,
    progress: Progress = silent,
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each filled form of the bench set; their forms are issued in the store first."""
    made = samples(register, size, seed, cluster, start, BENCH)
    issued = [_issued(store, register, cluster, each, start) for each in made]
    with store.transaction():
        forms.issue_many(store, issued)
    return _filled(register, form, cluster, start, list(zip(made, issued, strict=True)), progress)


def _issued(store: Store, register: Register, cluster: str, each: Sample, start: datetime) -> IssuedForm:
    version = register.settings.text("template_version")
    form_id = reference.form_id(store.key, each.urn, each.meeting, each.form_number)
    mark = reference.stamp(store.key, form_id, each.urn, cluster, each.meeting, version)
    return IssuedForm(form_id, each.urn, cluster, each.meeting, each.form_number, version, mark, start)


def _filled(
    register: Register,
    form: Form,
    cluster: str,
    start: datetime,
    made: Sequence[tuple[Sample, IssuedForm]],
    progress: Progress,
) -> Iterator[tuple[str, bytes]]:
    blanks: dict[tuple[str, str], Blank] = {}
    for done, (each, issued) in enumerate(made, start=1):
        kept = (each.meeting, each.urn)
        if kept not in blanks:
            blanks[kept] = Blank(_first(register, form, cluster, start, issued))
        own = blanks[kept].with_texts({_ID: issued.form_id, _MARK: issued.stamp})
        yield f"{each.number:05d}.xlsx", own.filled(each.typed.answers, each.typed.lines)
        progress("Filling in forms", done, len(made))


def _first(register: Register, form: Form, cluster: str, start: datetime, issued: IssuedForm) -> bytes:
    meeting, school = register.meeting(issued.round), register.schools[issued.urn]
    if meeting is None:
        raise KeyError(issued.round)
    lead = wording.issued_lead(school.name, "a form", wording.meeting_in_words(register, meeting))
    deadline = wording.moment_in_words(meeting.closes_at, register.zone)
    status = wording.issued_status(register.mailbox(cluster), deadline)
    stamp = Stamp(_ID, issued.urn, cluster, issued.round, issued.version, _MARK)
    answers = prefilled(register, form, school, register.day_of(start))
    return template(form, Filled(scheme(register, cluster, meeting.day), stamp, lead, status, answers))
