"""What was decided, put together from the store for the ledger and for the control totals."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from cluster_sheets.base import columns
from cluster_sheets.base.money import in_parts
from cluster_sheets.base.period import asked_for
from cluster_sheets.base.record import Record
from cluster_sheets.money.account import CONTINGENCY
from cluster_sheets.money.books import Granted
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import CITY, Register
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.applications import Application
from cluster_sheets.store.asked import Asked, as_read
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision

if TYPE_CHECKING:
    from cluster_sheets.money.entries import Award

GROUP = "GROUP"


def awards(store: Store, register: Register) -> "list[Award]":
    """What every meeting gives every application, as it now stands."""
    from cluster_sheets.money.entries import Award

    standing = decisions.standing(store)
    asked = applications.get_many(store, [each.application_ref for each in standing])
    read = as_read(store, [_key(each) for each in standing if each.amount_pence])
    made = []
    for each in standing:
        day = _decided_on(register, each)
        application = asked[each.application_ref]
        period = asked_for(read[_key(each)].record if _key(each) in read else None, day)
        pence = each.amount_pence if each.outcome in decisions.GIVES else 0
        ref = each.application_ref
        made.append(Award(each.meeting, ref, application.cluster, each.pot, pence, day, period, each.version))
    return made


def _decided_on(register: Register, decision: Decision) -> date:
    return decision.decided_on or register.day_of(decision.recorded_at)


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
        by_year=_by_year(register, each, read.record),
    )


def _by_year(register: Register, each: Decision, record: Record | None) -> dict[str, int]:
    """Pence of an award in each council year, by days."""
    told, day, found = years(register.settings), _decided_on(register, each), Counter[str]()
    for part in told.parts(each.amount_pence, told.of_award(asked_for(record, day), day)):
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
