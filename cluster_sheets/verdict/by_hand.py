"""By hand: what the night would find in some files, for whoever has them; nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.checks.judge import findings as checked
from cluster_sheets.checks.judge import in_order
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.arrived import Arrived, of_mail
from cluster_sheets.intake.mail import OpenedMail, opened
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.intake.sweep import is_mail
from cluster_sheets.reading.frames import frames
from cluster_sheets.register.model import Register
from cluster_sheets.store import forms
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import Unit
from cluster_sheets.verdict import circumstances
from cluster_sheets.verdict.judging import Read
from cluster_sheets.verdict.sender import Sender, who_sent
from cluster_sheets.verdict.settled import limit_of
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
    """Each file (name, bytes), and each form in a mail, with its findings, as if it came alone, as of ``as_of``.

    Without a ``store`` nobody knows which forms were issued or what came before, so nothing of that is judged.
    """
    rules = MailRules.of(register.settings)
    batch = [each for number, file in enumerate(files) for each in _submissions(number, file, rules, as_of)]
    for each in batch:
        if store:
            each.sender = who_sent(register, each.arrived, register.day_of(as_of))
        if form.has_rule(each.unit.reason):
            each.find(form, each.unit.reason, limit=limit_of(register.settings, each.unit.reason))
    to_read = [each for each in batch if not each.unit.reason]
    understanding = Understanding(register, form)
    issued = understanding.read(to_read, read([(each.unit.unit_id, each.arrived.data) for each in to_read]))
    key, known = (store.key, forms.get_many(store, issued)) if store else (None, {})
    understanding.look(to_read, key, known)
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


def _submissions(number: int, file: tuple[str, bytes], rules: MailRules, as_of: datetime) -> Iterator[Submission]:
    """What a file is: one submission or, of a mail, one for each form in it."""
    name, data = file
    unit = Unit(f"by-hand-{number}", "", "", 0, as_of, as_of)
    if is_mail(name, data):
        yield from _of_mail(unit, name, opened(data, rules), rules)
        return
    came = Arrived(unit_id=unit.unit_id, data=data, file_name=name, sender="", verified=False, by_mail=False)
    yield Submission(unit, came, Sender("", verified=False))


def _of_mail(whole: Unit, name: str, mail: OpenedMail, rules: MailRules) -> Iterator[Submission]:
    """The forms of a mail; one for the whole of it where nothing in it is read."""
    reasons = [each.reason for each in mail.attachments if not mail.reason] or [mail.reason]
    for ordinal, reason in enumerate(reasons):
        unit = replace(whole, unit_id=f"{whole.unit_id}-{ordinal}", ordinal=ordinal, reason=reason)
        came = of_mail(unit, mail, rules.folder_trusted)
        shown = f"{came.file_name} in {name}" if came.file_name and not mail.reason else name
        yield Submission(unit, replace(came, file_name=shown), Sender("", verified=False))
