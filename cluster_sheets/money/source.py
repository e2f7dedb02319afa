"""Source: what each line of the ledger goes back to: a line of the audit, and a budget, a decision or a payment file.

In: the ledger, what the audit says was posted, what was decided, which years have a budget.
Out: lines without a source.
Never: touches the store, or says whose fault it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from cluster_sheets.base.money import pounds
from cluster_sheets.store.account import CARRY_OUT, COMMIT, GIVEN
from cluster_sheets.store.entries import Entry

POSTED = "posted"
"""Event of the audit's line on a movement."""
Year = tuple[str, str]
"""(cluster, council year)."""
Key = tuple[str, str]
"""(meeting, application)."""


def told(lines: Sequence[Entry]) -> str:
    """What the audit says of a movement."""
    moved = sum(abs(each.amount_pence) for each in lines) // 2
    first = lines[0]
    return f"movement {first.movement}: {first.type} {pounds(moved)}, {first.cluster} {first.pot}"


def by_movement(ledger: Iterable[Entry]) -> dict[int, list[Entry]]:
    """The lines of each movement."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in ledger:
        found[entry.movement].append(entry)
    return dict(found)


def unknown(ledger: Iterable[Entry], posted: Iterable[str]) -> frozenset[int]:
    """Movements that this program did not post as they stand; ``posted`` is what the audit says of each it did."""
    known = frozenset(posted)
    return frozenset(number for number, lines in by_movement(ledger).items() if told(lines) not in known)


def without(
    ledger: Sequence[Entry], posted: Iterable[str], decided: Collection[Key], budgeted: Collection[Year]
) -> Mapping[int, str]:
    """Why a line of the ledger has no source that stands, by its number; lines that have one are left out.

    ``decided``: what any meeting ever gave; ``budgeted``: years that the register lists or whose total was signed.
    """
    strange = unknown(ledger, posted)
    found = {}
    for entry in ledger:
        why = _why(entry, decided, budgeted)
        if not why and entry.movement in strange:
            why = "the audit does not know it as it stands"
        if why:
            found[entry.entry_no] = f"Line {entry.entry_no}, {entry.type} {pounds(entry.amount_pence)}: {why}."
    return found


def _why(entry: Entry, decided: Collection[Key], budgeted: Collection[Year]) -> str:
    if entry.type in (*GIVEN, CARRY_OUT):
        return "" if (entry.cluster, entry.la_fy) in budgeted else "the register has no budget of that year"
    if entry.type == COMMIT:
        gave = (entry.meeting or "", entry.application_ref or "") in decided
        return "" if gave else "no meeting decided it"
    # Nothing posts any other kind yet: payments will bring their files.
    return "no budget, decision or payment file is behind it"
