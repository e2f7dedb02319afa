"""Keys: one random key for each issued form, one for each file received; who lacks them reads nothing.

A file's key lies sealed under the key of each form found in it, so that erasing any of these forms closes the file.
"""

import json
from collections.abc import Collection

from cluster_sheets.store.database import Store
from cluster_sheets.store.seal import unseal

_BLOBS = "SELECT sha256, key FROM blob WHERE key IS NOT NULL AND sha256 IN (SELECT value FROM json_each(?))"
_LAYERS = """
SELECT blob_form.sha256, issued_form.form_key FROM blob_form JOIN issued_form USING (form_id)
 WHERE blob_form.sha256 IN (SELECT value FROM json_each(?)) ORDER BY blob_form.sha256, blob_form.layer DESC
"""
_UNITS = """
SELECT provenance.unit_id, provenance.blob_sha256, provenance.form_id, issued_form.form_key
  FROM provenance LEFT JOIN issued_form USING (form_id) WHERE provenance.unit_id IN (SELECT value FROM json_each(?))
"""


def of_blobs(store: Store, sha256s: Collection[str]) -> dict[str, bytes]:
    """Key of each file received; those erased or unknown are left out."""
    wanted = listed(sha256s)
    found: dict[str, bytes] = dict(store.ask(_BLOBS, (wanted,)))
    for sha256, form_key in store.ask(_LAYERS, (wanted,)):
        if form_key is None:
            found.pop(sha256, None)
        elif sha256 in found:
            found[sha256] = unseal(form_key, found[sha256], about_key(sha256))
    return found


def of_units(store: Store, unit_ids: Collection[str]) -> dict[str, bytes]:
    """Key that seals what is kept of each unit: its form's, else its file's. Those erased or unknown are left out."""
    found: dict[str, bytes] = {}
    formless: dict[str, str] = {}
    for unit_id, sha256, form_id, form_key in store.ask(_UNITS, (listed(unit_ids),)):
        if form_id is None:
            formless[unit_id] = sha256
        elif form_key is not None:
            found[unit_id] = form_key
    if formless:
        of_file = of_blobs(store, set(formless.values()))
        found.update((unit_id, of_file[sha256]) for unit_id, sha256 in formless.items() if sha256 in of_file)
    return found


def about_key(sha256: str) -> str:
    """What the sealed key of a file is bound to."""
    return f"the key of {sha256}"


def listed(values: Collection[str]) -> str:
    """Many values as one parameter, for ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(values))
