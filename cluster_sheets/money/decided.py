"""What was decided, put together from the store for the ledger and for the control totals."""

from collections import Counter

from cluster_sheets.base import columns
from cluster_sheets.base.money import in_parts
from cluster_sheets.base.period import Years
from cluster_sheets.base.record import Record
from cluster_sheets.money.books import Granted
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import CITY, Register
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.account import CONTINGENCY
from cluster_sheets.store.applications import Application
from cluster_sheets.store.asked import Asked, as_read
from cluster_sheets.store.awards import Award, of_decision, of_decisions
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision

GROUP = "GROUP"


def awards(store: Store, register: Register) -> list[Award]:
    """What every meeting gives every application, as it now stands."""
    return of_decisions(store, decisions.standing(store), register.day_of)


def granted(store: Store, register: Register) -> tuple[Granted, ...]:
    """Every award as it stands decided, and what it is held against."""
    standing = [each for each in decisions.standing(store) if each.outcome in decisions.GIVES]
    asked = applications.get_many(store, [each.application_ref for each in standing])
    read = as_read(store, [_key(each) for each in standing])
    return tuple(
        _award_facts(store, register, each, asked[each.application_ref], read[_key(each)]) for each in standing
    )


def _key(each: Decision) -> tuple[str, str]:
    return each.meeting, each.application_ref


def _award_facts(store: Store, register: Register, each: Decision, application: Application, read: Asked) -> Granted:
    """An award, held against what was asked when it was decided: a newer form changes nothing of it."""
    meeting = register.meeting(each.meeting)
    needed = decisions.quorum(store, each.meeting)
    group = application.applicant == GROUP
    return Granted(
        meeting=each.meeting,
        application_ref=each.application_ref,
        cluster=application.cluster,
        pot=each.pot,
        pence=each.amount_pence,
        asked=read.pence,
        least=read.least or 0,
        quorate=needed is not None and (each.present or 0) >= needed,
        at_city=meeting.kind == CITY if meeting else each.pot == CONTINGENCY,
        shares=shares(read.record, read.pence, each.amount_pence) if group else None,
        by_year=_by_year(of_decision(each, application, read, register.day_of), years(register.settings)),
    )


def _by_year(award: Award, told: Years) -> dict[str, int]:
    """Pence of an award in each council year, by days."""
    found: Counter[str] = Counter()
    for part in award.parts(told):
        found[part.la_fy] += part.pence
    return dict(found)


def shares(record: Record | None, asked: int, given: int) -> tuple[int, ...]:
    """What each partner of a group gets of an award, the lead school last with the odd pence.

    An award below what was asked is shared in the same proportion. Nothing where the shares asked make no sense;
    all of it is the lead school's where the answers are gone.
    """
    if record is None:
        return (given,)
    table, _, column = columns.SHARE.partition(".")
    asked_by = [value if isinstance(value := row.get(column), int) else 0 for row in record.rows(table)]
    rest = asked - sum(asked_by)
    if rest < 0 or asked <= 0:
        return ()
    return in_parts(given, [*asked_by, rest])
