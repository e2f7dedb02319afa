"""Drawers: tables of text sealed under the key of the unit it belongs to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cluster_sheets.store import keys
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.seal import seal, unseal


@dataclass(frozen=True, slots=True)
class Drawer:
    """One table of sealed texts."""

    table: str
    owner: str
    """The column that says what a text is about: the unit itself, or a thing of the unit's."""


ENVELOPE = Drawer("envelope", "unit_id")
ANSWERS = Drawer("answers", "unit_id")
TITLE = Drawer("title", "unit_id")
FINDING_DETAIL = Drawer("finding_detail", "unit_id")
REDACTED = Drawer("redacted", "unit_id")
QUESTION_TEXT = Drawer("question_text", "question_id")
DECISION_TEXT = Drawer("decision_text", "decision_id")
DRAWERS = (ENVELOPE, ANSWERS, TITLE, FINDING_DETAIL, REDACTED, QUESTION_TEXT, DECISION_TEXT)


def put_many(store: Store, drawer: Drawer, texts: Iterable[tuple[str, str, str]]) -> None:
    """Seals texts (owner, unit, text), in place of what there was. Raises StoreError where a unit has no key."""
    rows = list(texts)
    found = keys.of_units(store, {unit_id for _, unit_id, _ in rows})
    sealed = []
    for owner, unit_id, text in rows:
        if unit_id not in found:
            raise StoreError(f"Unit {unit_id} was erased, or never came: nothing more is kept of it.")
        sealed.append((owner, unit_id, seal(found[unit_id], text.encode(), _about(drawer, owner))))
    _write(store, drawer, sealed)


def get_many(store: Store, drawer: Drawer, owners: Collection[str]) -> dict[str, str]:
    """The texts of these owners; those without one, and those erased, are left out. Raises SealBrokenError."""
    return _opened(store, drawer, drawer.owner, owners)


def reseal(store: Store, drawer: Drawer, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Seals all texts of the units in ``new`` anew, from their old key to their new one."""
    rows = _found(store, drawer, "unit_id", new)
    _write(
        store,
        drawer,
        [
            (owner, unit, seal(new[unit], unseal(old[unit], sealed, _about(drawer, owner)), _about(drawer, owner)))
            for owner, unit, sealed in rows
        ],
    )


def _opened(store: Store, drawer: Drawer, column: str, values: Collection[str]) -> dict[str, str]:
    rows = _found(store, drawer, column, values)
    found = keys.of_units(store, {unit_id for _, unit_id, _ in rows})
    return {
        owner: unseal(found[unit_id], sealed, _about(drawer, owner)).decode()
        for owner, unit_id, sealed in rows
        if unit_id in found
    }


def _found(store: Store, drawer: Drawer, column: str, values: Collection[str]) -> list[tuple[str, str, bytes]]:
    if not values:
        return []
    return store.ask(
        f"SELECT {drawer.owner}, unit_id, sealed FROM {drawer.table}"
        f" WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY 1",
        (keys.listed(values),),
    )


def _write(store: Store, drawer: Drawer, rows: list[tuple[str, str, bytes]]) -> None:
    if drawer.owner == "unit_id":
        into = f"INSERT INTO {drawer.table} (unit_id, sealed) VALUES (?1, ?3)"
    else:
        into = f"INSERT INTO {drawer.table} ({drawer.owner}, unit_id, sealed) VALUES (?1, ?2, ?3)"
    store.write(f"{into} ON CONFLICT ({drawer.owner}) DO UPDATE SET sealed = excluded.sealed", rows)


def _about(drawer: Drawer, owner: str) -> str:
    return f"{drawer.table} {owner}"
