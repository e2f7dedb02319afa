"""What is left of each fund before a meeting decides: what its awards are held against, in its workbook and after.

It is the budget of the register less what every other meeting has promised, by the ledger, or by its decisions where
they are not in the ledger yet: decisions are read back before the night's money is posted. Of a council year that the
register no longer lists, the budget is what the ledger says.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from cluster_sheets.base.period import Part
from cluster_sheets.register.budget import brought, key_of
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import BudgetLine, Register
from cluster_sheets.store import account, awards, decisions, entries
from cluster_sheets.store.account import COMMIT, OF_BUDGET
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.entries import Entry

Fund = tuple[str, str]
"""(cluster, code of the fund)."""
Purse = tuple[str, str, str]
"""(cluster, code of the fund, council year)."""


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
    ledger = tuple(ledger)
    said = brought(budget, ledger)
    for (cluster, la_fy, pot, _), pence in said.pence.items():
        found[cluster, pot, la_fy] += pence
    for entry in ledger:
        mine = (entry.meeting or "", entry.application_ref or "")
        # A year that the register lists is as it says, posted or not; one it no longer lists stands as it was posted.
        is_said = entry.type in OF_BUDGET and said.says(key_of(entry))
        of_fund = entry.account == account.fund(entry.pot, entry.cluster) and not is_said
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
        if entry.type == COMMIT and entry.account == account.award(entry.application_ref or ""):
            posted[entry.meeting or "", entry.application_ref or ""] += entry.amount_pence
    waiting = [each for each in others if posted[each.meeting, each.application_ref] != each.amount_pence]
    told = years(register.settings)
    return {
        (each.meeting, each.application_ref): ((each.cluster, each.pot), each.parts(told))
        for each in awards.of_decisions(store, waiting, register.day_of)
    }
