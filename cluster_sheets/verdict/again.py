"""Again: accepted requests looked at once more when the register has changed; none is ever withdrawn for it.

A verdict that was answered is frozen (submission.md), so what would now go back is listed for the admin, no more.
"""

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
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict import listed
from cluster_sheets.verdict.world import nowhere

_CHUNK = 500


def look_again(store: Store, register: Register, form: Form, finder: Finder, as_of: datetime) -> None:
    """Looks at every accepted request that no meeting has decided on, and keeps which would now go back."""
    standing = _standing(store, as_of) if listed.is_known(store) else []
    found: dict[str, list[str]] = {}
    for start in range(0, len(standing), _CHUNK):
        some = standing[start : start + _CHUNK]
        records = answers.get_many(store, [each.unit_id for each in some])
        batch = [each for each in some if each.unit_id in records]
        forms = [_typed(form, each, records[each.unit_id]) for each in batch]
        arrivals = [_arrival(store, register, each) for each in batch]
        for each, told in zip(
            batch, findings(form, frames(form, forms), arrivals, nowhere(register, finder)), strict=True
        ):
            codes = sorted({one.code for one in told if one.severity == Severity.RETURN})
            if codes and each.application_ref:
                found[each.application_ref] = codes
    with store.transaction():
        listed.keep(store, register.sha256, found)


def _standing(store: Store, as_of: datetime) -> list[Unit]:
    """Submissions that stand for requests still to be decided; tonight's were judged under this register already."""
    every = applications.everything(store)
    decided = {
        each.application_ref
        for meeting in {each.meeting for each in every if each.meeting}
        for each in decisions.of_meeting(store, meeting)
    }
    open_ones = [each.current_unit for each in every if each.application_ref not in decided]
    known = units.get_many(store, open_ones).values()
    waiting = [each for each in known if each.state is State.ACCEPTED and each.judged_at != as_of]
    return sorted(waiting, key=lambda each: each.application_ref or "")


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
