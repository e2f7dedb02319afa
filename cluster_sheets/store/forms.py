"""Issued forms: which school got which numbered form of a round, and the key that seals what comes back in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.base import reference
from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.store import moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.seal import new_key
from cluster_sheets.store.table import Table


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """One numbered form of one school and round."""

    form_id: str
    urn: str
    cluster: str
    round: str
    number: int
    version: str
    stamp: str
    issued_at: datetime


_TABLE = Table("issued_form", IssuedForm, ("form_id",), {"issued_at": (moment.told, moment.read)})
_GIVE_KEY = "UPDATE issued_form SET form_key = ? WHERE form_id = ? AND form_key IS NULL"
_USED = """
SELECT form_id FROM issued_form WHERE round = ? AND
  (form_key IS NULL OR form_id IN (SELECT form_id FROM provenance WHERE form_id IS NOT NULL))
"""
_ISSUED = "SELECT form_id FROM issued_form WHERE form_id IN (SELECT value FROM json_each(?))"


def made(
    key: bytes, urn: str, cluster: str, round_id: str, number: int, version: str, issued_at: datetime
) -> IssuedForm:
    """A school's form of a round, with its id and the mark that its stamp bears; nothing of it is kept yet."""
    form_id = reference.form_id(key, urn, round_id, number)
    mark = reference.stamp(key, form_id, urn, cluster, round_id, version)
    return IssuedForm(form_id, urn, cluster, round_id, number, version, mark, issued_at)


def issue_many(store: Store, forms: Iterable[IssuedForm]) -> int:
    """Keeps forms and gives each new one a random key; forms issued before stay as they were. How many were new."""
    wanted = {each.form_id: each for each in forms}
    known = {form_id for (form_id,) in store.ask(_ISSUED, (listed(wanted),))}
    new = [each for form_id, each in wanted.items() if form_id not in known]
    store.write(_TABLE.insert, _TABLE.written(new))
    store.write(_GIVE_KEY, [(new_key(), each.form_id) for each in new])
    return len(new)


def renew_many(store: Store, forms: Iterable[IssuedForm]) -> None:
    """Keeps that forms issued before are of another version now, with another stamp."""
    rows = [(each.version, each.stamp, each.form_id) for each in forms]
    store.write("UPDATE issued_form SET version = ?, stamp = ? WHERE form_id = ?", rows)


def get_many(store: Store, form_ids: Collection[str]) -> dict[str, IssuedForm]:
    """The issued forms of these ids; unknown ids are left out."""
    rows = store.ask(f"{_TABLE.select} WHERE form_id IN (SELECT value FROM json_each(?))", (listed(form_ids),))
    return {each.form_id: each for each in _TABLE.read(rows)}


def of_round(store: Store, round_id: str) -> tuple[IssuedForm, ...]:
    """All forms of a round, by school and number."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE round = ? ORDER BY urn, number", (round_id,)))


def used(store: Store, round_id: str) -> frozenset[str]:
    """Ids of the forms of a round that something has come in; those that were erased since are among them."""
    return frozenset(form_id for (form_id,) in store.ask(_USED, (round_id,)))


def form_ref(store: Store, form_id: str) -> str:
    """What stands for a form in cluster.db, the audit and the ledger: a keyed hash."""
    return keyed_hash(store.key, "form", form_id)
