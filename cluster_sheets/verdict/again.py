"""Again: accepted requests looked at once more when the register, or the meeting one waits for, has changed.

A verdict that was answered is frozen (submission.md): what would now go back or be asked is listed for the admin, and
none is ever withdrawn for it.
"""

from dataclasses import replace
from datetime import datetime

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.base.finding import Severity
from cluster_sheets.base.record import Record, Row
from cluster_sheets.base.text import length
from cluster_sheets.checks.judge import findings
from cluster_sheets.checks.world import Arrival
from cluster_sheets.form.declared import Form
from cluster_sheets.reading.frames import frames
from cluster_sheets.reading.typed import FORM, Line, TypedForm
from cluster_sheets.register.model import Register
from cluster_sheets.store import answers, applications, decisions, units
from cluster_sheets.store import findings as kept_findings
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict import listed
from cluster_sheets.verdict.world import nowhere

_CHUNK = 500


def look_again(store: Store, register: Register, form: Form, finder: Finder, as_of: datetime) -> None:
    """Looks at every accepted request that no meeting has decided on, and keeps what would now be said of it."""
    standing = _standing(store, as_of) if listed.is_known(store) else []
    found: dict[str, list[str]] = {}
    for start in range(0, len(standing), _CHUNK):
        some = standing[start : start + _CHUNK]
        records = answers.get_many(store, [each.unit_id for each in some])
        batch = [each for each in some if each.unit_id in records]
        forms = [_typed(form, each, records[each.unit_id]) for each in batch]
        arrivals = [_arrival(store, register, each) for each in batch]
        before = kept_findings.of_units(store, [each.unit_id for each in batch])
        for each, told in zip(
            batch, findings(form, frames(form, forms), arrivals, nowhere(register, finder)), strict=True
        ):
            asked = {one.code for one in before.get(each.unit_id, ()) if one.severity != Severity.NOTE}
            codes = sorted({one.code for one in told if one.severity != Severity.NOTE} - asked)
            if codes and each.application_ref:
                found[each.application_ref] = codes
    with store.transaction():
        listed.keep(store, register.sha256, found)


def _standing(store: Store, as_of: datetime) -> list[Unit]:
    """Submissions that stand for requests still to be decided; tonight's were judged under this register already."""
    every = applications.everything(store)
    decided = {
        (meeting, each.application_ref)
        for meeting in {each.meeting for each in every if each.meeting}
        for each in decisions.of_meeting(store, meeting)
    }
    # What was put off, or passed on to contingency, waits for its next meeting like any other.
    open_ones = {
        each.current_unit: each.meeting for each in every if (each.meeting, each.application_ref) not in decided
    }
    known = units.get_many(store, list(open_ones)).values()
    # A request may have gone on to another meeting since its unit was judged.
    waiting = [replace(each, meeting=open_ones[each.unit_id]) for each in known if _is_due(each, as_of)]
    return sorted(waiting, key=lambda each: each.application_ref or "")


def _is_due(unit: Unit, as_of: datetime) -> bool:
    return unit.state is State.ACCEPTED and unit.judged_at != as_of


def _typed(form: Form, unit: Unit, record: Record) -> TypedForm:
    """Kept answers as a reader would have typed them; where they stood is no longer known."""
    lines = {FORM: [_line(record.form)]}
    lines |= {table.name: [_line(row) for row in record.rows(table.name)] for table in form.tables}
    return TypedForm(unit.unit_id, "", lines, {})


def _line(row: Row) -> Line:
    texts = {name: length(value) for name, value in row.items() if isinstance(value, str)}
    return Line(answers=dict(row), lengths=texts, row=dict.fromkeys(row, ("", "", None)))


def _arrival(store: Store, register: Register, unit: Unit) -> Arrival:
    of_form = units.of_forms(store, [unit.form_ref]).get(unit.form_ref, ()) if unit.form_ref else ()
    first = min((each.received_at for each in of_form), default=unit.received_at)
    own = register.meeting(unit.round or "")
    waits = register.meeting(unit.meeting or "")
    return Arrival(
        received_on=register.day_of(unit.received_at),
        first_received_on=register.day_of(first),
        round_date=own.day if own else None,
        meeting_date=waits.day if waits else None,
        cluster=own.cluster if own else "",
        round=unit.round or "",
        form_id=unit.form_ref or "",
    )
