"""Decided: what meetings have decided on the request of a form, for the form that comes once more.

In: a form, what stands decided. Out: the code its new version is held under, and words for the admin.
Never: lets a newer version undo a decision. An award stands, and so does what was advised or withdrawn; what was not
agreed may come back as often as the setting ``deferred_returns_max`` says (domain.md (c), voting 4); what was put off
comes back by itself, and what was passed on to contingency stays with it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cluster_sheets.base.finding import Finding
from cluster_sheets.base.money import pounds
from cluster_sheets.register.settings import Settings
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.applications import VALID
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import ADVICE_ONLY, NOT_AGREED, TO_CONTINGENCY, WITHDRAWN, Decision
from cluster_sheets.store.units import Unit

STANDS, REFUSED = "decided-already", "not-agreed-already"
"""Codes: accepted, the newer version of the first is kept beside what was decided; of the second, it comes back."""
HEARD = "heard-before"
"""Code of what a meeting has put off, passed on or, the admin willing, not agreed: why it waits for a later one."""
_FINAL = (ADVICE_ONLY, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands decided on a request that a newer form is about."""

    code: str
    words: str
    """For the admin: what was decided, where, and what each answer does."""


@dataclass(frozen=True, slots=True)
class Heard:
    """That a meeting has had the request of a form before, for the form that comes once more."""

    meeting: str | None
    """The one it waits for now."""
    passed_on: bool
    """It was passed on to contingency: whatever fund a newer version names, that stands."""
    decided: frozenset[str] = frozenset()
    """The meetings that have decided on it: none of them hears it again."""


def heard(store: Store, form_refs: Collection[str]) -> Mapping[str, Heard]:
    """Those of these forms whose requests some meeting has decided on."""
    asked = applications.of_forms(store, form_refs) if form_refs else {}
    told = decisions.of_applications(store, {each.application_ref for each in asked.values()}) if asked else ()
    of: dict[str, dict[str, str]] = {}
    for each in told:
        of.setdefault(each.application_ref, {})[each.meeting] = each.outcome
    return {
        form_ref: Heard(each.meeting, TO_CONTINGENCY in outcomes.values(), frozenset(outcomes))
        for form_ref, each in asked.items()
        if (outcomes := of.get(each.application_ref))
    }


def closed(found: Collection[Finding], *, returned: bool) -> bool:
    """Whether what was decided stands for a newer version in which these were found: there is nothing to mend in it.

    What was not agreed may come back, but not where the admin has ``returned`` its newer version.
    """
    codes = {each.code for each in found}
    return STANDS in codes or (returned and REFUSED in codes)


def of_form(store: Store, form_ref: str, settings: Settings) -> Outcome | None:
    """What stands decided on the request of a form; None where nothing does, or it was put off."""
    asked = applications.of_forms(store, [form_ref]).get(form_ref)
    told = decisions.of_applications(store, [asked.application_ref]) if asked else ()
    given = [each for each in told if each.outcome in decisions.GIVES]
    if given:
        where = " and ".join(f"{pounds(each.amount_pence)} at {each.meeting}" for each in given)
        return _stands(f"It was awarded {where}.")
    if asked is None or asked.state == VALID:
        return None  # it is before a meeting again
    closed = next((each for each in told if each.outcome in _FINAL), None)
    if closed:
        what = "It was withdrawn" if closed.outcome == WITHDRAWN else "Advice was given"
        return _stands(f"{what} at {closed.meeting}.")
    refused = [each.meeting for each in told if each.outcome == NOT_AGREED]
    return _refused(refused, settings.whole("deferred_returns_max")) if refused else None


def _refused(meetings: Sequence[str], most: int) -> Outcome:
    """What stands where these meetings did not agree, and a request may come back ``most`` times."""
    said = f"It was not agreed at {' and '.join(meetings)}"
    if len(meetings) > most:
        return _stands(f"{said}, and may not come back.")
    left = most + 1 - len(meetings)
    more = "this once" if left == 1 else f"one of {left} times left"
    return Outcome(REFUSED, f"{said}. Accept: it comes back, {more}. Return: it stays as decided.")


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
