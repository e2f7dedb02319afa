"""Provenance: which file and form a unit came in, and from whom; and the key all that is kept of it lies under."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cluster_sheets.store import drawer, keys
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.seal import seal

_PUT = "INSERT INTO provenance (unit_id, blob_sha256) VALUES (?, ?) ON CONFLICT (unit_id) DO NOTHING"
_URN = "UPDATE provenance SET urn = ? WHERE unit_id = ?"
_BIND = """
UPDATE provenance SET form_id = ?1, urn = (SELECT urn FROM issued_form WHERE form_id = ?1) WHERE unit_id = ?2
"""
_OF_SCHOOLS = """
SELECT urn, unit_id FROM provenance WHERE urn IN (SELECT value FROM json_each(?)) ORDER BY urn, unit_id
"""
_GET = "SELECT unit_id, blob_sha256, form_id, urn FROM provenance WHERE unit_id IN (SELECT value FROM json_each(?))"
_FORM_KEYS = "SELECT form_id, form_key FROM issued_form WHERE form_id IN (SELECT value FROM json_each(?))"
_HELD_BY = "SELECT sha256, form_id FROM blob_form WHERE sha256 IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one unit came from. Sender, file name, subject and message id are kept sealed."""

    unit_id: str
    blob_sha256: str
    """The file as received: the mail, or the workbook that was dropped."""
    form_id: str | None = None
    urn: str | None = None
    """The school it counts for: once a form is known, the form's."""
    sender: str = ""
    file_name: str = ""
    subject: str = ""
    message_id: str = ""


def put_many(store: Store, origins: Iterable[Provenance]) -> None:
    """Keeps where units came from; those with a form are bound to it. The blobs must be kept already."""
    rows = list(origins)
    store.write(_PUT, [(each.unit_id, each.blob_sha256) for each in rows])
    store.write(_URN, [(each.urn, each.unit_id) for each in rows if each.urn is not None])
    told = [
        (each.unit_id, each.unit_id, json.dumps([each.sender, each.file_name, each.subject, each.message_id]))
        for each in rows
    ]
    drawer.put_many(store, drawer.ENVELOPE, told)
    bind_many(store, [(each.unit_id, each.form_id) for each in rows if each.form_id is not None])


def bind_many(store: Store, pairs: Iterable[tuple[str, str]]) -> None:
    """Puts all that is kept of each unit, and its file's key, under the key of its form (unit, form).

    Raises StoreError where the form was never issued, or was erased.
    """
    wanted = dict(pairs)
    rows = store.ask(_GET, (keys.listed(wanted),))
    moving = {unit_id: sha256 for unit_id, sha256, form_id, _ in rows if form_id != wanted[unit_id]}
    if not moving:
        return
    forms = {wanted[unit_id] for unit_id in moving}
    of_form = {form_id: key for form_id, key in store.ask(_FORM_KEYS, (keys.listed(forms),)) if key is not None}
    for form_id in sorted(forms - of_form.keys()):
        raise StoreError(f"Form {form_id} was never issued here, or was erased: nothing can be kept under it.")
    old = keys.of_units(store, moving)
    new = {unit_id: of_form[wanted[unit_id]] for unit_id in moving}
    for each in drawer.DRAWERS:
        drawer.reseal(store, each, old, new)
    store.write(_BIND, [(wanted[unit], unit) for unit in moving])
    _wrap(store, [(sha256, wanted[unit_id]) for unit_id, sha256 in moving.items()], of_form)


def _wrap(store: Store, pairs: list[tuple[str, str]], of_form: dict[str, bytes]) -> None:
    wanted = keys.listed([sha256 for sha256, _ in pairs])
    held = set(store.ask(_HELD_BY, (wanted,)))
    layers: dict[str, int] = {}
    for sha256, _ in held:
        layers[sha256] = layers.get(sha256, 0) + 1
    found = dict(store.ask("SELECT sha256, key FROM blob WHERE sha256 IN (SELECT value FROM json_each(?))", (wanted,)))
    added = []
    for pair in dict.fromkeys(pairs):
        sha256, form_id = pair
        if pair in held:
            continue
        layers[sha256] = layers.get(sha256, 0) + 1
        found[sha256] = seal(of_form[form_id], found[sha256], keys.about_key(sha256))
        added.append((sha256, layers[sha256], form_id))
    store.write("INSERT INTO blob_form (sha256, layer, form_id) VALUES (?, ?, ?)", added)
    store.write("UPDATE blob SET key = ? WHERE sha256 = ?", [(found[sha256], sha256) for sha256, _, _ in added])


def get_many(store: Store, unit_ids: Collection[str]) -> dict[str, Provenance]:
    """Where these units came from; what was erased reads as blank."""
    told = drawer.get_many(store, drawer.ENVELOPE, unit_ids)
    return {
        unit_id: Provenance(unit_id, sha256, form_id, urn, *json.loads(told.get(unit_id, '["", "", "", ""]')))
        for unit_id, sha256, form_id, urn in store.ask(_GET, (keys.listed(unit_ids),))
    }


def urns(store: Store, unit_ids: Collection[str]) -> dict[str, str]:
    """The school each of these units counts for; those without one, and those erased, are left out."""
    rows = store.ask(
        "SELECT unit_id, urn FROM provenance WHERE urn IS NOT NULL AND unit_id IN (SELECT value FROM json_each(?))",
        (keys.listed(unit_ids),),
    )
    return dict(rows)


def of_schools(store: Store, urns: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Ids of all units that count for each of these schools; schools without any are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for urn, unit_id in store.ask(_OF_SCHOOLS, (keys.listed(urns),)):
        found[urn] = (*found.get(urn, ()), unit_id)
    return found
