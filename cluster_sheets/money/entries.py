"""Entries: from the budget and the decisions to movements of the ledger, each of which comes to nought.

In: budget lines, decisions, the ledger as it stands. Out: the movements that it lacks; none where it lacks nothing.
Never: touches a file, a clock or the store. A correction takes lines back by their numbers and posts anew.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cluster_sheets.base.money import pounds
from cluster_sheets.base.period import Part, Years
from cluster_sheets.register.budget import GivenKey, brought, key_of
from cluster_sheets.register.model import BudgetLine
from cluster_sheets.store.account import (
    BUDGET,
    CARRY_IN,
    CARRY_OUT,
    COMMIT,
    OF_BUDGET,
    UPLIFT,
    allocation,
    award,
    fund,
)
from cluster_sheets.store.awards import Award
from cluster_sheets.store.entries import Entry

Movement = tuple[Entry, ...]
NO_SCHOOL_YEAR = ""
"""Budget is of a council year only."""
_WORDS = {
    BUDGET: "Opening allocation",
    UPLIFT: "Uplift",
    CARRY_IN: "Carried in",
    CARRY_OUT: "Carried into the next year",
}


def budget_movements(
    budget: Iterable[BudgetLine], ledger: Iterable[Entry], at: datetime, unknown: Collection[int] = ()
) -> tuple[Movement, ...]:
    """What the ledger lacks of the register's budget: all of a new line, of a changed one the difference.

    A year that the register no longer lists stands as it was posted. What a year carries in leaves the year before,
    where the register or the ledger knows that one. Where a movement among ``unknown`` says something of a budget line,
    nothing is posted over it: the control totals tell.
    """
    ledger = [entry for entry in ledger if entry.type in OF_BUDGET]
    said = brought(budget, ledger)
    posted: Counter[GivenKey] = Counter()
    in_doubt = set()
    for entry in ledger:
        key = key_of(entry)
        if entry.account == fund(entry.pot, entry.cluster):
            posted[key] += entry.amount_pence
        if entry.movement in unknown:
            in_doubt.add(key)
    return tuple(
        _given(key, said.pence[key] - posted[key], at, changed=key in posted)
        for key in dict.fromkeys((*said.pence, *posted))
        if said.says(key) and said.pence[key] != posted[key] and key not in in_doubt
    )


def _given(key: GivenKey, pence: int, at: datetime, *, changed: bool) -> Movement:
    cluster, la_fy, pot, kind = key
    note = f"{_WORDS[kind]}{', changed in the register by ' + pounds(pence) if changed else ''}"
    into = Entry(fund(pot, cluster), pence, cluster, la_fy, NO_SCHOOL_YEAR, pot, kind, at, note=note)
    return (replace(into, account=allocation(cluster), amount_pence=-pence), into)


def award_movements(
    awards: Iterable[Award], ledger: Sequence[Entry], years: Years, at: datetime, unknown: Collection[int] = ()
) -> tuple[Movement, ...]:
    """What the ledger lacks of the awards: a new one is promised, a changed one taken back first.

    Nothing is posted over an award that a movement among ``unknown`` speaks of.
    """
    standing = _standing(ledger)
    in_doubt = {(entry.meeting, entry.application_ref) for entry in ledger if entry.movement in unknown}
    movements: list[Movement] = []
    for each in awards:
        lines = standing.get((each.meeting, each.application_ref), [])
        if _says(lines, each) or (each.meeting, each.application_ref) in in_doubt:
            continue
        if lines:
            movements.append(_taken_back(lines, at))
        if each.pence:
            movements.append(_promised(each, years, at))
    return tuple(movements)


def _standing(ledger: Iterable[Entry]) -> Mapping[tuple[str, str], list[Entry]]:
    """Lines of promises that were not taken back, by meeting and application."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    lines = [entry for entry in ledger if entry.type == COMMIT]
    gone = {entry.reverses for entry in lines if entry.reverses is not None}
    for entry in lines:
        if entry.reverses is None and entry.entry_no not in gone:
            found[entry.meeting or "", entry.application_ref or ""].append(entry)
    return found


def _says(lines: Sequence[Entry], each: Award) -> bool:
    """Whether the lines are those of the award as it stands. Its time is not asked: that of the promise holds.

    Lines of the same decision that say another amount were altered: the control totals tell, nothing is posted over it.
    """
    account, purse = award(each.application_ref), fund(each.pot, each.cluster)
    promised = sum(line.amount_pence for line in lines if line.account == account)
    taken = sum(line.amount_pence for line in lines if line.account == purse)
    same = promised == each.pence and taken == -each.pence
    return same or any(line.note == each.note for line in lines)


def _taken_back(lines: Sequence[Entry], at: datetime) -> Movement:
    return tuple(
        replace(
            line,
            amount_pence=-line.amount_pence,
            at=at,
            note="Taken back: the decision changed",
            reverses=line.entry_no,
            entry_no=0,
            movement=0,
        )
        for line in lines
    )


def _promised(each: Award, years: Years, at: datetime) -> Movement:
    lines: list[Entry] = []
    for part in each.parts(years):
        if part.pence:
            lines += _both_sides(each, part, at)
    return tuple(lines)


def _both_sides(each: Award, part: Part, at: datetime) -> Movement:
    into = Entry(
        account=award(each.application_ref),
        amount_pence=part.pence,
        cluster=each.cluster,
        la_fy=part.la_fy,
        academic_year=part.academic_year,
        pot=each.pot,
        type=COMMIT,
        at=at,
        application_ref=each.application_ref,
        meeting=each.meeting,
        note=each.note,
    )
    return (replace(into, account=fund(each.pot, each.cluster), amount_pence=-part.pence), into)
