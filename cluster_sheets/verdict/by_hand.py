"""By hand: what the night would find in some files, for whoever has them; nothing is kept."""

from collections.abc import Sequence
from datetime import datetime

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.checks.judge import findings as checked
from cluster_sheets.checks.judge import in_order
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.arrived import Arrived
from cluster_sheets.reading.frames import frames
from cluster_sheets.register.model import Register
from cluster_sheets.store import forms
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import Unit
from cluster_sheets.verdict import circumstances
from cluster_sheets.verdict.judging import Read
from cluster_sheets.verdict.sender import Sender
from cluster_sheets.verdict.submission import Submission
from cluster_sheets.verdict.understanding import Understanding, arrival
from cluster_sheets.verdict.world import nowhere, world


def by_hand(
    files: Sequence[tuple[str, bytes]],
    register: Register,
    form: Form,
    finder: Finder,
    as_of: datetime,
    read: Read,
    store: Store | None = None,
) -> list[Submission]:
    """Each file (name, bytes) with its findings, as if it came alone, as of ``as_of``.

    Without a ``store`` nobody knows which forms were issued or what came before, so nothing of that is judged.
    """
    batch = [_submission(number, name, data, as_of) for number, (name, data) in enumerate(files)]
    understanding = Understanding(register, form)
    issued = understanding.read(batch, read([(each.unit.unit_id, each.arrived.data) for each in batch]))
    key, known = (store.key, forms.get_many(store, issued)) if store else (None, {})
    understanding.look(batch, key, known)
    readable = [(each, each.typed) for each in batch if each.typed]
    for each, _ in readable:
        circumstances.place(each, register, (), register.day_of(as_of))
    if readable:
        upns = {upn for each, _ in readable for upn in each.upns}
        about = world(store, register, finder, upns) if store else nowhere(register, finder)
        arrivals = [arrival(each, register) for each, _ in readable]
        found = checked(form, frames(form, [typed for _, typed in readable]), arrivals, about)
        for (each, _), more in zip(readable, found, strict=True):
            each.findings += more
    for each in batch:
        each.findings = list(in_order(form, each.findings))
    return batch


def _submission(number: int, name: str, data: bytes, as_of: datetime) -> Submission:
    unit = Unit(f"by-hand-{number}", "", "", number, as_of, as_of)
    came = Arrived(unit_id=unit.unit_id, data=data, file_name=name, sender="", verified=False, by_mail=False)
    return Submission(unit, came, Sender("", verified=False))
