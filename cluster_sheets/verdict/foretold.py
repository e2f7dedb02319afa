"""Foretold: what each answer will do with a form whose mark does not say whose it is, or that no meeting can hear.

In: a held submission, with its findings. Out: sentences for the admin, beside what was found: whose form it was made
of and whom it names, for whom it counts once accepted, and who has it back once returned.
"""

from collections.abc import Iterator

from cluster_sheets.register.model import Register
from cluster_sheets.store import applications, decisions, forms
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.verdict.decided import STANDS
from cluster_sheets.verdict.submission import MARK, Submission
from cluster_sheets.verdict.vouched import round_of, same_request

_APART = "stamp-of-another-school"
_ONCE = ", once the register has an address of it"
_SAME = " and takes the place of the same request, form {form}"
_GIVES_WAY = "nothing gives way to it but the very same request, if that was accepted without its mark"
_NO_MEETING = "Accept: it stays held until the sheet Meetings of the register has a meeting to come that can hear it."
_STAYS = "Accept: it stays held, as it names no one school of the register, or no meeting of its cluster is to come."


def foretold(store: Store, register: Register, each: Submission) -> Iterator[str]:
    """The sentences, in order; none of a form whose mark is in order and that a meeting can hear."""
    codes = {found.code for found in each.findings if found.code.startswith(MARK)}
    if not codes or not each.raw:
        if each.form and not each.waits.meeting and all(found.code != STANDS for found in each.findings):
            yield _NO_MEETING
        return
    if _APART in codes:
        made_for = each.stamped.told.get("urn", "") if each.stamped else ""
        yield f"It was made for {_school(register, made_for)}, and names {_listed(register, each.named)}."
    yield from _accept(store, register, each)
    if each.urn and not each.arrived.quiet:
        has = register.reply_addresses(each.urn, register.day_of(each.unit.received_at))
        yield f"Return: it goes back to {_school(register, each.urn)}{'' if has else _ONCE}."
    else:
        yield "Return: no copy is sent, as nobody is known who may read it. Ask whoever sent it yourself."


def _accept(store: Store, register: Register, each: Submission) -> Iterator[str]:
    """For whom it counts, and what gives way to it."""
    if not each.typed:
        return
    if each.form:
        yield f"Accept: it counts for {_school(register, each.form.urn)}{_instead(store, each.form)}."
        return
    meeting = round_of(register, each)
    if meeting is None:
        yield _STAYS
        return
    whose = _school(register, each.meant or "")
    same = same_request(store, register, each)
    if same is not None:
        yield f"Accept: it counts for {whose}{_instead(store, same) or _SAME.format(form=same.form_id)}."
        return
    yield f"Accept: it counts for {whose}, as a new request of {meeting.meeting_id}; {_GIVES_WAY}."


def _instead(store: Store, form: IssuedForm) -> str:
    """What it takes the place of; empty where nothing was accepted."""
    ref = forms.form_ref(store, form.form_id)
    asked = applications.of_forms(store, [ref]).get(ref)
    if asked is None or decisions.of_applications(store, [asked.application_ref]):
        return ""
    return f" and takes the place of {asked.application_ref}, which was accepted"


def _listed(register: Register, urns: tuple[str, ...]) -> str:
    return " and ".join(_school(register, urn) for urn in urns)


def _school(register: Register, urn: str) -> str:
    """What a school is called; one that the register does not have, by its URN."""
    school = register.schools.get(urn)
    return school.name if school else f"the school of URN {urn}" if urn else "no school"
