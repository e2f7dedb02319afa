"""Marks: keyed hashes of what is compared between requests, such as UPNs, so that no comparing opens an answer.

Kept in identities.db and gone when the form is erased: a keyed hash of a UPN is still about a child.
"""

from collections.abc import Collection, Iterable

from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed

UPN = "upn"
SAID = "said"
"""What a verdict was to tell its school, whether or not it was told."""
SENT_BACK = "sent-back"
"""The file of a submission that went back, or would have, had a newer one not taken its place before it was read."""
COPY = "copy"
"""The marked-up copy that was made of a submission: what a program brings back of it is nothing new."""
LETTER, QUIET_LETTER = "letter", "quiet-letter"
"""A mail without a form that a person wrote; and one that may be a person's, in mail that a program must not answer."""
LETTERS = (LETTER, QUIET_LETTER)
_PUT = "INSERT INTO mark (unit_id, kind, mark) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_FIND = """
SELECT mark, unit_id FROM mark WHERE kind = ? AND mark IN (SELECT value FROM json_each(?)) ORDER BY mark, unit_id
"""


def replace_many(store: Store, kind: str, values: Iterable[tuple[str, Collection[str]]]) -> None:
    """Marks each unit (unit, values) with what it holds of a kind, in place of earlier marks of that kind."""
    wanted = list(values)
    store.write("DELETE FROM mark WHERE unit_id = ? AND kind = ?", [(unit_id, kind) for unit_id, _ in wanted])
    store.write(_PUT, [(unit_id, kind, _mark(store, kind, value)) for unit_id, held in wanted for value in held])


def units_with(store: Store, kind: str, values: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Ids of all units that hold each of these values; values that none holds are left out."""
    meant = {_mark(store, kind, value): value for value in values}
    found: dict[str, tuple[str, ...]] = {}
    for mark, unit_id in store.ask(_FIND, (kind, listed(meant))):
        found[meant[mark]] = (*found.get(meant[mark], ()), unit_id)
    return found


def of_kind(store: Store, kind: str, unit_ids: Collection[str]) -> frozenset[str]:
    """Those of these units that hold anything of a kind."""
    asked = "SELECT DISTINCT unit_id FROM mark WHERE kind = ? AND unit_id IN (SELECT value FROM json_each(?))"
    return frozenset(unit_id for (unit_id,) in store.ask(asked, (kind, listed(unit_ids))))


def _mark(store: Store, kind: str, value: str) -> str:
    return keyed_hash(store.key, "mark", kind, value)
