"""Decided: what meetings have decided on the request of a form, for the form that comes once more.

In: a form, what stands decided. Out: the code its new version is held under, and words for the admin.
Never: lets a newer version undo a decision. An award stands, and so does what was advised or withdrawn; what was not
agreed may come back once (domain.md (c), voting 4); what was put off comes back by itself.
"""

from collections.abc import Collection
from dataclasses import dataclass

from cluster_sheets.base.money import pounds
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.units import Unit

STANDS, REFUSED = "decided-already", "not-agreed-already"
"""Codes: accepted, the newer version of the first is kept beside what was decided; of the second, it comes back."""
NOT_AGREED, FINAL = "NOT_AGREED", ("ADVICE_ONLY", "WITHDRAWN")
VALID = "VALID"
"""State of an application that waits for its meeting."""
_TIMES = 2
"""What was not agreed so often does not come back: once more is all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands decided on a request that a newer form is about."""

    code: str
    words: str
    """For the admin: what was decided, where, and what each answer does."""


def of_form(store: Store, form_ref: str) -> Outcome | None:
    """What stands decided on the request of a form; None where nothing does, or it was put off."""
    asked = applications.of_forms(store, [form_ref]).get(form_ref)
    told = decisions.of_applications(store, [asked.application_ref]) if asked else ()
    given = [each for each in told if each.outcome in decisions.GIVES]
    if given:
        where = " and ".join(f"{pounds(each.amount_pence)} at {each.meeting}" for each in given)
        return _stands(f"It was awarded {where}.")
    if asked is None or asked.state == VALID:
        return None  # it is before a meeting again
    closed = next((each for each in told if each.outcome in FINAL), None)
    if closed:
        what = "It was withdrawn" if closed.outcome == "WITHDRAWN" else "Advice was given"
        return _stands(f"{what} at {closed.meeting}.")
    refused = [each for each in told if each.outcome == NOT_AGREED]
    where = " and ".join(each.meeting for each in refused)
    if len(refused) >= _TIMES:
        return _stands(f"It was not agreed at {where}, and may come back once only.")
    if refused:
        words = f"It was not agreed at {where}. Accept: it comes back, once. Return: it stays as decided."
        return Outcome(REFUSED, words)
    return None


def _stands(what: str) -> Outcome:
    return Outcome(STANDS, f"{what} That stands: Accept keeps this version beside it and changes nothing.")


def since(store: Store, held: Collection[Unit]) -> frozenset[str]:
    """Units among ``held`` on whose request a meeting has decided since they were judged: they are asked about anew."""
    asked = applications.of_forms(store, {each.form_ref for each in held if each.form_ref})
    told = decisions.of_applications(store, {each.application_ref for each in asked.values()}) if asked else ()
    last: dict[str, Decision] = {}
    for each in told:
        before = last.get(each.application_ref)
        last[each.application_ref] = each if before is None or each.recorded_at > before.recorded_at else before
    return frozenset(
        unit.unit_id
        for unit in held
        if (of := asked.get(unit.form_ref or "")) is not None
        and of.application_ref in last
        and (unit.judged_at is None or last[of.application_ref].recorded_at > unit.judged_at)
    )
