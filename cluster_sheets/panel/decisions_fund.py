"""What is left of each fund before a meeting decides: what its awards are held against, in its workbook and after.

It is the budget of the register less what every other meeting has promised, by the ledger, or by its decisions where
they are not in the ledger yet: decisions are read back before the night's money is posted. Of a council year that the
register no longer lists, the budget is what the ledger says.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from cluster_sheets.base.period import Part, years_on
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import BudgetLine, Register
from cluster_sheets.store import awards, decisions, entries
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.entries import Entry

Fund = tuple[str, str]
"""(cluster, code of the fund)."""
Purse = tuple[str, str, str]
"""(cluster, code of the fund, council year)."""
_BUDGET = ("BUDGET", "UPLIFT", "CARRY_IN")
_COMMIT, _CARRY_OUT = "COMMIT", "CARRY_OUT"


def left(
    budget: Iterable[BudgetLine],
    ledger: Iterable[Entry],
    meeting: str,
    not_posted: Mapping[tuple[str, str], tuple[Fund, tuple[Part, ...]]],
) -> dict[Purse, int]:
    """Pence left of each fund and council year, without what ``meeting`` itself has promised.

    ``not_posted``: by meeting and application, the decisions that the ledger does not say yet; they count in its place.
    """
    found: Counter[Purse] = Counter()
    budget, ledger = tuple(budget), tuple(ledger)
    listed = {(line.cluster, line.la_fy) for line in budget}
    known = listed | {(entry.cluster, entry.la_fy) for entry in ledger if entry.type in _BUDGET}
    for line in budget:
        purse = (line.cluster, line.pot, line.la_fy)
        found[purse] += line.opening_pence + line.uplift_pence + line.carried_in_pence
        before = years_on(line.la_fy, -1)
        if line.carried_in_pence and (line.cluster, before) in known:
            found[line.cluster, line.pot, before] -= line.carried_in_pence
    for entry in ledger:
        mine = (entry.meeting or "", entry.application_ref or "")
        # A year that the register lists is as it says, posted or not; one it no longer lists stands as it was posted.
        said = (entry.cluster, years_on(entry.la_fy, 1) if entry.type == _CARRY_OUT else entry.la_fy)
        counts = entry.type not in (*_BUDGET, _CARRY_OUT) or said not in listed
        of_fund = entry.account == f"{entry.pot.lower()}:{entry.cluster}" and counts
        if of_fund and entry.meeting != meeting and mine not in not_posted:
            found[entry.cluster, entry.pot, entry.la_fy] += entry.amount_pence
    for fund, parts in not_posted.values():
        for part in parts:
            found[*fund, part.la_fy] -= part.pence
    return dict(found)


def left_before(store: Store, register: Register, meeting: str) -> dict[Purse, int]:
    """``left``, of what the store holds."""
    ledger = entries.everything(store)
    others = [each for each in decisions.standing(store) if each.meeting != meeting]
    return left(register.budget, ledger, meeting, _not_posted(store, register, others, ledger))


def _not_posted(
    store: Store, register: Register, others: Collection[Decision], ledger: Iterable[Entry]
) -> dict[tuple[str, str], tuple[Fund, tuple[Part, ...]]]:
    posted: Counter[tuple[str, str]] = Counter()
    for entry in ledger:
        if entry.type == _COMMIT and entry.account == f"award:{entry.application_ref}":
            posted[entry.meeting or "", entry.application_ref or ""] += entry.amount_pence
    waiting = [each for each in others if posted[each.meeting, each.application_ref] != each.amount_pence]
    told = years(register.settings)
    return {
        (each.meeting, each.application_ref): ((each.cluster, each.pot), each.parts(told))
        for each in awards.of_decisions(store, waiting, register.day_of)
    }
