"""Review, whose: the school behind each case, and what became of it. For the admin's review workbook and nothing else.

In: the key back to the schools, the register, what was decided. Out: words for the sheet Ready.
Never: goes where a panel looks: of this room's work only the review workbook, which is private, may ask for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_sheets.base.money import pounds
from cluster_sheets.form.shipped import form
from cluster_sheets.register.model import Register
from cluster_sheets.store import cases, decisions
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import GIVES, Decision

PARTNERS = "partners"
"""Of a case's question: URNs of its partner schools, with a blank between them."""


@dataclass(frozen=True, slots=True)
class Whose:
    """One case as only the admin knows it."""

    reference: str
    school: str
    """The lead school, then its partners; empty once it is erased."""
    outcome: str = ""
    """In words, with the award; empty until it is decided."""


def whose(store: Store, register: Register, meeting: str, partners: Mapping[str, str]) -> dict[str, Whose]:
    """Whose the cases of a meeting are, by case; ``partners`` are URNs by case."""
    decided = {each.application_ref: _outcome(each) for each in decisions.of_meeting(store, meeting)}
    return {
        key.case_ref: Whose(
            key.application_ref,
            _schools(register, (key.urn, *partners.get(key.case_ref, "").split())),
            decided.get(key.application_ref, ""),
        )
        for key in cases.keys_of_meeting(store, meeting)
    }


def _schools(register: Register, urns: Iterable[str]) -> str:
    lead, *others = (register.schools[urn].name if urn in register.schools else urn for urn in urns)
    return f"{lead}\nwith {', '.join(others)}" if others else lead


def _outcome(decision: Decision) -> str:
    told = form("decisions").field("decided.outcome").label_of(decision.outcome)
    return f"{told}\n{pounds(decision.amount_pence)}" if decision.outcome in GIVES else told
