"""Erasure: a form's key is destroyed, and with it all that was kept of what came back in that form."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from cluster_sheets.store import applications, audit, drawer, questions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.forms import form_ref
from cluster_sheets.store.keys import listed
from cluster_sheets.store.units import State

_UNITS = "SELECT unit_id FROM provenance WHERE form_id = ? ORDER BY unit_id"
_LISTED = "SELECT value FROM json_each(?)"
_BLOBS = "SELECT sha256 FROM blob_form WHERE form_id = ? ORDER BY sha256"


ERASED = "erased"
"""Event of the audit, and reason of what was set aside with its form's key."""
ERASED_WITH = "erased-with-another"
"""Event of the audit on each unit, and reason of what waited and lost its file with another form of the same mail."""


def erased(store: Store) -> frozenset[str]:
    """References of the forms that the audit says were erased."""
    said = (text.partition(" units of form ")[2] for text in audit.texts(store, ERASED))
    return frozenset(each.partition(":")[0] for each in said)


def erase_form(store: Store, form_id: str, at: datetime, who: str, why: str) -> int:
    """Destroys the key of a form and what it sealed, with an audit line; says how many units were erased.

    Ledger, decisions and references stay. What still waits, for a verdict, for the admin or for a meeting, waits no
    longer: it is set aside, and the next night takes its case out of the pack. A file that held several forms goes too:
    the other forms' answers stay; what could still be judged from it is set aside, and the next night has it sent for
    once more. Runs a transaction of its own. Raises StoreError where the form was never issued.
    """
    if not store.ask("SELECT 1 FROM issued_form WHERE form_id = ?", (form_id,)):
        raise StoreError(f"Form {form_id} was never issued here.")
    those = store.ask(_UNITS, (form_id,))
    blobs = store.ask(_BLOBS, (form_id,))
    reference = form_ref(store, form_id)
    beside = _others_of(store, [sha256 for (sha256,) in blobs], {unit_id for (unit_id,) in those})
    with store.transaction():
        store.write("UPDATE issued_form SET form_key = NULL WHERE form_id = ?", [(form_id,)])
        for each in drawer.DRAWERS:
            store.write(f"DELETE FROM {each.table} WHERE unit_id = ?", those)
        store.write("DELETE FROM mark WHERE unit_id = ?", those)
        store.write("UPDATE blob SET key = NULL WHERE sha256 = ?", blobs)
        store.write("DELETE FROM blob_form WHERE sha256 = ?", blobs)
        store.write("DELETE FROM received WHERE sha256 = ?", blobs)
        store.write(
            "DELETE FROM case_key WHERE application_ref IN"
            " (SELECT application_ref FROM cluster.application WHERE form_ref = ?)",
            [(reference,)],
        )
        _wait_no_longer(store, [unit_id for (unit_id,) in those])
        _set_aside(store, beside, ERASED_WITH)
        told = f"{len(those)} units of form {reference}: {why}"
        lost = [audit.Line(at, who, ERASED_WITH, each.unit_id, each.unit_id) for each in beside]
        audit.append_many(store, [audit.Line(at, who, ERASED, told), *lost])
    return len(those)


def _wait_no_longer(store: Store, unit_ids: Sequence[str]) -> None:
    """Sets aside what no verdict, answer or decision can be on any more; what was decided stays as it was."""
    known = units.get_many(store, unit_ids).values()
    asked = applications.get_many(store, [each.application_ref for each in known if each.application_ref])
    waits = [
        each
        for each in known
        if each.state in (State.PENDING, State.HELD)
        or (each.state is State.ACCEPTED and _is_valid(asked.get(each.application_ref or "")))
    ]
    _set_aside(store, waits, ERASED)
    questions.drop_open(store, unit_ids)


def _others_of(store: Store, blobs: Sequence[str], those: Collection[str]) -> list[units.Unit]:
    """What came in the same files and still waits to be read; what was read already keeps its answers."""
    rows = store.ask(f"SELECT unit_id FROM provenance WHERE blob_sha256 IN ({_LISTED})", (listed(blobs),))
    known = units.get_many(store, [unit_id for (unit_id,) in rows if unit_id not in those])
    return sorted(
        (each for each in known.values() if each.state in (State.PENDING, State.HELD)), key=lambda each: each.place
    )


def _set_aside(store: Store, waits: Sequence[units.Unit], reason: str) -> None:
    units.save_many(store, [replace(each, state=State.SET_ASIDE, reason=reason, frozen=True) for each in waits])
    questions.drop_open(store, [each.unit_id for each in waits])


def _is_valid(asked: applications.Application | None) -> bool:
    return asked is not None and asked.state == applications.VALID
